import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApi } from '@komplat/testing';
import { CLERK, numberOf, once, openWorld, personOf } from './world.ts';

const REASON = 'посвідчення подано у відділ';
let api: TestApi;

beforeAll(async () => {
  api = await openWorld(12);
});
afterAll(() => api.close());

const add = (account: number, body: object) =>
  api.call('POST', `benefits/accounts/${numberOf(account)}/holdings`, CLERK, { document: 'ПС 000001', reason: REASON, ...body }, once());
const view = async (account: number, query = '') => (await api.call('GET', `benefits/accounts/${numberOf(account)}${query}`, CLERK)).body;
const entitled = async (account: number, day: string) =>
  (await view(account, `?asOf=${day}`)).entitlements.map(
    (row: { service: string; category: string; percent: string; covered: number; norm: string | null; normAddition: string; regime: string }) =>
      `${row.service} ${row.category} ${row.percent} ×${row.covered} ${row.norm}+${row.normAddition} ${row.regime}`,
  );

describe('the right of a person', () => {
  it('is entered where the holder lives and gives entitlements by service, with norms of CMU 409 (law.md 1.4)', async () => {
    const answer = await add(1, {
      personId: personOf(1, 0), category: 'UBD', from: '2018-06-01', covered: [{ personId: personOf(1, 1), relation: 'spouse' }],
    });
    expect([answer.status, answer.body.version]).toEqual([201, 1]);
    expect(await entitled(1, '2018-06-15')).toEqual([
      'MNT UBD 75.00 ×2 21+10.5 netted', 'CW UBD 75.00 ×2 2+0 netted', 'HEAT UBD 75.00 ×2 21+10.5 netted', 'EL UBD 75.00 ×2 30+40 netted',
    ]);
    expect((await entitled(1, '2026-11-01'))[0]).toBe('MNT UBD 75.00 ×2 21+10.5 monetised');
    expect(await entitled(1, '2018-05-31')).toEqual([]);
    const { holdings, residents } = await view(1);
    expect(holdings[0]).toMatchObject({ category: 'UBD', holder: 'Коваленко Ірина Петрівна', from: '2018-06-01', to: null });
    expect(holdings[0].covered.map(({ relation }: { relation: string }) => relation)).toEqual(['holder', 'spouse']);
    expect(residents).toHaveLength(3);
  });

  it('electricity: 70 for the first and 30 for each next, at most 190 (law.md 1.4)', async () => {
    const [row] = await api.database.db.query<{ limit: string }>(
      `select trim_scale(e.norm * e.covered + e.norm_addition)::text as limit from benefits.pub_entitlement_v1 e
       where e.account_id = 1 and e.service_id = 4 and e.valid @> date '2026-11-01'`,
    );
    expect(row?.limit).toBe('100'); // 70 + 30
  });

  it('is refused when the holder, or a covered person, does not live there', async () => {
    const stranger = await add(2, { personId: personOf(1, 2), category: 'UBD', from: '2020-01-01' });
    expect([stranger.status, stranger.body.code]).toEqual([422, 'benefits.holding.not-resident']);
    const family = await add(2, {
      personId: personOf(2, 0), category: 'UBD', from: '2020-01-01', covered: [{ personId: personOf(1, 2), relation: 'child' }],
    });
    expect(family.body.code).toBe('benefits.holding.covered-not-resident');
    const early = await add(2, { personId: personOf(2, 0), category: 'UBD', from: '1999-12-31' });
    expect(early.body.code).toBe('benefits.holding.not-resident');
    expect((await view(2)).holdings).toEqual([]);
  });

  it('one person holds one benefit at a time', async () => {
    const second = await add(1, { personId: personOf(1, 0), category: 'CH1', from: '2024-01-01' });
    expect([second.status, second.body.code, second.body.params.category]).toEqual([409, 'benefits.holding.overlap', 'UBD']);
  });

  it('31 February, an unknown category, a family where none is covered, days in the wrong order', async () => {
    const holder = { personId: personOf(3, 0) };
    expect((await add(3, { ...holder, category: 'UBD', from: '2026-02-31' })).status).toBe(400);
    expect((await add(3, { ...holder, category: 'XX', from: '2026-01-01' })).body.code).toBe('benefits.category.unknown');
    expect((await add(3, { ...holder, category: 'UBD', from: '2026-02-01', to: '2026-01-01' })).body.code).toBe('benefits.category.days');
    const family = await add(3, { ...holder, category: 'VVSW', from: '2026-01-01', covered: [{ personId: personOf(3, 1), relation: 'child' }] });
    expect(family.body.code).toBe('benefits.holding.no-family');
  });

  it('income: 4 240 is the limit of 2024, a hryvnia more is refused (law.md 2.1)', async () => {
    const holder = { personId: personOf(4, 0), category: 'UV', from: '2024-03-01' };
    expect((await add(4, holder)).body.code).toBe('benefits.income.needed');
    const above = await add(4, { ...holder, incomePerPerson: '4240.01' });
    expect([above.body.code, above.body.params.limit]).toEqual(['benefits.income.above-limit', '4240.00']);
    expect((await add(4, { ...holder, incomePerPerson: '4240.00', incomeTo: '2024-08-31' })).status).toBe(201);
    expect(await entitled(4, '2024-08-31')).toHaveLength(4);
    expect(await entitled(4, '2024-09-01')).toEqual([]); // the proof has ended
  });

  it('ends with a version and a reason; what was known before stays readable', async () => {
    const { body } = await add(5, { personId: personOf(5, 0), category: 'UBD', from: '2025-01-01' });
    const end = (version: number, lastDay: string) =>
      api.call('POST', `benefits/holdings/${body.id}/end`, CLERK, { version, lastDay, reason: REASON }, once());
    expect((await end(7, '2026-10-31')).body.code).toBe('benefits.holding.changed');
    expect((await end(1, '2024-12-31')).body.code).toBe('benefits.holding.end-before-start');
    expect((await end(1, '2026-10-31')).body).toEqual({ id: body.id, version: 2 });
    expect(await entitled(5, '2026-11-01')).toEqual([]);
    expect((await entitled(5, '2026-10-31')).length).toBe(4);
    const [known] = await api.database.db.query<{ rows: number; open: number }>(
      `select count(*)::int as rows, count(*) filter (where upper_inf(known) and upper(valid) = '2026-11-01')::int as open
       from benefits.holding where holding_id = $1`,
      [body.id],
    );
    expect(known).toEqual({ rows: 2, open: 1 });
    const [trace] = await api.database.db.query<{ reason: string }>(
      `select reason from platform.audit_entry where action = 'benefits.holding.end' and subject = $1`,
      [`account/${numberOf(5)}`],
    );
    expect(trace?.reason).toBe(REASON);
  });

  it('lists, filters and hides other people', async () => {
    const list = await api.call('GET', 'benefits/holdings?category=UBD&state=now&sort=-from', CLERK);
    expect(list.body.items.map(({ account }: { account: string }) => account)).toEqual([numberOf(1)]);
    expect(list.body.totals.count).toBe(1);
    const away = { login: 'operator-2', roles: ['operator'] };
    await api.scope('operator-2', 'district', '7');
    expect((await api.call('GET', 'benefits/holdings', away)).body.items).toEqual([]);
    expect((await api.call('GET', `benefits/accounts/${numberOf(1)}`, away)).status).toBe(404);
    const cashier = { login: 'cashier', roles: ['cashier'] };
    await api.scope('cashier', 'all');
    expect((await api.call('GET', 'benefits/holdings', cashier)).status).toBe(403);
    expect((await api.call('GET', `benefits/accounts/${numberOf(1).slice(0, 9)}0`, CLERK)).status).toBe(404);
  });
});

