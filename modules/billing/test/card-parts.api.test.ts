import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Module } from '@nestjs/common';
import { readCatalogue } from '@komplat/all/messages';
import { plugins } from '@komplat/all/server';
import { wholeApi } from '@komplat/all/test';
import { compose, definePlugin, type ModulePlugin, type PagePartDef } from '@komplat/plugin-api';
import { createApi, Endpoint, Input, type InputOf } from '@komplat/server';
import { type Caller, type TestApi, testDatabase, testPlatformEnv } from '@komplat/testing';
import { z } from 'zod';
import { buildAccount, buildCity } from './world.ts';

const operator: Caller = { login: 'operator', roles: ['operator', 'accountant'] };
const cashier: Caller = { login: 'cashier', roles: ['cashier'] };
const stranger: Caller = { login: 'stranger', roles: ['operator'] };
const catalogue = readCatalogue(plugins.map(({ id }) => id));

let release: () => void = () => undefined;
const held = new Promise<void>((resolve) => {
  release = resolve;
});
const Done = z.object({ subject: z.string() });

@Controller('broken')
class BrokenController {
  @Endpoint({ method: 'GET', path: 'fails/:id', permission: 'signed-in', summary: 'fails', response: Done })
  fails(): Promise<z.infer<typeof Done>> {
    return Promise.reject(new Error('no such luck'));
  }

  @Endpoint({ method: 'GET', path: 'waits/:id', permission: 'signed-in', summary: 'waits', params: z.object({ id: z.string() }), response: Done })
  async waits(@Input() { params }: InputOf<{ id: string }>): Promise<z.infer<typeof Done>> {
    await held;
    return { subject: params.id };
  }
}
@Module({ controllers: [BrokenController] })
class BrokenHttp {}
@Module({})
class BrokenCore {}

const broken = (...pageParts: readonly PagePartDef[]): ModulePlugin =>
  definePlugin({
    id: 'broken', dbSchema: 'broken', dependsOn: [], nest: { core: BrokenCore, http: BrokenHttp }, entities: [], migrations: [],
    permissions: [], pageParts,
  });
const fails: PagePartDef = { id: 'broken.fails', page: 'account-card', view: 'common', read: 'broken/fails/:subject' };
const waits: PagePartDef = { id: 'broken.waits', page: 'account-card', view: 'court', read: 'broken/waits/:subject' };

interface Part {
  readonly id: string;
  readonly read: string;
  readonly state: string;
  readonly status: number;
  readonly answer: unknown;
}
let api: TestApi;
let number: string;

beforeAll(async () => {
  api = await wholeApi({ plugins: [...plugins, broken(fails, waits)], database: await testDatabase(plugins) });
  await buildCity(api.database.owner);
  number = await buildAccount(api.database.owner, 1, '67.08');
  for (const login of ['operator', 'cashier']) await api.scope(login, 'all');
});
afterAll(() => api.close());

async function partsOf(as: Caller, query = ''): Promise<readonly Part[]> {
  const { status, body } = await api.call('GET', `pages/account-card/${number}${query}`, as);
  expect(status).toBe(200);
  return body.parts;
}
const idsOf = (parts: readonly Part[]): readonly string[] => parts.map(({ id }) => id);

describe('parts of the subscriber card', () => {
  it('are the answers of their own routes, byte for byte, in one call', async () => {
    const views = 'common,overview,accruals,payments,debt,readings,persons,benefits,documents';
    const parts = (await partsOf(operator, `?views=${views}&asOf=2026-10-15`)).filter(({ id }) => !id.startsWith('broken.'));
    expect(parts.length).toBeGreaterThan(10);
    for (const part of parts) {
      const own = await api.call('GET', part.read, operator);
      expect([part.id, part.state, part.status, part.answer]).toEqual([part.id, 'ready', own.status, own.body]);
    }
  });

  it('take the days of the page where their routes know them', async () => {
    const parts = await partsOf(operator, '?views=common,overview&asOf=2026-10-15&knownAt=2026-11-01&other=1');
    const reads = new Map(parts.map(({ id, read }) => [id, read]));
    expect(reads.get('registry.card.head')).toBe(`registry/accounts/${number}?asOf=2026-10-15&knownAt=2026-11-01`);
    expect(reads.get('billing.card.money')).toBe(`billing/accounts/${number}/card?months=12&asOf=2026-10-15&knownAt=2026-11-01`);
    expect(reads.get('registry.card.findings')).toBe(`registry/findings?account=${number}&limit=8`);
    expect(reads.get('billing.card.difference')).toBe(`billing/accounts/${number}/difference`);
  });

  it('one that fails says so and leaves the others alone', async () => {
    const parts = await partsOf(operator);
    expect(parts.find(({ id }) => id === 'broken.fails')).toMatchObject({
      state: 'failed', status: 500, answer: { code: 'platform.unexpected' },
    });
    expect(parts.filter(({ state }) => state === 'ready').length).toBe(parts.length - 1);
  });

  it('one that is slow is marked and not waited for', async () => {
    const parts = await partsOf(operator, '?views=common,court');
    expect(parts.find(({ id }) => id === 'broken.waits')).toEqual(expect.objectContaining({ state: 'slow' }));
    expect(parts.find(({ id }) => id === 'registry.card.head')).toMatchObject({ state: 'ready' });
    release();
    const [late] = (await partsOf(operator, '?views=court')).filter(({ id }) => id === 'broken.waits');
    expect(late).toMatchObject({ state: 'ready', answer: { subject: number } });
  });

  it('only those whose route the reader may call', async () => {
    const { owner } = api.database;
    await owner.query(`delete from administration.role_permission where role = 'cashier' and permission = 'registry.finding.read'`);
    await owner.query(`insert into administration.role_permission values ('cashier', 'registry.account.read') on conflict do nothing`);
    const seen = idsOf(await partsOf(cashier));
    expect(seen).toContain('registry.card.head');
    expect(seen).not.toContain('registry.card.findings');
    expect(idsOf(await partsOf(operator))).toContain('registry.card.findings');
  });

  it('of an account outside of the scope of the reader are refused one by one', async () => {
    const parts = await partsOf(stranger, '?views=common,overview');
    const refused = parts.filter(({ id }) => ['registry.card.head', 'billing.card.money', 'billing.card.difference'].includes(id));
    expect(refused.map(({ state, status }) => [state, status])).toEqual([['failed', 404], ['failed', 404], ['failed', 404]]);
    const { status } = await api.call('GET', `pages/account-card/${number}`, undefined);
    expect(status).toBe(401);
  });

  it('an unknown page is not there, a wrong view is refused', async () => {
    expect((await api.call('GET', `pages/no-such-page/${number}`, operator)).status).toBe(404);
    expect((await api.call('GET', `pages/account-card/${number}?views=../x`, operator)).status).toBe(400);
  });

  it('a part that reads no route stops the process at boot', async () => {
    const nowhere: PagePartDef = { id: 'broken.nowhere', page: 'account-card', view: 'common', read: 'broken/nowhere/:subject' };
    const composition = compose([...plugins, broken(nowhere)]);
    const booted = createApi({ env: testPlatformEnv(api.database), composition, catalogue, tokenRules: api.issuer.rules });
    await expect(booted).rejects.toThrow('page part broken.nowhere reads broken/nowhere/:subject, which is no route');
  });
});
