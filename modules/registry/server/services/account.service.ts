import { Inject, Injectable } from '@nestjs/common';
import { conflict, DomainError, formatAccount, isAccountNumber, notFound } from '@komplat/kernel';
import { type Actor, audit, Database, publish, type Tx, Vault } from '@komplat/server';
import type { AccountList, AccountListQuery, AccountView, AsOfQuery, ContactsPatch } from '../../contract/account.schema.ts';
import { accountChanged } from '../../contract/events.ts';
import type { AccountRef, PersonCodes, RegistryApi } from '../../contract/registry.api.ts';
import { contactOf, putContact } from '../changes/contacts.ts';
import { foldName, likePattern } from '../../domain/index.ts';
import { ACCOUNT_VIEW_SQL, VISIBLE } from './account-view.sql.ts';
import { seesPersons, visibleParams } from './visibility.ts';

interface ViewRow {
  readonly [field: string]: unknown;
  readonly id: number;
  readonly number: string;
  readonly version: number;
  readonly district: number;
  readonly openedOn: string;
  readonly closedOn: string | null;
  readonly mergedInto: string | null;
  readonly wrappedKey: Buffer | null;
  readonly phoneEnc: Buffer | null;
  readonly phone2Enc: Buffer | null;
  readonly emailEnc: Buffer | null;
  readonly residents: AccountView['residents'];
  readonly addressOld: AccountView['addressOld'];
  readonly lateFacts: boolean;
}
interface HolderRow {
  readonly id: string;
  readonly name: string;
  readonly wrapped_key: Buffer | null;
  readonly account_version: number;
  readonly accountId: number;
}
const CHANNELS = ['phone', 'email'] as const;
const ADULT_YEARS = 18;

@Injectable()
export class AccountService implements RegistryApi {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  async accountByNumber(number: string): Promise<AccountRef | undefined> {
    const sql = 'select id, number, closed_on as "closedOn" from registry.account where number = $1';
    const [row] = await this.database.query<AccountRef>(sql, [number]);
    return row;
  }

  async personCodes(personIds: readonly string[], { by, subject }: { by: string; subject: string }): Promise<ReadonlyMap<string, PersonCodes>> {
    return this.database.transaction(async (tx) => {
      const rows = await tx.query<{ id: string; wrapped: Buffer | null; tax: Buffer | null; phone: Buffer | null; email: Buffer | null }>(
        'select id, wrapped_key as wrapped, tax_number_enc as tax, phone_enc as phone, email_enc as email from registry.person where id = any($1::uuid[])',
        [personIds],
      );
      await audit(tx, { actor: { login: by }, action: 'registry.person.codes-read', subject, after: { persons: rows.length } });
      return new Map(
        rows.map(({ id, wrapped, tax, phone, email }) => {
          const key = wrapped ? this.vault.unwrap(wrapped) : undefined;
          const open = (sealed: Buffer | null): string | null => (key && sealed ? this.vault.open(key, sealed) : null);
          return [id, { taxNumber: open(tax), phone: open(phone), email: open(email) }];
        }),
      );
    });
  }

  async view(number: string, query: AsOfQuery, actor: Actor): Promise<AccountView> {
    await this.mustSee(number, actor);
    const [day] = await this.database.query<{ today: string }>('select platform.today() as today');
    const asOf = query.asOf ?? day?.today ?? new Date().toISOString().slice(0, 10);
    const knownAt = query.knownAt ? `${query.knownAt}T23:59:59Z` : new Date().toISOString();
    const [row] = await this.database.query<ViewRow>(ACCOUNT_VIEW_SQL, [number, asOf, knownAt]);
    if (!row) throw unknownAccount(number);
    return this.toView(row, asOf, actor);
  }

  async list(query: AccountListQuery, actor: Actor): Promise<AccountList> {
    const pattern = query.q ? `%${likePattern(foldName(query.q))}%` : null;
    const digits = query.q?.replaceAll(/\s/g, '') ?? '';
    const rows = await this.database.query<{ number: string; holder: string; address: string; closed: boolean }>(
      `select a.number, o.full_name as holder, d.address, a.closed_on is not null as closed
       from registry.pub_account_v1 a join registry.pub_holder_v1 o on o.account_id = a.account_id
       join registry.pub_address_v1 d on d.premises_id = a.premises_id
       where ${VISIBLE} and a.number > $5 and ($6::int is null or a.house_id = $6)
         and ($7::text is null or lower(o.full_name) like $7 or lower(d.address) like $7 or ($8 <> '' and a.number like $8 || '%'))
       order by a.number limit $9`,
      [...visibleParams(actor), query.after ?? '', query.house ?? null, pattern, /^\d+$/.test(digits) ? digits : '', query.limit + 1],
    );
    const items = rows.slice(0, query.limit);
    return { items, next: rows.length > query.limit ? (items.at(-1)?.number ?? null) : null };
  }

