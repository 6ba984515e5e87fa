import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wholeApi } from '@komplat/all/test';
import { type Answer, type Caller, type TestApi } from '@komplat/testing';
import { RecalculateByAct } from '../server/recalculation/recalculate-by-act.ts';
import { MoveBalance } from '../server/recalculation/move-balance.ts';
import { buildAccount, buildCity, buildResident, buildSupply, buildTariff, PROVIDERS } from './world.ts';

const accountant: Caller = { login: 'accountant', roles: ['accountant'] };
const manager: Caller = { login: 'manager', roles: ['manager'] };
const clerk: Caller = { login: 'operator', roles: ['operator'] };
const [UPKEEP, WASTE] = [1, 6];
const MONTHS = ['2026-08', '2026-09', '2026-10'];
const ACCOUNTS = 40;
const numbers: string[] = [];
let api: TestApi;
let keys = 0;

const post = (path: string, body: object = {}, as: Caller = accountant): Promise<Answer> => {
  keys += 1;
  return api.call('POST', `billing/corrections${path}`, as, body, { 'idempotency-key': `correction-${keys}` });
};
const get = (path: string, as: Caller = accountant): Promise<Answer> => api.call('GET', `billing/corrections${path}`, as);
const at = (account: number): string => numbers[account - 1] ?? '';
const order = (account: number, more: object = {}): object => ({
  scope: { kind: 'account', account: at(account) }, from: '2026-08', to: '2026-10', reason: 'facts', decision: 'Техпаспорт № 7 від 20.11.2026', ...more,
});
const area = (account: number, value: string): Promise<unknown> =>
  api.database.owner.query('update registry.premises_fact set total_area = $2, heated_area = $2 where premises_id = $1', [account, value]);
const balance = async (accounts: readonly number[]): Promise<bigint> => {
  const [row] = await api.database.owner.query<{ kop: bigint }>(
    'select coalesce(sum(balance_kop), 0)::bigint as kop from billing.pub_balance_v1 where account_id = any($1::int[])', [accounts],
  );
  return row?.kop ?? 0n;
};
const entries = async (account: number): Promise<string[]> => {
  const rows = await api.database.owner.query<{ line: string }>(
    `select concat_ws(' ', to_char(period, 'YYYY-MM'), to_char(for_period, 'YYYY-MM'), kind, amount_kop) as line from billing.pub_ledger_v1
     where account_id = $1 and kind <> 'accrual' order by id`, [account],
  );
  return rows.map(({ line }) => line);
};

beforeAll(async () => {
  api = await wholeApi();
  const { owner, closeDb } = api.database;
  await buildCity(owner);
  await buildTariff(owner, { id: 1, service: UPKEEP, price: '5.25' });
  await buildTariff(owner, { id: 2, service: WASTE, price: '31' });
  for (let account = 1; account <= ACCOUNTS; account += 1) {
    numbers.push(await buildAccount(owner, account));
    await buildResident(owner, account, '2001-01-01', null);
    await buildSupply(owner, { account, service: UPKEEP, method: 'area' });
    await buildSupply(owner, { account, service: WASTE, method: 'per-person' });
  }
  for (const month of MONTHS)
    for (const provider of PROVIDERS) await closeDb.query(`select * from billing.accrue_batch($1, $2::smallint, 1, ${ACCOUNTS}, 'test')`, [`${month}-01`, provider]);
  await owner.query(`update platform.period_lane set state = 'locked' where period between '2026-08-01' and '2026-10-01'`);
  for (const [role, permission] of [['accountant', 'read'], ['accountant', 'make'], ['manager', 'read'], ['manager', 'approve'], ['operator', 'read'], ['operator', 'make']])
    await owner.query('insert into administration.role_permission (role, permission) values ($1, $2) on conflict do nothing', [role, `billing.correction.${permission}`]);
  for (const login of ['accountant', 'manager']) await api.scope(login, 'all');
  await api.scope('operator', 'district', '1');
});
afterAll(() => api.close());

