import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';

// Drills run as processes of their own, as `npm run drill -- NAME`: real PostgreSQL, Temporal, Keycloak; real processes to kill.
jest.setTimeout(300_000);
const run = promisify(execFile);

interface DrillAnswer {
  readonly drill: string;
  readonly seed: number;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Seeds 1 to `seeds` of the short form. The command ends with 1 unless nothing was lost, nothing is twice and all laws hold. */
async function drill(names: string, seeds: number, expected?: string): Promise<readonly DrillAnswer[]> {
  const args = ['--import', './tools/run/typescript.mjs', 'tools/drill/main.ts', names, '--seeds', String(seeds), '--short'];
  const { stdout } = await run(process.execPath, expected ? [...args, '--expect', expected] : args);
  return stdout.split('\n').flatMap((line): DrillAnswer[] => (line.startsWith('{') ? [JSON.parse(line)] : []));
}
const nothing = { lost: 0, duplicates: 0, laws: 0 };
const rows = (name: string, facts: object = {}): object[] =>
  [1, 2].map((seed) => ({ drill: name, seed, ...nothing, ...(Object.keys(facts).length > 0 ? { facts } : {}) }));

describe('month close', () => {
  it('goes through all hands: trial, pause, failed account, two signatures, repair, lock', async () => {
    expect(await drill('walk', 1)).toMatchObject([{ drill: 'walk', laws: 0, facts: { digest: expect.stringMatching(/^[0-9a-f]{64}$/) } }]);
  });

  it('R5: one of two starts runs, one of two takes a stopped lane up again, a proposal taken back is not released, two seeds', async () => {
    expect(await drill('start-twice', 2)).toMatchObject(rows('R5', { refusedWith: 'billing.close.already-running' }));
  });
});

describe('month close, disturbed', () => {
  let digest: string;
  beforeAll(async () => {
    digest = String((await drill('undisturbed', 1))[0]?.facts.digest);
  });

  it('R2: has the digest of the quiet close after kill -9 of the worker, two seeds', async () => {
    expect(await drill('kill-worker', 2, digest)).toMatchObject(rows('R2', { digest }));
  });

  it('R4: has the digest of the quiet close after kill -9 of Temporal, and after its state is lost', async () => {
    expect(await drill('kill-temporal,lose-temporal', 1, digest)).toMatchObject([
      { drill: 'R4', ...nothing, facts: { digest } },
      { drill: 'R4 lost', ...nothing, facts: { digest } },
    ]);
  });

  it('R1: loses no acknowledged payment when PostgreSQL is killed, two seeds', async () => {
    expect(await drill('kill-postgres', 2)).toMatchObject(rows('R1'));
  });
});

describe('intake, disturbed', () => {
  it('R3, R6, R8: API killed, 32 requests at once, repeated files: nothing lost, nothing twice, two seeds each', async () => {
    expect(await drill('kill-api,double-submit,repeated-files', 2)).toMatchObject([...rows('R3'), ...rows('R6'), ...rows('R8')]);
  });
});

describe('a run of claims, disturbed', () => {
  it('has the papers of the quiet run after kill -9 of the worker and of the API, one seed', async () => {
    expect(await drill('kill-claims', 1)).toMatchObject([{ drill: 'claims', seed: 1, ...nothing, facts: { kills: 2, filed: 2 } }]);
  });
});
