import type { BillDeliveryActivities, BillPdfActivities, DeliveryCommand, DeliverySituation } from '@komplat/bills/contract/workflows';
import { BILL_DELIVERY, billDeliveryId, BILLS_QUEUE, PDF_QUEUE } from '@komplat/bills/contract/workflows';
import { type WorkflowEnv, workflowEnv } from '@komplat/testing/workflow';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import { fileURLToPath } from 'node:url';

/** The database of a mass run as a plain object: twenty jobs, eight at a time. */
class FakeRun implements BillDeliveryActivities, BillPdfActivities {
  waiting = Array.from({ length: 20 }, (_, at) => at + 1);
  refuse: number | null = null;
  hold: Promise<void> | null = null;
  stopped = false;
  begun = 0;
  readonly log: string[] = [];
  readonly printed: number[] = [];

  async deliverySituation(): Promise<DeliverySituation> {
    return { jobs: this.stopped ? [] : this.waiting.slice(0, 8), ended: this.stopped || this.waiting.length === 0, paused: false };
  }
  async printBillJob(_runId: string, job: number): Promise<void> {
    if (this.refuse === job) throw ApplicationFailure.create({ message: 'bills.broken', type: 'DomainError', nonRetryable: true });
    this.begun += 1;
    await this.hold;
    this.printed.push(job);
    this.waiting = this.waiting.filter((other) => other !== job);
  }
  async recordDeliveryCommand({ command, reason }: { command: DeliveryCommand; reason: string }): Promise<void> {
    if (command === 'stop') this.stopped = true;
    this.log.push(`${command}: ${reason}`);
  }
  async haltDelivery(_runId: string, code: string): Promise<void> {
    this.log.push(`halted: ${code}`);
  }
}

let test: WorkflowEnv;
const COMMAND = { by: 'kravets', reason: 'no paper' };
beforeAll(async () => {
  test = await workflowEnv(fileURLToPath(new URL('workflows.ts', import.meta.url)));
});
afterAll(async () => test.close());

async function withRun<R>(run: FakeRun, work: (handle: WorkflowHandle) => Promise<R>): Promise<R> {
  const worker = (taskQueue: string, names: readonly (keyof BillDeliveryActivities | keyof BillPdfActivities)[]): Promise<Worker> =>
    Worker.create({
      connection: test.env.nativeConnection,
      taskQueue,
      workflowBundle: test.workflowBundle,
      activities: Object.fromEntries(names.map((name) => [`bills.${name}`, run[name].bind(run)])),
    });
  const steps = await worker(BILLS_QUEUE, ['deliverySituation', 'recordDeliveryCommand', 'haltDelivery']);
  const pdf = await worker(PDF_QUEUE, ['printBillJob']);
  return steps.runUntil(() =>
    pdf.runUntil(async () => {
      const runId = crypto.randomUUID();
      const handle = await test.env.client.workflow.start(BILL_DELIVERY, {
        workflowId: billDeliveryId(runId),
        taskQueue: BILLS_QUEUE,
        args: [{ v: 1, runId, startedBy: 'kravets' }],
      });
      return work(handle);
    }),
  );
}

describe('the process of a mass run', () => {
  it('prints every job once and ends', async () => {
    const run = new FakeRun();
    await withRun(run, (handle) => handle.result());
    expect(run.printed.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
  });

  it('is held by a person and goes on', async () => {
    const run = new FakeRun();
    let release: () => void = () => undefined;
    run.hold = new Promise((resolve) => (release = resolve));
    await withRun(run, async (handle) => {
      await test.until(() => run.begun === 8);
      await handle.executeUpdate('pause', { args: [COMMAND] });
      release();
      await test.until(() => run.printed.length === 8);
      await expect(handle.executeUpdate('pause', { args: [COMMAND] })).rejects.toThrow();
      expect(run.printed).toHaveLength(8);
      await handle.executeUpdate('resume', { args: [COMMAND] });
      await handle.result();
    });
    expect(run.printed).toHaveLength(20);
    expect(run.log).toEqual(['pause: no paper', 'resume: no paper']);
  });

  it('stops and leaves the rest not started', async () => {
    const run = new FakeRun();
    let release: () => void = () => undefined;
    run.hold = new Promise((resolve) => (release = resolve));
    await withRun(run, async (handle) => {
      await handle.executeUpdate('stop', { args: [COMMAND] });
      release();
      await handle.result();
    });
    expect(run.waiting.length).toBeGreaterThanOrEqual(12);
  });

  it('halts at a refusal, with its code, until a person goes on', async () => {
    const run = new FakeRun();
    run.refuse = 3;
    await withRun(run, async (handle) => {
      await test.until(() => run.log.includes('halted: bills.broken'));
      run.refuse = null;
      await handle.executeUpdate('retryFailed', { args: [COMMAND] });
      await handle.result();
    });
    expect(new Set(run.printed).size).toBe(20);
  });
});
