import { addDays, DomainError } from '@komplat/kernel';
import type { ChangeOf } from '../../contract/change.schema.ts';
import { compareWithWhole, parseShare, type Share, shareText } from '../../domain/shares.ts';
import type { ChangeWork } from './context.ts';
import { type DatedTable, putDated, type Span } from './dated.ts';
import { personFor, personHere, type PersonRow } from './people.ts';
import { limitOf } from './premises.ts';

const RESIDENCE: DatedTable = { name: 'registry.residence', key: ['premises_id', 'person_id'], values: ['kind'] };
const OWNERSHIP: DatedTable = { name: 'registry.ownership', key: ['premises_id', 'person_id'], values: ['share_num', 'share_den'] };
const HOLDER: DatedTable = { name: 'registry.holder', key: ['account_id'], values: ['person_id'] };
const ADULT_YEARS = 18;

/** Somebody comes to live here. Two residences of one person in one dwelling never overlap. */
export async function addResident(work: ChangeWork, change: ChangeOf<'resident-add'>): Promise<void> {
  const person = await personFor(work, change.person);
  const span = work.span(change.from, change.to);
  mustLive(person, span);
  await mustNotOverlap(work, person, span);
  if (change.residence === 'registered') await mustBeHereOnly(work, person, span);
  const pieces = await putDated(work.tx, RESIDENCE, keyOf(work, person), span, () => ({ kind: change.residence }), work.why);
  work.differences({ kind: 'residence' }, person.full_name, pieces);
  await noteCrowd(work, change.from);
}

const keyOf = (work: ChangeWork, person: PersonRow) => ({ ...work.premises, person_id: person.id });

function mustLive(person: PersonRow, span: Span): void {
  const params = { name: person.full_name, from: span.from ?? '' };
  if (person.birth_date !== null && span.from !== null && span.from < person.birth_date) {
    throw new DomainError('registry.residence.before-birth', { ...params, day: person.birth_date });
  }
  if (person.died_on !== null && (span.until === null || addDays(span.until, -1) > person.died_on)) {
    throw new DomainError('registry.residence.after-death', { ...params, day: person.died_on });
  }
}

async function mustNotOverlap(work: ChangeWork, person: PersonRow, span: Span): Promise<void> {
  const [other] = await work.tx.query<{ lo: string; hi: string | null }>(
    `select lower(valid)::text as lo, (upper(valid) - 1)::text as hi from registry.residence
     where premises_id = $1 and person_id = $2 and upper_inf(known) and valid && daterange($3::date, $4::date) limit 1`,
    [work.account.premisesId, person.id, span.from, span.until],
  );
  if (!other) return;
  throw new DomainError('registry.residence.overlaps', { name: person.full_name, from: other.lo, to: other.hi ?? '…' }, 409);
}

/** Nobody is registered in two places on one day. */
async function mustBeHereOnly(work: ChangeWork, person: PersonRow, span: Span): Promise<void> {
  const [other] = await work.tx.query<{ address: string; lo: string }>(
    `select d.address, lower(r.valid)::text as lo from registry.residence r join registry.pub_address_v1 d on d.premises_id = r.premises_id
     where r.person_id = $2 and r.premises_id <> $1 and r.kind = 'registered' and upper_inf(r.known)
       and r.valid && daterange($3::date, $4::date) limit 1`,
    [work.account.premisesId, person.id, span.from, span.until],
  );
  if (other) throw new DomainError('registry.residence.two-places', { name: person.full_name, address: other.address, from: other.lo }, 409);
}

async function noteCrowd(work: ChangeWork, day: string): Promise<void> {
  const limit = await limitOf(work, 'residents.flat', day);
  const [row] = await work.tx.query<{ count: number }>(
    `select count(*)::int as count from registry.residence where premises_id = $1 and upper_inf(known) and valid @> $2::date and kind <> 'owner'`,
    [work.account.premisesId, day],
  );
  const count = row?.count ?? 0;
  if (limit && count > Number(limit.refuse)) throw new DomainError('registry.rule.residents-limit', { count, limit: limit.refuse });
  if (limit && count > Number(limit.warn)) work.note('residents-limit', { count, limit: limit.warn });
}

/** Somebody no longer lives here from the day after the last one. */
export async function endResidence(work: ChangeWork, { personId, lastDay, why }: ChangeOf<'resident-end'>): Promise<void> {
  const person = await personHere(work, personId);
  const from = addDays(lastDay, 1);
  work.begin(from);
  const pieces = await putDated(work.tx, RESIDENCE, keyOf(work, person), { from, until: null }, () => null, work.why);
  if (pieces.length === 0) throw new DomainError('registry.residence.none', { name: person.full_name, day: lastDay });
  work.differences({ kind: 'residence' }, person.full_name, pieces);
  if (why === 'death' && person.died_on === null) work.note('death-not-recorded', { name: person.full_name });
}

