// Records one history a shape of the process for the replay gate, on the Temporal of the test servers:
// node --import ./tools/run/typescript.mjs workflows/correction-approval/test/record-histories.ts
import { fileURLToPath } from 'node:url';
import type { CorrectionActivities, CorrectionSituation, CorrectionStep } from '@komplat/registry/contract/workflows';
import { CORRECTION_APPROVAL, correctionApprovalId, REGISTRY_QUEUE } from '@komplat/registry/contract/workflows';
import { dataConverter, ProcessClient } from '@komplat/temporal/server';
import { testEnv, waitUntil } from '@komplat/testing';
import { registerNamespace } from '@komplat/testing/temporal';
import { recordHistory } from '@komplat/workflow-bundle';
import { NativeConnection, Worker } from '@temporalio/worker';

const COMMAND = { by: 'chief', reason: 'a history for the replay gate' };
const stack = testEnv();
const address = stack.TEMPORAL_ADDRESS ?? '';
const namespace = `record-${Date.now().toString(36)}`;
const config = { address, namespace, codecKeys: stack.TEMPORAL_CODEC_KEYS ?? '' };

/** Steps that are told what to say; a term is a second. */
class Script implements CorrectionActivities {
  looks = 0;
  constructor(private steps: CorrectionStep[]) {}
  order(...steps: CorrectionStep[]): void {
    this.steps = steps;
  }
  async correctionSituation(): Promise<CorrectionSituation> {
    this.looks += 1;
    const step = this.steps.length > 1 ? this.steps.shift() : this.steps[0];
    return { step: step ?? 'end', paused: false, waitMs: step === 'wait' ? 1_000 : 0 };
  }
  async remindCorrection(): Promise<void> {}
  async escalateCorrection(): Promise<void> {}
  async expireCorrection(): Promise<void> {}
  async recordCorrectionCommand(): Promise<void> {}
  async markCorrectionFailed(): Promise<void> {}
}

async function record(shape: string, script: Script, walk: (id: string, processes: ProcessClient) => Promise<void>): Promise<void> {
  const connection = await NativeConnection.connect({ address });
  const names = [
    'correctionSituation', 'remindCorrection', 'escalateCorrection', 'expireCorrection', 'recordCorrectionCommand', 'markCorrectionFailed',
  ] as const;
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue: REGISTRY_QUEUE,
    dataConverter: dataConverter(config.codecKeys),
    workflowsPath: fileURLToPath(new URL('workflows.ts', import.meta.url)),
    activities: Object.fromEntries(names.map((name) => [`registry.${name}`, script[name].bind(script)])),
  });
  const processes = new ProcessClient(() => config);
  const proposalId = crypto.randomUUID();
  const id = correctionApprovalId(proposalId);
  await worker.runUntil(async () => {
    await processes.ringOrStart(CORRECTION_APPROVAL, id, REGISTRY_QUEUE, [{ v: 1, proposalId, startedBy: 'cashier' }], 'cashier');
    await walk(id, processes);
    await processes.result(id);
  });
  await recordHistory(stack.TEMPORAL_CLI ?? '', config, id, shape);
  await processes.close();
  await connection.close();
}

await registerNamespace(address, namespace);
await record('registry.correction-approval.expired', new Script(['wait', 'remind', 'wait', 'escalate', 'wait', 'expire', 'end']), async () => undefined);
const script = new Script(['wait']);
await record('registry.correction-approval.decided', script, async (id, processes) => {
  await waitUntil('the first look', async () => script.looks > 0);
  await processes.update(id, 'pause', COMMAND);
  await processes.update(id, 'resume', COMMAND);
  script.order('end');
  await processes.ring(id);
});
const stopped = new Script(['wait']);
await record('registry.correction-approval.stopped', stopped, async (id, processes) => {
  await waitUntil('the first look', async () => stopped.looks > 0);
  await processes.update(id, 'stop', COMMAND);
});
process.exit(0);
