import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wholeApi } from '@komplat/all/test';
import { type Caller, type TestApi, testEnv } from '@komplat/testing';
import { planAccrualBatches } from '../server/close/accrual-plan.ts';
import { FAILED_ACCOUNTS_GATE, PREVIOUS_MONTH_GATE } from '../server/close/gates.ts';
import { lockedRow, moveLane, writeLane } from '../server/close/lane-store.ts';
import { buildAccount, buildCity, buildSupply } from './world.ts';

const accountant: Caller = { login: 'accountant', roles: ['accountant'] };
const manager: Caller = { login: 'manager', roles: ['manager'] };
const operator: Caller = { login: 'operator', roles: ['operator'] };
const provider: Caller = { login: 'provider-user', roles: ['provider-user'] };
const PERIOD = '2026-11';
const REASON = { reason: 'because the test says so' };
const LANE = { period: PERIOD, providerId: 1, provider: 'P01' };
let api: TestApi;

beforeAll(async () => {
  const env = testEnv();
  for (const name of ['TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE', 'TEMPORAL_CODEC_KEYS']) process.env[name] ??= env[name];
  api = await wholeApi();
  const { owner } = api.database;
  await buildCity(owner);
  for (let id = 1; id <= 25; id += 1) {
    await buildAccount(owner, id, '50');
    await buildSupply(owner, { account: id, service: 1, method: 'area' });
  }
  await owner.query(
    `insert into billing.close_lane (period, provider_id, workflow_id, phase, state, started_by)
     values ('2026-11-01', 1, 'billing.close-lane/2026-11/P01', 'gates', 'waiting', 'accountant')`,
  );
  for (const login of ['accountant', 'manager', 'operator']) await api.scope(login, 'all');
  await api.scope('provider-user', 'provider', 'P02');
});
afterAll(() => api.close());

const close = (path = ''): string => `billing/close/${PERIOD}${path}`;
const gate = async (id: string, value: number): Promise<void> => {
  await api.database.owner.query(
    `insert into billing.close_gate (period, provider_id, gate_id, value, gate_limit, green) values ('2026-11-01', 1, $1, $2, 0, false)`,
    [id, value],
  );
};

describe('who may do what with a close', () => {
  it('shows lanes to readers, each within their scope, with what they may do', async () => {
    const all = await api.call('GET', close(), accountant);
    expect(all.status).toBe(200);
    expect(all.body.lanes.map((lane: { provider: { code: string } }) => lane.provider.code)).toContain('P01');
    expect(all.body.lanes.find((lane: { provider: { code: string } }) => lane.provider.code === 'P01').may).toEqual(['pause', 'retry-failed', 'stop']);
    const own = await api.call('GET', close(), provider);
    expect(own.body.lanes.map((lane: { provider: { code: string } }) => lane.provider.code)).toEqual(['P02']);
    expect(own.body.lanes[0].may).toEqual([]);
    expect(own.body).toMatchObject({ may: [], digest: null });
    expect((await api.call('GET', close('/lanes/P01/exceptions'), provider)).status).toBe(404);
  });

  it('refuses commands without the permission', async () => {
    for (const path of ['/start', '/lanes/P01/pause', '/lanes/P01/propose', `/lanes/P01/gates/x/exception`]) {
      expect((await api.call('POST', close(path), operator, REASON)).status).toBe(403);
      expect((await api.call('POST', close(path), undefined, REASON)).status).toBe(401);
    }
  });

  it('refuses what is malformed or unknown with a sentence', async () => {
    expect((await api.call('POST', close('/lanes/P01/pause'), accountant, { reason: 'short' })).status).toBe(400);
    expect((await api.call('GET', 'billing/close/2026-13', accountant)).status).toBe(400);
    expect((await api.call('POST', close('/lanes/P99/pause'), accountant, REASON)).status).toBe(404);
    const unknown = await api.call('POST', close('/start'), accountant, { providers: ['P99'] });
    expect(unknown.body).toMatchObject({ status: 404, code: 'billing.provider.unknown', detail: 'Немає надавача P99' });
    const idle = await api.call('POST', close('/lanes/P01/pause'), accountant, REASON);
    expect(idle.body).toMatchObject({ status: 409, code: 'billing.close.lane-not-running' });
    expect(idle.body.detail).toContain('P01');
  });
});

