import { addDays, assert, DomainError, Money } from '@komplat/kernel';
import { Database, readList } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { DebtChoices, Debtor, DebtorFilter, DebtorList, DebtorsQuery, HoldKind } from '../../contract/analysis.schema.ts';
import { type DebtorAsk, pageSql, PEOPLE } from './debtor-sql.ts';
import { LimitationCalendar } from './limitation-calendar.ts';
import { type DebtReader, onlyProviders, Params, scoped } from './scope.ts';

interface DebtRow {
  readonly account_id: number;
  readonly debt_kop: bigint;
  readonly months: number;
  readonly oldest: string;
  readonly expiring_kop: bigint;
  readonly whole_count?: bigint;
  readonly whole_debt?: bigint;
  readonly whole_expiring?: bigint;
}
interface PersonRow {
  readonly account_id: number;
  readonly number: string;
  readonly district: number;
  readonly full_name: string;
  readonly address: string;
  readonly dwelling_type: string | null;
  readonly last_paid: string | null;
  readonly holds: readonly HoldKind[];
  readonly cases: Debtor['cases'];
}
/** Days to the end of limitation that the column shows when the filter names none: three months. */
const SHOWN_DAYS = 92;
const MONTH_TEXT = 7;

export const kopText = (kop: bigint): string => Money.ofKop(kop).toString();
const monthOf = (day: string): string => day.slice(0, MONTH_TEXT);

/** Debtors by account: who owes what is past its due day, out of open items (model.md section 4). */
@Injectable()
export class Debtors {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LimitationCalendar) private readonly calendar: LimitationCalendar,
  ) {}

  /** The operating day: no rule of debt reads the clock of a process. */
  async today(): Promise<string> {
    const [row] = await this.database.query<{ day: string | null }>(`select to_char(platform.today(), 'YYYY-MM-DD') as day`);
    if (!row?.day) throw new DomainError('debt.no-operating-day', {}, 409);
    return row.day;
  }

  /** What the statements need of a filter. Refuses `debt.filter-out-of-scope`. */
  async ask(filter: DebtorFilter, sort: string | undefined, reader: DebtReader): Promise<DebtorAsk> {
    const field = filter.unpaidSince !== undefined && onlyProviders(reader) ? 'unpaidSince' : undefined;
    if (field) throw new DomainError('debt.filter-out-of-scope', { field, path: `query.${field}` }, 400);
    const today = await this.today();
    const expiring = await this.calendar.window(today, addDays(today, filter.expires ?? SHOWN_DAYS));
    return { filter, sort, today, reader, expiring };
  }

  async list({ sort, after, limit, ...filter }: DebtorsQuery, reader: DebtReader): Promise<DebtorList> {
    const ask = await this.ask(filter, sort, reader);
    const { def, params } = pageSql(ask, after === undefined);
    const { rows, next } = await readList<DebtRow>(this.database, def, params, { sort, after, limit });
    const items = await this.people(rows, ask);
    if (after !== undefined) return { items, next };
    const [first] = rows;
    const sums = { debt: kopText(first?.whole_debt ?? 0n), expiring: kopText(first?.whole_expiring ?? 0n) };
    return { items, next, totals: { count: Number(first?.whole_count ?? 0n), sums } };
  }

  /** Ids of the accounts of the whole filter, `most` at most. */
  async accounts(filter: DebtorFilter, reader: DebtReader, most: number): Promise<readonly number[]> {
    const { def, params } = pageSql(await this.ask(filter, undefined, reader), false);
    const rows = await this.database.query<{ account_id: number }>(`select l.account_id from (${def.sql}) l order by 1 limit ${most}`, params);
    return rows.map(({ account_id: id }) => id);
  }

  private async people(rows: readonly DebtRow[], { today, reader }: DebtorAsk): Promise<Debtor[]> {
    const ids = rows.map(({ account_id: id }) => id);
    const found = await this.database.query<PersonRow>(PEOPLE, [ids, today, onlyProviders(reader)]);
    const people = new Map(found.map((person) => [person.account_id, person]));
    return rows.map((row) => {
      const person = people.get(row.account_id);
      assert(person !== undefined, 'a debt belongs to an account');
      return {
        account: person.number,
        holder: person.full_name,
        address: person.address,
        district: person.district,
        dwelling: person.dwelling_type,
        debt: kopText(row.debt_kop),
        months: row.months,
        oldest: monthOf(row.oldest),
        expiring: kopText(row.expiring_kop),
        lastPaid: person.last_paid,
        holds: [...person.holds],
        cases: person.cases,
      };
    });
  }

  /** Providers, services and districts that the reader can choose. */
  async choices(reader: DebtReader): Promise<DebtChoices> {
    const params = new Params();
    const { items, accounts } = scoped(reader, params);
    const today = await this.today();
    const only = onlyProviders(reader);
    const providers = await this.database.query<{ code: string; name: string }>(
      `select code, short_name as name from tariffs.pub_provider_v1 where $1::text[] is null or code = any($1) order by code`,
      [only],
    );
    const services = await this.database.query<{ code: string; name: string }>(
      'select code, name from tariffs.pub_service_v1 order by pay_order',
    );
    const seen = accounts ?? (items ? `exists (select from tariffs.pub_supply_v1 i where i.account_id = a.account_id and ${items})` : 'true');
    const districts = await this.database.query<{ district: number }>(
      `select distinct a.district::int as district from registry.pub_account_v1 a where ${seen} order by 1`,
      params.values,
    );
    return { today, providers, services, districts: districts.map(({ district }) => district) };
  }
}
