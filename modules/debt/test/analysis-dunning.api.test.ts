import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '@komplat/kernel';
import { DEBT_API, type DebtApi, type DunningPreview, type DunningStep } from '../contract/index.ts';
import type { TestApi } from '@komplat/testing';
import fc from 'fast-check';
import { deadline } from '../domain/index.ts';
import { latestBefore, monthsOwed } from '../server/analysis/dunning-rule.ts';
import { labour } from './law-data.ts';
import { ACCOUNTS, debtCity, type Item, ITEMS, lawyer, nobody, numberOf, providerUser, text, TODAY } from './analysis-world.ts';

let api: TestApi;
beforeAll(async () => {
  api = await debtCity();
});
afterAll(() => api.close());

const get = (path: string, as = lawyer) => api.call('GET', `debt/${path}`, as);
let keys = 0;
const post = (path: string, body: object, as = lawyer, key = `test-key-${(keys += 1)}`) =>
  api.call('POST', `debt/${path}`, as, body, { 'idempotency-key': key });
const reason = 'щомісячна робота з боржниками';

interface Key {
  readonly account: number;
  readonly provider: number;
  readonly kop: bigint;
  readonly months: number;
}
/** The plain second implementation of the threshold. */
function owed(day: string, minKop: bigint, minMonths: number): Key[] {
  const found: Key[] = [];
  for (let account = 1; account <= ACCOUNTS; account += 1)
    for (const provider of [2, 8]) {
      const own = ITEMS.filter((item: Item) => item.account === account && item.provider === provider && item.due < day);
      const kop = own.reduce((sum, item) => sum + item.kop, 0n);
      const months = new Set(own.map(({ month }) => month)).size;
      if (kop >= minKop && months >= minMonths) found.push({ account, provider, kop, months });
    }
  return found;
}
const debtOf = (list: readonly Key[]): string => text(list.reduce((sum, { kop }) => sum + kop, 0n));
const expectedOf = ({ planned, done, debt }: DunningPreview): object => ({ planned, done, debt });
const moveDay = (day: string): Promise<object[]> => api.database.owner.query(`update platform.operating_day set day = $1 where state = 'open'`, [day]);

describe('holds', () => {
  it('end by themselves, are refused by rule, and belong to the scope', async () => {
    const hold = { account: numberOf(8), kind: 'promise', from: TODAY, until: '2026-12-10', reason: 'обіцяв сплатити до десятого грудня' };
    const made = await post('holds', hold);
    expect(made.status).toBe(201);
    expect((await get(`debtors?hold=promise`)).body.items.map(({ account }: { account: string }) => account)).toEqual([numberOf(8)]);
    for (const [change, code] of [
      [{ until: '2026-11-01' }, undefined],
      [{ from: '2026-01-01', until: '2027-06-01' }, undefined],
      [{ from: '2026-10-01', until: '2026-11-22' }, 'debt.hold.ended-before'],
      [{ provider: 'P99' }, 'debt.provider.unknown'],
      [{ account: numberOf(999) }, 'debt.account.unknown'],
    ] as const) {
      const { status, body } = await post('holds', { ...hold, ...change });
      expect(status).toBeGreaterThanOrEqual(400);
      if (code) expect(body.code).toBe(code);
    }
    expect((await post('holds', hold, providerUser)).body.code).toBe('debt.hold.own-provider');
    expect((await post('holds', hold, nobody)).status).toBe(404);
    const card = await get(`accounts/${numberOf(8)}`);
    expect(card.body.holds).toMatchObject([{ kind: 'promise', from: TODAY, until: '2026-12-10', active: true, recordedBy: 'lawyer' }]);
    await moveDay('2026-12-11');
    expect((await get(`accounts/${numberOf(8)}`)).body.holds[0].active).toBe(false);
    expect((await get('debtors?hold=promise')).body.totals.count).toBe(0);
    await moveDay(TODAY);
  });

  it('a process writes and ends its own through DEBT_API; a person cannot end it', async () => {
    const debt = api.app.get<DebtApi>(DEBT_API, { strict: false });
    const order = { source: 'restructuring/1', accountId: 9, providerId: 2, kind: 'contract', from: TODAY, until: null, reason: 'договір реструктуризації № 1', by: 'system' } as const;
    const { db } = api.database;
    const id = await db.transaction((tx) => debt.putHold(tx, order));
    expect(await db.transaction((tx) => debt.putHold(tx, { ...order, reason: 'договір реструктуризації № 1, зміни' }))).toBe(id);
    expect(await debt.standingHolds([9, 10], '2030-01-01')).toEqual([{ holdId: id, accountId: 9, providerId: 2, kind: 'contract' }]);
    expect((await post(`holds/${id}/end`, { reason: 'більше не потрібно' })).body.code).toBe('debt.hold.of-process');
    expect(await db.transaction((tx) => debt.endHolds(tx, { source: 'restructuring/1', lastDay: '2026-12-01', reason: 'договір розірвано', by: 'system' }))).toBe(1);
    expect(await debt.standingHolds([9], '2026-12-01')).toHaveLength(1);
    expect(await debt.standingHolds([9], '2026-12-02')).toEqual([]);
  });
});

