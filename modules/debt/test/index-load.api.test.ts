import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wholeApi } from '@komplat/all/test';
import { type Answer, type Caller, type TestApi } from '@komplat/testing';

const lawyer: Caller = { login: 'lawyer', roles: ['lawyer'] };
const head: Caller = { login: 'head', roles: ['manager'] };
let api: TestApi;
let keys = 0;

beforeAll(async () => {
  api = await wholeApi();
  const { owner } = api.database;
  await owner.query("insert into platform.operating_day (day, state) values ('2026-11-23', 'open')");
  await owner.query(
    `insert into administration.role_permission (role, permission)
     select role, permission from unnest(array['lawyer', 'manager']) role,
       unnest(array['debt.read', 'debt.law-tables.edit', 'administration.approval.decide', 'administration.approval.read']) permission
     on conflict do nothing`,
  );
  for (const { login } of [lawyer, head]) await api.scope(login, 'all');
});
afterAll(() => api.close());

const september = { rows: [{ month: '2026-09', value: '100.5' }], source: 'Держстат, експрес-випуск', stateOf: '2026-10-09', reason: 'вийшов індекс' };
const ask = (body: object, as = lawyer): Promise<Answer> =>
  api.call('POST', 'debt/inflation-index', as, body, { 'idempotency-key': `index-test-${(keys += 1)}` });
const decide = (id: string, as: Caller): Promise<Answer> =>
  api.call('POST', `administration/approvals/${id}/approve`, as, { reason: 'звірено з публікацією' }, { 'idempotency-key': `index-test-${(keys += 1)}` });
const code = ({ body }: Answer): string => body.error?.code ?? body.code;
const calculate = (parameters?: object): Promise<Answer> =>
  api.call('POST', 'calc/debt.inflation-interest', lawyer, {
    amount: '10000.00', dueOn: '2026-07-31', asOf: '2026-09-30', payments: [], ratePercent: '3', ...(parameters ? { parameters } : {}),
  });

describe('inflation indices are loaded by two people', () => {
  it('nothing counts before a second person agrees; the requester may not', async () => {
    expect((await calculate()).body.params ?? (await calculate()).body.error.params).toMatchObject({ month: '2026-09' });
    const asked = await ask(september);
    expect([asked.status, asked.body.added, asked.body.revised]).toEqual([201, 1, 0]);
    expect(code(await ask(september))).toBe('platform.approval.already-waiting');
    expect(code(await calculate())).toBe('debt.index-missing');
    expect((await decide(asked.body.approvalId, lawyer)).status).toBe(403);
    expect((await decide(asked.body.approvalId, head)).status).toBeLessThan(300);
    // 10 000 × (1.001 × 1.005 − 1)
    expect((await calculate()).body.result.inflation).toBe('60.05');
  });
  it('a revision is a new version; a calculation of the old version can be repeated', async () => {
    const asked = await ask({ ...september, rows: [{ month: '2026-09', value: '100.7' }, { month: '2026-10', value: '101.0' }], reason: 'уточнення' });
    expect([asked.body.added, asked.body.revised]).toEqual([1, 1]);
    expect((await decide(asked.body.approvalId, head)).status).toBeLessThan(300);
    const now = await calculate();
    expect([now.body.result.inflation, now.body.parameters[1].version]).toEqual(['80.07', '3 (2026-10-09)']);
    const before = await calculate({ indexVersion: 2 });
    expect([before.body.result.inflation, before.body.parameters[1].version]).toEqual(['60.05', '2 (2026-10-09)']);
    expect(code(await calculate({ indexVersion: 1 }))).toBe('debt.index-missing');
    expect(code(await calculate({ indexVersion: 9 }))).toBe('debt.index.version-unknown');
  });
  it('the table shows its versions; every load has its rows in the audit', async () => {
    const { body } = await api.call('GET', 'debt/inflation-index', lawyer);
    expect(body.versions.map(({ id, recordedBy }: { id: number; recordedBy: string }) => [id, recordedBy])).toEqual([[3, 'lawyer'], [2, 'lawyer'], [1, 'migration']]);
    expect(body.rows.slice(0, 3)).toEqual([
      { month: '2026-10', value: '101', mark: 'confirmed', version: 3 },
      { month: '2026-09', value: '100.7', mark: 'confirmed', version: 3 },
      { month: '2026-08', value: '100.1', mark: 'confirmed', version: 1 },
    ]);
    const audited = await api.database.owner.query(`select action from platform.audit_entry where action like 'debt.load-index%' order by 1`);
    expect(audited).toEqual(['approved', 'approved', 'requested', 'requested'].map((verb) => ({ action: `debt.load-index.${verb}` })));
  });
  it('a gap, a wrong value and a caller without the permission are refused', async () => {
    expect(code(await ask({ ...september, rows: [{ month: '2026-12', value: '101' }] }))).toBe('debt.index.gap');
    expect(code(await ask({ ...september, rows: [{ month: '2026-11', value: '131' }] }))).toBe('debt.index.range');
    expect((await ask({ ...september, rows: [] })).status).toBe(400);
    expect((await ask(september, { login: 'operator', roles: ['operator'] })).status).toBe(403);
  });
});
