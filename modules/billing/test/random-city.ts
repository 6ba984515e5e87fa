import { type Database, uuid7 } from '@komplat/server';
import {
  buildAccount,
  buildCity,
  buildMeter,
  buildNorm,
  buildResident,
  buildSupply,
  buildTariff,
  Chance,
} from './world.ts';

type Sql = Pick<Database, 'query'>;
const MONTHS = ['2026-10', '2026-11'] as const;

/** Accounts with every method, with changes inside the months, gaps, rollovers, two meters, tiers and missing facts. */
export async function buildRandomCity(owner: Sql, seed: number, accounts: number): Promise<void> {
  const chance = new Chance(seed);
  await buildCity(owner);
  await owner.query(
    `insert into tariffs.parameter (code, value, valid, act, mark) values ('heating-season', '{}', '[2026-10-15,2027-04-05)', 'a', 'plausible')`,
  );
  await tariffs(owner, chance);
  for (let id = 1; id <= accounts; id += 1) await account(owner, chance, id);
  for (let id = 1; id <= accounts; id += 1) await absence(owner, chance, id);
  await acts(owner, chance, accounts);
}

const price = (chance: Chance): string => `${chance.int(0, 90)}.${String(chance.int(0, 999_999)).padStart(6, '0')}`;

async function tariffs(owner: Sql, chance: Chance): Promise<void> {
  let id = 0;
  const add = async (service: number, spec: Partial<Parameters<typeof buildTariff>[1]>): Promise<void> => {
    id += 1;
    await buildTariff(owner, { id, service, price: price(chance), ...spec });
  };
  for (const service of [1, 2, 4, 6, 8]) {
    const change = chance.day(chance.pick(MONTHS));
    await add(service, { to: change });
    await add(service, { from: change });
    await add(service, { variant: 'flat-rate' });
    await add(service, { variant: 'ends', to: '2026-11-12' });
  }
  await add(3, {});
  await add(5, { variant: 'm2-season' });
  await add(5, {});
  const change = chance.day('2026-11');
  for (const [variant, mode] of [
    ['marginal', 'marginal'],
    ['whole', 'whole'],
  ] as const) {
    await add(7, { variant, mode, tier: 1, tierFrom: '0', tierTo: '100', to: change });
    await add(7, { variant, mode, tier: 2, tierFrom: '100', tierTo: null, to: change });
    await add(7, { variant, mode, tier: 1, tierFrom: '0', tierTo: '250', from: change });
    await add(7, { variant, mode, tier: 2, tierFrom: '250', tierTo: null, from: change });
  }
  const normChange = chance.day('2026-10');
  await buildNorm(owner, 1, 2, '6.23', '1997-01-01', normChange);
  await buildNorm(owner, 2, 2, '4.2', normChange);
  await buildNorm(owner, 3, 4, '2.7');
}

async function account(owner: Sql, chance: Chance, id: number): Promise<void> {
  await buildAccount(owner, id, `${chance.int(18, 120)}.${String(chance.int(0, 99)).padStart(2, '0')}`);
  if (chance.is(0.2)) await changeArea(owner, chance, id);
  for (let person = 0; person < chance.int(0, 4); person += 1) {
    const from = chance.is(0.3) ? chance.day(chance.pick(MONTHS)) : '2001-05-01';
    await buildResident(
      owner,
      id,
      from,
      chance.is(0.2) ? '2026-11-29' : null,
      chance.is(0.15) ? 'owner' : 'registered',
    );
  }
  const plain = (): string => chance.pick(['std', 'std', 'flat-rate', 'ends', 'missing']);
  await buildSupply(owner, {
    account: id,
    service: 1,
    method: 'area',
    variant: plain(),
    ...(chance.is(0.2) ? { from: chance.day('2026-10') } : {}),
  });
  await water(owner, chance, id, 2);
  if (chance.is(0.7)) await water(owner, chance, id, 4);
  await buildSupply(owner, { account: id, service: 3, method: 'linked' });
  await buildSupply(owner, {
    account: id,
    service: 5,
    method: 'heated-area',
    variant: chance.pick(['m2-season', 'std']),
  });
  await buildSupply(owner, { account: id, service: 6, method: 'per-person', variant: plain() });
  if (chance.is(0.9)) {
    await buildSupply(owner, { account: id, service: 7, method: 'meter', variant: chance.pick(['marginal', 'whole']) });
    await meter(owner, chance, id, 7, 400);
  }
  await buildSupply(owner, {
    account: id,
    service: 8,
    method: 'fixed',
    variant: plain(),
    ...(chance.is(0.2) ? { to: chance.day('2026-11') } : {}),
  });
}

async function changeArea(owner: Sql, chance: Chance, id: number): Promise<void> {
  const day = chance.day('2026-11');
  await owner.query('update registry.premises_fact set valid = daterange(lower(valid), $2) where premises_id = $1', [
    id,
    day,
  ]);
  await owner.query(
    `insert into registry.premises_fact (premises_id, total_area, heated_area, rooms, dwelling_type, valid, reason, recorded_by)
     values ($1, '44.44', '40.10', 2, 'privatised', daterange($2, null), 'measured', 'test')`,
    [id, day],
  );
}

