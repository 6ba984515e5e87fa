import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readCatalogue } from '@komplat/all/messages';
import { compose, type DemoData } from '@komplat/plugin-api';
import { PlatformModule } from '@komplat/server';
import { testDatabase, type TestDatabase, testPlatformEnv } from '@komplat/testing';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { ModuleRef, NestFactory } from '@nestjs/core';
import { PLUGINS } from './world.ts';

jest.setTimeout(240_000);

/** Master data of the city: the shares that come before money. */
const PARTS = ['registry', 'tariffs', 'benefits'] as const;
const CITY = { seed: 2026, accounts: 2_000, months: 24, current: '2026-11', note: () => undefined };
let app: INestApplicationContext;
let database: TestDatabase;
const seconds: Record<string, number> = {};

beforeAll(async () => {
  database = await testDatabase(PLUGINS);
  const composition = compose(PLUGINS);
  const catalogue = readCatalogue(PLUGINS.map(({ id }) => id));
  const platform = PlatformModule.with({ name: 'city', env: testPlatformEnv(database), composition, catalogue });
  class Root {}
  Module({ imports: [platform, ...composition.order.map(({ nest }) => nest.core)] })(Root);
  app = await NestFactory.createApplicationContext(Root, { logger: false, abortOnError: false });
  for (const id of PARTS) {
    const started = performance.now();
    for (const part of PLUGINS.find((plugin) => plugin.id === id)?.demoData ?? []) {
      const demo: DemoData = await app.get(ModuleRef).create(part.provider);
      await demo.create?.(CITY);
    }
    seconds[id] = (performance.now() - started) / 1000;
    await database.owner.query('analyze');
  }
  await database.owner.query(`insert into platform.operating_day (day, state) values ('2026-11-23', 'open')`);
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

async function one(sql: string): Promise<number> {
  const [row] = await database.owner.query<{ value: number }>(`select (${sql})::float8 as value`);
  return row?.value ?? Number.NaN;
}

describe('benefits and subsidies of the demonstration city (profiles.md 9)', () => {
  it('15 % of the accounts hold a benefit in 2026, half of them combat participants', async () => {
    const held = `from benefits.pub_holding_v1 where valid @> date '2026-11-01'`;
    const share = (await one(`select 100.0 * count(distinct account_id) ${held}`)) / CITY.accounts;
    expect(share).toBeGreaterThan(12);
    expect(share).toBeLessThan(17);
    const fighters = await one(`select 100.0 * count(*) filter (where category = 'UBD') / count(*) ${held}`);
    expect(fighters).toBeGreaterThan(40);
    expect(fighters).toBeLessThan(58);
  });

  it('about 1.9 persons stand under a benefit; every holder lives there; every right gives something or its owner moved', async () => {
    const covered = await one(
      `select avg(covered) from (select sum(covered) as covered from benefits.pub_entitlement_v1 where valid @> date '2026-11-01' and service_id = 2 group by account_id) q`,
    );
    expect(covered).toBeGreaterThan(1.4);
    expect(covered).toBeLessThan(2.4);
    const away = await one(
      `select count(*) from benefits.pub_holding_v1 h join registry.pub_account_v1 a on a.account_id = h.account_id
       where not exists (select from registry.pub_residence_v1 r where r.premises_id = a.premises_id and r.person_id = h.person_id and r.valid @> lower(h.valid))`,
    );
    expect(away).toBe(0);
  });

  it('11 % of the accounts have a subsidy in winter, fewer in summer; the mean of the season is about 1 600', async () => {
    const share = async (month: string): Promise<number> =>
      (await one(`select 100.0 * count(distinct account_id) from benefits.pub_award_v1 where period = '${month}-01'`)) / CITY.accounts;
    const [winter, summer] = [await share('2026-01'), await share('2026-07')];
    expect(winter).toBeGreaterThan(9);
    expect(winter).toBeLessThan(13);
    expect(summer / winter).toBeGreaterThan(0.45);
    expect(summer / winter).toBeLessThan(0.75);
    const mean = await one(
      `select avg(kop) / 100 from (select sum(amount_kop) as kop from benefits.pub_award_v1 where period = '2026-11-01' group by account_id) q`,
    );
    expect(mean).toBeGreaterThan(1_350);
    expect(mean).toBeLessThan(1_850);
  });

  it('has a person disabled by war with three others, a return, and no benefit on a subsidised service', async () => {
    expect(await one(`select max(covered) from benefits.pub_entitlement_v1 where category = 'IV1' and valid @> date '2026-11-01'`)).toBeGreaterThanOrEqual(4);
    expect(await one(`select count(*) from benefits.award where kind = 'return'`)).toBe(1);
    const both = await one(
      `select count(*) from benefits.pub_entitlement_v1 e join benefits.pub_award_v1 w on w.account_id = e.account_id and w.service_id = e.service_id
       and e.valid @> w.period and w.amount_kop > 0 where not exists (select from benefits.award r where r.kind = 'return' and r.account_id = w.account_id)`,
    );
    expect(both).toBe(0);
  });

  it('is the same for the same seed, and cheap', async () => {
    const digest = `select md5(string_agg(q::text, ',' order by q::text)) from (
      select account_id, service_id, category, percent, covered, norm, norm_addition, regime, valid from benefits.pub_entitlement_v1) q`;
    const [before] = await database.owner.query(digest);
    const awards = `select md5(string_agg(q::text, ',' order by q::text)) from (
      select account_id, service_id, months, amount_kop, kind, regime, document from benefits.award) q`;
    const [first] = await database.owner.query(awards);
    await database.owner.query('truncate benefits.holding, benefits.covered_person, benefits.award, benefits.entitlement');
    const part = PLUGINS.find(({ id }) => id === 'benefits')?.demoData?.[0];
    if (part) await (await app.get(ModuleRef).create(part.provider)).create?.(CITY);
    expect(await database.owner.query(digest)).toEqual([before]);
    expect(await database.owner.query(awards)).toEqual([first]);
    // master data of the registry alone cost more: the whole city costs many times that
    expect(seconds['benefits']).toBeLessThan((seconds['registry'] ?? 0) + (seconds['tariffs'] ?? 0));
  });
});
