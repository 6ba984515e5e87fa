// Records one history a shape of the process for the replay gate, on the Temporal of the test servers:
// node --import ./tools/run/typescript.mjs workflows/court-claim/test/record-histories.ts
import { fileURLToPath } from 'node:url';
import { COURT_CLAIM, courtClaimId, LEGAL_QUEUE } from '@komplat/legal/contract/claim-workflows';
import { dataConverter, ProcessClient } from '@komplat/temporal/server';
import { testEnv, waitUntil } from '@komplat/testing';
import { registerNamespace } from '@komplat/testing/temporal';
import { recordHistory } from '@komplat/workflow-bundle';
import { NativeConnection, Worker } from '@temporalio/worker';
import { FakeRun } from './fake-run.ts';

const COMMAND = { by: 'lawyer', reason: 'a history for the replay gate' };
const stack = testEnv();
const address = stack.TEMPORAL_ADDRESS ?? '';
const namespace = `record-${Date.now().toString(36)}`;
const config = { address, namespace, codecKeys: stack.TEMPORAL_CODEC_KEYS ?? '' };

async function record(shape: string, run: FakeRun, walk: (id: string, processes: ProcessClient) => Promise<void>): Promise<void> {
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue: LEGAL_QUEUE,
    dataConverter: dataConverter(config.codecKeys),
    workflowsPath: fileURLToPath(new URL('workflows.ts', import.meta.url)),
    activities: run.activities(),
  });
  const processes = new ProcessClient(() => config);
  const runId = crypto.randomUUID();
  const id = courtClaimId(runId);
  await worker.runUntil(async () => {
    await processes.ringOrStart(COURT_CLAIM, id, LEGAL_QUEUE, [{ v: 1, runId, startedBy: 'lawyer' }], 'lawyer');
    await walk(id, processes);
    await processes.result(id);
  });
  await recordHistory(stack.TEMPORAL_CLI ?? '', config, id, shape);
  await processes.close();
  await connection.close();
}
const waits = (run: FakeRun): Promise<unknown> => waitUntil('the run waits', async () => run.left[0] === 'wait' && run.looks > 0);

await registerNamespace(address, namespace);
const filed = new FakeRun(['plan', 'check', 'freeze', 'pack', 'wait']);
await record('legal.court-claim.filed', filed, async (id, processes) => {
  await waits(filed);
  filed.order('refresh', 'check', 'freeze', 'pack', 'sign', 'wait');
  await processes.ring(id);
  await waits(filed);
  await processes.update(id, 'pause', COMMAND);
  await processes.update(id, 'resume', COMMAND);
  filed.order('end');
  await processes.ring(id);
});
const failed = new FakeRun(['plan', 'end']);
failed.refuse = 'legal.claim.no-rule';
await record('legal.court-claim.failed', failed, async (id, processes) => {
  await waitUntil('the step failed', async () => failed.log.length > 0);
  failed.refuse = null;
  await processes.update(id, 'retryFailed', COMMAND);
});
const stopped = new FakeRun(['plan', 'wait']);
await record('legal.court-claim.stopped', stopped, async (id, processes) => {
  await waits(stopped);
  await processes.update(id, 'stop', COMMAND);
});
process.exit(0);
