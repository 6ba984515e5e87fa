import { setTimeout as pause } from 'node:timers/promises';
import { closeLaneId, monthCloseId } from '@komplat/billing/contract/close-workflows';
import { DomainError } from '@komplat/kernel';
import { waitUntil } from '@komplat/testing';
import { ACCOUNTANT, CloseSite, MANAGER, type SiteOptions } from './close-site.ts';

export interface DrillResult {
  readonly drill: string;
  readonly seed: number;
  /** Every line is a fact that was checked; the drill throws where one does not hold. */
  readonly facts: Readonly<Record<string, string | number | boolean>>;
}

const CITY: SiteOptions = { accounts: 3_000, period: '2026-11', batchAccounts: 500 };
const REASON = 'the drill of the month close';

export function must(ok: boolean, what: string): asserts ok {
  if (!ok) throw new Error(`the drill failed: ${what}`);
}

export async function withSite<R>(options: SiteOptions, work: (site: CloseSite) => Promise<R>): Promise<R> {
  const site = await CloseSite.open(options);
  try {
    return await work(site);
  } finally {
    await site.close();
  }
}

/** What an undisturbed close of the same city gives. */
export const undisturbedDigest = (options: SiteOptions = CITY): Promise<string> =>
  withSite(options, async (site) => {
    await site.startWorker();
    await site.start();
    return site.finish();
  });

export async function accruedBatches(site: CloseSite): Promise<number> {
  const [row] = await site.database.owner.query<{ done: number }>(
    'select count(*)::int as done from billing.close_batch where accrued_at is not null',
  );
  return row?.done ?? 0;
}

/** Every batch left exactly one posting: none was lost and none was written twice. */
export async function checkOncePerBatch(site: CloseSite): Promise<number> {
  const [row] = await site.database.owner.query<{ batches: number; postings: number; documents: number }>(
    `select (select count(*) from billing.close_batch where done_count > 0)::int as batches, count(*)::int as postings,
       count(distinct document_id)::int as documents from billing.posting where document_kind = 'close-batch'`,
  );
  must(row !== undefined && row.postings === row.documents && row.postings === row.batches, `one posting a batch: ${JSON.stringify(row)}`);
  return row.batches;
}

/** The four outcomes of every lane sum to its plan, and balances to the ledger. */
export async function checkSums(site: CloseSite): Promise<void> {
  const { lanes } = await site.service.view(site.options.period, MANAGER);
  for (const { provider, planned, done, failed, skipped, notStarted } of lanes) {
    must(planned === done + failed + skipped + notStarted, `outcomes of ${provider.code} sum to the plan`);
  }
  const [row] = await site.database.owner.query<{ different: number }>(
    `select count(*)::int as different from (
       select account_id, service_id, provider_id, sum(kop) from (
         select account_id, service_id, provider_id, closing_kop as kop from billing.period_balance where period = $1
         union all
         select account_id, service_id, provider_id, -amount_kop from billing.pub_ledger_v1 where period <= $1) l
       group by 1, 2, 3 having sum(kop) <> 0) d`,
    [`${site.options.period}-01`],
  );
  must(row?.different === 0, `balances are the sum of the ledger: ${row?.different} differ`);
}

export const undisturbed = async (seed: number): Promise<DrillResult> => ({
  drill: 'undisturbed',
  seed,
  facts: { digest: await undisturbedDigest() },
});

/** R2: kill -9 of the worker in the middle of the close, with one lane paused; the digest is that of a quiet close. */
export async function killWorker(seed: number, reference?: string): Promise<DrillResult> {
  const expected = reference ?? (await undisturbedDigest());
  return withSite(CITY, async (site) => {
    await site.startWorker();
    await site.start();
    const after = 1 + (seed % 10);
    await waitUntil('some batches are accrued', async () => (await accruedBatches(site)) >= after || (await site.batchesInWork()) > 1);
    const paused = await pauseIfPossible(site, 'P01');
    await pause((seed * 7) % 40);
    const inWork = await site.batchesInWork();
    const killedAt = Date.now();
    await site.killWorker('SIGKILL');
    const doneAtKill = await accruedBatches(site);
    await site.startWorker();
    if (paused) {
      const lane = await site.lane('P01', 'still paused', (now) => now.phaseState === 'paused');
      must(lane.paused?.by === ACCOUNTANT.login, 'the pause has its author');
      await site.service.command(CITY.period, 'P01', 'resume', REASON, ACCOUNTANT);
    }
    const digest = await site.finish();
    must(digest === expected, `digest ${digest} is that of the undisturbed close ${expected}`);
    const batches = await checkOncePerBatch(site);
    await checkSums(site);
    const facts = { digest, doneAtKill, inWorkAtKill: inWork, batches, paused, seconds: Math.round((Date.now() - killedAt) / 1000) };
    return { drill: 'R2', seed, facts };
  });
}

/** False when the lane has come too far for it to matter. */
async function pauseIfPossible(site: CloseSite, provider: string): Promise<boolean> {
  try {
    await site.service.command(CITY.period, provider, 'pause', REASON, ACCOUNTANT);
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}

/** R4, short form: Temporal forgets the close; `close MONTH` starts a new process that goes on from the database. */
export async function loseTemporal(seed: number, reference?: string): Promise<DrillResult> {
  const expected = reference ?? (await undisturbedDigest());
  return withSite(CITY, async (site) => {
    await site.startWorker();
    await site.start();
    const after = 1 + (seed % 12);
    await waitUntil('some batches are accrued', async () => (await accruedBatches(site)) >= after);
    await site.processes.terminate(monthCloseId(CITY.period), 'the drill loses the state of Temporal');
    await waitUntil('the lanes are gone', async () => {
      const lane = await site.processes.describe(closeLaneId(CITY.period, 'P01'));
      return lane?.status !== 'RUNNING';
    });
    const doneAtLoss = await accruedBatches(site);
    await site.start();
    const digest = await site.finish();
    must(digest === expected, `digest ${digest} is that of the undisturbed close ${expected}`);
    const batches = await checkOncePerBatch(site);
    await checkSums(site);
    return { drill: 'R4', seed, facts: { digest, doneAtLoss, batches } };
  });
}

/** R5: two persons start the same month at once. One runs, the other is told who holds it. */
export async function startTwice(seed: number): Promise<DrillResult> {
  return withSite({ ...CITY, accounts: 600, batchAccounts: 100 }, async (site) => {
    const logins = seed % 2 === 0 ? [ACCOUNTANT.login, MANAGER.login] : [MANAGER.login, ACCOUNTANT.login];
    const both = await Promise.allSettled(logins.map((login) => site.start(login)));
    const refused = both.filter((answer) => answer.status === 'rejected').map((answer) => answer.reason);
    must(refused.length === 1, `exactly one start is refused, not ${refused.length}`);
    const [error] = refused;
    must(error instanceof DomainError && error.code === 'billing.close.already-running' && error.status === 409, `refusal: ${String(error)}`);
    const winner = logins[both.findIndex((answer) => answer.status === 'fulfilled')] ?? '';
    must(error.params.startedBy === winner, `the refusal names ${winner}`);
    await site.startWorker();
    const digest = await site.finish();
    await checkOncePerBatch(site);
    return { drill: 'R5', seed, facts: { winner, refusedWith: error.code, digest } };
  });
}