describe('a correction document', () => {
  it('shows the difference, posts exactly it into the open month, and says why', async () => {
    await area(1, '67.08');
    const draft = await post('', order(1));
    expect(draft.status).toBe(201);
    // 67.08 × 5.25 = 352.17 (law.md 1.3) against 60 × 5.25 = 315.00
    expect(draft.body).toMatchObject({ state: 'draft', accounts: 1, lines: 3, plus: '111.51', minus: '0.00', needsApproval: false, may: ['post', 'again'] });
    expect(draft.body.byMonth).toEqual(MONTHS.map((month) => ({ month, lines: 1, before: '315.00', after: '352.17', difference: '37.17' })));
    expect(await entries(1)).toEqual([]);
    const before = await balance([1]);
    const posted = await post(`/${draft.body.id}/post`);
    expect(posted.body).toMatchObject({ state: 'posted', postedBy: 'accountant', postedPeriod: '2026-11', may: ['reverse'] });
    expect((await post(`/${draft.body.id}/post`)).body.state).toBe('posted');
    expect(await entries(1)).toEqual(MONTHS.map((month) => `2026-11 ${month} recalculation 3717`));
    expect((await balance([1])) - before).toBe(11_151n);
    const { items } = (await get(`/${draft.body.id}/lines`)).body;
    expect(items[0]).toMatchObject({ account: at(1), month: '2026-08', difference: '37.17', sentence: { key: 'billing.note.recalculation', params: { m: '8', before: '315.00' } } });
    const notes = await api.database.owner.query<{ note_key: string; note_params: object }>(
      `select note_key, note_params from billing.posting where document_kind = 'correction' and document_id = $1 order by id`, [draft.body.id],
    );
    expect(notes.map(({ note_params: params }) => params)).toEqual(items.map((line: { sentence: { params: object } }) => line.sentence.params));
    expect((await post('', order(1))).body).toMatchObject({ lines: 0, plus: '0.00' });
    const trace = await api.call('GET', `billing/trace/accrual:2026-09:${at(1)}:MNT:P01`, accountant);
    expect(trace.body.sources.filter(({ kind }: { kind: string }) => kind === 'entry').map(({ href }: { href: string }) => href)).toEqual([
      `/billing/corrections/${draft.body.id}`,
    ]);
  });

  it('refuses to post what is not true any more, and computes it anew', async () => {
    await area(2, '70');
    const draft = await post('', order(2));
    await area(2, '50');
    const refused = await post(`/${draft.body.id}/post`);
    expect(refused.body).toMatchObject({ status: 409, code: 'billing.correction.changed' });
    expect(refused.body.detail).toContain(draft.body.number);
    expect(await entries(2)).toEqual([]);
    const again = await post(`/${draft.body.id}/again`);
    expect(again.body).toMatchObject({ state: 'draft', minus: '-157.50', plus: '0.00' }); // 3 × 10 × 5.25
    expect((await get(`/${draft.body.id}`)).body.state).toBe('stale');
    await post(`/${again.body.id}/post`);
    expect(await balance([2])).toBe(3n * (31_500n + 3_100n) - 15_750n);
  });

  it('is undone line by line; the books are what they were', async () => {
    await area(3, '30');
    const before = await balance([3]);
    const draft = await post('', order(3));
    const trace = await api.call('GET', `billing/trace/accrual:2026-09:${at(3)}:MNT:P01`, accountant);
    expect(trace.body.sources.at(-1).href).toBe(`/billing/corrections?account=${at(3)}&month=2026-09`);
    await post(`/${draft.body.id}/post`);
    expect(await balance([3])).toBe(before - 47_250n);
    const undone = await post(`/${draft.body.id}/reverse`, { reason: 'помилковий техпаспорт' });
    expect(undone.body).toMatchObject({ state: 'reversed', reversalReason: 'помилковий техпаспорт', may: [] });
    expect(await balance([3])).toBe(before);
    const again = await post('', order(3));
    expect(again.body).toMatchObject({ lines: 3, minus: '-472.50' });
    await area(3, '60');
    expect((await post('', order(3))).body.lines).toBe(0);
  });

  it('above the limit a second person agrees; rejected it stays unposted', async () => {
    await api.database.owner.query("update registry.premises_fact set total_area = total_area + 40 where premises_id between 10 and 19");
    const draft = await post('', { ...order(10), scope: { kind: 'house', house: 'H0001' }, services: ['MNT'] });
    expect(draft.body).toMatchObject({ accounts: 10, lines: 30, plus: '6300.00', needsApproval: true, limit: { sum: '5000.00' } });
    const waiting = await post(`/${draft.body.id}/post`);
    expect(waiting.body).toMatchObject({ state: 'waiting', may: [] });
    const own = await api.call('POST', `administration/approvals/${waiting.body.approvalId}/approve`, accountant, {});
    expect(own.status).toBe(403);
    await api.call('POST', `administration/approvals/${waiting.body.approvalId}/reject`, manager, { reason: 'перевірте техпаспорти' });
    expect((await get(`/${draft.body.id}`)).body.state).toBe('refused');
    const second = await post('', { ...order(10), scope: { kind: 'accounts', accounts: numbers.slice(9, 19) } });
    const asked = await post(`/${second.body.id}/post`);
    const agreed = await api.call('POST', `administration/approvals/${asked.body.approvalId}/approve`, manager, {});
    expect(agreed.status).toBeLessThan(300);
    expect((await get(`/${second.body.id}`)).body).toMatchObject({ state: 'posted', postedBy: 'accountant', approvedBy: 'manager' });
    expect(await entries(10)).toEqual(MONTHS.map((month) => `2026-11 ${month} recalculation 21000`));
    const undoing = await post(`/${second.body.id}/reverse`, { reason: 'техпаспорти відкликано' });
    expect(undoing.body.state).toBe('posted');
    expect((await api.call('POST', `administration/approvals/${undoing.body.approvalId}/approve`, manager, {})).status).toBeLessThan(300);
    expect((await get(`/${second.body.id}`)).body).toMatchObject({ state: 'reversed', reversedBy: 'accountant', reversalReason: 'техпаспорти відкликано' });
    expect((await entries(10)).slice(3)).toEqual(MONTHS.map((month) => `2026-11 ${month} recalculation -21000`));
  });

  it('refuses what is malformed, too long, unknown or not theirs, with a sentence', async () => {
    expect((await post('', order(1, { from: '2023-10' }))).body).toMatchObject({ status: 422, code: 'billing.correction.too-long' });
    expect((await post('', order(1, { from: '2026-10', to: '2026-08' }))).status).toBeGreaterThanOrEqual(400);
    expect((await post('', order(1, { services: ['XX'] }))).body).toMatchObject({ status: 404, code: 'billing.correction.service-unknown' });
    expect((await post('', order(1, { scope: { kind: 'house', house: 'H9999' } }))).body.code).toBe('billing.correction.empty-scope');
    expect((await post('', order(1, { scope: { kind: 'account', account: '0000000000' } }))).status).toBe(404);
    expect((await post('', order(1, { scope: { kind: 'provider', provider: 'P01' } }), clerk)).body.code).toBe('billing.correction.whole-city');
    expect((await post('', order(1), manager)).status).toBe(403);
    expect((await post('', order(1), clerk)).status).toBe(201);
    const foreign = await get('', clerk);
    expect(foreign.body.items.every((item: { madeBy: string }) => item.madeBy === 'operator')).toBe(true);
    expect((await get('?state=posted')).body.items.length).toBeGreaterThan(0);
  });
});

