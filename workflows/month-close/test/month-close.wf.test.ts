import { closeLaneId, monthCloseId } from '@komplat/billing/contract/close-workflows';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { WorkflowHandle } from '@temporalio/client';
import { fileURLToPath } from 'node:url';
import { type WorkflowEnv, workflowEnv } from '@komplat/testing/workflow';
import { Worker } from '@temporalio/worker';
import { FakeClose } from './fake-close.ts';

const PERIOD = '2026-11';
const COMMAND = { by: 'kravets', reason: 'waiting for readings' };
let test: WorkflowEnv;

beforeAll(async () => {
  test = await workflowEnv(fileURLToPath(new URL('workflows.ts', import.meta.url)));
});
afterAll(async () => test.close());

/** Both queues over the fake database while `work` runs. */
async function withWorkers<R>(fake: FakeClose, work: () => Promise<R>): Promise<R> {
  const activities = fake.activities();
  const { workflowBundle } = test;
  const connection = test.env.nativeConnection;
  const main = await Worker.create({ connection, taskQueue: 'billing', workflowBundle, activities });
  const batches = await Worker.create({ connection, taskQueue: 'billing-close', activities });
  return batches.runUntil(() => main.runUntil(work));
}

const start = (providers: string[], dryRun = false): Promise<WorkflowHandle> =>
  test.env.client.workflow.start('billing.month-close', {
    workflowId: monthCloseId(`${PERIOD}-${crypto.randomUUID()}`),
    taskQueue: 'billing',
    args: [{ v: 1, period: PERIOD, providers, startedBy: 'kravets', dryRun }],
  });
const lane = (provider: string): WorkflowHandle => test.env.client.workflow.getHandle(closeLaneId(PERIOD, provider));

const until = (what: () => boolean): Promise<void> => test.until(what);

describe('month close on the time-skipping server', () => {
  it('takes every lane through all phases; every second one backwards', async () => {
    const fake = new FakeClose();
    const result = await withWorkers(fake, async () => (await start(['A1', 'A2'])).result());
    expect(result).toEqual({ outcome: 'locked', locked: 2, stopped: 0 });
    const of = (provider: string): string[] => fake.log.filter((line) => line.includes(` ${provider}`));
    expect(of('A1')).toEqual([
      'open A1', 'gates A1', 'batch A1 1', 'batch A1 2', 'batch A1 3', 'roll A1 1', 'roll A1 2', 'roll A1 3', 'verify A1', 'lock A1',
    ]);
    expect(of('A2').filter((line) => line.startsWith('batch'))).toEqual(['batch A2 3', 'batch A2 2', 'batch A2 1']);
    expect(fake.result).toEqual(result);
  });

  it('pauses one lane between two batches while the other goes on', async () => {
    const fake = new FakeClose();
    let open = (): void => undefined;
    fake.gate = new Promise((resolve) => (open = resolve));
    await withWorkers(fake, async () => {
      const month = await start(['B1', 'B2']);
      await until(() => fake.log.includes('gates B1') && fake.log.includes('open B2'));
      await lane('B1').executeUpdate('pause', { args: [COMMAND] });
      await expect(lane('B1').executeUpdate('pause', { args: [COMMAND] })).rejects.toMatchObject({
        cause: { message: 'billing.close.lane-paused' },
      });
      open();
      await until(() => fake.log.includes('lock B2'));
      expect(fake.log.filter((line) => line.startsWith('batch B1')).length).toBeLessThanOrEqual(1);
      expect(fake.lane('B1').paused).toBe(true);
      await lane('B1').executeUpdate('resume', { args: [COMMAND] });
      expect(await month.result()).toEqual({ outcome: 'locked', locked: 2, stopped: 0 });
    });
  });

  it('waits at a red gate and goes on by itself when it is green', async () => {
    const fake = new FakeClose();
    fake.lane('C1').redGates = 1;
    await withWorkers(fake, async () => {
      const month = await start(['C1']);
      await until(() => fake.log.includes('gates C1'));
      fake.lane('C1').redGates = 0;
      expect(await month.result()).toMatchObject({ locked: 1 });
    });
    expect(fake.log.filter((line) => line === 'gates C1').length).toBeGreaterThan(1);
  });

  it('waits for the release and is woken by the doorbell; repeats failed accounts and verifies again', async () => {
    const fake = new FakeClose();
    Object.assign(fake.lane('D1'), { released: false });
    await withWorkers(fake, async () => {
      const month = await start(['D1']);
      await until(() => fake.log.includes('verify D1'));
      await lane('D1').executeUpdate('retryFailed', { args: [COMMAND] });
      await until(() => fake.log.filter((line) => line === 'verify D1').length === 2);
      fake.lane('D1').released = true;
      await lane('D1').signal('doorbell');
      expect(await month.result()).toMatchObject({ locked: 1 });
    });
    expect(fake.log).toContain('retry D1');
  });

  it('shows a refusing rule, and goes on after a retry', async () => {
    const fake = new FakeClose();
    fake.refuseBatch = 'platform.period-not-open';
    await withWorkers(fake, async () => {
      const month = await start(['E1']);
      await until(() => fake.log.includes('failed E1 platform.period-not-open'));
      fake.refuseBatch = null;
      await lane('E1').executeUpdate('retryFailed', { args: [COMMAND] });
      expect(await month.result()).toMatchObject({ locked: 1 });
    });
  });

  it('stops a lane, starts it again after a ring of the month, and goes on where the database stands', async () => {
    const fake = new FakeClose();
    fake.lane('F2').released = false;
    fake.lane('F1').redGates = 1;
    await withWorkers(fake, async () => {
      const month = await start(['F1', 'F2']);
      await until(() => fake.log.includes('gates F1') && fake.log.includes('verify F2'));
      await lane('F1').executeUpdate('stop', { args: [COMMAND] });
      await until(() => fake.log.includes('stopped F1 billing.close.message.stopped'));
      Object.assign(fake.lane('F1'), { redGates: 0, phase: 'accrual' });
      await month.signal('doorbell');
      await until(() => fake.log.includes('lock F1'));
      fake.lane('F2').released = true;
      await lane('F2').signal('doorbell');
      expect(await month.result()).toEqual({ outcome: 'locked', locked: 2, stopped: 0 });
    });
    expect(fake.log.filter((line) => line === 'open F1')).toHaveLength(2);
  });

  it('lets one run of a month live', async () => {
    const fake = new FakeClose();
    fake.lane('G1').released = false;
    await withWorkers(fake, async () => {
      const args = [{ v: 1, period: '2026-12', providers: ['G1'], startedBy: 'kravets' }];
      const options = { workflowId: monthCloseId('2026-12'), taskQueue: 'billing', args, workflowIdConflictPolicy: 'FAIL' as const };
      const both = await Promise.allSettled([
        test.env.client.workflow.start('billing.month-close', options),
        test.env.client.workflow.start('billing.month-close', options),
      ]);
      expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      await until(() => fake.log.includes('verify G1'));
      fake.lane('G1').released = true;
      await test.env.client.workflow.getHandle(closeLaneId('2026-12', 'G1')).signal('doorbell');
      await test.env.client.workflow.getHandle(monthCloseId('2026-12')).result();
    });
  });

  it('runs the trial lane after lane and locks nothing', async () => {
    const fake = new FakeClose();
    const result = await withWorkers(fake, async () => (await start(['H1', 'H2'], true)).result());
    expect(result).toEqual({ outcome: 'trial', locked: 0, stopped: 0 });
    expect(fake.log).toEqual(['trial H1', 'trial H2']);
  });
});
