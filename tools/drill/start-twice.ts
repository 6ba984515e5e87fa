import { DomainError } from '@komplat/kernel';
import { waitUntil } from '@komplat/testing';
import { closeFigures, REASON, undisturbedDigest, withSite } from './close-drills.ts';
import { ACCOUNTANT, type CloseSite, MANAGER, type SiteOptions } from './close-site.ts';
import { type DrillOptions, type DrillResult, type DrillSession, must } from './drill.ts';

const SMALL: SiteOptions = { accounts: 600, period: '2026-11', batchAccounts: 100 };
const RUNNING = 'billing.close.already-running';

/** R5: two persons start one month; one stops a lane and both take it up again; one proposes what the other takes back. */
export async function startTwice({ expected, short }: DrillOptions): Promise<DrillSession> {
  // The short form compares its seeds with each other.
  let digest = expected ?? (short ? undefined : await undisturbedDigest(SMALL));
  return {
    run: (seed) =>
      withSite(SMALL, async (site) => {
        const result = await once(site, seed);
        digest ??= String(result.facts.digest);
        must(result.facts.digest === digest, `digest ${String(result.facts.digest)} is that of another close ${digest}`);
        return result;
      }),
    close: () => Promise.resolve(),
  };
}

async function once(site: CloseSite, seed: number): Promise<DrillResult> {
  const logins = seed % 2 === 0 ? [ACCOUNTANT.login, MANAGER.login] : [MANAGER.login, ACCOUNTANT.login];
  const winner = await oneOfTwo(site, logins);
  const reopened = await takeUpAgain(site, logins, winner);
  await site.startWorker();
  const race = await proposeAndTakeBack(site, seed);
  const digest = await site.finish();
  const { batches, ...figures } = await closeFigures(site);
  const facts = { winner, reopened, race, digest, batches, refusedWith: RUNNING };
  return { drill: 'R5', seed, moment: `start together; lane taken up again; ${race}`, ...figures, backMs: null, facts };
}

/** Exactly one of two starts runs; the other is told by whom the month is held. */
async function oneOfTwo(site: CloseSite, logins: readonly string[], holder?: string): Promise<string> {
  const both = await Promise.allSettled(logins.map((login) => site.start(login)));
  const refused = both.filter((answer) => answer.status === 'rejected').map((answer): unknown => answer.reason);
  must(refused.length === 1, `exactly one start is refused, not ${refused.length}`);
  const [error] = refused;
  must(error instanceof DomainError && error.code === RUNNING && error.status === 409, `refusal: ${String(error)}`);
  const winner = logins[both.findIndex((answer) => answer.status === 'fulfilled')] ?? '';
  must(error.params.startedBy === (holder ?? winner), `the refusal names ${holder ?? winner}`);
  return winner;
}

/** A lane that was stopped is asked for by two persons at once: again exactly one of them takes it up. */
async function takeUpAgain(site: CloseSite, logins: readonly string[], holder: string): Promise<string> {
  await site.database.owner.query(`update billing.close_lane set state = 'stopped' where provider_id = 2`);
  return oneOfTwo(site, logins, holder);
}

/** One proposes the release of a verified lane while the other takes it back to be counted again. */
async function proposeAndTakeBack(site: CloseSite, seed: number): Promise<string> {
  const { period } = site.options;
  await site.lane('P02', 'waits for release', (lane) => lane.may.includes('propose'));
  const acts = [
    () => site.service.propose(period, 'P02', REASON, ACCOUNTANT).then(() => 'proposed'),
    () => site.service.command(period, 'P02', 'retry-failed', REASON, MANAGER).then(() => 'taken back'),
  ];
  const both = await Promise.allSettled((seed % 2 === 0 ? acts : acts.toReversed()).map((act) => act()));
  for (const answer of both) must(answer.status === 'fulfilled' || answer.reason instanceof DomainError, 'refusals are sentences');
  const done = both.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  must(done.length > 0, 'one of two acts is done');
  await decide(site);
  return done.join(' and ');
}

/** What was proposed and then counted again is refused until it stands where it stood when it was proposed. */
async function decide(site: CloseSite): Promise<void> {
  const [waiting] = await site.database.db.query<{ id: string }>(`select id::text as id from platform.approval where state = 'waiting'`);
  if (!waiting) return;
  await waitUntil('the proposal is decided', () =>
    site.approve(waiting.id).then(
      () => true,
      (error: unknown) => {
        must(error instanceof DomainError && error.code === 'billing.close.changed-since-proposal', `approval: ${String(error)}`);
        return false;
      },
    ),
  );
}
