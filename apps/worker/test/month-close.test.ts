import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';

// Each drill is a process of its own, as `npm run drill -- NAME`: real PostgreSQL, real Temporal, a real worker to kill.
jest.setTimeout(300_000);
const run = promisify(execFile);

interface DrillAnswer {
  readonly drill: string;
  readonly seed: number;
  readonly facts: Readonly<Record<string, unknown>>;
}

async function drill(name: string, seed: number, expected?: string): Promise<DrillAnswer> {
  const args = ['--import', '@swc-node/register/esm-register', 'tools/drill/main.ts', name, '--seed', String(seed)];
  const { stdout } = await run(process.execPath, expected ? [...args, '--expect', expected] : args);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

describe('month close', () => {
  it('goes through all hands: trial, pause, failed account, two signatures, repair, lock', async () => {
    expect(await drill('walk', 1)).toMatchObject({ drill: 'walk', facts: { digest: expect.stringMatching(/^[0-9a-f]{64}$/) } });
  });

  it('lets one of two starts run and tells the other who holds the month', async () => {
    expect(await drill('start-twice', 1)).toMatchObject({ drill: 'R5', facts: { refusedWith: 'billing.close.already-running' } });
  });
});

describe('month close, disturbed', () => {
  let digest: string;
  beforeAll(async () => {
    digest = String((await drill('undisturbed', 1)).facts.digest);
  });

  it.each([1, 8])('has the digest of the quiet close after kill -9 of the worker, seed %i', async (seed) => {
    expect(await drill('kill-worker', seed, digest)).toMatchObject({ drill: 'R2', facts: { digest } });
  });

  it('has the digest of the quiet close after Temporal lost its state', async () => {
    expect(await drill('lose-temporal', 5, digest)).toMatchObject({ drill: 'R4', facts: { digest } });
  });

  it('loses no acknowledged payment when PostgreSQL is killed', async () => {
    expect(await drill('kill-postgres', 3)).toMatchObject({ drill: 'R1' });
  });
});
