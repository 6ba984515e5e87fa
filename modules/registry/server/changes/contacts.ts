import { addDays, DomainError } from '@komplat/kernel';
import { normalPhone, type Vault } from '@komplat/server';
import type { Tx } from '@komplat/server';
import type { ChangeOf } from '../../contract/change.schema.ts';
import type { ChangeWork } from './context.ts';
import { type DatedTable, type Piece, putDated, type Span, type Why } from './dated.ts';
import { personHere } from './people.ts';

export type Channel = ChangeOf<'contact'>['channel'];
const TABLE: DatedTable = { name: 'registry.contact', key: ['person_id', 'channel'], values: ['sealed'] };
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/;
/** The columns of the person in which the value of today is found by search and mail. */
const OF_TODAY: Readonly<Partial<Record<Channel, 'phone' | 'email'>>> = { phone: 'phone', email: 'email' };

export interface ContactPerson {
  readonly id: string;
  readonly wrapped_key: Buffer | null;
}
export interface ContactSpace {
  readonly tx: Pick<Tx, 'query'>;
  readonly vault: Vault;
  readonly today: string;
  readonly why: Why;
}

/** A phone as E.164, an e-mail as it is; refused when it is neither. */
export function contactOf(channel: Channel, text: string): string {
  if (channel === 'email') {
    if (!EMAIL.test(text)) throw new DomainError('registry.email.malformed', {});
    return text;
  }
  const phone = normalPhone(text);
  if (phone === undefined) throw new DomainError('registry.phone.malformed', {});
  return phone;
}

/** What a history shows of a contact: enough to tell two apart. */
const mask = (channel: Channel, value: string): string => (channel === 'email' ? `•••${value.slice(value.indexOf('@'))}` : `•••${value.slice(-2)}`);

/**
 * Puts a contact of a person over a span (null = none), sealed with the key of the person; what was known before the first dated one is
 * kept as true always. The value of today goes to the person, where search and mail look. Answers masked values.
 */
export async function putContact(
  { tx, vault, today, why }: ContactSpace,
  person: ContactPerson,
  channel: Channel,
  span: Span,
  value: string | null,
): Promise<readonly (Span & { readonly before: string | null; readonly after: string | null })[]> {
  const { key, wrapped } = person.wrapped_key ? { key: vault.unwrap(person.wrapped_key), wrapped: person.wrapped_key } : vault.newPersonKey();
  const column = OF_TODAY[channel];
  if (column) {
    await tx.query(
      `insert into registry.contact (person_id, channel, sealed, valid, known, reason, recorded_by)
       select p.id, $2, encode(p.${column}_enc, 'base64'), daterange(null, null), tstzrange(null, null), 'перший відомий', $3 from registry.person p
       where p.id = $1 and p.${column}_enc is not null and not exists (select from registry.contact c where c.person_id = p.id and c.channel = $2)`,
      [person.id, channel, why.by],
    );
  }
  await tx.query('update registry.person set wrapped_key = $2, key_id = $3, version = version + 1 where id = $1', [person.id, wrapped, vault.keyId]);
  const sealed = value === null ? null : vault.seal(key, value).toString('base64');
  const pieces = await putDated(tx, TABLE, { person_id: person.id, channel }, span, () => (sealed === null ? null : { sealed }), why);
  if (column) await keepToday(tx, vault, { person, channel, column, key, today });
  const shown = (part: Piece['before']): string | null =>
    part === null ? null : mask(channel, vault.open(key, Buffer.from(String(part['sealed']), 'base64')));
  return pieces.map(({ from, until, before, after }) => ({ from, until, before: shown(before), after: shown(after) }));
}

async function keepToday(
  tx: Pick<Tx, 'query'>,
  vault: Vault,
  at: { readonly person: ContactPerson; readonly channel: Channel; readonly column: 'phone' | 'email'; readonly key: Buffer; readonly today: string },
): Promise<void> {
  const { person, channel, column, key, today } = at;
  const [row] = await tx.query<{ sealed: string }>(
    'select sealed from registry.contact where person_id = $1 and channel = $2 and upper_inf(known) and valid @> $3::date',
    [person.id, channel, today],
  );
  const sealed = row ? Buffer.from(row.sealed, 'base64') : null;
  const value = sealed && vault.open(key, sealed);
  await tx.query(`update registry.person set ${column}_enc = $2, ${column}_hash = $3 where id = $1`, [
    person.id,
    sealed,
    value === null ? null : vault.blindIndex(column, column === 'email' ? value.toLowerCase() : value),
  ]);
}

/** A phone or an e-mail from a day on; never from a day ahead, because messages go out today. */
export async function changeContact(work: ChangeWork, change: ChangeOf<'contact'>): Promise<void> {
  const person = await personHere(work, change.personId);
  const { channel, from, to } = change;
  if (from > work.today || (to !== undefined && to > work.today)) throw new DomainError('registry.contact.ahead', { day: to ?? from });
  const pieces = await putContact(work, person, channel, work.span(from, to), contactOf(channel, change.value));
  for (const piece of pieces) writeItem(work, channel, person.full_name, piece);
}

/** A phone or an e-mail is no longer theirs from the day after the last one. */
export async function endContact(work: ChangeWork, { personId, channel, lastDay }: ChangeOf<'contact-end'>): Promise<void> {
  const person = await personHere(work, personId);
  const from = addDays(lastDay, 1);
  if (from > work.today) throw new DomainError('registry.contact.ahead', { day: lastDay });
  work.begin(from);
  const pieces = await putContact(work, person, channel, { from, until: null }, null);
  if (pieces.length === 0) throw new DomainError('registry.contact.none', { name: person.full_name, day: lastDay });
  for (const piece of pieces) writeItem(work, channel, person.full_name, piece);
}

/** Two numbers that look alike under the mask are still two: the new one bears a mark. */
function writeItem(work: ChangeWork, channel: Channel, name: string, piece: Span & { readonly before: string | null; readonly after: string | null }): void {
  work.item(channel, name, piece, piece.before, piece.before !== null && piece.before === piece.after ? `${piece.after} ` : piece.after);
}
