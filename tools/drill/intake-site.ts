import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedRoles } from '@komplat/administration/server';
import { plugins } from '@komplat/all/server';
import { testDatabase, type TestDatabase, testEnv, waitUntil } from '@komplat/testing';
import { plantSmallCity } from './small-city.ts';

export const CHANNEL = 'PRIVAT24';
const KEY = Buffer.alloc(32, 7).toString('base64');

/** A small city with the channel of the bank, on the test servers. */
export async function openIntakeCity(accounts: number): Promise<TestDatabase> {
  const database = await testDatabase(plugins);
  const { owner } = database;
  await plantSmallCity(owner, { accounts, period: '2026-11' });
  await owner.query(
    `insert into payments.channel (id, code, name, kind, settlement_delay_days, commission_percent, commission_min_kop, commission_payer,
       has_transaction_ids, valid)
     values (1, $1, 'Приват24', 'internet', 1, 0, 0, 'centre', true, '[1997-01-01,)'), (2, 'BANK_IBAN', 'Переказ', 'bank transfer', 0, 0, 0, '-',
       false, '[1997-01-01,)'), (3, 'OSCH_DESK', 'Ощадбанк', 'bank desk', 1, 0, 0, 'centre', false, '[1997-01-01,)')`,
    [CHANNEL],
  );
  await seedRoles({ query: (sql, params) => owner.query(sql, params) });
  await owner.query(
    `insert into administration.user_scope (login, kind, value) values ('komplat-bank', 'channel', $1)`,
    [CHANNEL],
  );
  return database;
}

export async function bankToken(): Promise<string> {
  const env = testEnv();
  const answer = await fetch(`${env.KEYCLOAK_URL}/realms/${env.KEYCLOAK_REALM}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'komplat-bank',
      client_secret: env.KOMPLAT_BANK_CLIENT_SECRET ?? '',
    }),
  });
  const body: { access_token?: string } = JSON.parse(await answer.text());
  if (!body.access_token) throw new Error('Keycloak gave no token to komplat-bank');
  return body.access_token;
}

/** The API as a process of its own, so that it can be killed. */
export class ApiProcess {
  private child: ChildProcess | undefined;
  private readonly files = mkdtempSync(join(tmpdir(), 'komplat-drill-'));

  constructor(
    private readonly database: TestDatabase,
    readonly port: number,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts it; answers in how many milliseconds it was ready. */
  async start(): Promise<number> {
    const started = Date.now();
    this.child = spawn(process.execPath, ['--import', '@swc-node/register/esm-register', 'apps/api/src/main.ts'], {
      env: {
        ...process.env,
        ...testEnv(),
        KOMPLAT_PROFILE: 'training',
        DATABASE_URL: this.database.url,
        DATABASE_CLOSE_URL: this.database.closeUrl,
        DATABASE_POOL: '8',
        FILES_DIR: this.files,
        KOMPLAT_MASTER_KEY: KEY,
        API_PORT: String(this.port),
        LOG_LEVEL: 'error',
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    await waitUntil(
      'the API is ready',
      async () => (await fetch(`${this.url}/health/ready`).catch(() => undefined))?.ok === true,
      90_000,
    );
    return Date.now() - started;
  }

  /** kill -9; returns when the process is gone. */
  async kill(): Promise<void> {
    const child = this.child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    await new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.kill('SIGKILL');
    });
  }
}
