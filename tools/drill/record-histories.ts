// Records one history a type and shape of our processes for the replay gate: real servers, real worker. `close`, `import` or both.
import 'reflect-metadata';
import { closeLaneId, monthCloseId, trialCloseId } from '@komplat/billing/contract/close-workflows';
import { statementImportId } from '@komplat/payments/contract/workflows';
import { testEnv, waitUntil } from '@komplat/testing';
import { recordHistory } from '@komplat/workflow-bundle';
import { ACCOUNTANT, CloseSite } from './close-site.ts';
import { actor, deskOf, IMPORT_SITE, register, reaches, stage } from './import-walk.ts';

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

async function recordClose(): Promise<void> {
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
}

/** A file that is paused, resumed and posted; one that is posted and taken back; one that is stopped before the posting. */
async function recordImport(): Promise<void> {
  const site = await CloseSite.open(IMPORT_SITE);
  try {
    const desk = deskOf(site);
    await site.startWorker();
    const command = (id: string, name: string): Promise<void> =>
      site.processes.update(statementImportId(id), name, { by: ACCOUNTANT.login, reason: REASON });
    const paused = await stage(site, desk, register(1, 1_500));
    await command(paused, 'pause');
    await command(paused, 'resume');
    await desk.order(paused, 'post', undefined, actor);
    await reaches(site, paused, 'posted');
    await ended(site, statementImportId(paused));
    await recordHistory(CLI, site.temporal, statementImportId(paused), 'payments.statement-import.paused');
    const back = await stage(site, desk, register(2, 40));
    await desk.order(back, 'post', undefined, actor);
    await reaches(site, back, 'posted');
    await desk.order(back, 'rollback', REASON, actor);
    await reaches(site, back, 'rolled-back');
    await ended(site, statementImportId(back));
    await recordHistory(CLI, site.temporal, statementImportId(back), 'payments.statement-import.rolled-back');
    const stopped = await stage(site, desk, register(3, 40));
    await command(stopped, 'stop');
    await ended(site, statementImportId(stopped));
    await recordHistory(CLI, site.temporal, statementImportId(stopped), 'payments.statement-import.stopped');
  } finally {
    await site.close();
  }
}

const asked = process.argv.slice(2);
if (asked.length === 0 || asked.includes('close')) await recordClose();
if (asked.length === 0 || asked.includes('import')) await recordImport();
process.exit(0);
