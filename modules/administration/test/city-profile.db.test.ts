import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readCatalogue } from '@komplat/all/messages';
import { plugins } from '@komplat/all/server';
import { compose } from '@komplat/plugin-api';
import { PlatformModule, systemActor } from '@komplat/server';
import { testDatabase, type TestDatabase, testPlatformEnv } from '@komplat/testing';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CityCreateCommand, type CityCreated } from '../server/demo/city.command.ts';

jest.setTimeout(240_000);

/** Thirteen months: every one of the last twelve has bills of the month before it to pay. */
const OPTIONS = { accounts: 600, months: 13, seed: 2026, current: '2026-11' };
let app: INestApplicationContext;
let database: TestDatabase;
let made: CityCreated;

beforeAll(async () => {
  database = await testDatabase(plugins);
  const composition = compose(plugins);
  const catalogue = readCatalogue(plugins.map(({ id }) => id));
  const platform = PlatformModule.with({ name: 'city', env: testPlatformEnv(database), composition, catalogue });
  class Root {}
  Module({ imports: [platform, ...composition.order.map(({ nest }) => nest.core)] })(Root);
  app = await NestFactory.createApplicationContext(Root, { logger: false, abortOnError: false });
  const run = { actor: systemActor('test'), note: () => undefined };
  made = await app.get(CityCreateCommand, { strict: false }).run(OPTIONS, run);
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

async function shares(sql: string): Promise<Readonly<Record<string, number>>> {
  const rows = await database.owner.query<{ name: string; percent: number }>(sql);
  return Object.fromEntries(rows.map(({ name, percent }) => [name, percent]));
}
async function percent(sql: string): Promise<number> {
  const [row] = await database.owner.query<{ percent: number }>(sql);
  return row?.percent ?? Number.NaN;
}

/** Percentages of profiles.md; the tolerance is that of 600 accounts: a share of 4 % is 24 of them. */
describe('the city looks as its profiles say', () => {
  it('tells how long every phase took', () => {
    expect(Object.keys(made.phases).toSorted()).toEqual(['close', 'master', 'payments', 'readings', 'statistics']);
  });

  it('section 3: 2.14 registered persons an account', async () => {
    const persons = await percent(`select count(*)::float / 600 as percent from registry.residence where upper_inf(valid)`);
    expect(Math.abs(persons - 2.14)).toBeLessThan(0.12);
  });

  it('section 3: people come and go in the months of the history', async () => {
    const [moved] = await database.owner.query<{ came: number; left: number; reasons: string[] }>(
      `select count(*) filter (where lower(valid) >= '2025-10-01')::int as came,
         count(*) filter (where upper(valid) between '2025-10-01' and '2026-11-23')::int as left,
         array_agg(distinct reason) filter (where lower(valid) >= '2025-10-01' or not upper_inf(valid)) as reasons
       from registry.residence`,
    );
    expect((moved?.came ?? 0) / 1284).toBeGreaterThan(0.02);
    expect((moved?.left ?? 0) / 1284).toBeGreaterThan(0.03);
    for (const reason of ['народження', 'смерть', 'вибуття', 'прибуття', 'продаж житла']) expect(moved?.reasons).toContain(reason);
  });

  it('section 4: meters of their own for water, electricity, and two zones', async () => {
    const found = await shares(`
      select v.code as name, 100.0::float * count(*) filter (where s.method = 'meter') / count(*) as percent
      from tariffs.supply s join tariffs.service v on v.id = s.service_id where upper_inf(s.valid) group by v.code`);
    expect(Math.abs((found.CW ?? 0) - 92)).toBeLessThan(4);
    expect(Math.abs((found.HW ?? 0) - 90)).toBeLessThan(4);
    expect(found.EL).toBe(100);
    const zones = await percent(`select 100.0::float * count(distinct account_id) / 600 as percent
      from tariffs.supply s join tariffs.service v on v.id = s.service_id and v.code = 'ELN' where upper_inf(s.valid)`);
    expect(Math.abs(zones - 11)).toBeLessThan(3);
  });

  it('section 4: both zones of a meter are charged, the night at half the price', async () => {
    const [zones] = await database.owner.query<{ accounts: number; ratio: number; serials: number }>(`
      select count(*)::int as accounts, max(night.net_kop / night.quantity / (t.price * 100))::float as ratio,
        (select count(*)::int from (select premises_id, serial from metering.meter m join tariffs.service v on v.id = m.service_id
          where v.code in ('EL', 'ELN') and m.removed_on is null group by 1, 2 having count(*) = 2) d) as serials
      from billing.accrual night join tariffs.service v on v.id = night.service_id and v.code = 'ELN'
      join billing.accrual day on (day.account_id, day.period) = (night.account_id, night.period)
      join tariffs.service d on d.id = day.service_id and d.code = 'EL'
      join tariffs.tariff t on t.id = day.tariff_id where night.period = '2026-10-01' and night.quantity > 20`);
    expect(zones?.accounts).toBeGreaterThan(30);
    expect(zones?.ratio ?? 0).toBeCloseTo(0.5, 2);
    expect(zones?.serials).toBeGreaterThanOrEqual(zones?.accounts ?? 0);
  });

  it('section 7: 95 to 97 of 100 hryvnias of a year are paid', async () => {
    const paid = await percent(`select -100.0::float * sum(paid_kop) / sum(charged_kop) as percent from billing.period_balance
      where period between '2025-11-01' and '2026-10-01'`);
    expect(paid).toBeGreaterThan(94);
    expect(paid).toBeLessThan(98);
  });

  it('section 7: the debt has the age of the pyramid', async () => {
    const found = await shares(`
      with owed as (
        select account_id, min(debt_month) as oldest, sum(outstanding_kop) as kop from billing.open_item
        where outstanding_kop > 0 and debt_month < '2026-11-01' group by account_id
      )
      select case when oldest is null then 'none' when oldest >= '2026-09-01' then 'month' when oldest >= '2026-07-01' then 'quarter'
          when oldest >= '2025-11-01' then 'year' else 'old' end as name, 100.0::float * count(*) / 600 as percent
      from registry.account left join owed on account_id = id group by 1`);
    expect(Math.abs((found.none ?? 0) - 71)).toBeLessThan(4);
    expect(Math.abs((found.month ?? 0) - 15)).toBeLessThan(4);
    expect(Math.abs((found.quarter ?? 0) - 7)).toBeLessThan(3);
    expect(Math.abs((found.year ?? 0) - 3)).toBeLessThan(1.5);
    expect(Math.abs((found.old ?? 0) - 4)).toBeLessThan(1);
  });

  it('section 7: who owes for more than a year holds most of the money, electricity little of it', async () => {
    const old = await percent(`
      with owed as (select account_id, min(debt_month) as oldest, sum(outstanding_kop) as kop from billing.open_item
        where outstanding_kop > 0 and debt_month < '2026-11-01' group by account_id)
      select 100.0::float * sum(kop) filter (where oldest < '2025-11-01') / sum(kop) as percent from owed`);
    expect(Math.abs(old - 61)).toBeLessThan(12);
    const service = await shares(`
      select v.code as name, 100.0::float * sum(i.outstanding_kop) / sum(sum(i.outstanding_kop)) over () as percent
      from billing.open_item i join tariffs.service v on v.id = i.service_id where i.debt_month < '2026-11-01' group by v.code`);
    expect(Math.max(...Object.values(service))).toBe(service.HEAT);
    expect((service.EL ?? 0) + (service.ELN ?? 0)).toBeLessThan(10);
  });

  it('section 8: channels of 2026', async () => {
    const found = await shares(`
      select c.code as name, 100.0::float * sum(p.amount_kop) / sum(sum(p.amount_kop)) over () as percent
      from payments.payment p join payments.channel c on c.id = p.channel_id where p.paid_on >= '2026-01-01' group by c.code`);
    expect(Math.abs((found.PRIVAT24 ?? 0) - 36)).toBeLessThan(4);
    expect(Math.abs((found.MONO ?? 0) + (found.PUMB ?? 0) - 20)).toBeLessThan(4);
    expect(Math.abs((found.OSCH_DESK ?? 0) + (found.OSCH_TERM ?? 0) - 12)).toBeLessThan(3);
  });
});
