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
const TRIGRAM = 3;

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
    const [first = '', ...others] = names.map(likePattern);
    if (names.every((name) => name.length < TRIGRAM)) return this.hits(nameSql(others.length, true), [`${first}%`, ...others.map(within), limit], 60);
    return this.hits(nameSql(others.length, false), [within(first), ...others.map(within), `${first}%`, limit], 60);
  }

  /** The first number may belong to the street: "8 Березня", "40-річчя Перемоги". */
  private async byAddress(names: readonly string[], numbers: readonly string[], limit: number): Promise<SearchHit[]> {
    const [first, ...others] = numbers;
    const found = await this.atAddress(names, numbers, limit);
    return found.length > 0 || first === undefined ? found : this.atAddress([first, ...names], others, limit);
  }

  private atAddress(names: readonly string[], numbers: readonly string[], limit: number): Promise<SearchHit[]> {
    const [house = null, flat = null] = numbers;
    return this.hits(addressSql(names.length), [...names.map(likePattern).map(within), house, flat, limit], 40);
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

const within = (pattern: string): string => `%${pattern}%`;
const FULL_NAME = "lower(p.surname || ' ' || p.given_name || ' ' || p.patronymic)";
const ADDRESS_OF = 'join registry.pub_address_v1 d on d.premises_id = f.premises_id';

/** Few letters have no trigram: they begin the surname. What is shown is chosen before its address is made. */
function nameSql(others: number, begins: boolean): string {
  const first = begins ? 'lower(p.surname) collate "C" like $1' : `${FULL_NAME} like $1`;
  const conditions = [first, ...Array.from({ length: others }, (_, index) => `${FULL_NAME} like $${index + 2}`)].join(' and ');
  const order = begins ? 'lower(p.surname) collate "C"' : `${FULL_NAME} like $${others + 2} desc, p.surname, p.given_name`;
  return `select f.number, f.full_name, d.address, 'name' as matched from (
      select a.number, p.surname || ' ' || p.given_name || ' ' || p.patronymic as full_name, a.premises_id, row_number() over (order by ${order}) as place
      from registry.person p join registry.account a on a.holder_id = p.id
      where ${conditions} order by ${order} limit $${others + (begins ? 2 : 3)}) f ${ADDRESS_OF} order by f.place`;
}

/** Streets by a name of any time, their houses, then as many flats of each as may be shown. */
function addressSql(names: number): string {
  const conditions = Array.from({ length: names }, (_, index) => `lower(n.name) like $${index + 1}`).join(' and ');
  const [house, flat, limit] = [`$${names + 1}`, `$${names + 2}`, `$${names + 3}`];
  return `with s as (
      select n.street_id, bool_or(not upper_inf(n.valid)) as old from registry.street_name n where ${conditions} group by n.street_id limit 50
    ), h as (
      select h.id, s.old, h.number_text = ${house} as exact from s join registry.house h on h.street_id = s.street_id
        and (${house}::text is null or h.number_text = ${house} or h.number_text like ${house} || '%')
      order by exact desc nulls last, h.id limit 50
    ), f as (
      select a.number, a.id as account_id, a.premises_id, h.old, h.exact, h.id as house_id from h cross join lateral (
        select a.number, a.id, a.premises_id from registry.premises p join registry.account a on a.premises_id = p.id
        where p.house_id = h.id and (${flat}::text is null or p.number = ${flat}) order by p.id limit ${limit}) a
      order by h.exact desc nulls last, h.id, a.premises_id limit ${limit}
    )
    select f.number, o.full_name, d.address, case when f.old then 'old-street' else 'address' end as matched
    from f join registry.pub_holder_v1 o on o.account_id = f.account_id ${ADDRESS_OF}
    order by f.exact desc nulls last, f.house_id, f.premises_id`;
}

const BY_NUMBER = `
  select f.number, o.full_name, d.address, f.matched from (
    select * from (
      (select a.number, a.id as account_id, a.premises_id, 'number' as matched, 0 as rank
        from registry.account a where a.number like $1 order by a.number limit $2)
      union all
      (select a.number, a.id, a.premises_id, 'alias', 1 from registry.account_alias l join registry.account a on a.id = l.account_id
        where l.number like $1 order by a.number limit $2)
      union all
      (select a.number, a.id, a.premises_id, 'meter', 2 from metering.pub_meter_v1 m join registry.account a on a.premises_id = m.premises_id
        where m.serial like $1 order by a.number limit $2)) q
    order by q.rank, q.number limit $2) f
  join registry.pub_holder_v1 o on o.account_id = f.account_id ${ADDRESS_OF}
  order by f.rank, f.number`;

const BY_PHONE = `
  select a.number, o.full_name, d.address, 'phone' as matched
  from registry.person p join registry.account a on a.holder_id = p.id
  join registry.pub_holder_v1 o on o.account_id = a.id join registry.pub_address_v1 d on d.premises_id = a.premises_id
  where p.phone_hash = $1 limit $2`;
