// Memory of many open cases on one worker, with the code, the limits and the flags of the product's worker, on the Temporal of the test servers:
// MALLOC_ARENA_MAX=2 node_modules/.bin/node --max-semi-space-size=4 --import ./tools/run/typescript.mjs workflows/legal-case/test/many-cases.ts [2000] [cached]
// Every case is started and looked at; then all are rung and looked at again; then all are closed. `cached` = runs that are kept in memory.
import { setTimeout as wait } from 'node:timers/promises';
import { LEGAL_CASE, LEGAL_QUEUE, legalCaseId } from '@komplat/legal/contract/case-workflows';
import { dataConverter, ProcessClient } from '@komplat/temporal/server';
import { testEnv } from '@komplat/testing';
import { registerNamespace } from '@komplat/testing/temporal';
import { workflowBundle } from '@komplat/workflow-bundle';
import { workflowLimits } from '@komplat/temporal/worker';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { activitiesOfCases, FakeCase } from './fake-case.ts';

const COUNT = Number.parseInt(process.argv[2] ?? '2000', 10);
const limits = workflowLimits(Number.parseInt(process.argv[3] ?? '100', 10));
const [AT_ONCE, MIB] = [20, 1_048_576];
const stack = testEnv();
const address = stack.TEMPORAL_ADDRESS ?? '';
const namespace = `many-${Date.now().toString(36)}`;
const config = { address, namespace, codecKeys: stack.TEMPORAL_CODEC_KEYS ?? '' };
const cases = new Map<string, FakeCase>();
for (let at = 0; at < COUNT; at += 1) cases.set(crypto.randomUUID(), new FakeCase(async () => Date.now(), Date.now()));

Runtime.install({ logger: new DefaultLogger('ERROR') });
await registerNamespace(address, namespace);
const codePath = await workflowBundle();
const connection = await NativeConnection.connect({ address });
const find = (id: string): FakeCase => {
  const found = cases.get(id);
  if (!found) throw new Error(`no case ${id}`);
  return found;
};
const worker = await Worker.create({
  connection, namespace, taskQueue: LEGAL_QUEUE, dataConverter: dataConverter(config.codecKeys), activities: activitiesOfCases(find),
  workflowBundle: { codePath }, ...limits,
});
const processes = new ProcessClient(() => config);

let peak = 0;
const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 200);
async function phase(name: string, act: (id: string, legalCase: FakeCase) => Promise<unknown>, isOver: (legalCase: FakeCase) => boolean): Promise<void> {
  const started = Date.now();
  const cpu = process.cpuUsage();
  peak = 0;
  const left = [...cases.entries()];
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let next = left.pop(); next; next = left.pop()) await act(...next);
  }));
  while (![...cases.values()].every(isOver)) await wait(100);
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (Date.now() - started) / 1_000;
  process.stdout.write(`${JSON.stringify({ phase: name, cases: COUNT, cached: limits.maxCachedWorkflows, seconds, cpuSeconds: (user + system) / 1e6, peakRssMb: Math.round(peak / MIB) })}\n`);
}

await worker.runUntil(async () => {
  process.stdout.write(`${JSON.stringify({ phase: 'empty', rssMb: Math.round(process.memoryUsage().rss / MIB) })}\n`);
  const carry = (caseId: string): object => ({ v: 2, caseId, startedBy: 'lawyer', stage: null, runs: 0 });
  await phase('open', (id) => processes.ringOrStart(LEGAL_CASE, legalCaseId(id), LEGAL_QUEUE, [carry(id)], 'lawyer'), ({ log }) => log.length > 0);
  const looked = new Map([...cases.values()].map((legalCase) => [legalCase, legalCase.looks]));
  await phase('ring', (id) => processes.ring(legalCaseId(id)), (legalCase) => legalCase.looks > (looked.get(legalCase) ?? 0));
  await phase('close', (id, legalCase) => {
    legalCase.move('completed', 0);
    return processes.ring(legalCaseId(id));
  }, ({ log }) => log.at(-1)?.startsWith('stage completed') ?? false);
});
clearInterval(watch);
await processes.close();
await connection.close();
process.exit(0);
