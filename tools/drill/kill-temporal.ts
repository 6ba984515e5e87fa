import { setTimeout as pause } from 'node:timers/promises';
import { monthCloseId } from '@komplat/billing/contract/close-workflows';
import { waitUntil } from '@komplat/testing';
import { registerNamespace } from '@komplat/testing/temporal';
import { accruedBatches, CITY, closeFigures, undisturbedDigest, withSite } from './close-drills.ts';
import type { CloseSite } from './close-site.ts';
import { type DrillOptions, type DrillResult, type DrillSession, must } from './drill.ts';
import { OwnTemporal } from './own-temporal.ts';

type Blow = (site: CloseSite, server: OwnTemporal) => Promise<void>;

/** kill -9 of the server; it comes back with its state in the file, and the close goes on by itself. */
const dies: Blow = async (_site, server) => {
  await server.kill();
  await server.start();
};

/** The server dies and its state is gone: `close MONTH` starts a new process, which goes on from the database. */
const forgets: Blow = async (site, server) => {
  await server.kill();
  await site.killWorker();
  server.forget();
  await server.start();
  await registerNamespace(server.address, site.namespace);
  await site.startWorker();
  must((await site.processes.describe(monthCloseId(CITY.period))) === null, 'the new server knows of no close');
  await site.start();
};

const session =
  (drill: string, blow: Blow) =>
  async (options: DrillOptions): Promise<DrillSession> => {
    const expected = options.expected ?? (await undisturbedDigest());
    return { run: (seed) => once({ drill, blow, expected, seed }), close: () => Promise.resolve() };
  };

/** R4: kill -9 of Temporal in the middle of the close, with its state in a file. */
export const killTemporal = session('R4', dies);
/** R4: and its state is lost with it. */
export const loseTemporal = session('R4 lost', forgets);

interface Run {
  readonly drill: string;
  readonly blow: Blow;
  readonly expected: string;
  readonly seed: number;
}

async function once({ drill, blow, expected, seed }: Run): Promise<DrillResult> {
  const server = await OwnTemporal.open();
  try {
    return await withSite({ ...CITY, temporal: server.address }, async (site) => {
      await site.startWorker();
      await site.start();
      const after = 1 + (seed % 10);
      await waitUntil('some batches are accrued', async () => (await accruedBatches(site)) >= after);
      await pause((seed * 11) % 50);
      const doneAtKill = await accruedBatches(site);
      const killedAt = Date.now();
      await blow(site, server);
      const backMs = Date.now() - killedAt;
      const digest = await site.finish();
      must(digest === expected, `digest ${digest} is that of the undisturbed close ${expected}`);
      const { batches, ...figures } = await closeFigures(site);
      return { drill, seed, moment: `${doneAtKill} of ${batches} batches done`, ...figures, backMs, facts: { digest, doneAtKill, batches } };
    });
  } finally {
    await server.remove();
  }
}
