import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BenchDatabase } from './server.ts';

export const API_PORT = 13_901;
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The product's API over a bench's database, as a process of its own. */
export async function startApi({ urls }: BenchDatabase): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, ['--max-semi-space-size=8', '--import', './tools/run/typescript.mjs', 'apps/api/src/main.ts'], {
    cwd: ROOT,
    env: { ...process.env, MALLOC_ARENA_MAX: '2', DATABASE_URL: urls.app, DATABASE_CLOSE_URL: urls.close, API_PORT: String(API_PORT), LOG_LEVEL: 'error', DATABASE_POOL: '8' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    const answer = await fetch(`http://127.0.0.1:${API_PORT}/health/ready`).catch(() => undefined);
    if (answer?.ok) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return () =>
    new Promise((resolve) => {
      child.once('exit', () => resolve());
      child.kill('SIGTERM');
    });
}

/** A token of the machine client of banks. */
export async function bankToken(): Promise<string> {
  const { KEYCLOAK_URL, KEYCLOAK_REALM, KOMPLAT_BANK_CLIENT_SECRET = '' } = process.env;
  const answer = await fetch(`${KEYCLOAK_URL}/realms/${KEYCLOAK_REALM}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'komplat-bank', client_secret: KOMPLAT_BANK_CLIENT_SECRET }),
  });
  const body: { access_token?: string } = JSON.parse(await answer.text());
  if (!body.access_token) throw new Error('Keycloak gave no token to komplat-bank');
  return body.access_token;
}
