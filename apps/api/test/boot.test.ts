import { execFile } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { testEnv } from '@komplat/testing';

const ARGS = ['--import', './tools/run/typescript.mjs', 'apps/api/src/main.ts'];

interface Ended {
  readonly code: number;
  readonly stderr: string;
}
/** The API with this environment alone. */
function boot(env: Readonly<Record<string, string>>): Promise<Ended> {
  const system = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ARGS, { env: { ...system, ...env }, timeout: 50_000 }, (_error, _stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stderr }),
    );
  });
}

describe('the API does not start', () => {
  it('without its environment: one sentence names every variable that is wrong', async () => {
    const { DATABASE_URL: _url, KEYCLOAK_REALM: _realm, ...rest } = testEnv();
    const { code, stderr } = await boot({ ...rest, KOMPLAT_MASTER_KEY: 'short' });
    expect(code).toBe(1);
    const [sentence = ''] = stderr.split('\n').filter((line) => line.startsWith('Error: The environment is not complete'));
    for (const name of ['DATABASE_URL', 'KEYCLOAK_REALM', 'KOMPLAT_MASTER_KEY: must be 32 bytes in base64']) expect(sentence).toContain(name);
    expect(sentence).not.toContain('API_PORT');
    expect(stderr).not.toContain(rest.DATABASE_OWNER_URL ?? '-');
  });
});
