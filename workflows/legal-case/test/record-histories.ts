// Records one history a shape of the process for the replay gate, on the Temporal of the test servers:
// node --import ./tools/run/typescript.mjs workflows/legal-case/test/record-histories.ts
// `first-version` runs the code that cases were begun with: the code of today has to go on with it.
import { fileURLToPath } from 'node:url';
import { LEGAL_CASE, LEGAL_QUEUE, legalCaseId } from '@komplat/legal/contract/case-workflows';
import { dataConverter, ProcessClient } from '@komplat/temporal/server';
import { testEnv, waitUntil } from '@komplat/testing';
import { registerNamespace } from '@komplat/testing/temporal';
import { recordHistory } from '@komplat/workflow-bundle';
import { NativeConnection, Worker } from '@temporalio/worker';
import { activitiesOfCases, FakeCase } from './fake-case.ts';

const COMMAND = { by: 'chief', reason: 'a history for the replay gate' };
const stack = testEnv();
const address = stack.TEMPORAL_ADDRESS ?? '';
const namespace = `record-${Date.now().toString(36)}`;
const config = { address, namespace, codecKeys: stack.TEMPORAL_CODEC_KEYS ?? '' };
const now = async (): Promise<number> => Date.now();

async function record(shape: string, workflows: string, args: (caseId: string) => object, walk: (legalCase: FakeCase, id: string, processes: ProcessClient) => Promise<void>): Promise<void> {
  const connection = await NativeConnection.connect({ address });
  const legalCase = new FakeCase(now, Date.now());
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue: LEGAL_QUEUE,
    dataConverter: dataConverter(config.codecKeys),
    workflowsPath: fileURLToPath(new URL(workflows, import.meta.url)),
    activities: activitiesOfCases(() => legalCase),
  });
  const processes = new ProcessClient(() => config);
  const caseId = crypto.randomUUID();
  const id = legalCaseId(caseId);
  await worker.runUntil(async () => {
    await processes.ringOrStart(LEGAL_CASE, id, LEGAL_QUEUE, [args(caseId)], 'lawyer');
    await waitUntil('the first look', async () => legalCase.looks > 0);
    await walk(legalCase, id, processes);
    await processes.result(id);
  });
  await recordHistory(stack.TEMPORAL_CLI ?? '', config, id, shape);
  await processes.close();
  await connection.close();
}
async function said(legalCase: FakeCase, what: string): Promise<void> {
  await waitUntil(what, async () => legalCase.log.some((line) => line.startsWith(what)));
}

/** Due at once: reminded, then money, a pause, the end. */
async function walk(legalCase: FakeCase, id: string, processes: ProcessClient): Promise<void> {
  legalCase.dueDay = 2;
  await processes.ring(id);
  await said(legalCase, 'remind');
  legalCase.money = 1;
  await processes.ring(id);
  await said(legalCase, 'receipts');
  await processes.update(id, 'pause', COMMAND);
  await processes.update(id, 'resume', COMMAND);
  legalCase.move('completed', 0);
  await processes.ring(id);
}

await registerNamespace(address, namespace);
await record('legal.legal-case.first-version', 'workflows-v1.ts', (caseId) => ({ v: 1, caseId, startedBy: 'lawyer' }), walk);
await record('legal.legal-case.closed', 'workflows.ts', (caseId) => ({ v: 2, caseId, startedBy: 'lawyer', stage: null, runs: 0 }), walk);
await record('legal.legal-case.continued', 'workflows.ts', (caseId) => ({ v: 2, caseId, startedBy: 'lawyer', stage: 'order-filed', runs: 1 }), async (legalCase, id, processes) => {
  legalCase.move('executor-state', 1_000);
  await processes.ring(id);
  await said(legalCase, 'stage executor-state');
  legalCase.move('completed', 0);
  await processes.ring(id);
});
process.exit(0);
