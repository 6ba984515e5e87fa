import { addDays, conflict, dec, DomainError, notFound } from '@komplat/kernel';
import { type Actor, audit, Database, readList, scopeValues, seesEverything, type Tx } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import {
  type AddHouse, type AddStreet, type ChangeHouse, type HouseItem, type HouseList, type HousePassport, type HouseView, type PlaceDone, type PlacesQuery,
  type PutEntrance, STREET_TYPES, type StreetItem, type StreetList, type StreetName,
} from '../../contract/place.schema.ts';
import { type DatedTable, putDated, type Values, type Why } from '../changes/dated.ts';
import { seesDistrict } from '../services/visibility.ts';
import { HOUSE, HOUSES, STREETS } from './place-lists.ts';

const PASSPORT = [
  'kind', 'floors', 'entrances', 'flats', 'flats_area', 'non_residential_area', 'common_area', 'lift', 'heating', 'hot_water', 'sewer', 'stove', 'postcode',
] as const;
const FACT: DatedTable = { name: 'registry.house_fact', key: ['house_id'], values: PASSPORT };
const ENTRANCE: DatedTable = { name: 'registry.entrance', key: ['house_id', 'number'], values: ['first_flat', 'last_flat', 'lift'] };
const COLUMNS = PASSPORT.join(', ');
/** One writer at a time gives numbers to streets and houses. */
const NUMBERING = `select pg_advisory_xact_lock(hashtext('registry.places'))`;

type Reasoned = { readonly reason: string; readonly document?: string | undefined };
const whyOf = ({ reason, document }: Reasoned, actor: Actor): Why => ({ reason, document: document ?? null, by: actor.login });
const valuesOf = (passport: HousePassport): Record<(typeof PASSPORT)[number], string | number | boolean> => ({
  kind: passport.kind,
  floors: passport.floors,
  entrances: passport.entrances,
  flats: passport.flats,
  flats_area: dec(passport.flatsArea).toFixed(2),
  non_residential_area: dec(passport.nonResidentialArea).toFixed(2),
  common_area: dec(passport.commonArea).toFixed(2),
  lift: passport.lift,
  heating: passport.heating,
  hot_water: passport.hotWater,
  sewer: passport.sewer,
  stove: passport.stove,
  postcode: passport.postcode,
});

/** Streets with their names over time, houses with their passports and entrances. */
@Injectable()
export class PlaceService {
  constructor(@Inject(Database) private readonly database: Database) {}

  async streets({ q, ...ask }: PlacesQuery, actor: Actor): Promise<StreetList> {
    const { rows, ...rest } = await readList<StreetItem>(this.database, STREETS, [districtsOf(actor), q ?? null], ask);
    return { items: [...rows], ...rest };
  }

  async houses({ q, ...ask }: PlacesQuery, actor: Actor): Promise<HouseList> {
    const { rows, ...rest } = await readList<HouseItem>(this.database, HOUSES, [districtsOf(actor), q ?? null], ask);
    return { items: [...rows], ...rest };
  }

  async house(id: number, actor: Actor): Promise<HouseView> {
    const [row] = await this.database.query<HouseView & { readonly district: number }>(HOUSE, [id]);
    if (!row || !seesDistrict(actor, row.district)) throw notFound('registry.house.unknown', { id });
    return row;
  }

  async addStreet({ district, from, act, type, name, ...why }: AddStreet, actor: Actor): Promise<PlaceDone> {
    if (!seesDistrict(actor, district)) throw new DomainError('registry.place.other-district', { district }, 403);
    return this.database.transaction(async (tx) => {
      await tx.query(NUMBERING);
      await nameIsFree(tx, type, name, from, null);
      const [made] = await tx.query<PlaceDone>(
        `insert into registry.street (id, code, district)
         select m.id, 'N' || lpad(m.id::text, 3, '0'), $1 from (select coalesce(max(id), 0) + 1 as id from registry.street) m returning id`,
        [district],
      );
      const id = made?.id ?? 0;
      await insertName(tx, { id, type, name, from, act });
      await audit(tx, { actor, action: 'registry.street.add', subject: `street/${id}`, after: { type, name, from, act }, reason: why.reason });
      return { id };
    });
  }

