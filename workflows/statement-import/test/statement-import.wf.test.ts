import type { ImportActivities, ImportCommand, ImportStep } from '@komplat/payments/contract/workflows';
import { PAYMENTS_QUEUE, STATEMENT_IMPORT, statementImportId } from '@komplat/payments/contract/workflows';
import { type WorkflowEnv, workflowEnv } from '@komplat/testing/workflow';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import { fileURLToPath } from 'node:url';

/** The database of the import desk as a plain object. */
class FakeDesk implements ImportActivities {
  step: ImportStep = 'stage';
  batches = 3;
  refuse: string | null = null;
  readonly log: string[] = [];

  async importSituation(): Promise<{ step: ImportStep; paused: boolean }> {
    return { step: this.step, paused: false };
  }
  async stageImport(): Promise<void> {
    this.log.push('stage');
    this.step = 'wait';
  }
  async postImportBatch(): Promise<{ left: boolean }> {
    if (this.refuse !== null)
      throw ApplicationFailure.create({ message: this.refuse, type: 'DomainError', nonRetryable: true });
    this.log.push('post');
    this.batches -= 1;
    if (this.batches === 0) this.step = 'end';
    return { left: this.batches > 0 };
  }
  async rollBackImportBatch(): Promise<{ left: boolean }> {
    this.log.push('roll back');
    this.step = 'end';
    return { left: false };
  }
  async recordImportCommand({ command, reason }: { command: ImportCommand; reason: string }): Promise<void> {
    this.log.push(`${command}: ${reason}`);
  }
  async markImportFailed(_importId: string, code: string): Promise<void> {
    this.log.push(`failed: ${code}`);
  }
}

let test: WorkflowEnv;
const COMMAND = { by: 'kravets', reason: 'wrong file' };

beforeAll(async () => {
  test = await workflowEnv(fileURLToPath(new URL('workflows.ts', import.meta.url)));
});
afterAll(async () => test.close());

async function withDesk<R>(desk: FakeDesk, work: (handle: WorkflowHandle) => Promise<R>): Promise<R> {
  const methods = [
    'importSituation',
    'stageImport',
    'postImportBatch',
    'rollBackImportBatch',
    'recordImportCommand',
    'markImportFailed',
  ] as const;
  const activities = Object.fromEntries(methods.map((name) => [`payments.${name}`, desk[name].bind(desk)]));
  const worker = await Worker.create({
    connection: test.env.nativeConnection,
    taskQueue: PAYMENTS_QUEUE,
    workflowBundle: test.workflowBundle,
    activities,
  });
  return worker.runUntil(async () => {
    const importId = crypto.randomUUID();
    const handle = await test.env.client.workflow.start(STATEMENT_IMPORT, {
      workflowId: statementImportId(importId),
      taskQueue: PAYMENTS_QUEUE,
      args: [{ v: 1, importId, startedBy: 'kravets' }],
    });
    return work(handle);
  });
}
const until = (what: () => boolean): Promise<void> => test.until(what);

describe('the process of a file', () => {
  it('reads, waits for a person, posts batch by batch', async () => {
    const desk = new FakeDesk();
    await withDesk(desk, async (handle) => {
      await until(() => desk.log.includes('stage'));
      desk.step = 'post';
      await handle.signal('doorbell');
      await handle.result();
    });
    expect(desk.log).toEqual(['stage', 'post', 'post', 'post']);
  });

  it('takes a posted file back', async () => {
    const desk = new FakeDesk();
    desk.step = 'roll-back';
    await withDesk(desk, (handle) => handle.result());
    expect(desk.log).toEqual(['roll back']);
  });

  it('shows a step that failed for good, and repeats it on order', async () => {
    const desk = new FakeDesk();
    desk.step = 'post';
    desk.refuse = 'platform.no-open-period';
    await withDesk(desk, async (handle) => {
      await until(() => desk.log.includes('failed: platform.no-open-period'));
      desk.refuse = null;
      await handle.executeUpdate('retryFailed', { args: [COMMAND] });
      await handle.result();
    });
    expect(desk.log).toEqual(['failed: platform.no-open-period', 'retry-failed: wrong file', 'post', 'post', 'post']);
  });

  it('is stopped while it waits; a stop while posting is refused', async () => {
    const desk = new FakeDesk();
    await withDesk(desk, async (handle) => {
      await until(() => desk.log.includes('stage'));
      await handle.executeUpdate('stop', { args: [COMMAND] });
      await handle.result();
    });
    expect(desk.log).toEqual(['stage', 'stop: wrong file']);
    const posting = new FakeDesk();
    posting.step = 'post';
    posting.refuse = 'platform.no-open-period';
    await withDesk(posting, async (handle) => {
      await until(() => posting.log.length > 0);
      await expect(handle.executeUpdate('stop', { args: [COMMAND] })).rejects.toMatchObject({
        cause: { message: 'payments.import.process-posting' },
      });
      posting.refuse = null;
      await handle.executeUpdate('retryFailed', { args: [COMMAND] });
      await handle.result();
    });
  });

  it('pauses between two batches', async () => {
    const desk = new FakeDesk();
    await withDesk(desk, async (handle) => {
      await until(() => desk.log.includes('stage'));
      await handle.executeUpdate('pause', { args: [COMMAND] });
      desk.step = 'post';
      await handle.signal('doorbell');
      await test.env.sleep('1 minute');
      expect(desk.log).toEqual(['stage', 'pause: wrong file']);
      await handle.executeUpdate('resume', { args: [COMMAND] });
      await handle.result();
    });
    expect(desk.log.filter((line) => line === 'post')).toHaveLength(3);
  });
});