describe('the money of a change before it is saved', () => {
  const preview = (account: number, changes: readonly object[]): Promise<Answer> =>
    api.call('POST', `registry/accounts/${at(account)}/changes/preview`, manager, { version: 1, reason: 'заява мешканця № 5', changes });

  it('names past months against the books and the open month against what it would be; nothing is kept', async () => {
    const before = await entries(20);
    const { status, body } = await preview(20, [{ kind: 'premises', totalArea: '67.08', from: '2026-09-16' }]);
    expect(status).toBe(200);
    // September: (15 × 60 + 15 × 67.08) / 30 × 5.25 = 333.585, half away from zero
    expect(body.money).toMatchObject({
      available: true,
      difference: '92.93',
      effects: [
        { month: '2026-09', service: 'MNT', provider: 'P01', before: '315.00', after: '333.59' },
        { month: '2026-10', service: 'MNT', provider: 'P01', before: '315.00', after: '352.17' },
        { month: '2026-11', service: 'MNT', provider: 'P01', before: '315.00', after: '352.17' },
      ],
    });
    expect(await entries(20)).toEqual(before);
    expect((await post('', order(20))).body.lines).toBe(0);
  });

  it('is what the document posts afterwards', async () => {
    const change = [{ kind: 'premises', totalArea: '50', heatedArea: '50', from: '2026-08-01' }];
    const { effects } = (await preview(21, change)).body.money;
    await area(21, '50');
    const { byMonth } = (await post('', order(21))).body;
    expect(effects.slice(0, 3).map((effect: Record<string, string>) => [effect.month, effect.before, effect.after])).toEqual(
      byMonth.map((sum: Record<string, string>) => [sum.month, sum.before, sum.after]),
    );
    expect(effects[3]).toMatchObject({ month: '2026-11', service: 'MNT', provider: 'P01', before: '315.00', after: '262.50' });
  });
});

