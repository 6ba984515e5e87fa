import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readCatalogue } from '@komplat/all/messages';
import { plugins } from '@komplat/all/server';
import { isAccountNumber } from '@komplat/kernel';
import { compose, type Law } from '@komplat/plugin-api';
import { cityTable, PlatformModule, systemActor } from '@komplat/server';
import { testDatabase, type TestDatabase, testPlatformEnv } from '@komplat/testing';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CityCreateCommand } from '../server/demo/city.command.ts';

jest.setTimeout(240_000);

const OPTIONS = { accounts: 120, months: 4, seed: 7, current: '2026-11' };

interface TestCity {
  readonly app: INestApplicationContext;
  readonly database: TestDatabase;
}

async function city(options: typeof OPTIONS): Promise<TestCity> {
  const database = await testDatabase(plugins);
  const composition = compose(plugins);
  const catalogue = readCatalogue(plugins.map(({ id }) => id));
  const platform = PlatformModule.with({ name: 'city', env: testPlatformEnv(database), composition, catalogue });
  class Root {}
  Module({ imports: [platform, ...composition.order.map(({ nest }) => nest.core)] })(Root);
  const app = await NestFactory.createApplicationContext(Root, { logger: false, abortOnError: false });
  await create(app, options);
  return { app, database };
}
const create = (app: INestApplicationContext, options: typeof OPTIONS): Promise<unknown> =>
  app.get(CityCreateCommand, { strict: false }).run(options, { actor: systemActor('test'), note: () => undefined });

/** What must be the same twice: everything but ids of sequences, times of the machine and sealed fields. */
const DIGESTED: Readonly<Record<string, string>> = {
  streets: 'select s.code, n.name, n.valid from registry.street s join registry.street_name n on n.street_id = s.id',
  houses: 'select id, code, number_text, flats_area from registry.house',
  persons:
    'select id, surname, given_name, patronymic, sex, birth_date, tax_number_hash, phone_hash from registry.person',
  facts: 'select premises_id, total_area, heated_area, rooms, dwelling_type, valid, known from registry.premises_fact',
  residence: 'select premises_id, person_id, valid, known from registry.residence',
  accounts: 'select id, number, holder_id, opened_on from registry.account',
  supplies: 'select account_id, service_id, provider_id, method, variant, equipment, valid from tariffs.supply',
  tariffs: 'select code, service_id, provider_id, variant, price, valid from tariffs.tariff',
  meters: 'select premises_id, service_id, serial, installed_on, removed_on, verification_due from metering.meter',
  readings: `select r.period, m.serial, r.value, r.taken_on, r.source from metering.reading r
    join metering.meter m on m.id = r.meter_id`,
  payments: 'select source, external_id, account_id, amount_kop, paid_on, received_on from payments.payment',
  items:
    'select account_id, debt_month, service_id, provider_id, due_on, due_kop, outstanding_kop from billing.open_item',
  advances: `select account_id, service_id, provider_id, sum(amount_kop) from billing.advance
    group by account_id, service_id, provider_id`,
  lanes: 'select period, provider_id, state, digest from platform.period_lane',
};

async function digests({ database }: TestCity): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [name, sql] of Object.entries(DIGESTED)) {
    const [row] = await database.owner.query<{ digest: string; rows: number }>(
      `select count(*)::int as rows, md5(coalesce(string_agg(md5(q::text), '' order by md5(q::text)), '')) as digest
        from (${sql}) q`,
    );
    found[name] = `${row?.rows ?? 0} ${row?.digest ?? ''}`;
  }
  return found;
}

let first: TestCity;
const cities: TestCity[] = [];
beforeAll(async () => {
  first = await city(OPTIONS);
  cities.push(first);
});
afterAll(async () => {
  for (const { app, database } of cities) {
    await app.close();
    await database.drop();
  }
});
const rows = <R extends object>(sql: string, params: readonly unknown[] = []): Promise<R[]> =>
  first.database.owner.query<R>(sql, params);
const one = async (sql: string, params: readonly unknown[] = []): Promise<number> => {
  const [row] = await rows<{ n: number }>(sql, params);
  return row?.n ?? -1;
};

