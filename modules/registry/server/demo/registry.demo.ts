import { makeAccountNumber, Period } from '@komplat/kernel';
import type { DemoCity, DemoData } from '@komplat/plugin-api';
import {
  caseAccount,
  type Cell,
  copyRows,
  Database,
  dayAfter,
  DemoRandom,
  sideBySide,
  type Tx,
  Vault,
  generously,
} from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { type FlatPlan, planFlats } from './flats.ts';
import { HouseholdBuilder, type HouseholdPlan } from './household.ts';
import type { MoveReason } from './moves.ts';
import { type HousePlan, planCity } from './plan.ts';
import { openedOn, sampleAliases, streetNames } from './streets.ts';

const [BY, REASON] = ['city', 'перенесення даних'];
const REASONS: Readonly<Record<MoveReason, string>> = {
  birth: 'народження',
  death: 'смерть',
  departure: 'вибуття',
  arrival: 'прибуття',
  sale: 'продаж житла',
};
const CHUNK = 1_000;
const metres = (hundredths: number): string => (hundredths / 100).toFixed(2);

interface AccountPlan {
  readonly id: number;
  readonly number: string;
  readonly house: HousePlan;
  readonly flat: FlatPlan;
  readonly household: HouseholdPlan;
}

/** Streets with their names, houses, premises, people, accounts and their aliases. */
@Injectable()
export class RegistryDemo implements DemoData {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  async create(city: DemoCity): Promise<void> {
    const plan = planCity(city.accounts);
    await this.database.transaction(async (tx) => {
      await generously(tx);
      await copyRows(
        tx,
        'registry.street (id, code, district)',
        plan.streets.map((street) => [street.id, street.code, street.district]),
      );
      await copyRows(
        tx,
        'registry.street_name (street_id, type, type_short, name, valid, act)',
        streetNames(plan.streets),
      );
      const streetIds = new Map(plan.streets.map((street) => [street.code, street.id]));
      await copyRows(
        tx,
        HOUSE_TARGET,
        plan.houses.map((house) => houseRow(house, streetIds.get(house.streetCode) ?? 0)),
      );
    });
    let done = 0;
    await sideBySide(pieces(planAccounts(city, plan.houses), CHUNK), async (accounts) => {
      await this.database.transaction((tx) => this.write(tx, accounts));
      done += accounts.length;
      if (done % (CHUNK * 20) === 0) city.note(`registry: ${done} / ${city.accounts}`);
    });
    await this.database.transaction(async (tx) => {
      await copyRows(tx, 'registry.account_alias (account_id, owner, number, valid)', sampleAliases(city.accounts));
    });
    city.note(`registry: ${plan.houses.length} houses, ${city.accounts} accounts`);
  }

  private async write(tx: Tx, accounts: readonly AccountPlan[]): Promise<void> {
    await generously(tx);
    await copyRows(tx, 'registry.premises (id, house_id, number, kind, floor)', map(accounts, premisesRow));
    await copyRows(tx, FACT_TARGET, map(accounts, factRow));
    await copyRows(tx, PERSON_TARGET, this.personRows(accounts));
    await copyRows(
      tx,
      'registry.account (id, number, premises_id, holder_id, opened_on)',
      map(accounts, (account) => [
        account.id,
        account.number,
        account.id,
        holderId(account),
        account.household.openedOn,
      ]),
    );
    await copyRows(tx, RESIDENCE_TARGET, residenceRows(accounts));
    await copyRows(tx, OWNERSHIP_TARGET, ownershipRows(accounts));
  }

  private *personRows(accounts: readonly AccountPlan[]): Generator<readonly Cell[]> {
    for (const { household } of accounts) {
      for (const person of household.persons) {
        const { key, wrapped } = this.vault.newPersonKey();
        const { phone, taxNumber } = person;
        yield [
          person.id,
          person.surname,
          person.given,
          person.patronymic,
          person.sex,
          person.birthDate,
          wrapped,
          this.vault.keyId,
          taxNumber ? this.vault.seal(key, taxNumber) : null,
          taxNumber ? this.vault.blindIndex('tax-number', taxNumber) : null,
          phone ? this.vault.seal(key, phone) : null,
          phone ? this.vault.blindIndex('phone', phone) : null,
        ];
      }
    }
  }
}

