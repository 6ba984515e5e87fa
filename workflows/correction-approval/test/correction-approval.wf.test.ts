import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CorrectionActivities, CorrectionCommand, CorrectionSituation } from '@komplat/registry/contract/workflows';
import { CORRECTION_APPROVAL, correctionApprovalId, REGISTRY_QUEUE } from '@komplat/registry/contract/workflows';
import { type WorkflowEnv, workflowEnv } from '@komplat/testing/workflow';
import type { WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { Worker } from '@temporalio/worker';

const DAY = 86_400_000;
const COMMAND = { by: 'chief', reason: 'чекаємо на документ' };
let test: WorkflowEnv;

/** The table of proposals as a plain object; its clock is the one of the time-skipping server. */
class FakeRegistry implements CorrectionActivities {
  readonly log: string[] = [];
  state: 'waiting' | 'approved' | 'expired' | 'withdrawn' = 'waiting';
  refuse: string | null = null;
  looks = 0;
  private reminded = false;
  private escalated = false;

  constructor(private readonly started: number) {}

  async correctionSituation(): Promise<CorrectionSituation> {
    this.looks += 1;
    const { state } = this; // as it is when it is asked, whatever is decided while the clock answers
    const days = ((await test.env.currentTimeMs()) - this.started) / DAY;
    const until = (day: number): CorrectionSituation => ({ step: 'wait', paused: false, waitMs: Math.ceil((day - days) * DAY) });
    if (state !== 'waiting') return { step: 'end', paused: false, waitMs: 0 };
    if (days >= 30) return { step: 'expire', paused: false, waitMs: 0 };
    if (days >= 5) return this.escalated ? until(30) : { step: 'escalate', paused: false, waitMs: 0 };
    if (days >= 3) return this.reminded ? until(5) : { step: 'remind', paused: false, waitMs: 0 };
    return until(3);
  }
  async remindCorrection(): Promise<void> {
    if (this.refuse) throw ApplicationFailure.create({ message: this.refuse, type: 'DomainError', nonRetryable: true });
    this.reminded = true;
    await this.write('remind');
  }
  async escalateCorrection(): Promise<void> {
    this.escalated = true;
    await this.write('escalate');
  }
  async expireCorrection(): Promise<void> {
    this.state = 'expired';
    await this.write('expire');
  }
  async recordCorrectionCommand({ command }: { command: CorrectionCommand }): Promise<void> {
    if (command === 'stop') this.state = 'withdrawn';
    await this.write(command);
  }
  async markCorrectionFailed(_proposalId: string, code: string): Promise<void> {
    await this.write(`failed ${code}`);
  }
  private async write(what: string): Promise<void> {
    this.log.push(`${what} on day ${Math.floor(((await test.env.currentTimeMs()) - this.started) / DAY)}`);
  }
}

beforeAll(async () => {
  test = await workflowEnv(fileURLToPath(new URL('workflows.ts', import.meta.url)));
});
afterAll(async () => test.close());

async function withRegistry<R>(work: (handle: WorkflowHandle, registry: FakeRegistry) => Promise<R>): Promise<FakeRegistry> {
  const registry = new FakeRegistry(await test.env.currentTimeMs());
  const methods = [
    'correctionSituation', 'remindCorrection', 'escalateCorrection', 'expireCorrection', 'recordCorrectionCommand', 'markCorrectionFailed',
  ] as const;
  const activities = Object.fromEntries(methods.map((name) => [`registry.${name}`, registry[name].bind(registry)]));
  const { nativeConnection: connection } = test.env;
  const worker = await Worker.create({ connection, taskQueue: REGISTRY_QUEUE, workflowBundle: test.workflowBundle, activities });
  await worker.runUntil(async () => {
    const proposalId = crypto.randomUUID();
    const handle = await test.env.client.workflow.start(CORRECTION_APPROVAL, {
      workflowId: correctionApprovalId(proposalId),
      taskQueue: REGISTRY_QUEUE,
      args: [{ v: 1, proposalId, startedBy: 'cashier' }],
    });
    await work(handle, registry);
  });
  return registry;
}
const looked = (registry: FakeRegistry): Promise<void> => test.until(() => registry.looks > 0);

describe('the agreement on a correction', () => {
  it('reminds on the third day, escalates on the fifth, ends on the thirtieth: nobody decided', async () => {
    const { log } = await withRegistry((handle) => handle.result());
    expect(log).toEqual(['remind on day 3', 'escalate on day 5', 'expire on day 30']);
  });
  it('a decision ends it at once', async () => {
    const { log, looks } = await withRegistry(async (handle, registry) => {
      await looked(registry);
      registry.state = 'approved';
      await handle.signal('doorbell');
      await handle.result();
    });
    expect([log, looks]).toEqual([[], 2]);
  });
  it('a decision after the escalation ends it as well', async () => {
    const { log } = await withRegistry(async (handle, registry) => {
      await looked(registry);
      await test.env.sleep('6 days');
      registry.state = 'approved';
      await handle.signal('doorbell');
      await handle.result();
    });
    expect(log).toEqual(['remind on day 3', 'escalate on day 5']);
  });
  it('a pause holds every term, and resuming makes up for them', async () => {
    const { log } = await withRegistry(async (handle, registry) => {
      await looked(registry);
      await handle.executeUpdate('pause', { args: [COMMAND] });
      await expect(handle.executeUpdate('pause', { args: [COMMAND] })).rejects.toMatchObject({
        cause: { message: 'registry.proposal.process-paused' },
      });
      await test.env.sleep('4 days');
      expect(registry.log).toEqual(['pause on day 0']);
      await handle.executeUpdate('resume', { args: [COMMAND] });
      await test.until(() => registry.log.length === 3);
      registry.state = 'approved';
      await handle.signal('doorbell');
      await handle.result();
    });
    expect(log).toEqual(['pause on day 0', 'resume on day 4', 'remind on day 4']);
  });
  it('a stop takes the proposal back', async () => {
    const { log, state } = await withRegistry(async (handle, registry) => {
      await looked(registry);
      await handle.executeUpdate('stop', { args: [COMMAND] });
      await handle.result();
    });
    expect([log, state]).toEqual([['stop on day 0'], 'withdrawn']);
  });
  it('a step that is refused for good is shown, and repeated on order', async () => {
    const { log } = await withRegistry(async (handle, registry) => {
      registry.refuse = 'registry.proposal.unknown';
      await looked(registry);
      await test.env.sleep('4 days');
      await test.until(() => registry.log.length > 0);
      registry.refuse = null;
      await handle.executeUpdate('retryFailed', { args: [COMMAND] });
      await test.until(() => registry.log.length > 2);
      registry.state = 'approved';
      await handle.signal('doorbell');
      await handle.result();
    });
    expect(log).toEqual(['failed registry.proposal.unknown on day 3', 'retry-failed on day 4', 'remind on day 4']);
  });
});