describe('the demonstration city', () => {
  it('is the same twice from one seed', async () => {
    const second = await city(OPTIONS);
    cities.push(second);
    expect(await digests(second)).toEqual(await digests(first));
  });

  it('is not made over another one', async () => {
    await expect(create(first.app, OPTIONS)).rejects.toMatchObject({ code: 'administration.city.exists', status: 409 });
  });

  it('has exactly the accounts that were asked for, in whole houses but the last', async () => {
    expect(await one('select count(*)::int as n from registry.account')).toBe(120);
    const houses = await rows<{ code: string; flats: number; used: number; wanted: string; area: string }>(
      `select h.code, h.flats, count(*)::int as used, h.flats_area::text as wanted, sum(f.total_area)::text as area
        from registry.house h join registry.premises p on p.house_id = h.id join registry.premises_fact f on
          f.premises_id = p.id
        group by h.id order by h.id`,
    );
    expect(houses.map(({ code }) => code)).toEqual(['H0001', 'H0002', 'H0003']);
    for (const house of houses.slice(0, -1)) {
      expect([house.used, Number(house.area)]).toEqual([house.flats, Number(house.wanted)]);
    }
    expect(houses.at(-1)?.used).toBe(120 - 40 - 60);
  });

  it('numbers accounts by district with a right check digit', async () => {
    const accounts = await rows<{ number: string; district: number }>(
      'select number, district from registry.pub_account_v1 order by account_id',
    );
    expect(new Set(accounts.map(({ number }) => number)).size).toBe(120);
    for (const { number, district } of accounts) {
      expect(isAccountNumber(number)).toBe(true);
      expect(Number(number.slice(0, 2))).toBe(district);
    }
  });

  it('never names a well known person and seals tax numbers and phones', async () => {
    const blocked = cityTable('blocked-names').map((row) => row.text('full_name'));
    const named = `select count(*)::int as n from registry.person where surname || ' ' || given_name || ' ' ||
      patronymic = any ($1)`;
    expect(await one(named, [blocked])).toBe(0);
    const sealed = `select count(*)::int as n from registry.person
      where (tax_number_enc is null) <> (tax_number_hash is null) or wrapped_key is null`;
    expect(await one(sealed)).toBe(0);
    expect(
      await one('select count(*)::int as n from registry.person where tax_number_enc is not null'),
    ).toBeGreaterThan(100);
  });
});

describe('accounts of the real registers', () => {
  it.each([
    ['P02', '1453656', 'H0001', '1'],
    ['P02', '2963629', 'H0001', '30'],
    ['P08', '5000003647', 'H0001', '31'],
    ['P08', '7000009352', 'H0001', '33'],
    ['P08', '400827730', 'H0002', '1'],
    ['P08', '8002290621', 'H0002', '10'],
    ['former-centre', '205180397', 'H0002', '1'],
  ])('%s knows %s as a flat of %s', async (owner, number, house, flat) => {
    const found = await rows<{ house_code: string; flat: string; since: string }>(
      `select d.house_code, d.flat, lower(l.valid)::text as since from registry.pub_alias_v1 l
        join registry.pub_account_v1 a on a.account_id = l.account_id join registry.pub_address_v1 d on d.premises_id
          = a.premises_id
        where l.owner = $1 and l.number = $2 and upper_inf(l.valid)`,
      [owner, number],
    );
    expect(found).toEqual([{ house_code: house, flat, since: '2007-03-01' }]);
  });

  it('all 43 are older than 2008 and start with a balance in the service of their register', async () => {
    const found = await rows<{ service: string; provider: string; accounts: number }>(
      `select s.code as service, p.code as provider, count(distinct l.account_id)::int as accounts from
        billing.pub_ledger_v1 l
        join tariffs.service s on s.id = l.service_id join tariffs.provider p on p.id = l.provider_id
        join registry.account a on a.id = l.account_id and a.opened_on < '2008-01-01'
        join registry.account_alias x on x.account_id = l.account_id and x.owner = p.code
        where l.kind = 'opening' and l.period = '2026-07-01' group by 1, 2 order by 1`,
    );
    expect(found).toEqual([
      { service: 'HEAT', provider: 'P02', accounts: 30 },
      { service: 'MNT', provider: 'P08', accounts: 13 },
    ]);
  });
});

