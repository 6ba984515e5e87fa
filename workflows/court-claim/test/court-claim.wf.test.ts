import { COURT_CLAIM, courtClaimId, LEGAL_QUEUE } from '@komplat/legal/contract/claim-workflows';
import { type WorkflowEnv, workflowEnv } from '@komplat/testing/workflow';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { fileURLToPath } from 'node:url';
import { FakeRun } from './fake-run.ts';

let test: WorkflowEnv;
const COMMAND = { by: 'lawyer', reason: 'перевірка даних кредитора' };
const ALL = ['plan', 'check', 'freeze', 'freeze', 'pack', 'pack', 'wait'] as const;

beforeAll(async () => {
  test = await workflowEnv(fileURLToPath(new URL('workflows.ts', import.meta.url)));
});
afterAll(async () => test.close());

async function withRun<R>(run: FakeRun, work: (handle: WorkflowHandle) => Promise<R>): Promise<R> {
  const worker = await Worker.create({
    connection: test.env.nativeConnection,
    taskQueue: LEGAL_QUEUE,
    workflowBundle: test.workflowBundle,
    activities: run.activities(),
  });
  return worker.runUntil(async () => {
    const runId = crypto.randomUUID();
    const handle = await test.env.client.workflow.start(COURT_CLAIM, {
      workflowId: courtClaimId(runId),
      taskQueue: LEGAL_QUEUE,
      args: [{ v: 1, runId, startedBy: 'lawyer' }],
    });
    return work(handle);
  });
}
const waits = (run: FakeRun): Promise<void> => test.until(() => run.left[0] === 'wait' && run.looks > 0);

describe('the process of a run of claims', () => {
  it('plans, checks, freezes, packs in batches, waits for people, signs, ends', async () => {
    const run = new FakeRun([...ALL]);
    await withRun(run, async (handle) => {
      await waits(run);
      run.order('sign', 'end');
      await handle.signal('doorbell');
      await handle.result();
    });
    expect(run.log).toEqual(['plan', 'check', 'freeze', 'freeze', 'pack', 'pack', 'sign']);
  });

  it('a payment before filing: what changed is prepared again and people are waited for again', async () => {
    const run = new FakeRun([...ALL]);
    await withRun(run, async (handle) => {
      await waits(run);
      run.order('refresh', 'check', 'freeze', 'pack', 'wait');
      await handle.signal('doorbell');
      await test.until(() => run.log.filter((line) => line === 'pack').length === 3);
      await waits(run);
      run.order('end');
      await handle.signal('doorbell');
      await handle.result();
    });
    expect(run.log.slice(6)).toEqual(['refresh', 'check', 'freeze', 'pack']);
  });

  it('a pause holds between two steps, a resume goes on; commands that make no sense are refused', async () => {
    const run = new FakeRun([...ALL]);
    await withRun(run, async (handle) => {
      await waits(run);
      await expect(handle.executeUpdate('resume', { args: [COMMAND] })).rejects.toMatchObject({ cause: { message: 'legal.claim.process-not-paused' } });
      await handle.executeUpdate('pause', { args: [COMMAND] });
      run.order('pack', 'end');
      await handle.signal('doorbell');
      await test.env.sleep('1 minute');
      expect(run.log.at(-1)).toBe(`pause: ${COMMAND.reason}`);
      await expect(handle.executeUpdate('retryFailed', { args: [COMMAND] })).rejects.toMatchObject({ cause: { message: 'legal.claim.process-paused' } });
      await handle.executeUpdate('resume', { args: [COMMAND] });
      await handle.result();
    });
    expect(run.log.slice(6)).toEqual([`pause: ${COMMAND.reason}`, `resume: ${COMMAND.reason}`, 'pack']);
  });

  it('a step that failed for good is shown, and repeated on order', async () => {
    const run = new FakeRun(['plan', 'check', 'end']);
    run.refuse = 'legal.claim.no-rule';
    await withRun(run, async (handle) => {
      await test.until(() => run.log.includes('failed: legal.claim.no-rule'));
      run.refuse = null;
      await handle.executeUpdate('retryFailed', { args: [COMMAND] });
      await handle.result();
    });
    expect(run.log).toEqual(['failed: legal.claim.no-rule', `retry-failed: ${COMMAND.reason}`, 'plan', 'check']);
  });

  it('is stopped while it waits', async () => {
    const run = new FakeRun([...ALL]);
    await withRun(run, async (handle) => {
      await waits(run);
      await handle.executeUpdate('stop', { args: [COMMAND] });
      await handle.result();
    });
    expect(run.log.at(-1)).toBe(`stop: ${COMMAND.reason}`);
  });

  it('nobody acts for two months: it ends, and a new one goes on from the database', async () => {
    const run = new FakeRun(['wait']);
    await withRun(run, async (handle) => {
      await waits(run);
      await test.env.sleep('61 days');
      await handle.result();
    });
    run.order('sign', 'end');
    await withRun(run, (handle) => handle.result());
    expect(run.log).toEqual(['sign']);
  });
});
