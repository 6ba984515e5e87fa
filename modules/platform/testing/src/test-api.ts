import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { compose, type ModulePlugin } from '@komplat/plugin-api';
import { type Catalogue, createApi, PlatformEnv, type TokenRules } from '@komplat/server';
import { testDatabase, type TestDatabase } from './test-database.ts';
import { tokenIssuer, type TokenIssuer } from './token-issuer.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly bytes: Buffer;
  // Bodies of answers are read by tests in the shape that they expect.
  readonly body: ReturnType<typeof JSON.parse>;
}
export interface TestApi {
  readonly app: NestFastifyApplication;
  readonly database: TestDatabase;
  readonly issuer: TokenIssuer;
  /** Gives a login its data scope; the roles come with the token. */
  scope(login: string, kind: string, value?: string): Promise<void>;
  call(method: string, path: string, as: Caller | undefined, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  close(): Promise<void>;
}
export interface Caller {
  readonly login: string;
  readonly roles: readonly string[];
  readonly claims?: Readonly<Record<string, unknown>>;
}
const KEY = Buffer.alloc(32, 7).toString('base64');

export const testPlatformEnv = (database: TestDatabase): PlatformEnv =>
  PlatformEnv.parse({
    KOMPLAT_PROFILE: 'training', DATABASE_URL: database.url, DATABASE_CLOSE_URL: database.closeUrl, DATABASE_POOL: '8',
    FILES_DIR: mkdtempSync(join(tmpdir(), 'komplat-files-')), KOMPLAT_MASTER_KEY: KEY, LOG_LEVEL: 'silent',
  });

export interface TestApiOptions {
  readonly plugins: readonly ModulePlugin[];
  readonly catalogue: Catalogue;
  /** First rights of the roles: `seedRoles` of administration. */
  readonly seed: (database: TestDatabase['owner']) => Promise<void>;
  readonly database?: TestDatabase;
  /** Rules for tokens of the real Keycloak instead of the local key. */
  readonly tokenRules?: TokenRules;
}

/** The whole API in this process on a fresh database, called by `inject` with tokens signed by a local key. */
export async function testApi({ plugins, catalogue, seed, database: given, tokenRules }: TestApiOptions): Promise<TestApi> {
  const database = given ?? (await testDatabase(plugins));
  await seed(database.owner);
  const issuer = await tokenIssuer();
  const app = await createApi({ env: testPlatformEnv(database), composition: compose(plugins), catalogue, tokenRules: tokenRules ?? issuer.rules });
  return {
    app,
    database,
    issuer,
    scope: async (login, kind, value = '*') => {
      await database.owner.query('insert into administration.user_scope values ($1, $2, $3) on conflict do nothing', [login, kind, value]);
    },
    call: (method, path, as, body, headers = {}) => call({ app, issuer }, { method, path, as, body, headers }),
    close: async () => {
      await app.close();
      await database.drop();
    },
  };
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly as: Caller | undefined;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}
async function call({ app, issuer }: Pick<TestApi, 'app' | 'issuer'>, { method, path, as, body, headers }: Call): Promise<Answer> {
  const authorization = as ? { authorization: `Bearer ${await issuer.token(as.login, as.roles, as.claims)}` } : {};
  const isBytes = body instanceof Uint8Array;
  const response = await app.inject({
    method: method as 'GET',
    url: path.startsWith('/') ? path : `/api/v1/${path}`,
    headers: { ...authorization, ...(isBytes ? { 'content-type': 'application/octet-stream' } : {}), ...headers },
    ...(body === undefined ? {} : { payload: isBytes ? Buffer.from(body) : (body as object) }),
  });
  const text = response.body;
  const isJson = String(response.headers['content-type'] ?? '').includes('json');
  return { status: response.statusCode, headers: response.headers, bytes: response.rawPayload, body: isJson && text ? JSON.parse(text) : text };
}
