import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '@komplat/kernel';
import type { TestApi } from '@komplat/testing';
import fc from 'fast-check';
import type { Claimable } from '../contract/index.ts';
import { limitation } from '../domain/index.ts';
import { debtCity, ITEMS, type Item, lastPaidOf, lawyer, monthBack, nobody, numberOf, providerUser, text, TODAY } from './analysis-world.ts';

let api: TestApi;
beforeAll(async () => {
  api = await debtCity();
});
afterAll(() => api.close());

/** law.md 4.1: the practical block, three years. */
const STOPS = [{ from: '2020-04-02', to: '2025-09-03', ground: 'stop' }];
const pure = (dueOn: string, on: readonly string[], asOf = TODAY) =>
  limitation({ dueOn, startsAfter: 1, asOf, years: 3, stops: STOPS, interruptions: on.map((day) => ({ on: day, ground: 'g', startsAfter: 1 })) }).value;
const reason = 'борг визнано листом боржника';
let keys = 0;
const post = (path: string, body: object, as = lawyer) => api.call('POST', `debt/${path}`, as, body, { 'idempotency-key': `claim-key-${(keys += 1)}` });
const claimable = async (id: number, as = lawyer): Promise<Claimable> => (await api.call('GET', `debt/accounts/${numberOf(id)}/claimable`, as)).body;
const endsOf = async (id: number, month: string): Promise<string | undefined> =>
  (await claimable(id)).creditors.flatMap(({ months }) => months).find((row) => row.month === month)?.endsOn;
const clear = (): Promise<object[]> => api.database.owner.query('delete from debt.acknowledgement');

describe('limitation in sets equals the pure rule', () => {
  it('for every due day of forty years, both kinds of term', async () => {
    const rows = await api.database.owner.query<{ kind: string; start: string; end: string }>(
      `select kind, to_char(starts_on, 'YYYY-MM-DD') as start, to_char(ends_on, 'YYYY-MM-DD') as "end" from debt.limitation_day
       where starts_on between '1997-01-01' and '2036-12-31'`,
    );
    expect(rows.length).toBe(2 * 14_610);
    const wrong = rows.filter(({ kind, start, end }) => {
      const { value } = limitation({ dueOn: start, startsAfter: 0, asOf: TODAY, years: kind === 'general' ? 3 : 1, stops: STOPS, interruptions: [] });
      return value.endsOn !== end;
    });
    expect(wrong).toEqual([]);
  });
  it('stops that change change the days at once: two blocks, one of them open', async () => {
    const { owner } = api.database;
    await owner.query(`update debt.limitation_stop set period = '[2020-04-02,2023-07-01)'`);
    await owner.query(`insert into debt.limitation_stop values (2, '[2024-02-24,)', 'open', 'act', 'needs a lawyer')`);
    const stops = [{ from: '2020-04-02', to: '2023-06-30', ground: 'a' }, { from: '2024-02-24', to: '2090-12-31', ground: 'b' }];
    const rows = await owner.query<{ start: string; end: string }>(
      `select to_char(starts_on, 'YYYY-MM-DD') as start, to_char(ends_on, 'YYYY-MM-DD') as "end" from debt.limitation_day
       where kind = 'general' and starts_on between '2015-01-01' and '2030-12-31'`,
    );
    const wrong = rows.filter(({ start, end }) => limitation({ dueOn: start, startsAfter: 0, asOf: TODAY, years: 3, stops, interruptions: [] }).value.endsOn !== end);
    expect(wrong).toEqual([]);
    await owner.query('delete from debt.limitation_stop where id = 2');
    await owner.query(`update debt.limitation_stop set period = '[2020-04-02,2025-09-04)'`);
  });

  it('with interruptions in any number and order, of the whole debt, of one creditor, of some months', async () => {
    const { owner } = api.database;
    const day = fc.integer({ min: 0, max: 4_300 }).map((offset) => addDays('2015-02-10', offset));
    const fact = fc.record({ on: day, provider: fc.constantFrom(null, 2, 8), months: fc.constantFrom(null, ['2019-06', '2026-07'] as const) });
    const accounts = [3, 14, 25, 36, 47, 58]; // those with months of 2018 and 2019
    await fc.assert(
      fc.asyncProperty(fc.array(fact, { maxLength: 7 }), async (facts) => {
        await clear();
        await owner.query(
          `insert into debt.acknowledgement (id, account_id, provider_id, months, form, on_day, document, reason, recorded_by)
           select gen_random_uuid(), a, f.provider, case when f.first is null then null else daterange((f.first || '-01')::date, (f.last || '-01')::date, '[]') end,
             'letter', f.on, 'лист', '${reason}', 'test'
           from jsonb_to_recordset($1::jsonb) f("on" date, provider smallint, first text, last text), unnest($2::int[]) a`,
          [JSON.stringify(facts.map(({ on, provider, months }) => ({ on, provider, first: months?.[0] ?? null, last: months?.[1] ?? null }))), accounts],
        );
        const rows = await owner.query<{ account: number; month: string; service: number; ends: string; interrupted: string | null }>(
          `select account_id as account, to_char(debt_month, 'YYYY-MM') as month, service_id::int as service, to_char(ends_on, 'YYYY-MM-DD') as ends,
             to_char(interrupted_on, 'YYYY-MM-DD') as interrupted from debt.pub_claimable_v1 where account_id = any($1)`,
          [accounts],
        );
        const own = ITEMS.filter(({ account }) => accounts.includes(account));
        expect(rows).toHaveLength(own.length);
        for (const item of own) {
          const days = facts
            .filter(({ provider }) => provider === null || provider === item.provider)
            .filter(({ months }) => months === null || (months[0] <= item.month && item.month <= months[1]))
            .map(({ on }) => on);
          const expected = pure(item.due, days, '2026-12-31');
          const found = rows.find((row) => row.account === item.account && row.month === item.month && row.service === item.service);
          expect(found).toMatchObject({ ends: expected.endsOn, interrupted: expected.interruptions.at(-1)?.on ?? null });
        }
      }),
      { numRuns: 40 },
    );
    await clear();
  });
});