  /** The old name ends the day before; cards and bills show both. */
  async renameStreet(id: number, { from, act, type, name, ...why }: StreetName, actor: Actor): Promise<PlaceDone> {
    return this.database.transaction(async (tx) => {
      const [old] = await tx.query<{ since: string | null; name: string; district: number }>(
        `select lower(n.valid)::text as since, n.type || ' ' || n.name as name, s.district::int as district
         from registry.street s join registry.street_name n on n.street_id = s.id and upper_inf(n.valid) where s.id = $1 for update of s`,
        [id],
      );
      if (!old || !seesDistrict(actor, old.district)) throw notFound('registry.street.unknown', { id });
      if (old.since !== null && from <= old.since) throw conflict('registry.street.renamed-later', { from, since: old.since, name: old.name });
      await nameIsFree(tx, type, name, from, id);
      await tx.query('update registry.street_name set valid = daterange(lower(valid), $2::date) where street_id = $1 and upper_inf(valid)', [id, from]);
      await insertName(tx, { id, type, name, from, act });
      const change = { before: old.name, after: { type, name, from, act } };
      await audit(tx, { actor, action: 'registry.street.rename', subject: `street/${id}`, ...change, reason: why.reason });
      return { id };
    });
  }

  async addHouse({ streetId, number, yearBuilt, reason, document, ...passport }: AddHouse, actor: Actor): Promise<PlaceDone> {
    checkPassport(passport);
    return this.database.transaction(async (tx) => {
      await tx.query(NUMBERING);
      const [street] = await tx.query<{ district: number }>('select district::int as district from registry.street where id = $1', [streetId]);
      if (!street || !seesDistrict(actor, street.district)) throw notFound('registry.street.unknown', { id: streetId });
      const [twin] = await tx.query<{ code: string }>(
        'select code from registry.house where street_id = $1 and lower(number_text) = lower($2)', [streetId, number],
      );
      if (twin) throw conflict('registry.house.number-taken', { number, code: twin.code });
      const values = valuesOf(passport);
      const [made] = await tx.query<PlaceDone>(
        `insert into registry.house (id, code, street_id, number_text, district, year_built, ${COLUMNS})
         select m.id, 'N0001-' || m.added, $1, $2, $3, $4, ${PASSPORT.map((_, at) => `$${at + 5}`).join(', ')}
         from (select coalesce(max(id), 0) + 1 as id, count(*) filter (where code like 'N0001-%') + 1 as added from registry.house) m returning id`,
        [streetId, number, street.district, yearBuilt, ...PASSPORT.map((column) => values[column])],
      );
      const id = made?.id ?? 0;
      await audit(tx, { actor, action: 'registry.house.add', subject: `house/${id}`, after: { streetId, number, document, ...passport }, reason });
      return { id };
    });
  }

  /** The passport from a day on; the first change keeps beside it what was loaded. */
  async changeHouse(id: number, { from, reason, document, ...passport }: ChangeHouse, actor: Actor): Promise<PlaceDone> {
    checkPassport(passport);
    return this.database.transaction(async (tx) => {
      await this.lockHouse(tx, id, actor);
      await tx.query(
        `insert into registry.house_fact (house_id, ${COLUMNS}, valid, reason, recorded_by)
         select id, ${COLUMNS}, daterange(null, null), 'перенесення даних', 'load' from registry.house h
         where id = $1 and not exists (select from registry.house_fact f where f.house_id = h.id)`,
        [id],
      );
      const values: Values = valuesOf(passport);
      const pieces = await putDated(tx, FACT, { house_id: id }, { from, until: null }, () => values, whyOf({ reason, document }, actor));
      const isSame = pieces.every(({ before }) => before !== null && PASSPORT.every((column) => String(before[column]) === String(values[column])));
      if (isSame) throw new DomainError('registry.change.nothing', {});
      await tx.query(
        `update registry.house h set (${COLUMNS}) = (select ${PASSPORT.map((column) => `f.${column}`).join(', ')} from registry.house_fact f
           where f.house_id = h.id and upper_inf(f.known) and f.valid @> platform.today()) where h.id = $1`,
        [id],
      );
      await audit(tx, { actor, action: 'registry.house.change', subject: `house/${id}`, after: { from, document, ...passport }, reason });
      return { id };
    });
  }