describe('four eyes', () => {
  it('passes a red gate only by a second person, and keeps it red when rejected', async () => {
    await gate('payments.cut-offs', 3);
    const asked = await api.call('POST', close('/lanes/P01/gates/payments.cut-offs/exception'), accountant, REASON);
    expect(asked.status).toBeLessThan(300);
    const own = await api.call('POST', `administration/approvals/${asked.body.approvalId}/approve`, accountant, {});
    expect(own.status).toBe(403);
    const rejected = await api.call('POST', `administration/approvals/${asked.body.approvalId}/reject`, manager, REASON);
    expect(rejected.status).toBeLessThan(300);
    expect(await gateState('payments.cut-offs')).toEqual({ green: false, exception: null });
    const again = await api.call('POST', close('/lanes/P01/gates/payments.cut-offs/exception'), accountant, REASON);
    await api.call('POST', `administration/approvals/${again.body.approvalId}/approve`, manager, {});
    expect(await gateState('payments.cut-offs')).toMatchObject({ exception: { state: 'approved', by: 'accountant' } });
    const [rung] = await api.database.owner.query<{ count: number }>(
      `select count(*)::int as count from platform.outbox where type = 'billing.close-rung' and payload ->> 'workflowId' = 'billing.close-lane/2026-11/P01'`,
    );
    expect(rung?.count).toBe(2);
  });

  it('has no exception for the order of months, and none for a green gate', async () => {
    await gate(PREVIOUS_MONTH_GATE, 1);
    const refused = await api.call('POST', close(`/lanes/P01/gates/${PREVIOUS_MONTH_GATE}/exception`), accountant, REASON);
    expect(refused.body).toMatchObject({ status: 409, code: 'billing.gate.no-exception' });
    const passed = await api.call('POST', close('/lanes/P01/gates/payments.cut-offs/exception'), accountant, REASON);
    expect(passed.body).toMatchObject({ status: 409, code: 'billing.gate.is-green' });
  });

  it('signs failed accounts one by one when their gate is passed', async () => {
    await gate(FAILED_ACCOUNTS_GATE, 2);
    await api.database.owner.query(
      `insert into billing.close_exception (period, provider_id, account_id, service_id, outcome, reason_code)
       values ('2026-11-01', 1, 3, 1, 'failed', 'no-area'), ('2026-11-01', 1, 4, 1, 'skipped', 'out-of-season')`,
    );
    const asked = await api.call('POST', close(`/lanes/P01/gates/${FAILED_ACCOUNTS_GATE}/exception`), accountant, REASON);
    const approved = await api.call('POST', `administration/approvals/${asked.body.approvalId}/approve`, manager, {});
    expect(approved.body).not.toHaveProperty('code');
    const { body } = await api.call('GET', close('/lanes/P01/exceptions?limit=1'), accountant);
    expect(body.items).toEqual([expect.objectContaining({ outcome: 'failed', signedBy: 'manager', reason: { key: 'billing.close.reason.no-area', params: {} } })]);
    const next = await api.call('GET', close(`/lanes/P01/exceptions?limit=1&after=${body.next}`), accountant);
    expect(next.body).toMatchObject({ items: [{ outcome: 'skipped', signedBy: null }], next: null });
  });

  it('asks once for every lane that a common gate holds, and never twice for one', async () => {
    const { owner } = api.database;
    await owner.query(
      `insert into billing.close_lane (period, provider_id, workflow_id, phase, state, started_by)
       values ('2026-11-01', 2, 'billing.close-lane/2026-11/P02', 'gates', 'waiting', 'accountant')`,
    );
    await owner.query(
      `insert into billing.close_gate (period, provider_id, gate_id, value, gate_limit, green)
       values ('2026-11-01', 1, 'payments.unposted-registers', 4, 0, false), ('2026-11-01', 2, 'payments.unposted-registers', 4, 0, false)`,
    );
    const path = close('/gates/payments.unposted-registers/exception');
    expect((await api.call('POST', path, operator, REASON)).status).toBe(403);
    const one = await api.call('POST', close('/lanes/P01/gates/payments.unposted-registers/exception'), accountant, REASON);
    const rest = await api.call('POST', path, accountant, REASON);
    expect(rest.body).toEqual({ asked: ['P02'], refused: [] });
    expect((await api.call('POST', path, accountant, REASON)).body).toMatchObject({ status: 409, code: 'billing.gate.is-green' });
    const waiting = await owner.query<{ subject: string; id: string }>(
      `select subject, id from platform.approval where state = 'waiting' and subject like '%payments.unposted-registers' order by subject`,
    );
    expect(waiting.map(({ subject }) => subject)).toEqual([
      'close/2026-11/P01/payments.unposted-registers',
      'close/2026-11/P02/payments.unposted-registers',
    ]);
    expect(waiting[0]?.id).toBe(one.body.approvalId);
    for (const { id } of waiting) expect((await api.call('POST', `administration/approvals/${id}/reject`, manager, REASON)).status).toBeLessThan(300);
    await owner.query(`delete from billing.close_gate where gate_id = 'payments.unposted-registers'`);
    await owner.query(`delete from billing.close_lane where provider_id = 2`);
  });

  it('does not let a lane be proposed before it is verified', async () => {
    const { body } = await api.call('POST', close('/lanes/P01/propose'), accountant, REASON);
    expect(body).toMatchObject({ status: 409, code: 'billing.close.not-proposable' });
  });
});