describe('acknowledgements are stored facts', () => {
  const item = ITEMS.find(({ account, month }) => account === 4 && month < '2026-10');
  const account = 4;
  const month = item?.month ?? '';

  it('one begins the term anew, in the list, on the card and in the view; withdrawn it counts no more', async () => {
    const before = await endsOf(account, month);
    expect(before).toBe(pure(item?.due ?? '', []).endsOn);
    const made = await post('acknowledgements', { account: numberOf(account), form: 'letter', on: '2026-11-20', document: 'лист від 20.11.2026 № 7', reason });
    expect(made.status).toBe(201);
    expect(await endsOf(account, month)).toBe('2029-11-21');
    const { acknowledgements } = await claimable(account);
    expect(acknowledgements).toEqual([expect.objectContaining({ form: 'letter', on: '2026-11-20', provider: null, from: null, moved: expect.any(Number) })]);
    const open = ITEMS.filter((each) => each.account === account && each.due < '2026-11-20');
    expect(acknowledgements[0]?.moved).toBe(open.length);
    expect((await post(`acknowledgements/${made.body.id}/withdraw`, { reason: 'записано не на той рахунок' })).status).toBe(201);
    expect(await endsOf(account, month)).toBe(before);
    const again = await post(`acknowledgements/${made.body.id}/withdraw`, { reason: 'записано не на той рахунок' });
    expect([again.status, again.body.code]).toEqual([409, 'debt.acknowledgement.withdrawn']);
    const [audited] = await api.database.owner.query<{ count: number }>(
      `select count(*)::int as count from platform.audit_entry where action like 'debt.acknowledgement.%'`,
    );
    expect(audited?.count).toBe(2);
    await clear();
  });

  it('a part payment is a payment of this account on its day, once; rolled back it counts no more', async () => {
    const [paid] = (await claimable(account)).payments;
    expect(paid?.on).toBe(lastPaidOf(account));
    const order = { account: numberOf(account), form: 'payment', on: paid?.on, payment: paid?.id, document: 'платіж каси', reason };
    for (const change of [{ on: '2026-11-01' }, { payment: '999999' }, { account: numberOf(5) }]) {
      const { status, body } = await post('acknowledgements', { ...order, ...change });
      expect([status, body.code]).toEqual([422, 'debt.acknowledgement.other-payment']);
    }
    expect((await post('acknowledgements', order)).status).toBe(201);
    const twice = await post('acknowledgements', order);
    expect([twice.status, twice.body.code]).toEqual([409, 'debt.acknowledgement.twice']);
    expect((await claimable(account)).payments).toEqual([]);
    const older = ITEMS.find((each) => each.account === account && each.due < (paid?.on ?? ''));
    if (older) expect(await endsOf(account, older.month)).toBe(pure(older.due, [paid?.on ?? '']).endsOn);
    await clear();
  });

  it('refuses by name what cannot be, and who may not', async () => {
    const order = { account: numberOf(account), form: 'letter', on: '2026-11-20', document: 'лист', reason };
    for (const [change, status, code] of [
      [{ on: '2026-11-24' }, 422, 'debt.acknowledgement.later'],
      [{ provider: 'P99' }, 422, 'debt.provider.unknown'],
      [{ account: numberOf(999) }, 404, 'debt.account.unknown'],
    ] as const) {
      const { status: got, body } = await post('acknowledgements', { ...order, ...change });
      expect([got, body.code]).toEqual([status, code]);
    }
    for (const change of [{ from: '2026-01' }, { from: '2026-05', to: '2026-01' }, { form: 'payment' }, { payment: '1' }, { document: '' }, { reason: 'ні' }])
      expect((await post('acknowledgements', { ...order, ...change })).status).toBe(400);
    const own = await post('acknowledgements', order, providerUser);
    expect([own.status, own.body.code]).toEqual([422, 'debt.hold.own-provider']);
    expect((await post('acknowledgements', order, { ...nobody, roles: [] })).status).toBe(403);
    expect((await post('acknowledgements/00000000-0000-7000-8000-000000000000/withdraw', { reason })).status).toBe(404);
  });
});

