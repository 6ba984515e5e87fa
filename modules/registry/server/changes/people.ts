import { addDays, DomainError } from '@komplat/kernel';
import { uuid7 } from '@komplat/server';
import type { ChangeOf, NewPerson, PersonRef } from '../../contract/change.schema.ts';
import { taxNumberFlaw } from '../../domain/tax-number.ts';
import { type ChangeWork, MASK } from './context.ts';
import { type DatedTable, putDated } from './dated.ts';

const NAMES: DatedTable = { name: 'registry.person_name', key: ['person_id'], values: ['surname', 'given_name', 'patronymic'] };
const CONSENT: DatedTable = { name: 'registry.consent', key: ['person_id', 'purpose'], values: ['given'] };
const NAME_FIELDS = { surname: 'surname', given_name: 'given-name', patronymic: 'patronymic' };

export interface PersonRow {
  readonly id: string;
  readonly surname: string;
  readonly given_name: string;
  readonly patronymic: string;
  readonly full_name: string;
  readonly sex: 'm' | 'f';
  readonly birth_date: string | null;
  readonly died_on: string | null;
  readonly wrapped_key: Buffer | null;
}

/** A person by id, or `registry.person.unknown`; the row is held until the end of the transaction. */
export async function personOf(work: ChangeWork, id: string): Promise<PersonRow> {
  const [row] = await work.tx.query<PersonRow>(
    `select id, surname, given_name, patronymic, surname || ' ' || given_name || ' ' || patronymic as full_name, sex, birth_date, died_on,
       wrapped_key from registry.person where id = $1 for update`,
    [id],
  );
  if (!row) throw new DomainError('registry.person.unknown', {}, 404);
  return row;
}

/** Somebody who has to do with this dwelling: lives or lived there, owns or owned it, held the account. */
export async function personHere(work: ChangeWork, id: string): Promise<PersonRow> {
  const [found] = await work.tx.query<{ here: boolean }>(
    `select exists (select 1 from registry.residence where premises_id = $1 and person_id = $3)
       or exists (select 1 from registry.ownership where premises_id = $1 and person_id = $3)
       or exists (select 1 from registry.holder where account_id = $2 and person_id = $3) as here`,
    [work.account.premisesId, work.account.id, id],
  );
  if (!found?.here) throw new DomainError('registry.person.not-here', { number: work.account.number }, 404);
  return personOf(work, id);
}