describe('the history', () => {
  it('is closed month by month; the current month and the next two are open', async () => {
    const states = await rows<{ period: string; state: string; lanes: number; digests: number }>(
      `select to_char(period, 'YYYY-MM') as period, state, count(*)::int as lanes, count(digest)::int as digests
        from platform.period_lane group by 1, 2 order by 1`,
    );
    const lanes = states[0]?.lanes ?? 0;
    expect(lanes).toBeGreaterThanOrEqual(9);
    expect(states).toEqual(
      ['2026-07', '2026-08', '2026-09', '2026-10', '2026-11', '2026-12', '2027-01'].map((period, index) => ({
        period,
        state: index < 4 ? 'locked' : 'open',
        lanes,
        digests: index < 4 ? lanes : 0,
      })),
    );
    expect(await rows('select day, state from platform.operating_day')).toEqual([{ day: '2026-11-23', state: 'open' }]);
  });

  it('keeps digests that the rows still give', async () => {
    const wrong = `select count(*)::int as n from platform.period_lane l
      where l.state = 'locked' and l.digest is distinct from billing.lane_digest(l.period, l.provider_id)`;
    expect(await one(wrong)).toBe(0);
  });

  it('has no failed account in a closed month', async () => {
    expect(await one(`select count(*)::int as n from billing.close_exception where outcome = 'failed'`)).toBe(0);
  });

  it('balances every account, service, provider and month to the kopeck', async () => {
    const balances = await one('select count(*)::int as n from billing.period_balance');
    expect(balances).toBeGreaterThan(2_000);
    const broken = `select count(*)::int as n from billing.period_balance b
      left join billing.period_balance p on (p.account_id, p.service_id, p.provider_id) = (b.account_id,
        b.service_id, b.provider_id)
        and p.period = (b.period - interval '1 month')::date
      where b.opening_kop <> coalesce(p.closing_kop, 0)
        or b.closing_kop - b.opening_kop <> (select coalesce(sum(l.amount_kop), 0) from billing.pub_ledger_v1 l
          where (l.account_id, l.service_id, l.provider_id, l.period) = (b.account_id, b.service_id, b.provider_id,
            b.period))`;
    expect(await one(broken)).toBe(0);
  });

  it('holds every law of the modules', async () => {
    const laws = plugins.flatMap((plugin) => plugin.laws ?? []);
    expect(laws.length).toBeGreaterThan(0);
    for (const law of laws) {
      const provider = first.app.get<Law>(law.provider, { strict: false });
      const result = await provider.check();
      expect({ law: law.code, violations: result.violations }).toEqual({ law: law.code, violations: 0 });
    }
  });

  it('has readings of the current month for nearly all meters, and payments up to its 22nd day', async () => {
    const [meters] = await rows<{ all: number; read: number }>(
      `select count(*)::int as all, count(r.meter_id)::int as read from metering.meter m
        left join metering.reading r on r.meter_id = m.id and r.period = '2026-11-01' where m.removed_on is null`,
    );
    expect(meters?.read ?? 0).toBeGreaterThan((meters?.all ?? 0) * 0.97);
    const [paid] = await rows<{ last: string; n: number }>(
      `select max(paid_on)::text as last, count(*)::int as n from payments.payment where paid_on >= '2026-11-01'`,
    );
    expect(paid?.n ?? 0).toBeGreaterThan(60);
    expect((paid?.last ?? '') <= '2026-11-22').toBe(true);
  });
});