describe('the lane in the database', () => {
  it('is cut into ranges that hold every account there may be, once', async () => {
    await api.database.closeDb.transaction(async (tx) => {
      const plan = await planAccrualBatches(tx, LANE, 4);
      expect(plan.open).toEqual([1, 2, 3, 4, 5, 6, 7]);
      expect(await planAccrualBatches(tx, LANE, 4)).toEqual(plan);
    });
    const rows = await api.database.owner.query<{ from_account: number; to_account: number; planned: number }>(
      'select from_account, to_account, planned from billing.close_batch order by batch_no',
    );
    expect(rows[0]?.from_account).toBe(1);
    expect(rows.at(-1)?.to_account).toBe(2_147_483_647);
    rows.slice(1).forEach((row, index) => expect(row.from_account).toBe((rows[index]?.to_account ?? 0) + 1));
    expect(rows.reduce((sum, row) => sum + row.planned, 0)).toBe(25);
  });

  it('moves only one step at a time and only from where it stands', async () => {
    const { closeDb } = api.database;
    await expect(closeDb.transaction((tx) => moveLane(tx, LANE, 'verified', 'released'))).rejects.toMatchObject({
      code: 'billing.lane.not-in-state',
    });
    await expect(api.database.db.query(`update platform.period_lane set state = 'closing' where provider_id = 1`)).rejects.toThrow();
  });

  it('keeps a pause whatever a batch that was on its way writes', async () => {
    await api.database.owner.query(`update billing.close_lane set state = 'paused' where provider_id = 1`);
    await api.database.closeDb.transaction((tx) =>
      writeLane(tx, LANE, { phase: 'accrual', state: 'running', message: { key: 'billing.close.message.running' } }),
    );
    const row = await api.database.closeDb.transaction((tx) => lockedRow(tx, LANE));
    expect(row).toMatchObject({ phase: 'accrual', state: 'paused' });
  });
});

describe('many lanes at once', () => {
  const READY = [2, 3];
  it('proposes those that are ready, and signs what waits for the reader', async () => {
    for (const id of READY) {
      await api.database.owner.query(
        `insert into billing.close_lane (period, provider_id, workflow_id, phase, state, digest, started_by)
         values ('2026-11-01', $1::int, 'billing.close-lane/2026-11/P0' || $1::int, 'release', 'waiting', 'd' || $1::int, 'accountant')`,
        [id],
      );
      for (const state of ['closing', 'verified']) {
        await api.database.closeDb.query(`update platform.period_lane set state = $2 where period = '2026-11-01' and provider_id = $1`, [id, state]);
      }
    }
    const proposed = await api.call('POST', close('/propose'), accountant, REASON);
    expect([proposed.status, proposed.body]).toEqual([202, { proposed: ['P02', 'P03'], refused: [] }]);
    expect((await api.call('POST', close('/propose'), accountant, REASON)).body).toEqual({ proposed: [], refused: [] });
    const waiting = await api.call('GET', 'administration/approvals?state=waiting', manager);
    const ids = waiting.body.items.filter((item: { subject: string }) => /P0[23]$/.test(item.subject)).map((item: { id: string }) => item.id);
    expect(ids).toHaveLength(2);
    // what the accountant asked for is not the accountant's to sign; a lane that changed since is refused alone
    const own = await api.call('POST', 'administration/approvals/approve', accountant, { ids });
    expect([own.status, own.body.approved ?? []]).toEqual([expect.any(Number), []]);
    await api.database.owner.query(`update billing.close_lane set digest = 'another' where provider_id = 3`);
    const signed = await api.call('POST', 'administration/approvals/approve', manager, { all: true });
    expect(signed.body.approved).toHaveLength(1);
    expect(signed.body.refused).toEqual([{ id: expect.any(String), problem: expect.objectContaining({ key: 'billing.close.changed-since-proposal' }) }]);
    const rows = await api.database.owner.query<{ released_by: string | null }>(
      `select released_by from billing.close_lane where provider_id in (2, 3) order by provider_id`,
    );
    expect(rows.map((row) => row.released_by)).toEqual(['manager', null]);
    expect((await api.call('POST', 'administration/approvals/approve', manager, {})).status).toBe(400);
  });
});

async function gateState(id: string): Promise<unknown> {
  const { body } = await api.call('GET', close(), accountant);
  const lane = body.lanes.find((candidate: { provider: { code: string } }) => candidate.provider.code === 'P01');
  const { green, exception } = lane.gates.find((candidate: { id: string }) => candidate.id === id);
  return { green, exception };
}
