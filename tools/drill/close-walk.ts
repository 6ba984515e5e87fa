import { deepStrictEqual, match, rejects, strictEqual } from 'node:assert/strict';
import { monthCloseId } from '@komplat/billing/contract/close-workflows';
import { waitUntil } from '@komplat/testing';
import { withSite } from './close-drills.ts';
import { ACCOUNTANT, type CloseSite, MANAGER } from './close-site.ts';
import { type DrillResult, lawViolations, must } from './drill.ts';

const PERIOD = '2026-11';
const REASON = 'because the walk says so';
const ACCOUNTS = 2_000;

/** A whole month by the hands of two persons: trial, pause, failed account, two signatures, repair, lock, evidence. */
export const walkMonth = (seed: number): Promise<DrillResult> =>
  withSite({ accounts: ACCOUNTS, period: PERIOD, batchAccounts: 400 }, async (site) => {
    await site.startWorker();
    await tryMonth(site);
    await pauseOneLane(site);
    await releaseByTwo(site);
    const { digest, events } = await repairAndLock(site);
    await refuseLateLines(site);
    const { evidence } = await site.service.evidence(PERIOD, 'P01', MANAGER);
    must(JSON.stringify(evidence).includes('"opening":"0.00"'), 'the settlement is kept');
    const laws = await lawViolations(site.database.db);
    return { drill: 'walk', seed, moment: '-', lost: 0, duplicates: 0, laws, backMs: null, facts: { digest, events } };
  });

/** The dry run charges what plain arithmetic says, and keeps nothing but the sums. */
async function tryMonth(site: CloseSite): Promise<void> {
  await site.service.start({ period: PERIOD, dryRun: true }, ACCOUNTANT.login);
  const { lanes } = await waitUntil('the trial', async () => {
    const found = await site.service.trial(PERIOD);
    return found.lanes.length === 3 ? found : false;
  });
  // 2 000 areas of 30.5 to 79.5 m2 in 40 rounds of 50, at 7.35 a square metre, each rounded by itself
  const expected = Array.from({ length: ACCOUNTS }, (_, index) => BigInt(305 + ((index + 1) % 50) * 10) * 735n)
    .map((tenths) => (tenths + 5n) / 10n)
    .reduce((sum, kop) => sum + kop, 0n);
  const [maintenance] = lanes.find(({ provider }) => provider === 'P01')?.services ?? [];
  strictEqual(maintenance?.charged, `${expected / 100n}.${String(expected % 100n).padStart(2, '0')}`);
  const [rows] = await site.database.owner.query<{ count: number }>('select count(*)::int as count from billing.accrual');
  strictEqual(rows?.count, 0);
}

async function pauseOneLane(site: CloseSite): Promise<void> {
  await site.start();
  await site.lane('P01', 'started', (lane) => lane.state === 'closing');
  await site.service.command(PERIOD, 'P01', 'pause', REASON, ACCOUNTANT);
  await rejects(site.service.command(PERIOD, 'P01', 'pause', REASON, ACCOUNTANT), { code: 'billing.close.lane-paused', status: 409 });
  await site.lane('P02', 'waits for release', (lane) => lane.may.includes('propose'));
  const { paused } = await site.lane('P01', 'paused', (lane) => lane.phaseState === 'paused');
  deepStrictEqual(paused, { reason: REASON, by: ACCOUNTANT.login });
  await site.service.command(PERIOD, 'P01', 'resume', REASON, ACCOUNTANT);
  await site.lane('P01', 'waits for release', (lane) => lane.may.includes('propose'));
  const lane = await site.lane('P03', 'held before release', ({ gates }) =>
    gates.some(({ id, green }) => id === 'billing.failed-accounts' && !green),
  );
  deepStrictEqual([lane.planned, lane.done, lane.failed, lane.skipped, lane.notStarted], [1_000, 999, 1, 0, 0]);
  const { items } = await site.service.exceptions(PERIOD, 'P03', { limit: 50 }, ACCOUNTANT);
  deepStrictEqual(items.map(({ reason, outcome }) => [reason.key, outcome]), [['billing.close.reason.no-meter', 'failed']]);
}

async function releaseByTwo(site: CloseSite): Promise<void> {
  const id = await site.service.propose(PERIOD, 'P02', REASON, MANAGER);
  await rejects(site.approve(id), { code: 'platform.approval.own-request' });
  await rejects(site.service.command(PERIOD, 'P02', 'retry-failed', REASON, ACCOUNTANT), { code: 'billing.close.proposed' });
  await rejects(site.service.propose(PERIOD, 'P02', REASON, ACCOUNTANT), { status: 409 });
  await site.approve(id, ACCOUNTANT);
  await site.lane('P02', 'locked', (lane) => lane.state === 'locked');
}

async function repairAndLock(site: CloseSite): Promise<{ digest: string; events: number }> {
  await site.database.owner.query(`update tariffs.supply set method = 'fixed' where provider_id = 3 and method = 'meter'`);
  await site.service.command(PERIOD, 'P03', 'retry-failed', REASON, ACCOUNTANT);
  await site.lane('P03', 'repaired', (lane) => lane.failed === 0 && lane.done === 1_000 && lane.may.includes('propose'));
  const digest = await site.finish();
  match(digest, /^[0-9a-f]{64}$/);
  const run = await waitUntil('the process has ended', async () => {
    const found = await site.processes.describe(monthCloseId(PERIOD));
    return found && found.status !== 'RUNNING' ? found : false;
  });
  deepStrictEqual([run.status, run.startedBy], ['COMPLETED', ACCOUNTANT.login]);
  await rejects(site.start(), { code: 'billing.close.nothing-to-do' });
  const events = await site.processes.historyLength(monthCloseId(PERIOD));
  must(events < 2_000, `the history has ${events} events`);
  return { digest, events };
}

/** The database refuses a line in the locked month, whoever writes it. */
async function refuseLateLines(site: CloseSite): Promise<void> {
  for (const database of [site.database.db, site.database.closeDb]) {
    await rejects(
      database.query(
        `insert into billing.ledger_entry (period, posting_id, account_id, service_id, provider_id, kind, for_period, amount_kop)
         values ('2026-11-01', 1, 1, 1, 1, 2, '2026-11-01', 100)`,
      ),
      { code: 'platform.period-not-open' },
    );
  }
}