describe('steps', () => {
  it('are dated data with a decision and a mark', async () => {
    const { body } = await get('dunning/steps');
    const own: DunningStep[] = body.items.filter(({ inForce }: DunningStep) => inForce);
    expect(own.map(({ code }) => code)).toEqual(['reminder', 'warning', 'pretension', 'court']);
    expect(own.every(({ mark, decision }) => mark === 'proposal' && decision !== '')).toBe(true);
  });

  it('a preview counts every account and creditor over the threshold once, and writes nothing', async () => {
    const plan = owed(TODAY, 10_000n, 1);
    const held = plan.filter(({ account, provider }) => account === 8 || (account === 9 && provider === 2));
    const { body } = await get('dunning/preview?step=reminder');
    expect(body).toMatchObject({ planned: plan.length, held: held.length, done: plan.length - held.length, waiting: 0, repeated: 0 });
    expect(body.debt).toBe(debtOf(plan.filter((key) => !held.includes(key))));
    for (const row of body.rows) expect(row.done + row.held + row.waiting + row.repeated).toBe(row.planned);
    expect((await get('dunning/preview?step=reminder', providerUser)).body.planned).toBe(plan.filter(({ provider }) => provider === 2).length);
    expect((await get('dunning/preview?step=warning')).body).toMatchObject({ planned: owed(TODAY, 50_000n, 2).length, done: 0 });
    expect(await api.database.owner.query('select 1 from debt.dunning_run')).toEqual([]);
  });

  it('runs once, with an outcome for each; the next step waits its working days', async () => {
    const { body: preview } = await get('dunning/preview?step=reminder');
    const order = { step: 'reminder', expected: expectedOf(preview), reason };
    const refused = await post('dunning/runs', { ...order, expected: { ...order.expected, done: preview.done + 1 } });
    expect([refused.status, refused.body.code, refused.body.params.done]).toEqual([409, 'debt.dunning.changed', preview.done]);
    const run = await post('dunning/runs', order, lawyer, 'same-key-1');
    expect(run.body).toMatchObject({ step: 'reminder', asOf: TODAY, planned: preview.planned, done: preview.done, madeBy: 'lawyer' });
    expect((await post('dunning/runs', order, lawyer, 'same-key-1')).body).toEqual(run.body);
    expect((await get('dunning/runs')).body.items).toHaveLength(1);
    const { body: rows } = await get(`dunning/runs/${run.body.id}/rows?limit=200`);
    expect(rows.totals.count).toBe(preview.planned);
    expect((await get(`dunning/runs/${run.body.id}/rows?outcome=held`)).body.items.map(({ account, hold }: { account: string; hold: string }) => [account, hold]).sort()).toEqual(
      owed(TODAY, 10_000n, 1).filter(({ account, provider }) => account === 8 || (account === 9 && provider === 2))
        .map(({ account }) => [numberOf(account), account === 8 ? 'promise' : 'contract']).sort(),
    );
    expect((await get('dunning/preview?step=reminder')).body).toMatchObject({ done: 0, repeated: preview.done, held: preview.held });
    expect((await get('dunning/preview?step=warning')).body.done).toBe(0);
    const ready = deadline({ from: TODAY, days: 10, kind: 'working', shiftWeekend: false, calendar: labour }).value.endsOn;
    await moveDay(addDays(ready, -1));
    expect((await get('dunning/preview?step=warning')).body.done).toBe(0);
    await moveDay(ready);
    const due = owed(ready, 50_000n, 2);
    const { body: warning } = await get('dunning/preview?step=warning');
    expect(warning.planned).toBe(due.length);
    expect(warning.done).toBe(due.filter(({ account, provider }) => !(account === 8 && TODAY > ready) && !heldOn(account, provider, ready) && reminded(account, provider)).length);
    await moveDay(TODAY);
    const card = await get(`accounts/${numberOf(16)}`);
    expect(card.body.notices.every(({ step, on }: { step: string; on: string }) => step === 'reminder' && on === TODAY)).toBe(true);
  });

  /** Holds of the tests above: account 8 until the tenth of December, account 9 at P02 until the first. */
  const heldOn = (account: number, provider: number, day: string): boolean =>
    (account === 8 && day <= '2026-12-10') || (account === 9 && provider === 2 && day <= '2026-12-01');
  const reminded = (account: number, provider: number): boolean =>
    !heldOn(account, provider, TODAY) && owed(TODAY, 10_000n, 1).some((key) => key.account === account && key.provider === provider);

  it('may be taken by those with the permission only', async () => {
    await api.database.owner.query(`delete from administration.role_permission where role = 'operator' and permission = 'debt.dunning.run'`);
    const order = { step: 'reminder', expected: { planned: 0, done: 0, debt: '0.00' }, reason };
    expect((await post('dunning/runs', order, { login: 'somebody', roles: ['operator'] })).status).toBe(403);
  });
});

