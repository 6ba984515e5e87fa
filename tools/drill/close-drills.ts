import { setTimeout as pause } from 'node:timers/promises';
import { DomainError } from '@komplat/kernel';
import { waitUntil } from '@komplat/testing';
import { ACCOUNTANT, CloseSite, MANAGER, type SiteOptions } from './close-site.ts';
import { type DrillOptions, type DrillResult, type DrillSession, lawViolations, must } from './drill.ts';

export const CITY: SiteOptions = { accounts: 3_000, period: '2026-11', batchAccounts: 500 };
export const REASON = 'the drill of the month close';

export async function withSite<R>(options: SiteOptions, work: (site: CloseSite) => Promise<R>): Promise<R> {
  const site = await CloseSite.open(options);
  const result = await work(site).catch(async (error: unknown) => {
    // what failed is said, not that the site could not be tidied up after it
    await site.close().catch(() => undefined);
    throw error;
  });
  await site.close();
  return result;
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

export interface CloseFigures {
  readonly batches: number;
  readonly lost: number;
  readonly duplicates: number;
  readonly laws: number;
}

/** Batches without a posting, postings above one a batch, and what the laws say; balances are summed up besides. */
export async function closeFigures(site: CloseSite): Promise<CloseFigures> {
  await checkSums(site);
  const [row] = await site.database.owner.query<{ batches: number; postings: number; documents: number }>(
    `select (select count(*) from billing.close_batch where done_count > 0)::int as batches, count(*)::int as postings,
       count(distinct document_id)::int as documents from billing.posting where document_kind = 'close-batch'`,
  );
  must(row !== undefined && row.batches > 0, 'batches are counted');
  const laws = await lawViolations(site.database.db);
  return { batches: row.batches, lost: row.batches - row.documents, duplicates: row.postings - row.documents, laws };
}

/** The four outcomes of every lane sum to its plan, and balances to the ledger. */
async function checkSums(site: CloseSite): Promise<void> {
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

export async function undisturbed(seed: number): Promise<DrillResult> {
  const digest = await undisturbedDigest();
  return { drill: 'undisturbed', seed, moment: '-', lost: 0, duplicates: 0, laws: 0, backMs: null, facts: { digest } };
}

/** R2: kill -9 of the worker in the middle of the close, with one lane paused; the digest is that of a quiet close. */
export async function killWorker(options: DrillOptions): Promise<DrillSession> {
  const expected = options.expected ?? (await undisturbedDigest());
  return {
    run: (seed) => withSite(CITY, (site) => killWorkerOnce(site, seed, expected)),
    close: () => Promise.resolve(),
  };
}

async function killWorkerOnce(site: CloseSite, seed: number, expected: string): Promise<DrillResult> {
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
  const backMs = Date.now() - killedAt;
  if (paused) {
    const lane = await site.lane('P01', 'still paused', (now) => now.phaseState === 'paused');
    must(lane.paused?.by === ACCOUNTANT.login, 'the pause has its author');
    await site.service.command(CITY.period, 'P01', 'resume', REASON, ACCOUNTANT);
  }
  const digest = await site.finish();
  must(digest === expected, `digest ${digest} is that of the undisturbed close ${expected}`);
  const { batches, ...figures } = await closeFigures(site);
  const moment = `${doneAtKill} of ${batches} batches done, ${inWork} in work${paused ? ', one lane paused' : ''}`;
  return { drill: 'R2', seed, moment, ...figures, backMs, facts: { digest, doneAtKill, inWorkAtKill: inWork, batches, paused } };
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
