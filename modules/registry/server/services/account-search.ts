import { Inject, Injectable } from '@nestjs/common';
import { formatAccount } from '@komplat/kernel';
import type { SearchHit, SearchReader, SearchSource } from '@komplat/plugin-api';
import { Database, normalPhone, seesEverything, Vault } from '@komplat/server';
import { foldName, likePattern } from '../../domain/index.ts';
import { VISIBLE } from './account-view.sql.ts';
import { visibleParams } from './visibility.ts';

interface HitRow {
  readonly number: string;
  readonly full_name: string;
  readonly address: string;
  readonly matched: string;
}
/** A reader with a limited scope gets the first of more hits. */
const WIDER = 10;
const DIGITS = /^\d{4,10}$/;

/** Account by number, alias, phone, name, or address with the new and the old street name. */
@Injectable()
export class AccountSearch implements SearchSource {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  async search(tokens: readonly string[], limit: number, reader: SearchReader): Promise<readonly SearchHit[]> {
    if (seesEverything(reader)) return this.find(tokens, limit);
    const found = await this.find(tokens, limit * WIDER);
    const visible = await this.database.query<{ href: string }>(
      `select '/registry/accounts/' || a.number as href from registry.pub_account_v1 a
       where ${VISIBLE} and '/registry/accounts/' || a.number = any($5)`,
      [...visibleParams(reader), found.map(({ href }) => href)],
    );
    const allowed = new Set(visible.map(({ href }) => href));
    return found.filter(({ href }) => allowed.has(href)).slice(0, limit);
  }

  private async find(tokens: readonly string[], limit: number): Promise<readonly SearchHit[]> {
    const words = tokens.map(foldName).filter((word) => word.length > 0);
    if (words.length === 0) return [];
    const joined = words.join('');
    const phone = normalPhone(words.join(''));
    if (phone) return this.phoneOrNumber(phone, joined, limit);
    if (DIGITS.test(joined)) return this.hits(BY_NUMBER, [`${joined}%`, limit], 100);
    const names = words.filter((word) => !/\d/.test(word) && word.length >= 2);
    const numbers = words.filter((word) => /^\d/.test(word));
    const [byName, byAddress] = await Promise.all([
      numbers.length === 0 && names.length > 0 ? this.byName(names, limit) : [],
      names.length > 0 ? this.byAddress(names, numbers, limit) : [],
    ]);
    return [...byName, ...byAddress].slice(0, limit);
  }

  /** Ten digits may be both: an account number is looked for first, then a phone. */
  private async phoneOrNumber(phone: string, digits: string, limit: number): Promise<SearchHit[]> {
    const byNumber = await this.hits(BY_NUMBER, [`${digits}%`, limit], 100);
    return byNumber.length > 0 ? byNumber : this.hits(BY_PHONE, [this.vault.blindIndex('phone', phone), limit], 100);
  }

  private byName(names: readonly string[], limit: number): Promise<SearchHit[]> {
    const full = "lower(p.surname || ' ' || p.given_name || ' ' || p.patronymic)";
    const conditions = names.map((_, index) => `${full} like $${index + 1}`).join(' and ');
    const sql = `select a.number, p.surname || ' ' || p.given_name || ' ' || p.patronymic as full_name, d.address, 'name' as matched
      from registry.person p join registry.account a on a.holder_id = p.id
      join registry.pub_address_v1 d on d.premises_id = a.premises_id
      where ${conditions} order by ${full} like $${names.length + 1} desc, p.surname, p.given_name limit $${names.length + 2}`;
    return this.hits(sql, [...names.map((name) => `%${likePattern(name)}%`), `${likePattern(names[0] ?? '')}%`, limit], 60);
  }

  private byAddress(names: readonly string[], numbers: readonly string[], limit: number): Promise<SearchHit[]> {
    const conditions = names.map((_, index) => `lower(n.name) like $${index + 1}`).join(' and ');
    const [house = null, flat = null] = numbers;
    const at = names.length;
    const sql = `with s as (select distinct n.street_id, bool_or(not upper_inf(n.valid)) over (partition by n.street_id) as old
        from registry.street_name n where ${conditions} limit 50)
      select a.number, o.full_name, d.address, case when bool_or(s.old) then 'old-street' else 'address' end as matched
      from s join registry.house h on h.street_id = s.street_id and ($${at + 1}::text is null or h.number_text = $${at + 1} or h.number_text like $${at + 1} || '%')
      join registry.premises p on p.house_id = h.id and ($${at + 2}::text is null or p.number = $${at + 2})
      join registry.account a on a.premises_id = p.id
      join registry.pub_holder_v1 o on o.account_id = a.id
      join registry.pub_address_v1 d on d.premises_id = p.id
      group by a.number, o.full_name, d.address, h.number_text, h.id, p.id
      order by (h.number_text = $${at + 1}) desc nulls last, h.id, p.id limit $${at + 3}`;
    return this.hits(sql, [...names.map((name) => `%${likePattern(name)}%`), house, flat, limit], 40);
  }

  private async hits(sql: string, params: readonly unknown[], score: number): Promise<SearchHit[]> {
    const rows = await this.database.query<HitRow>(sql, params);
    return rows.map((row, index) => ({
      href: `/registry/accounts/${row.number}`,
      title: `${formatAccount(row.number)} · ${row.full_name}`,
      detail: row.address,
      score: score - index / 100,
    }));
  }
}

const BY_NUMBER = `
  select number, full_name, address, matched from (
    select a.number, o.full_name, d.address, 'number' as matched, 0 as rank
    from registry.account a join registry.pub_holder_v1 o on o.account_id = a.id join registry.pub_address_v1 d on d.premises_id = a.premises_id
    where a.number like $1
    union all
    select a.number, o.full_name, d.address, 'alias', 1
    from registry.account_alias l join registry.account a on a.id = l.account_id
    join registry.pub_holder_v1 o on o.account_id = a.id join registry.pub_address_v1 d on d.premises_id = a.premises_id
    where l.number like $1
    union all
    select a.number, o.full_name, d.address, 'meter', 2
    from metering.pub_meter_v1 m join registry.account a on a.premises_id = m.premises_id
    join registry.pub_holder_v1 o on o.account_id = a.id join registry.pub_address_v1 d on d.premises_id = a.premises_id
    where m.serial like $1) found
  order by rank, number limit $2`;

const BY_PHONE = `
  select a.number, o.full_name, d.address, 'phone' as matched
  from registry.person p join registry.account a on a.holder_id = p.id
  join registry.pub_holder_v1 o on o.account_id = a.id join registry.pub_address_v1 d on d.premises_id = a.premises_id
  where p.phone_hash = $1 limit $2`;