describe('the rule', () => {
  it('the latest day before is the inverse of the term in working days', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 0, max: 40 }), (shift, days) => {
        const asOf = addDays('2022-01-01', shift);
        const latest = latestBefore(asOf, days, labour);
        const ends = (from: string): string => deadline({ from, days, kind: 'working', shiftWeekend: false, calendar: labour }).value.endsOn;
        expect(ends(latest) <= asOf).toBe(true);
        expect(ends(addDays(latest, 1)) > asOf).toBe(true);
      }),
    );
  });
  it('months owed: the newest charges that the balance consists of', () => {
    expect(monthsOwed(0n, [100n])).toBe(0);
    expect(monthsOwed(100n, [100n, 100n])).toBe(1);
    expect(monthsOwed(101n, [100n, 100n])).toBe(2);
    expect(monthsOwed(150n, [0n, 100n, -20n, 100n])).toBe(2);
    expect(monthsOwed(500n, [100n, 100n])).toBe(3);
  });
});

describe('the year replayed under another strategy', () => {
  it('counts steps by a plain walk, for both strategies, and writes nothing', async () => {
    const months = ['2025-11', '2025-12', ...Array.from({ length: 10 }, (_, at) => `2026-${String(at + 1).padStart(2, '0')}`)];
    // one account pays nothing from November on: 400 hryvnias a month
    for (const [at, month] of months.entries())
      await api.database.owner.query(
        `insert into billing.period_balance (period, account_id, service_id, provider_id, opening_kop, charged_kop, closing_kop)
         values ($1, 1, 1, 8, $2, 40000, $3)`,
        [`${month}-01`, 40_000 * at, 40_000 * (at + 1)],
      );
    const before = await api.database.owner.query('select count(*)::int as n from debt.dunning_notice');
    const { status, body } = await get('dunning/simulation?strategy=strict');
    expect([status, body.from, body.to, body.inForce, body.accounts]).toEqual([200, '2025-11', '2026-10', 'standard', 1]);
    const of = (step: string, side: 'now' | 'other'): string[] =>
      body.rows.filter((row: { step: string }) => row.step === step).filter((row: Record<string, { count: number }>) => (row[side]?.count ?? 0) > 0).map(({ month }: { month: string }) => month);
    // owed at the end of December: November, 400.00 of one month; the steps follow each other by a month
    expect(of('reminder', 'now')[0]).toBe('2025-12');
    expect(of('warning', 'now')[0]).toBe('2026-01');
    expect(of('pretension', 'now')[0]).toBe('2026-02');
    expect(of('court', 'now')[0]).toBe('2026-04');
    expect(of('warning', 'other')[0]).toBe('2026-01');
    expect(of('pretension', 'other')[0]).toBe('2026-02');
    expect(of('court', 'other')[0]).toBe('2026-03');
    expect(of('court', 'now')).toHaveLength(1);
    expect(body.totals.find(({ step }: { step: string }) => step === 'court')).toMatchObject({ now: { count: 1, debt: '2000.00' }, other: { count: 2 } });
    expect(await api.database.owner.query('select count(*)::int as n from debt.dunning_notice')).toEqual(before);
    expect((await get('dunning/simulation?strategy=none')).status).toBe(404);
    expect((await get('dunning/simulation?strategy=strict', providerUser)).body.accounts).toBe(0); // the debt is of another provider
  });
});