describe('several holders, moves', () => {
  it('each person stands under the higher percent; the family addition goes once; marked for a lawyer', async () => {
    const family = [1, 2].map((at) => ({ personId: personOf(6, at), relation: 'child' }));
    await add(6, { personId: personOf(6, 0), category: 'CH1', from: '2020-01-01', covered: family });
    await add(6, { personId: personOf(6, 1), category: 'IV1', from: '2022-01-01' });
    expect((await entitled(6, '2021-12-31'))[0]).toBe('MNT CH1 50.00 ×3 21+10.5 monetised');
    expect((await entitled(6, '2022-01-01')).slice(0, 2)).toEqual(['MNT IV1 100.00 ×1 21+10.5 monetised', 'MNT CH1 50.00 ×2 21+0 monetised']);
    const { entitlements } = await view(6, '?asOf=2022-01-01');
    expect(entitlements[0].mark).toBe('needs a lawyer');
  });

  it('a covered person who moves out is not covered any more, once the registry says so', async () => {
    await api.database.owner.query(
      `update registry.residence set valid = '[2000-01-01,2023-05-10)' where person_id = $1`,
      [personOf(6, 2)],
    );
    await api.database.db.query('select benefits.refresh_entitlement(array[6])');
    expect((await entitled(6, '2023-05-09'))[1]).toBe('MNT CH1 50.00 ×2 21+0 monetised');
    expect((await entitled(6, '2023-05-10'))[1]).toBe('MNT CH1 50.00 ×1 21+0 monetised');
  });
});
