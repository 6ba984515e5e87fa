import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DomainError } from '@komplat/kernel';
import type { EventHandler } from '@komplat/plugin-api';
import { firstTime, OutboxRelay, platformPlugin, publish } from '../src/index.ts';
import { testDatabase, type TestDatabase } from '@komplat/testing';
import { z } from 'zod';

const event = { type: 'test.happened', version: 1, schema: z.object({ n: z.number() }) };
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase([platformPlugin]);
});
afterAll(() => database.drop());
afterEach(() => database.owner.query('truncate platform.outbox, platform.inbox'));

const tell = (n: number, aggregate = 'a'): Promise<string> => database.db.transaction((tx) => publish(tx, event, aggregate, { n }));
const relayTo = (handle: EventHandler['handle']): OutboxRelay =>
  new OutboxRelay(database.db, new Map([[event.type, [{ handle }]]]), { warn: () => undefined });
const rows = () =>
  database.db.query<{ n: number; attempts: number; done: boolean; dead: boolean; wait: number }>(
    `select (payload->>'n')::int as n, attempts, done_at is not null as done, dead_at is not null as dead,
       greatest(0, round(extract(epoch from next_at - now())))::int as wait from platform.outbox order by seq`,
  );
const due = (): Promise<object[]> => database.owner.query('update platform.outbox set next_at = now()');

describe('delivery of events', () => {
  it('nothing is told of a change that was rolled back', async () => {
    await expect(
      database.db.transaction(async (tx) => {
        await publish(tx, event, 'a', { n: 1 });
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await rows()).toEqual([]);
  });

  it('keeps the order of an aggregate, and one that fails holds only its own', async () => {
    const seen: number[] = [];
    for (const [n, aggregate] of [[1, 'a'], [2, 'a'], [3, 'b']] as const) await tell(n, aggregate);
    const relay = relayTo(({ payload }) => {
      const { n } = event.schema.parse(payload);
      if (n === 1 && seen.length === 0) throw new Error('not yet');
      seen.push(n);
      return Promise.resolve();
    });
    await relay.once();
    await relay.once();
    expect((await rows()).map(({ n, attempts, done }) => [n, attempts, done])).toEqual([[1, 1, false], [2, 0, false], [3, 0, true]]);
    await due();
    for (let turn = 0; turn < 3; turn += 1) await relay.once();
    expect(seen).toEqual([3, 1, 2]);
  });

  it('waits longer after every failure and puts an event aside after the twelfth', async () => {
    await tell(1);
    const relay = relayTo(() => Promise.reject(new Error('broken')));
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 12; attempt += 1) {
      await due();
      await relay.once();
      waits.push((await rows())[0]?.wait ?? 0);
    }
    expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600, 600]);
    expect(await rows()).toMatchObject([{ attempts: 12, dead: true, done: false }]);
    await due();
    expect(await relay.once()).toBe(0);
  });

  it('a service that is down is no failure of the event, however long it is down', async () => {
    await tell(1);
    const relay = relayTo(() => Promise.reject(new DomainError('platform.processes.unavailable', {}, 503)));
    for (let attempt = 1; attempt <= 20; attempt += 1) {
      await due();
      await relay.once();
    }
    expect(await rows()).toMatchObject([{ attempts: 0, dead: false, done: false, wait: 10 }]);
  });

  it('two relays at once hand an event to its handler once; a repeat is told by the guard', async () => {
    await tell(1);
    let calls = 0;
    const relay = (): OutboxRelay => relayTo(() => Promise.resolve(void (calls += 1)));
    await Promise.all([relay().once(), relay().once(), relay().once()]);
    expect(calls).toBe(1);
    const id = '00000000-0000-7000-8000-000000000001';
    const times = [1, 2].map(() => database.db.transaction((tx) => firstTime(tx, 'h', id)));
    expect((await Promise.all(times)).toSorted()).toEqual([false, true]);
  });
});
