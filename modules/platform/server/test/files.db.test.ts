import 'reflect-metadata';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '@komplat/testing';
import { FileStore, platformPlugin } from '../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'komplat-files-'));
let database: TestDatabase;
let store: FileStore;
beforeAll(async () => {
  database = await testDatabase([platformPlugin]);
  store = new FileStore(folder, Buffer.alloc(32, 7), 'test', database.db);
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

describe('files under the hash of their content', () => {
  it('read the same while others bring the same content: the first copy is never replaced', async () => {
    for (let round = 0; round < 20; round += 1) {
      const content = `register ${round}`;
      const bring = async (): Promise<string> => {
        const { sha256 } = await store.put(Buffer.from(content), 'test', 'text/plain', 100);
        return text(await store.open(sha256));
      };
      expect(new Set(await Promise.all(Array.from({ length: 8 }, bring)))).toEqual(new Set([content]));
    }
    expect(readdirSync(folder).filter((name) => name.startsWith('incoming-'))).toEqual([]);
  });

  it('a reader that stops half-way leaves no open file', async () => {
    const before = readdirSync('/proc/self/fd').length;
    const { sha256 } = await store.put(Buffer.alloc(1_000_000, 'x'), 'test', 'text/plain', 2_000_000);
    for (let reader = 0; reader < 20; reader += 1) for await (const piece of await store.open(sha256)) if (piece) break;
    await new Promise((resolve) => setImmediate(resolve));
    expect(readdirSync('/proc/self/fd').length).toBeLessThan(before + 10);
  });
});
