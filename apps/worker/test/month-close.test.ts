import 'reflect-metadata';
import { monthCloseId } from '@komplat/billing/contract/close-workflows';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { waitUntil } from '@komplat/testing';
import { killWorker, loseTemporal, startTwice, undisturbedDigest } from '../../../tools/drill/close-drills.ts';
import { ACCOUNTANT, CloseSite, MANAGER } from '../../../tools/drill/close-site.ts';

jest.setTimeout(300_000);
const PERIOD = '2026-11';
const REASON = 'because the test says so';

describe('month close on the real servers', () => {
  let site: CloseSite;
  beforeAll(async () => {
    site = await CloseSite.open({ accounts: 2_000, period: PERIOD, batchAccounts: 400 });
    await site.startWorker();
  });
  afterAll(async () => site.close());

  it('tries the month and keeps nothing but the sums', async () => {
    await site.service.start({ period: PERIOD, dryRun: true }, ACCOUNTANT.login);
    const trial = await waitUntil('the trial', async () => {
      const found = await site.service.trial(PERIOD);
      return found.lanes.length === 3 ? found : false;
    });
    // 2 000 areas of 30.5 to 79.5 m2 in 40 rounds of 50, at 7.35 a square metre, each rounded by itself
    const expected = Array.from({ length: 2_000 }, (_, index) => 30 + ((index + 1) % 50) + 0.5)
      .map((area) => BigInt(Math.round(area * 10)) * 735n)
      .reduce((sum, tenths) => sum + (tenths + 5n) / 10n, 0n);
    const [maintenance] = trial.lanes.find(({ provider }) => provider === 'P01')?.services ?? [];
    expect(maintenance?.charged).toBe(`${expected / 100n}.${String(expected % 100n).padStart(2, '0')}`);
    const [rows] = await site.database.owner.query<{ count: number }>('select count(*)::int as count from billing.accrual');
    expect(rows?.count).toBe(0);
  });

  it('pauses one lane, refuses a second pause, goes on, and lists failed accounts', async () => {
    await site.start();
    await site.lane('P01', 'started', (lane) => lane.state === 'closing');
    await site.service.command(PERIOD, 'P01', 'pause', REASON, ACCOUNTANT);
    await expect(site.service.command(PERIOD, 'P01', 'pause', REASON, ACCOUNTANT)).rejects.toMatchObject({
      code: 'billing.close.lane-paused',
      status: 409,
    });
    await site.lane('P02', 'waits for release', (lane) => lane.may.includes('propose'));
    const paused = await site.lane('P01', 'paused', (lane) => lane.phaseState === 'paused');
    expect(paused.paused).toEqual({ reason: REASON, by: ACCOUNTANT.login });
    await site.service.command(PERIOD, 'P01', 'resume', REASON, ACCOUNTANT);
    await site.lane('P01', 'waits for release', (lane) => lane.may.includes('propose'));
    const lane = await site.lane('P03', 'halts before release', (now) => now.gates.some(({ id, green }) => id === 'billing.failed-accounts' && !green));
    expect(lane).toMatchObject({ planned: 1_000, done: 999, failed: 1, skipped: 0, notStarted: 0 });
    const { items } = await site.service.exceptions(PERIOD, 'P03', { limit: 50 }, ACCOUNTANT);
    expect(items.map(({ reason, outcome }) => [reason.key, outcome])).toEqual([['billing.close.reason.no-meter', 'failed']]);
  });

  it('needs two persons for a release, and refuses a release of what has changed', async () => {
    const id = await site.service.propose(PERIOD, 'P02', REASON, MANAGER);
    await expect(site.approve(id)).rejects.toMatchObject({ code: 'platform.approval.own-request' });
    await expect(site.service.command(PERIOD, 'P02', 'retry-failed', REASON, ACCOUNTANT)).rejects.toMatchObject({
      code: 'billing.close.proposed',
    });
    await expect(site.service.propose(PERIOD, 'P02', REASON, ACCOUNTANT)).rejects.toMatchObject({ status: 409 });
    await expect(site.approve(id, ACCOUNTANT)).resolves.toBeUndefined();
    await site.lane('P02', 'locked', (lane) => lane.state === 'locked');
  });

  it('repairs the failed account, verifies again, and locks the month with one digest', async () => {
    await site.database.owner.query(`update tariffs.supply set method = 'fixed' where provider_id = 3 and method = 'meter'`);
    await site.service.command(PERIOD, 'P03', 'retry-failed', REASON, ACCOUNTANT);
    await site.lane('P03', 'repaired', (lane) => lane.failed === 0 && lane.done === 1_000 && lane.may.includes('propose'));
    const digest = await site.finish();
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    const run = await waitUntil('the process has ended', async () => {
      const found = await site.processes.describe(monthCloseId(PERIOD));
      return found && found.status !== 'RUNNING' ? found : false;
    });
    expect(run).toMatchObject({ status: 'COMPLETED', startedBy: ACCOUNTANT.login });
    expect(await site.processes.historyLength(monthCloseId(PERIOD))).toBeLessThan(2_000);
    await expect(site.start()).rejects.toMatchObject({ code: 'billing.close.nothing-to-do' });
  });

  it('refuses a line in the locked month, whoever writes it', async () => {
    for (const database of [site.database.db, site.database.closeDb]) {
      await expect(
        database.query(
          `insert into billing.ledger_entry (period, posting_id, account_id, service_id, provider_id, kind, for_period, amount_kop)
           values ('2026-11-01', 1, 1, 1, 1, 2, '2026-11-01', 100)`,
        ),
      ).rejects.toMatchObject({ code: 'platform.period-not-open' });
    }
  });

  it('keeps the settlement of a lane as evidence', async () => {
    const { evidence, digest } = await site.service.evidence(PERIOD, 'P01', MANAGER);
    expect(evidence).toMatchObject({ digest, totals: { opening: '0.00', paid: '0.00' }, gates: expect.any(Array) });
  });
});

describe('drills of the month close, two seeds', () => {
  let reference: string;
  beforeAll(async () => {
    reference = await undisturbedDigest();
  });

  it.each([1, 8])('R2: kill -9 of the worker, seed %i', async (seed) => {
    expect(await killWorker(seed, reference)).toMatchObject({ drill: 'R2', facts: { digest: reference } });
  });
  it('R4: the state of Temporal is lost', async () => {
    expect(await loseTemporal(5, reference)).toMatchObject({ drill: 'R4', facts: { digest: reference } });
  });
  it.each([1])('R5: two starts at once, seed %i', async (seed) => {
    expect(await startTwice(seed)).toMatchObject({ facts: { refusedWith: 'billing.close.already-running' } });
  });
});
