import { cityTable, Vault } from '@komplat/server';
import type { BenchDatabase } from './server.ts';

const FLATS = 100;
const CHUNK = 20_000;
const phoneOf = (id: number): string => `+38050${String(1_000_000 + id)}`;

/** A city of so many accounts with names, streets (old names too), phones and meters in the frequencies of the demonstration data. */
export async function loadSearch({ owner }: BenchDatabase, accounts: number): Promise<void> {
  await names(owner);
  for (const sql of [STREETS, STREET_NAMES, OLD_NAMES]) await owner.query(sql, [JSON.stringify(streets())]);
  for (const sql of [HOUSES, PREMISES, PERSONS, ACCOUNTS, METERS]) await owner.query(sql, [accounts]);
  const vault = new Vault(Buffer.from(process.env.KOMPLAT_MASTER_KEY ?? '', 'base64'), process.env.KOMPLAT_MASTER_KEY_ID ?? '2026a');
  for (let first = 1; first <= accounts; first += CHUNK) {
    const ids = Array.from({ length: Math.min(CHUNK, accounts - first + 1) }, (_, index) => first + index);
    await owner.query(PHONES, [ids, ids.map((id) => vault.blindIndex('phone', phoneOf(id)))]);
  }
  await owner.query('drop table public.bench_name');
  await owner.query('vacuum (full, analyze) registry.person');
  await owner.query('analyze');
}

const streets = (): readonly object[] =>
  cityTable('streets').map((row, index) => ({
    id: index + 1,
    code: row.text('street_id'),
    type: row.text('type'),
    short: row.text('type_short'),
    name: row.text('name'),
    old: row.optional('old_name'),
    renamed: row.optional('renamed_on'),
  }));

async function names(owner: BenchDatabase['owner']): Promise<void> {
  const kinds = {
    surname: cityTable('surnames').map((row) => [row.text('masculine'), row.number('weight')] as const),
    given: cityTable('given-names').filter((row) => row.text('sex') === 'M').map((row) => [row.text('name'), row.number('w1970')] as const),
    patronymic: cityTable('father-names').map((row) => [row.text('patronymic_m'), 1] as const),
  };
  await owner.query('create table public.bench_name (kind text, lows float8[], names text[])');
  for (const [kind, list] of Object.entries(kinds)) {
    let low = 0;
    const total = list.reduce((sum, [, weight]) => sum + weight, 0);
    const lows = list.map(([, weight]) => {
      const from = low / total;
      low += weight;
      return from;
    });
    await owner.query('insert into public.bench_name values ($1, $2, $3)', [kind, lows, list.map(([name]) => name)]);
  }
}

const STREETS = `insert into registry.street (id, code, district) select s.id, s.code, 1 + s.id % 9
  from jsonb_to_recordset($1::jsonb) s(id int, code text)`;
const STREET_NAMES = `insert into registry.street_name (street_id, type, type_short, name, valid)
  select s.id, s.type, s.short, s.name, daterange(coalesce(s.renamed, '1997-01-01'), null)
  from jsonb_to_recordset($1::jsonb) s(id int, type text, short text, name text, renamed date)`;
const OLD_NAMES = `insert into registry.street_name (street_id, type, type_short, name, valid)
  select s.id, s.type, s.short, s.old, daterange('1991-01-01', s.renamed)
  from jsonb_to_recordset($1::jsonb) s(id int, type text, short text, old text, renamed date) where s.old is not null and s.renamed is not null`;
const HOUSES = `insert into registry.house (id, code, street_id, number_text, kind, district, year_built, floors, entrances, flats, flats_area, heating, hot_water,
    sewer, stove, postcode)
  select h, 'B' || h, 1 + h % n.streets, (1 + h / n.streets)::text, 'apartment_9', 1 + (h % n.streets + 1) % 9, 1974, 9, 4, ${FLATS}, 5000, 'central', 'central',
    'central', 'gas', '06101'
  from generate_series(1, (($1::int - 1) / ${FLATS}) + 1) h, (select count(*)::int as streets from registry.street) n`;
const PREMISES = `insert into registry.premises (id, house_id, number, kind)
  select g, 1 + (g - 1) / ${FLATS}, (1 + (g - 1) % ${FLATS})::text, 'flat' from generate_series(1, $1::int) g`;
const PERSONS = `insert into registry.person (id, surname, given_name, patronymic, sex)
  select ('00000000-0000-7000-8000-' || lpad(g::text, 12, '0'))::uuid, s.names[width_bucket(random(), s.lows)], n.names[width_bucket(random(), n.lows)],
    f.names[width_bucket(random(), f.lows)], 'm'
  from generate_series(1, $1::int) g, public.bench_name s, public.bench_name n, public.bench_name f
  where s.kind = 'surname' and n.kind = 'given' and f.kind = 'patronymic'`;
const ACCOUNTS = `insert into registry.account (id, number, premises_id, holder_id, opened_on)
  select g, '0' || (1 + g % 9) || lpad(((g::bigint * 7919) % 100000000)::text, 8, '0'), g,
    ('00000000-0000-7000-8000-' || lpad(g::text, 12, '0'))::uuid, '1997-01-01' from generate_series(1, $1::int) g`;
const METERS = `insert into metering.meter (premises_id, service_id, serial, digits, installed_on, initial_value)
  select g, s, (s * 10000000 + g)::text, 5, '2020-01-01', 0 from generate_series(1, $1::int) g, generate_series(1, 2) s`;
const PHONES = `update registry.person p set phone_hash = q.hash from unnest($1::int[], $2::bytea[]) q(id, hash)
  where p.id = ('00000000-0000-7000-8000-' || lpad(q.id::text, 12, '0'))::uuid`;