describe('an act of non-delivery of closed months', () => {
  it('recalculates everyone concerned by one document, posted at once; delivered twice, it is one', async () => {
    const { owner } = api.database;
    const id = '0190e000-0000-7000-8000-00000000c001';
    await owner.query(
      `insert into metering.quality_act (id, act_number, act_date, service_id, scope, house_id, riser, premises_ids, kind, first_day, last_day, percent, mark, reason,
         made_by, state) values ($1, 'АП-7', '2026-11-12', $2, 'riser', 1, '2', '{33,34}', 'non-delivery', '2026-09-11', '2026-10-05', 100, 'confirmed', 'test', 'test', 'approved')`,
      [id, UPKEEP],
    );
    const before = await balance([33, 34]);
    const event = { payload: { id, act: 'АП-7', actDate: '2026-11-12', service: 'MNT', from: '2026-09-11', to: '2026-10-05', accounts: [at(33), at(34)] } };
    const handler = api.app.get(RecalculateByAct, { strict: false });
    await handler.handle(event);
    // 60.00 m2 x 5.25 = 315.00 a month: 20 days of 30, then 5 of 31
    expect(await balance([33, 34])).toBe(before - 2n * (21_000n + 5_081n));
    const documents = (await get('?q=АП-7')).body.items;
    await handler.handle(event);
    expect((await get('?q=АП-7')).body.items).toEqual(documents);
    expect(documents).toMatchObject([{ reason: 'quality', state: 'posted', decision: 'Акт № АП-7 від 12.11.2026', accounts: 2, from: '2026-09', to: '2026-10' }]);
  });
});

describe('balances follow a merge', () => {
  it('moves open months and advances once; the sum over both is the same', async () => {
    const { owner, db } = api.database;
    await owner.query("select billing.post_payment(nextval('platform.mass_id'), 30, 200000, '2026-11-05', '2026-11-05', 'test', null)");
    const [both, from] = [await balance([30, 31]), await balance([30])];
    expect(from).toBeLessThan(0n);
    const event = { id: '00000000-0000-7000-8000-0000000000aa', payload: { accountId: 30, intoAccountId: 31, on: '2026-11-20', balanceKop: '0' } };
    const handler = new MoveBalance(db);
    await handler.handle(event);
    await handler.handle(event);
    expect(await balance([30])).toBe(0n);
    expect(await balance([31])).toBe(both);
    await handler.handle({ id: '00000000-0000-7000-8000-0000000000ab', payload: { accountId: 31, intoAccountId: 32, on: '2026-11-21', balanceKop: '0' } });
    expect(await balance([30, 31])).toBe(0n);
    expect((await entries(32)).every((line) => line.includes(' transfer '))).toBe(true);
    const months = await owner.query<{ month: string }>(
      "select to_char(debt_month, 'YYYY-MM') as month from billing.pub_open_item_v1 where account_id = 32 group by 1 order by 1",
    );
    expect(months.map(({ month }) => month)).toEqual(MONTHS);
  });
});