  async putEntrance(id: number, { number, firstFlat, lastFlat, lift, from, ...why }: PutEntrance, actor: Actor): Promise<PlaceDone> {
    if (lastFlat < firstFlat) throw new DomainError('registry.entrance.flats', { first: firstFlat, last: lastFlat });
    return this.database.transaction(async (tx) => {
      const house = await this.lockHouse(tx, id, actor);
      if (number > house.entrances) throw new DomainError('registry.entrance.above-passport', { number, entrances: house.entrances });
      const [other] = await tx.query<{ number: number }>(
        `select number from registry.entrance where house_id = $1 and number <> $2 and upper_inf(known) and valid && daterange($3::date, null)
           and int4range(first_flat, last_flat, '[]') && int4range($4, $5, '[]') order by number limit 1`,
        [id, number, from, firstFlat, lastFlat],
      );
      if (other) throw conflict('registry.entrance.overlap', { number, other: other.number, first: firstFlat, last: lastFlat });
      const values = { first_flat: firstFlat, last_flat: lastFlat, lift };
      await putDated(tx, ENTRANCE, { house_id: id, number }, { from, until: null }, () => values, whyOf(why, actor));
      await audit(tx, { actor, action: 'registry.entrance.put', subject: `house/${id}`, after: { number, from, ...values }, reason: why.reason });
      return { id };
    });
  }

  private async lockHouse(tx: Tx, id: number, actor: Actor): Promise<{ readonly entrances: number }> {
    const [house] = await tx.query<{ district: number; entrances: number }>(
      'select district::int as district, entrances::int as entrances from registry.house where id = $1 for update', [id],
    );
    if (!house || !seesDistrict(actor, house.district)) throw notFound('registry.house.unknown', { id });
    return house;
  }
}

const districtsOf = (actor: Actor): string[] | null => (seesEverything(actor) ? null : scopeValues(actor, 'district'));

/** What a passport cannot say: no area, or more entrances than flats. */
function checkPassport({ flatsArea, entrances, flats }: HousePassport): void {
  if (dec(flatsArea).lte(0)) throw new DomainError('registry.rule.area-zero', {});
  if (entrances > flats) throw new DomainError('registry.house.entrances-over-flats', { entrances, flats });
}

interface Named {
  readonly id: number;
  readonly type: string;
  readonly name: string;
  readonly from: string;
  readonly act: string;
}
async function insertName(tx: Tx, { id, type, name, from, act }: Named): Promise<void> {
  const [, short] = Object.entries(STREET_TYPES).find(([long]) => long === type) ?? [];
  await tx.query(
    `insert into registry.street_name (street_id, type, type_short, name, valid, act) values ($1, $2, $3, $4, daterange($5::date, null), $6)`,
    [id, type, short, name, from, act],
  );
}

/** Two streets of one kind and name at a time could not be told apart in an address. */
async function nameIsFree(tx: Tx, type: string, name: string, from: string, except: number | null): Promise<void> {
  const [other] = await tx.query<{ code: string; to: string | null }>(
    `select s.code, upper(n.valid)::text as "to" from registry.street_name n join registry.street s on s.id = n.street_id
     where n.type = $1 and lower(n.name) = lower($2) and n.valid && daterange($3::date, null) and n.street_id is distinct from $4 limit 1`,
    [type, name, from, except],
  );
  if (other) throw conflict('registry.street.name-taken', { name: `${type} ${name}`, code: other.code, until: other.to ? addDays(other.to, -1) : '…' });
}
