import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LEGAL_CASE, LEGAL_QUEUE, type LegalCaseCarry, legalCaseId } from '@komplat/legal/contract/case-workflows';
import { waitUntil } from '@komplat/testing';
import { type WorkflowEnv, workflowEnv } from '@komplat/testing/workflow';
import type { WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { bundleWorkflowCode, DefaultLogger, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { activitiesOfCases, FakeCase } from './fake-case.ts';
import type { CarryV1 } from './legal-case-v1.ts';

const COMMAND = { by: 'chief', reason: 'чекаємо на документ' };
const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
let test: WorkflowEnv;
let first: WorkflowBundleWithSourceMap;

beforeAll(async () => {
  test = await workflowEnv(here('workflows.ts'));
  first = await bundleWorkflowCode({ workflowsPath: here('workflows-v1.ts'), logger: new DefaultLogger('ERROR') });
});
afterAll(async () => test.close());

type Cases = ReadonlyMap<string, FakeCase>;
/** `cached` 0: every task replays the whole run, and nothing waits for a worker that is gone. */
async function work<R>(cases: Cases, what: () => Promise<R>, workflowBundle: WorkflowBundleWithSourceMap = test.workflowBundle, cached = 20): Promise<R> {
  const find = (id: string): FakeCase => cases.get(id) ?? fail(id);
  const worker = await Worker.create({
    connection: test.env.nativeConnection, taskQueue: LEGAL_QUEUE, workflowBundle, activities: activitiesOfCases(find), maxCachedWorkflows: cached,
  });
  return worker.runUntil(what);
}
function fail(id: string): never {
  throw new Error(`no case ${id}`);
}
async function newCase(): Promise<{ id: string; legalCase: FakeCase; cases: Cases }> {
  const id = crypto.randomUUID();
  const legalCase = new FakeCase(() => test.env.currentTimeMs(), await test.env.currentTimeMs());
  return { id, legalCase, cases: new Map([[id, legalCase]]) };
}
const start = (caseId: string, args: LegalCaseCarry | CarryV1): Promise<WorkflowHandle> =>
  test.env.client.workflow.start(LEGAL_CASE, { workflowId: legalCaseId(caseId), taskQueue: LEGAL_QUEUE, args: [args] });
const carry = (caseId: string): LegalCaseCarry => ({ v: 2, caseId, startedBy: 'lawyer', stage: null, runs: 0 });

async function run(walk: (handle: WorkflowHandle, legalCase: FakeCase) => Promise<void>): Promise<FakeCase> {
  const { id, legalCase, cases } = await newCase();
  await work(cases, async () => {
    const handle = await start(id, carry(id));
    await test.until(() => legalCase.looks > 0);
    await walk(test.env.client.workflow.getHandle(legalCaseId(id)), legalCase);
    legalCase.move('completed', 0);
    await handle.signal('doorbell');
    await handle.result();
  });
  return legalCase;
}

describe('the process of a case', () => {
  it('lives five years: reminds, escalates, and begins a new run for every status', async () => {
    const { log } = await run(async (handle, legalCase) => {
      const walk = [['order-issued', 60], ['order-in-force', 90], ['exec-doc-received', 200], ['executor-state', 700], ['returned-to-creditor', 1_100], ['re-presented', 1_800]] as const;
      for (const [stage, due] of walk) {
        await test.env.sleep(`${legalCase.dueDay - (await legalCase.day()) + 2} days`);
        legalCase.move(stage, due);
        await handle.signal('doorbell');
        await test.until(() => legalCase.log.some((line) => line.startsWith(`stage ${stage}`)));
      }
      await test.env.sleep(`${5 * 365 - (await legalCase.day())} days`);
      await test.until(() => legalCase.log.filter((line) => line.startsWith('escalate')).length === 7);
    });
    const days = log.map((line) => [line.split(' on day ')[0], Number(line.split(' on day ')[1])] as const);
    const of = (what: string): number[] => days.flatMap(([found, day]) => (found === what ? [day] : []));
    for (const [at, due] of [30, 60, 90, 200, 700, 1_100, 1_800].entries()) {
      expect(Math.abs((of('remind')[at] ?? 0) - (due - 3))).toBeLessThanOrEqual(1);
      expect(Math.abs((of('escalate')[at] ?? 0) - (due + 1))).toBeLessThanOrEqual(1);
    }
    expect(log.filter((line) => line.startsWith('stage')).map((line) => line.split(' ')[1])).toEqual([
      'order-filed', 'order-issued', 'order-in-force', 'exec-doc-received', 'executor-state', 'returned-to-creditor', 're-presented', 'completed',
    ]);
    expect(log.at(-1)).toMatch(/^stage completed on day 18/);
  }, 120_000);
  it('a payment rings it, a contract puts it aside', async () => {
    const { log } = await run(async (handle, legalCase) => {
      legalCase.money = 100;
      await handle.signal('doorbell');
      await test.until(() => legalCase.log.some((line) => line.startsWith('receipts')));
      legalCase.contract = true;
      await handle.signal('doorbell');
      await test.until(() => legalCase.log.some((line) => line.startsWith('stage restructured')));
    });
    expect(log.map((line) => line.split(' on day ')[0])).toEqual(['stage order-filed', 'receipts', 'contract', 'stage restructured', 'stage completed']);
  });
  it('a pause holds its terms; it is not stopped; an ended one takes no command', async () => {
    const { log } = await run(async (handle, legalCase) => {
      await handle.executeUpdate('pause', { args: [COMMAND] });
      await expect(handle.executeUpdate('pause', { args: [COMMAND] })).rejects.toMatchObject({ cause: { message: 'legal.case.process-paused' } });
      await expect(handle.executeUpdate('stop', { args: [COMMAND] })).rejects.toMatchObject({ cause: { message: 'legal.case.process-not-stopped' } });
      await test.env.sleep('40 days');
      expect(legalCase.log.map((line) => line.split(' on day ')[0])).toEqual(['stage order-filed', 'pause']);
      await handle.executeUpdate('resume', { args: [COMMAND] });
      await test.until(() => legalCase.log.some((line) => line.startsWith('escalate')));
    });
    expect(log.map((line) => line.split(' on day ')[0])).toEqual(['stage order-filed', 'pause', 'resume', 'escalate', 'stage completed']);
  });
  it('a step that is refused for good is shown, and repeated on order', async () => {
    const { log } = await run(async (handle, legalCase) => {
      legalCase.refuse = () => ApplicationFailure.create({ message: 'legal.case.unknown', type: 'DomainError', nonRetryable: true });
      legalCase.dueDay = 2;
      await handle.signal('doorbell');
      await test.until(() => legalCase.log.some((line) => line.startsWith('failed')));
      legalCase.refuse = null;
      await handle.executeUpdate('retryFailed', { args: [COMMAND] });
      await test.until(() => legalCase.log.some((line) => line.startsWith('remind')));
    });
    expect(log.map((line) => line.split(' on day ')[0])).toEqual(['stage order-filed', 'failed legal.case.unknown', 'retry-failed', 'remind', 'stage completed']);
  });
});

describe('a case that was begun under the first version', () => {
  it('goes on under the version of today: its run ends as it began, the next one says its stage', async () => {
    const { id, legalCase, cases } = await newCase();
    const handle = await work(cases, async () => {
      const begun = await start(id, { v: 1, caseId: id, startedBy: 'lawyer' });
      for (let day = 0; day < 5 && legalCase.looks < 2; day += 1) await test.env.sleep('1 day');
      return begun;
    }, first, 0);
    expect(legalCase.log).toEqual([]);
    await work(cases, async () => {
      for (let day = 0; day < 30 && legalCase.log.length === 0; day += 1) await test.env.sleep('1 day');
      expect(legalCase.log.map((line) => line.split(' on day ')[0])).toEqual(['remind']);
      legalCase.move('order-issued', 2_000);
      await handle.signal('doorbell');
      await test.until(() => legalCase.log.length > 1);
      legalCase.move('withdrawn', 0);
      await test.env.client.workflow.getHandle(legalCaseId(id)).signal('doorbell');
      await handle.result();
    }, test.workflowBundle, 0);
    expect(legalCase.log.map((line) => line.split(' on day ')[0])).toEqual(['remind', 'stage order-issued', 'stage withdrawn']);
  });
});

describe('many open cases on one worker', () => {
  const [COUNT, PATIENCE_MS] = [40, 100_000];
  it('every one is looked at, whatever the cache keeps; each is rung and closed', async () => {
    const cases = new Map<string, FakeCase>();
    const now = await test.env.currentTimeMs();
    for (let at = 0; at < COUNT; at += 1) cases.set(crypto.randomUUID(), new FakeCase(() => test.env.currentTimeMs(), now));
    const all = (what: (legalCase: FakeCase) => boolean): (() => Promise<boolean>) => async () => [...cases.values()].every(what);
    await work(cases, async () => {
      const handles = await Promise.all([...cases.keys()].map((id) => start(id, carry(id))));
      await waitUntil('every case is looked at', all(({ log }) => log.length > 0), PATIENCE_MS);
      for (const each of cases.values()) each.move('completed', 0);
      await Promise.all(handles.map((handle) => handle.signal('doorbell')));
      await waitUntil('every case is closed', all(({ log }) => log.length > 1), PATIENCE_MS);
    });
    expect([...cases.values()].filter(({ log }) => !log.at(-1)?.startsWith('stage completed'))).toEqual([]);
  }, 240_000);
});
