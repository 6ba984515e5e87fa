// Records one history a type and shape of the month close for the replay gate: real servers, real worker.
import 'reflect-metadata';
import { closeLaneId, monthCloseId, trialCloseId } from '@komplat/billing/contract/close-workflows';
import { testEnv, waitUntil } from '@komplat/testing';
import { recordHistory } from '@komplat/workflow-bundle';
import { ACCOUNTANT, CloseSite } from './close-site.ts';

const PERIOD = '2026-11';
const REASON = 'a history for the replay gate';
const CLI = testEnv().TEMPORAL_CLI ?? '';

async function run(site: CloseSite): Promise<void> {
  await site.startWorker();
  await site.service.start({ period: PERIOD, dryRun: true }, ACCOUNTANT.login);
  await ended(site, trialCloseId(PERIOD));
  await site.start();
  await site.lane('P01', 'started', (lane) => lane.state === 'closing');
  await site.service.command(PERIOD, 'P01', 'pause', REASON, ACCOUNTANT);
  await site.lane('P03', 'held by a failed account', (lane) => lane.gates.some(({ green }) => !green));
  await site.database.owner.query(`update tariffs.supply set method = 'fixed' where provider_id = 3 and method = 'meter'`);
  await site.service.command(PERIOD, 'P03', 'retry-failed', REASON, ACCOUNTANT);
  await site.lane('P03', 'repaired', (lane) => lane.may.includes('propose'));
  await site.lane('P02', 'proposable', (lane) => lane.may.includes('propose'));
  await site.service.command(PERIOD, 'P02', 'stop', REASON, ACCOUNTANT);
  await site.lane('P02', 'stopped', (lane) => lane.phaseState === 'stopped');
  await recordHistory(CLI, site.temporal, closeLaneId(PERIOD, 'P02'), 'billing.close-lane.stopped');
  await site.start();
  await site.service.command(PERIOD, 'P01', 'resume', REASON, ACCOUNTANT);
  await site.finish();
  await ended(site, monthCloseId(PERIOD));
}

const ended = (site: CloseSite, id: string): Promise<unknown> =>
  waitUntil(id, async () => {
    const found = await site.processes.describe(id);
    return found !== null && found.status !== 'RUNNING';
  });

const site = await CloseSite.open({ accounts: 2_000, period: PERIOD, batchAccounts: 400 });
try {
  await run(site);
  await recordHistory(CLI, site.temporal, trialCloseId(PERIOD), 'billing.month-close.trial');
  await recordHistory(CLI, site.temporal, monthCloseId(PERIOD), 'billing.month-close.rung');
  await recordHistory(CLI, site.temporal, closeLaneId(PERIOD, 'P01'), 'billing.close-lane.paused');
  await recordHistory(CLI, site.temporal, closeLaneId(PERIOD, 'P02'), 'billing.close-lane.continued');
  await recordHistory(CLI, site.temporal, closeLaneId(PERIOD, 'P03'), 'billing.close-lane.repaired');
} finally {
  await site.close();
}
process.exit(0);