/** A residence with wrong days or kind is written anew. */
export async function correctResidence(work: ChangeWork, change: ChangeOf<'resident-dates'>): Promise<void> {
  const person = await personHere(work, change.personId);
  const key = keyOf(work, person);
  const [old] = await work.tx.query<{ kind: string; hi: string | null }>(
    `select kind, upper(valid)::text as hi from registry.residence where premises_id = $1 and person_id = $2 and upper_inf(known)
       and lower(valid) = $3::date`,
    [work.account.premisesId, person.id, change.was],
  );
  if (!old) throw new DomainError('registry.residence.none', { name: person.full_name, day: change.was });
  const span = work.span(change.from, change.to);
  work.begin(change.from < change.was ? change.from : change.was);
  mustLive(person, span);
  const kind = change.residence ?? old.kind;
  await putDated(work.tx, RESIDENCE, key, { from: change.was, until: old.hi }, () => null, work.why);
  await mustNotOverlap(work, person, span);
  if (kind === 'registered') await mustBeHereOnly(work, person, span);
  await putDated(work.tx, RESIDENCE, key, span, () => ({ kind }), work.why);
  const text = (first: string, until: string | null, what: string): string =>
    `${what} ${first}..${until === null ? '' : addDays(until, -1)}`;
  const whole = { from: change.from < change.was ? change.from : change.was, until: null };
  work.item('residence', person.full_name, whole, text(change.was, old.hi, old.kind), text(change.from, span.until, kind));
  await noteCrowd(work, change.from);
}

/** Another person holds the account from a day on. */
export async function changeHolder(work: ChangeWork, { person: ref, from }: ChangeOf<'holder'>): Promise<void> {
  const person = await personFor(work, ref);
  const span = work.span(from);
  if (from < work.account.openedOn) throw new DomainError('registry.holder.before-opening', { day: work.account.openedOn });
  if (person.died_on !== null && person.died_on <= from) throw new DomainError('registry.holder.dead', { name: person.full_name });
  if (person.birth_date !== null && from < `${Number(person.birth_date.slice(0, 4)) + ADULT_YEARS}${person.birth_date.slice(4)}`) {
    work.note('minor-holder', { name: person.full_name });
  }
  const pieces = await putDated(work.tx, HOLDER, { account_id: work.account.id }, span, () => ({ person_id: person.id }), work.why);
  const names = await work.tx.query<{ id: string; name: string }>(
    `select id, surname || ' ' || given_name || ' ' || patronymic as name from registry.person where id = any($1)`,
    [pieces.map(({ before }) => String(before?.['person_id'] ?? person.id))],
  );
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  for (const piece of pieces) {
    work.item('holder', null, piece, nameOf.get(String(piece.before?.['person_id'])) ?? null, person.full_name);
  }
  await work.tx.query(
    `update registry.account a set holder_id = h.person_id from registry.holder h
     where a.id = $1 and h.account_id = a.id and upper_inf(h.known) and h.valid @> $2::date`,
    [work.account.id, work.today],
  );
}

/** A share of the dwelling over a span; all shares of a day never exceed the whole. */
export async function setOwner(work: ChangeWork, change: ChangeOf<'owner'>): Promise<void> {
  const share = parseShare(change.share);
  if (share.num > share.den) throw new DomainError('registry.ownership.over-whole', { share: change.share });
  const person = await personFor(work, change.person);
  const span = work.span(change.from, change.to);
  const values = { share_num: share.num, share_den: share.den };
  const pieces = await putDated(work.tx, OWNERSHIP, keyOf(work, person), span, () => values, work.why);
  for (const piece of pieces) work.item('share', person.full_name, piece, sharesText(piece.before), shareText(share));
  await checkShares(work);
}

const sharesText = (values: Readonly<Record<string, unknown>> | null): string | null =>
  values ? `${String(values['share_num'])}/${String(values['share_den'])}` : null;

/** A person owns nothing here from the day after the last one. */
export async function endOwner(work: ChangeWork, { personId, lastDay }: ChangeOf<'owner-end'>): Promise<void> {
  const person = await personHere(work, personId);
  const from = addDays(lastDay, 1);
  work.begin(from);
  const pieces = await putDated(work.tx, OWNERSHIP, keyOf(work, person), { from, until: null }, () => null, work.why);
  if (pieces.length === 0) throw new DomainError('registry.ownership.none', { name: person.full_name, day: lastDay });
  for (const piece of pieces) work.item('share', person.full_name, piece, sharesText(piece.before), null);
  await checkShares(work);
}

/** On every day on which a share begins the sum is looked at. */
async function checkShares(work: ChangeWork): Promise<void> {
  const rows = await work.tx.query<Share & { readonly day: string }>(
    `select b.day::text as day, o.share_num as num, o.share_den as den from (
       select distinct lower(valid) as day from registry.ownership where premises_id = $1 and upper_inf(known)) b
     join registry.ownership o on o.premises_id = $1 and upper_inf(o.known) and o.valid @> b.day order by b.day`,
    [work.account.premisesId],
  );
  for (const day of new Set(rows.map((row) => row.day))) {
    const shares = rows.filter((row) => row.day === day);
    const sum = compareWithWhole(shares);
    const params = { day, shares: shares.map(shareText).join(' + ') };
    if (sum > 0) throw new DomainError('registry.ownership.over-whole', { share: params.shares, day });
    if (sum < 0 && day <= work.today) work.note('shares-below-whole', params);
  }
}