  /** Changes phone and e-mail of the holder from today on: version checked, audited, event in the same transaction. */
  async changeContacts(number: string, patch: ContactsPatch, actor: Actor): Promise<void> {
    await this.mustSee(number, actor);
    await this.database.transaction(async (tx) => {
      const [holder] = await tx.query<HolderRow>(
        `select o.id, o.surname || ' ' || o.given_name || ' ' || o.patronymic as name, o.wrapped_key, a.version as account_version, a.id as "accountId"
         from registry.account a join registry.person o on o.id = a.holder_id where a.number = $1 for update of o, a`,
        [number],
      );
      if (!holder) throw unknownAccount(number);
      if (holder.account_version !== patch.version) throw conflict('registry.account.changed', await this.lastChange(tx, number, holder.account_version));
      const [day] = await tx.query<{ today: string }>('select platform.today() as today');
      if (!day) throw new DomainError('administration.no-operating-day', {}, 409);
      const why = { reason: patch.reason, document: null, by: actor.login };
      for (const channel of CHANNELS) {
        const value = patch[channel];
        if (value === undefined) continue;
        const pieces = await putContact(
          { tx, vault: this.vault, today: day.today, why }, holder, channel, { from: day.today, until: null }, value === null ? null : contactOf(channel, value),
        );
        await tx.query(
          `insert into registry.field_change (actor, account_id, person_id, field, subject, before, after, valid_from, reason)
           select $1, $2, $3, $4, $5, p.before, p.after, $6, $7 from jsonb_to_recordset($8::jsonb) p (before text, after text)`,
          [actor.login, holder.accountId, holder.id, channel, holder.name, day.today, patch.reason, JSON.stringify(pieces)],
        );
      }
      await tx.query('update registry.account set version = version + 1 where id = $1', [holder.accountId]);
      const fields = CHANNELS.filter((channel) => patch[channel] !== undefined);
      await audit(tx, { actor, action: 'registry.account.contacts', subject: `account/${number}`, after: { fields }, reason: patch.reason });
      await publish(tx, accountChanged, `account/${holder.accountId}`, { accountId: holder.accountId, fields });
    });
  }

  /** Who changed the card last and when: the second of two people is told before being asked to choose. */
  async lastChange(tx: Pick<Tx, 'query'>, number: string, version: number): Promise<Record<string, string | number>> {
    const [row] = await tx.query<{ actor: string; at: Date }>(
      'select actor, at from platform.audit_entry where subject = $1 order by id desc limit 1',
      [`account/${number}`],
    );
    return { version, ...(row ? { by: row.actor, at: row.at.toISOString() } : {}) };
  }

  /** The refusal of a number that is none, was never given, or is now another one. */
  unknown(number: string): DomainError {
    return unknownAccount(number);
  }

  /** Existence is private: an account outside the reader's scope is not there. */
  async mustSee(number: string, actor: Actor): Promise<void> {
    const sql = `select 1 as one from registry.pub_account_v1 a where ${VISIBLE} and a.number = $5`;
    const rows = await this.database.query(sql, [...visibleParams(actor), number]);
    if (rows.length > 0) return;
    const [moved] = await this.database.query<{ now: string }>(
      `select a.number as now from registry.account_alias l join registry.pub_account_v1 a on a.account_id = l.account_id
       where ${VISIBLE} and l.owner = 'former-number' and l.number = $5`,
      [...visibleParams(actor), number],
    );
    if (moved) throw notFound('registry.account.renumbered', { number: formatAccount(number), now: formatAccount(moved.now) });
    throw unknownAccount(number);
  }

  private toView(row: ViewRow, asOf: string, actor: Actor): AccountView {
    const full = seesPersons(actor);
    const key = row.wrappedKey ? this.vault.unwrap(row.wrappedKey) : undefined;
    const reveal = (sealed: Buffer | null): string | null => (full && key && sealed ? this.vault.open(key, sealed) : null);
    const text = (field: string): string => String(row[field] ?? '');
    const whole = (field: string): number => Number(row[field] ?? 0);
    return {
      id: row.id,
      number: row.number,
      version: row.version,
      asOf,
      address: text('address'),
      addressOld: row.addressOld,
      holder: { id: text('holderId'), fullName: text('holderName'), phone: reveal(row.phoneEnc), phone2: reveal(row.phone2Enc), email: reveal(row.emailEnc) },
      premises: {
        id: whole('premisesId'),
        kind: row.premisesKind as AccountView['premises']['kind'],
        totalArea: text('totalArea'),
        heatedArea: text('heatedArea'),
        rooms: whole('rooms'),
        dwellingType: text('dwellingType'),
      },
      house: {
        id: whole('houseId'), code: text('houseCode'), kind: text('houseKind'), yearBuilt: whole('yearBuilt'), floors: whole('floors'),
        heating: text('heating'), hotWater: text('hotWater'), stove: text('stove'),
      },
      openedOn: row.openedOn,
      closedOn: row.closedOn,
      mergedInto: row.mergedInto,
      aliases: row.aliases as AccountView['aliases'],
      residents: full ? row.residents : row.residents.map((resident) => ({ ...resident, fullName: null, birthDate: null })),
      residentCount: row.residents.length,
      flags: flagsOf(row, asOf),
    };
  }
}

function flagsOf(row: ViewRow, asOf: string): AccountView['flags'] {
  const registered = row.residents.filter((resident) => resident.kind === 'registered');
  const adultBefore = `${Number(asOf.slice(0, 4)) - ADULT_YEARS}${asOf.slice(4)}`;
  const minorsOnly = registered.length > 0 && registered.every(({ birthDate }) => birthDate !== null && birthDate > adultBefore);
  return [
    ...(row.closedOn ? (['closed'] as const) : []),
    ...(registered.length === 0 ? (['nobody-registered'] as const) : []),
    ...(minorsOnly ? (['minor-only'] as const) : []),
    ...(row.addressOld.length > 0 ? (['renamed-street'] as const) : []),
    ...(row.lateFacts ? (['late-facts'] as const) : []),
  ];
}

const unknownAccount = (number: string): DomainError =>
  isAccountNumber(number)
    ? notFound('registry.account.unknown', { number: formatAccount(number) })
    : notFound('registry.account.check-digit', { number: formatAccount(number) });