describe('things that must occur', () => {
  it('a minor is the only registered person of a flat', async () => {
    const found = await rows<{ age: number }>(
      `select extract(year from age('2026-11-23', p.birth_date))::int as age from registry.residence r
        join registry.person p on p.id = r.person_id where r.premises_id = 34`,
    );
    expect(found).toHaveLength(1);
    expect(found[0]?.age).toBeLessThan(18);
  });

  it('a flat without residents owes', async () => {
    expect(await one('select count(*)::int as n from registry.residence where premises_id = 35')).toBe(0);
    expect(
      await one('select sum(outstanding_kop)::int as n from billing.open_item where account_id = 35'),
    ).toBeGreaterThan(0);
  });

  it('a changed meter leaves days without one', async () => {
    const found = await rows<{ gap: number }>(
      `select (n.installed_on - o.removed_on)::int as gap from metering.meter o
        join metering.meter n on n.premises_id = o.premises_id and n.service_id = o.service_id and n.installed_on >
          o.removed_on
        where o.premises_id = 36`,
    );
    expect(found.some(({ gap }) => gap === 7)).toBe(true);
  });

  it('the dial of a meter turns over and the month is charged for what ran through', async () => {
    const found = await rows<{ used: string }>(
      `select a.quantity::text as used from metering.reading n join metering.reading b on b.meter_id = n.meter_id
        and b.period = (n.period - interval '1 month')::date and b.value > n.value
        join metering.meter m on m.id = n.meter_id and m.premises_id = 37
        join billing.accrual a on a.account_id = 37 and a.service_id = m.service_id and a.period = n.period`,
    );
    expect(found).toHaveLength(1);
    expect(Number(found[0]?.used)).toBeGreaterThan(0);
    expect(Number(found[0]?.used)).toBeLessThan(60);
  });

  it('a street has its old name until the day it was renamed', async () => {
    const found = await rows<{ name: string; until: string | null }>(
      `select n.name, upper(n.valid)::text as until from registry.street s join registry.street_name n on n.street_id
        = s.id
        where s.code = 'S001' order by n.valid`,
    );
    expect(found).toEqual([
      { name: 'Леніна', until: '2016-02-19' },
      { name: 'Соборна', until: null },
    ]);
  });

  it('a bill is paid at a terminal and again in the internet; the second sum is an advance', async () => {
    const found = await rows<{ channel: string; paid_on: string; amount: bigint }>(
      `select channel, paid_on, amount_kop as amount from payments.pub_payment_v1
        where account_id = 38 and paid_on between '2026-09-01' and '2026-09-30' order by paid_on`,
    );
    expect(found.map(({ channel, paid_on }) => [channel, paid_on])).toEqual([
      ['OSCH_TERM', '2026-09-11'],
      ['PRIVAT24', '2026-09-12'],
    ]);
    expect(found[0]?.amount).toBe(found[1]?.amount);
    const balance = `select sum(closing_kop)::int as n from billing.period_balance
      where account_id = 38 and period = '2026-08-01'`;
    expect(Number(found[0]?.amount ?? 0n)).toBe(await one(balance));
  });

  it('money without an account waits for a person', async () => {
    expect(await one(`select count(*)::int as n from payments.suspense_item where state = 'open'`)).toBe(6);
  });
});

describe('a history over the split of the suppliers', () => {
  let past: TestCity;
  beforeAll(async () => {
    past = await city({ accounts: 60, months: 5, seed: 7, current: '2019-03' });
  });
  afterAll(async () => {
    await past.app.close();
    await past.database.drop();
  });

  it('hands what is owed for electricity to the successor on 2019-01-01, in its months', async () => {
    const found = await past.database.owner.query<{ provider: string; later: bigint; moved: bigint }>(
      `select p.code as provider, coalesce(sum(l.amount_kop) filter (where l.kind = 'accrual' and l.period >= '2019-01-01'), 0)::bigint
           as later, coalesce(sum(l.amount_kop) filter (where l.kind = 'transfer'), 0)::bigint as moved
         from billing.pub_ledger_v1 l join tariffs.provider p on p.id = l.provider_id where p.code in ('P04', 'P05') group by 1 order by 1`,
    );
    expect(found.map(({ provider }) => provider)).toEqual(['P04', 'P05']);
    expect([found[0]?.later, (found[1]?.later ?? 0n) > 0n]).toEqual([0n, true]);
    expect((found[1]?.moved ?? 0n) > 0n).toBe(true);
    expect((found[0]?.moved ?? 0n) + (found[1]?.moved ?? 0n)).toBe(0n);
  });

  it('holds every law', async () => {
    for (const law of plugins.flatMap((plugin) => plugin.laws ?? [])) {
      const { violations } = await past.app.get<Law>(law.provider, { strict: false }).check();
      expect({ law: law.code, violations }).toEqual({ law: law.code, violations: 0 });
    }
  });
});