describe('what to claim now, what to keep', () => {
  const COURT = { kop: 200_000n, months: 4 }; // the step of the court of the standard strategy
  const overdue = (id: number, provider: number): Item[] => ITEMS.filter((each) => each.account === id && each.provider === provider && each.due < TODAY);

  it('every account and creditor against a plain second reading of the rule; sums add up to the debt', async () => {
    for (let id = 1; id <= 60; id += 1) {
      const { creditors, now, keep, held, expired } = await claimable(id);
      for (const { provider, months } of creditors) {
        const own = overdue(id, Number(provider.slice(1)));
        expect(months.map((row) => `${row.month} ${row.debt}`).sort()).toEqual(own.map(({ month, kop }) => `${month} ${text(kop)}`).sort());
        const inTime = own.filter(({ due }) => pure(due, []).endsOn >= TODAY);
        const reached = inTime.reduce((sum, { kop }) => sum + kop, 0n) >= COURT.kop && new Set(inTime.map(({ month }) => month)).size >= COURT.months;
        for (const row of months) {
          const end = pure(row.dueOn, []).endsOn;
          const soon = end >= TODAY && end < addDays(TODAY, 90);
          expect([row.month, row.endsOn, row.advice]).toEqual([row.month, end, end < TODAY ? 'expired' : soon || reached ? 'now' : 'keep']);
        }
      }
      const whole = [2, 8].flatMap((provider) => overdue(id, provider)).reduce((sum, { kop }) => sum + kop, 0n);
      const kop = (sum: string): bigint => BigInt(sum.replace('.', ''));
      expect(kop(now) + kop(keep) + kop(held) + kop(expired)).toBe(whole);
    }
  });
  it('a hold keeps everything of its creditor but what has expired; marks and thresholds stand beside', async () => {
    const id = 47;
    await post('holds', { account: numberOf(id), provider: 'P08', kind: 'dispute', from: TODAY, until: '2026-12-31', reason: 'спір про суму боргу' });
    const { creditors, court, soonDays, parameters, penaltyFrom } = await claimable(id);
    for (const { provider, holds, now, keep, held } of creditors) {
      expect(holds).toEqual(provider === 'P08' ? ['dispute'] : []);
      if (provider === 'P08') expect([now, keep]).toEqual(['0.00', '0.00']);
      else expect(held).toBe('0.00');
    }
    expect([court, soonDays]).toEqual([{ minDebt: '2000.00', minMonths: 4 }, 90]);
    expect(new Set(parameters.map(({ mark }) => mark))).toEqual(new Set(['confirmed', 'general knowledge', 'needs a lawyer', 'proposal']));
    // one year back, the stopped block left out: ЦКУ ст. 258 with law.md 4.1
    expect(penaltyFrom).toBe('2025-11-23');
  });
  it('a creditor sees its own months only', async () => {
    const { creditors, payments } = await claimable(14, providerUser);
    expect(creditors.map(({ provider }) => provider)).toEqual(overdue(14, 2).length > 0 ? ['P02'] : []);
    expect(payments).toEqual([]);
  });
});

describe('lists count acknowledgements too', () => {
  it('a month moved away by an acknowledgement no longer ends in the window of the filter, and one moved into it does', async () => {
    const ends = (id: number, days: readonly string[]): boolean =>
      ITEMS.some((each) => each.account === id && each.due < TODAY && pure(each.due, days).endsOn >= TODAY && pure(each.due, days).endsOn <= addDays(TODAY, 1_100));
    const found = async (): Promise<string[]> =>
      (await api.call('GET', 'debt/debtors?limit=200&expires=1100', lawyer)).body.items.map(({ account }: { account: string }) => account).sort();
    const ids = Array.from({ length: 60 }, (_, at) => at + 1);
    expect(await found()).toEqual(ids.filter((id) => ends(id, [])).map(numberOf).sort());
    const moved = ids.filter((id) => ends(id, [])).slice(0, 3);
    for (const id of moved) await post('acknowledgements', { account: numberOf(id), form: 'act', on: TODAY, document: 'акт звірки', reason });
    expect(await found()).toEqual(ids.filter((id) => ends(id, moved.includes(id) ? [TODAY] : [])).map(numberOf).sort());
    const { body } = await api.call('GET', `debt/reports/limitation`, lawyer);
    const last = `${monthBack('2026-11', -12)}-30`;
    const expected = ITEMS.filter((each) => {
      const end = pure(each.due, moved.includes(each.account) ? [TODAY] : []).endsOn;
      return end >= TODAY && end <= last;
    });
    const sum = body.rows.reduce((total: bigint, { debt }: { debt: string }) => total + BigInt(debt.replace('.', '')), 0n);
    expect(sum).toBe(expected.reduce((total, { kop }) => total + kop, 0n));
  });
});
