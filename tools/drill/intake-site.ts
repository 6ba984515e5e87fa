import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedRoles } from '@komplat/administration/server';
import { plugins } from '@komplat/all/server';
import { testDatabase, type TestDatabase, testEnv, waitUntil } from '@komplat/testing';
import { freePort } from './free-port.ts';
import { plantChannels, plantSmallCity } from './small-city.ts';

export const CHANNEL = 'PRIVAT24';
export const KEY = Buffer.alloc(32, 7).toString('base64');

/** A small city with the channel of the bank, on the test servers. */
export async function openIntakeCity(accounts: number): Promise<TestDatabase> {
  const database = await testDatabase(plugins);
  const { owner } = database;
  await plantSmallCity(owner, { accounts, period: '2026-11' });
  await plantChannels(owner, CHANNEL);
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
    private readonly port: number,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts it; answers in how many milliseconds it was ready. */
  async start(): Promise<number> {
    const started = Date.now();
    this.child = spawn(process.execPath, ['--max-semi-space-size=8', '--import', './tools/run/typescript.mjs', 'apps/api/src/main.ts'], {
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
      async () => {
        if (this.child?.exitCode != null) throw new Error('the API ended while starting');
        return (await fetch(`${this.url}/health/ready`).catch(() => undefined))?.ok === true;
      },
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

export const INTAKE_ACCOUNTS = 500;
export const accountNumber = (id: number): string => `01${String(id).padStart(8, '0')}`;

/** City, database and running API that the drills of the intake share. */
export interface IntakeSite {
  readonly database: TestDatabase;
  readonly api: ApiProcess;
  close(): Promise<void>;
}

export async function openIntakeSite(): Promise<IntakeSite> {
  const database = await openIntakeCity(INTAKE_ACCOUNTS);
  const api = new ApiProcess(database, await freePort());
  const close = async (): Promise<void> => {
    await api.kill();
    await database.drop();
  };
  try {
    await api.start();
  } catch (error) {
    await close();
    throw error;
  }
  return { database, api, close };
}
