import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { historyFromJson, workflowBundle, WORKFLOW_TYPES } from '../build/index.ts';

const HISTORIES = fileURLToPath(new URL('../histories/', import.meta.url));
const CONVERTER = fileURLToPath(new URL('../../../modules/platform/temporal/failure-converter.cjs', import.meta.url));
const MOST_EVENTS = 2_000;
const MOST_BYTES = 64 * 1024;

interface RecordedEvent {
  readonly eventType: string;
  readonly workflowExecutionStartedEventAttributes?: { readonly workflowType: { readonly name: string } };
}
interface Recorded {
  readonly events: readonly RecordedEvent[];
}
const files = readdirSync(HISTORIES).filter((name) => name.endsWith('.json'));
const read = (name: string): Recorded => JSON.parse(readFileSync(HISTORIES + name, 'utf8'));
const typeOf = ({ events }: Recorded): string => events[0]?.workflowExecutionStartedEventAttributes?.workflowType.name ?? '';

let codePath: string;
beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  codePath = await workflowBundle();
});
afterAll(async () => Runtime.instance().shutdown());

const replay = (history: unknown): Promise<void> =>
  Worker.runReplayHistory({ workflowBundle: { codePath }, dataConverter: { failureConverterPath: CONVERTER } }, historyFromJson(history));

describe('replay gate: what runs on a site must go on with the code of today', () => {
  it('has a history of every type', () => {
    const recorded = new Set(files.map((name) => typeOf(read(name))));
    expect(WORKFLOW_TYPES.filter((type) => !recorded.has(type))).toEqual([]);
  });

  it.each(files)('%s', async (name) => {
    await replay(read(name));
  });

  it.each(files)('%s is short and its payloads are small', (name) => {
    const { events } = read(name);
    expect(events.length).toBeLessThan(MOST_EVENTS);
    for (const event of events) expect(JSON.stringify(event).length).toBeLessThan(MOST_BYTES);
  });

  it('notices a history of another order', async () => {
    const text = readFileSync(`${HISTORIES}billing.close-lane.paused.json`, 'utf8');
    const changed: unknown = JSON.parse(text.replaceAll('billing.measureGates', 'billing.lockLane'));
    await expect(replay(changed)).rejects.toThrow();
  });
});