/** Takes somebody known, or writes somebody new; the personal fields are sealed by a key of their own. */
export async function personFor(work: ChangeWork, ref: PersonRef): Promise<PersonRow> {
  if ('id' in ref) return personHere(work, ref.id);
  checkBirth(work, ref.birthDate);
  const id = uuid7();
  const { key, wrapped } = work.vault.newPersonKey();
  if (ref.taxNumber !== undefined) await checkTaxNumber(work, ref.taxNumber, ref, id);
  await work.tx.query(
    `insert into registry.person (id, surname, given_name, patronymic, sex, birth_date, wrapped_key, key_id, tax_number_enc, tax_number_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      id, ref.surname, ref.givenName, ref.patronymic, ref.sex, ref.birthDate, wrapped, work.vault.keyId,
      ref.taxNumber === undefined ? null : work.vault.seal(key, ref.taxNumber),
      ref.taxNumber === undefined ? null : work.vault.blindIndex('tax-number', ref.taxNumber),
    ],
  );
  return personOf(work, id);
}

function checkBirth(work: ChangeWork, birthDate: string): void {
  if (birthDate > work.today) throw new DomainError('registry.person.born-later', { day: birthDate });
  if (birthDate < `${Number(work.today.slice(0, 4)) - 120}${work.today.slice(4)}`) {
    throw new DomainError('registry.person.too-old', { day: birthDate });
  }
}

async function checkTaxNumber(
  work: ChangeWork,
  number: string,
  person: Pick<NewPerson, 'birthDate' | 'sex'> | { readonly birthDate: string | null; readonly sex: 'm' | 'f' },
  id: string,
): Promise<void> {
  const flaw = taxNumberFlaw(number, person);
  if (flaw) throw new DomainError(`registry.tax-number.${flaw}`, {});
  const [other] = await work.tx.query<{ number: string | null }>(
    `select (select a.number from registry.account a where a.holder_id = p.id order by a.id limit 1) as number
     from registry.person p where p.tax_number_hash = $1 and p.id <> $2 limit 1`,
    [work.vault.blindIndex('tax-number', number), id],
  );
  if (other) throw new DomainError('registry.tax-number.taken', { number: other.number ?? '—' }, 409);
}

/** Names with their day; birth date, code and death as they are from now on. */
export async function changePerson(work: ChangeWork, change: ChangeOf<'person'>): Promise<void> {
  const person = await personHere(work, change.personId);
  const { surname, givenName, patronymic, from } = change;
  work.begin(from);
  if (surname !== undefined || givenName !== undefined || patronymic !== undefined) await rename(work, person, change);
  if (change.birthDate !== undefined) await changeBirth(work, person, change.birthDate);
  if (change.taxNumber !== undefined) await changeTaxNumber(work, person, change.taxNumber, change.birthDate ?? person.birth_date);
  if (change.diedOn !== undefined) await changeDeath(work, person, change.diedOn);
}

async function rename(work: ChangeWork, person: PersonRow, { surname, givenName, patronymic, from }: ChangeOf<'person'>): Promise<void> {
  if (from > work.today) throw new DomainError('registry.person.name-ahead', { day: from });
  const { surname: oldSurname, given_name, patronymic: oldPatronymic } = person;
  await work.tx.query(
    `insert into registry.person_name (person_id, surname, given_name, patronymic, valid, known, reason, recorded_by)
     select $1, $2, $3, $4, daterange(null, null), tstzrange(null, null), 'перше відоме ім’я', $5
     where not exists (select 1 from registry.person_name where person_id = $1)`,
    [person.id, oldSurname, given_name, oldPatronymic, work.actor.login],
  );
  const patch = {
    ...(surname === undefined ? {} : { surname }),
    ...(givenName === undefined ? {} : { given_name: givenName }),
    ...(patronymic === undefined ? {} : { patronymic }),
  };
  const span = work.span(from);
  const pieces = await putDated(work.tx, NAMES, { person_id: person.id }, span, (old) => ({ ...old, ...patch }), work.why);
  await work.tx.query(
    `update registry.person p set surname = n.surname, given_name = n.given_name, patronymic = n.patronymic, version = p.version + 1
     from registry.person_name n where p.id = $1 and n.person_id = p.id and upper_inf(n.known) and n.valid @> $2::date`,
    [person.id, work.today],
  );
  work.differences(NAME_FIELDS, person.full_name, pieces);
}

async function changeBirth(work: ChangeWork, person: PersonRow, day: string): Promise<void> {
  checkBirth(work, day);
  await work.tx.query('update registry.person set birth_date = $2, version = version + 1 where id = $1', [person.id, day]);
  work.item('birth-date', person.full_name, { from: null, until: null }, person.birth_date, day);
}

async function changeTaxNumber(work: ChangeWork, person: PersonRow, number: string, birthDate: string | null): Promise<void> {
  await checkTaxNumber(work, number, { birthDate, sex: person.sex }, person.id);
  const { key, wrapped } = person.wrapped_key
    ? { key: work.vault.unwrap(person.wrapped_key), wrapped: person.wrapped_key }
    : work.vault.newPersonKey();
  const [old] = await work.tx.query<{ had: boolean }>(
    'select tax_number_hash is not null as had from registry.person where id = $1',
    [person.id],
  );
  await work.tx.query(
    `update registry.person set wrapped_key = $2, key_id = $3, tax_number_enc = $4, tax_number_hash = $5, tax_number_flaw = null,
       no_tax_number = false, version = version + 1 where id = $1`,
    [person.id, wrapped, work.vault.keyId, work.vault.seal(key, number), work.vault.blindIndex('tax-number', number)],
  );
  work.item('tax-number', person.full_name, { from: null, until: null }, old?.had ? MASK : null, `${MASK} `);
}

/** The dead live nowhere from the next day on. */
async function changeDeath(work: ChangeWork, person: PersonRow, day: string): Promise<void> {
  if (day > work.today) throw new DomainError('registry.person.died-ahead', { day });
  if (person.birth_date !== null && day < person.birth_date) throw new DomainError('registry.person.died-before-birth', { day });
  await work.tx.query('update registry.person set died_on = $2, version = version + 1 where id = $1', [person.id, day]);
  work.item('died-on', person.full_name, { from: day, until: null }, person.died_on, day);
  const homes = await work.tx.query<{ premises_id: number; kind: string }>(
    `select distinct premises_id, kind from registry.residence where person_id = $1 and upper_inf(known) and valid && daterange($2::date, null)`,
    [person.id, addDays(day, 1)],
  );
  for (const { premises_id, kind } of homes) {
    const table: DatedTable = { name: 'registry.residence', key: ['premises_id', 'person_id'], values: ['kind'] };
    const key = { premises_id, person_id: person.id };
    const pieces = await putDated(work.tx, table, key, { from: addDays(day, 1), until: null }, () => null, work.why);
    if (pieces.length > 0) work.begin(addDays(day, 1));
    work.item('residence', person.full_name, { from: addDays(day, 1), until: null }, kind, null);
  }
  if (work.account.holderId === person.id) work.note('dead-holder', { name: person.full_name });
}

/** What a person allows or no longer allows, by purpose. */
export async function changeConsent(work: ChangeWork, { personId, purpose, given, from }: ChangeOf<'consent'>): Promise<void> {
  const person = await personHere(work, personId);
  const key = { person_id: person.id, purpose };
  const pieces = await putDated(work.tx, CONSENT, key, work.span(from), () => ({ given }), work.why);
  work.differences({ given: `consent-${purpose}` }, person.full_name, pieces);
}