function* planAccounts(city: DemoCity, houses: readonly HousePlan[]): Generator<AccountPlan> {
  const households = new HouseholdBuilder();
  const today = `${city.current}-23`;
  const historyFrom = Period.parse(city.current).plus(-city.months).firstDay;
  const minor = caseAccount('minor_alone', city.accounts);
  const nobody = caseAccount('empty_with_debt', city.accounts);
  for (const house of houses) {
    const flats = planFlats(house, new DemoRandom(city.seed, 'flats', house.code));
    for (let index = 0; index < house.accounts; index += 1) {
      const id = house.firstAccount + index;
      const random = new DemoRandom(city.seed, 'household', id);
      const flat = flats[index];
      if (!flat) throw new RangeError(`house ${house.code} has no flat ${index + 1}`);
      const opened = openedOn(id, house.row.number('year_built'), random.next(), today);
      const frame = { account: id, today, openedOn: opened, historyFrom, minorAlone: id === minor, nobody: id === nobody };
      const household = households.build(frame, random);
      yield { id, number: makeAccountNumber(house.district, id), house, flat, household };
    }
  }
}

const HOUSE_TARGET = `registry.house (id, code, street_id, number_text, kind, district, year_built, floors,
  entrances, flats,
  flats_area, non_residential_area, common_area, lift, heating, hot_water, sewer, stove, gas_water_heater, postcode)`;
const FACT_TARGET = `registry.premises_fact (premises_id, total_area, heated_area, rooms, dwelling_type, valid,
  known, reason,
  recorded_by)`;
const PERSON_TARGET = `registry.person (id, surname, given_name, patronymic, sex, birth_date, wrapped_key, key_id,
  tax_number_enc, tax_number_hash, phone_enc, phone_hash)`;
const RESIDENCE_TARGET = `registry.residence (premises_id, person_id, kind, valid, known, reason, recorded_by)`;

function houseRow(house: HousePlan, streetId: number): readonly Cell[] {
  const { row } = house;
  return [
    house.id,
    house.code,
    streetId,
    row.text('number_text'),
    row.text('kind'),
    house.district,
    row.number('year_built'),
    row.number('floors'),
    row.number('entrances'),
    row.number('flats'),
    row.text('flats_area_m2'),
    row.number('non_residential_m2'),
    row.number('common_area_m2'),
    row.yes('lift'),
    row.text('heating'),
    row.text('hot_water'),
    row.text('sewer'),
    row.text('stove'),
    row.yes('gas_water_heater'),
    house.postcode,
  ];
}

const premisesRow = ({ id, house, flat }: AccountPlan): readonly Cell[] => [
  id,
  house.id,
  flat.number,
  flat.kind,
  flat.floor,
];

function factRow({ id, flat, household }: AccountPlan): readonly Cell[] {
  const since = household.openedOn;
  const areas = [metres(flat.area), metres(flat.heatedArea)];
  return [id, ...areas, flat.rooms, flat.dwellingType, `[${since},)`, knownSince(since), REASON, BY];
}

function* residenceRows(accounts: readonly AccountPlan[]): Generator<readonly Cell[]> {
  for (const { id, household } of accounts) {
    for (const { person, from, until, reason } of household.residences) {
      const resident = household.persons[person];
      if (!resident) throw new RangeError('a residence without a person');
      yield [id, resident.id, 'registered', `[${from},${until ?? ''})`, knownSince(from), reason ? REASONS[reason] : REASON, BY];
    }
  }
}

const OWNERSHIP_TARGET = `registry.ownership (premises_id, person_id, share_num, share_den, valid, known, reason, document, recorded_by)`;
const OWNED = new Set(['privatised', 'cooperative', 'private']);
const [TITLE, ADULT_DAYS, EVERY] = ['свідоцтво про право власності', -18 * 366, 3];

/** What is owned belongs to the holder; in every third dwelling by halves with another adult of the household. */
function* ownershipRows(accounts: readonly AccountPlan[]): Generator<readonly Cell[]> {
  for (const { id, flat, household } of accounts) {
    if (!OWNED.has(flat.dwellingType)) continue;
    const since = household.openedOn;
    const [holder, other] = household.persons;
    const lives = household.residences.some(({ person, until }) => person === 1 && until === null);
    const shared = id % EVERY === 0 && lives && other !== undefined && other.birthDate < dayAfter(since, ADULT_DAYS);
    const owners = shared ? [holder, other] : [holder];
    for (const owner of owners) {
      if (owner) yield [id, owner.id, 1, owners.length, `[${since},)`, knownSince(since), REASON, TITLE, BY];
    }
  }
}

/** Known to the Centre from the morning of the day on. */
const knownSince = (day: string): string => `[${day} 06:00:00+00,)`;

function holderId(account: AccountPlan): string {
  const holder = account.household.persons[0];
  if (!holder) throw new RangeError('an account without a holder');
  return holder.id;
}

function* map<T>(items: Iterable<T>, row: (item: T) => readonly Cell[]): Generator<readonly Cell[]> {
  for (const item of items) yield row(item);
}

function* pieces<T>(items: Iterable<T>, size: number): Generator<readonly T[]> {
  let piece: T[] = [];
  for (const item of items) {
    piece.push(item);
    if (piece.length < size) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}