async function water(owner: Sql, chance: Chance, id: number, service: number): Promise<void> {
  const variant = chance.pick(['std', 'flat-rate']);
  const supply = { account: id, service, variant, equipment: chance.is(0.95) ? 'bath' : 'unknown' };
  if (chance.is(0.15)) {
    const change = chance.day('2026-11');
    await buildSupply(owner, { ...supply, method: 'norm', to: change });
    await buildSupply(owner, { ...supply, method: 'meter', from: change });
    await meter(owner, chance, id, service, 12);
    return;
  }
  if (chance.is(0.15)) {
    const changes = [chance.day('2026-10'), chance.day('2026-11')];
    await buildSupply(owner, { ...supply, method: 'meter', to: changes[0] ?? null });
    await buildSupply(owner, {
      ...supply,
      method: 'meter',
      variant: 'flat-rate',
      from: changes[0] ?? '',
      to: changes[1] ?? null,
    });
    await buildSupply(owner, { ...supply, method: 'meter', from: changes[1] ?? '' });
    await meter(owner, chance, id, service, 12);
    return;
  }
  const method = chance.pick(['meter', 'norm']);
  await buildSupply(owner, { ...supply, method });
  if (method === 'meter' && chance.is(0.95)) await meter(owner, chance, id, service, 12);
}

async function meter(owner: Sql, chance: Chance, id: number, service: number, most: number): Promise<void> {
  const used = (): number => chance.int(0, most * 1000) / 1000;
  let value = chance.is(0.1) ? 99_990 : chance.int(10, 9_000);
  const readings: (readonly [string, string])[] = [];
  for (const period of ['2026-08', '2026-09', '2026-10', '2026-11']) {
    value = (value + used()) % 100_000;
    if (!chance.is(0.2)) readings.push([period, value.toFixed(3)]);
  }
  const installed = chance.pick(['2010-01-01', '2026-03-15', '2026-07-31', '2026-08-20']);
  await buildMeter(owner, { premises: id, service, installed, initial: '3', readings });
  if (chance.is(0.1))
    await buildMeter(owner, {
      premises: id,
      service,
      installed: '2026-11-05',
      initial: '7',
      readings: [['2026-11', '9.125']],
    });
  if (chance.is(0.1))
    await buildMeter(owner, {
      premises: id,
      service,
      installed: '2009-01-01',
      removed: '2026-10-20',
      initial: '0',
      readings: [
        ['2026-09', '50'],
        ['2026-10', '51.5'],
      ],
    });
}

/** Approved absences of everybody or of one person, some of them touching or inside each other. */
async function absence(owner: Sql, chance: Chance, id: number): Promise<void> {
  for (let count = 0; count < (chance.is(0.3) ? chance.int(1, 2) : 0); count += 1) {
    const first = chance.day(chance.pick(['2026-08', '2026-09', '2026-10']));
    await owner.query(
      `insert into metering.absence (id, account_id, premises_id, service_ids, person_ids, first_day, last_day, applied_on, channel, document_kind,
         document_number, document_date, reason, state, made_by)
       select $1, $2, $2, $3::smallint[], case when $4::boolean then (select array_agg(person_id) from (select person_id from registry.residence
         where premises_id = $2 order by person_id limit 1) one) end, $5::date, $5::date + $6::int, $5, 'paper', 'd', 'n', $5, 'r', 'approved', 'test'`,
      [uuid7(), id, chance.pick([[2, 4, 6], [2], [6]]), chance.is(0.5), first, chance.int(31, 70)],
    );
  }
}

/** Acts of the house and of flats: non-delivery and poor quality, also over more than a whole charge. */
async function acts(owner: Sql, chance: Chance, accounts: number): Promise<void> {
  for (let number = 1; number <= 14; number += 1) {
    const isHouse = chance.is(0.2);
    const first = chance.day(chance.pick(['2026-09', '2026-10', '2026-11']));
    await owner.query(
      `insert into metering.quality_act (id, act_number, act_date, service_id, scope, house_id, premises_ids, kind, first_day, last_day, percent, mark,
         reason, state, made_by)
       values ($1, $2, $3, $4, $5, 1, $6, $7, $3::date, $3::date + $8::int, $9, 'needs a lawyer', 'r', 'approved', 'test')`,
      [
        uuid7(),
        `A-${number}`,
        first,
        chance.pick([1, 2, 4, 5, 6, 7, 8]),
        isHouse ? 'house' : 'flat',
        isHouse ? null : Array.from({ length: 9 }, () => chance.int(1, accounts)),
        chance.pick(['non-delivery', 'quality']),
        chance.int(0, 25),
        chance.pick(['3.3', '0.125', '40']),
      ],
    );
  }
}
