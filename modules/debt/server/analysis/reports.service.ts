import { Period } from '@komplat/kernel';
import { type Actor, Database } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import {
  AGES, type DebtAgeing, type DebtMovement, type DebtYears, type LimitationForecast, type PaidByPeriods, type ReportQuery, type SpanQuery,
} from '../../contract/analysis-reports.schema.ts';
import { LawTables } from '../services/law-tables.ts';
import { Debtors, kopText } from './debtors.service.ts';
import { AGEING, EXPIRING, MOVEMENT, PAID, YEARS } from './report-sql.ts';
import { seenProviderIds } from './scope.ts';

/** Months that the forecast of limitation looks ahead. */
const AHEAD = 12;

/** Figures of the whole city, or of the providers in the reader's scope; a reader without such a scope gets none. */
@Injectable()
export class DebtReports {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Debtors) private readonly debtors: Debtors,
    @Inject(LawTables) private readonly tables: LawTables,
  ) {}

  async years(query: ReportQuery, actor: Actor): Promise<DebtYears> {
    const today = await this.debtors.today();
    const found = await this.database.query<{ year: number; provider: string; name: string; kop: bigint; items: bigint }>(YEARS, [
      today, await seenProviderIds(this.database, query.provider, actor), query.service ?? null,
    ]);
    const rows = found.map(({ year, provider, name, kop, items }) => ({
      year, provider, providerName: name, debt: kopText(kop), items: Number(items),
    }));
    const byYear = new Map<number, bigint>();
    for (const { year, kop } of found) byYear.set(year, (byYear.get(year) ?? 0n) + kop);
    return {
      today,
      rows,
      years: [...byYear].map(([year, kop]) => ({ year, debt: kopText(kop) })),
      total: kopText(found.reduce((sum, { kop }) => sum + kop, 0n)),
    };
  }

  async ageing(query: ReportQuery, actor: Actor): Promise<DebtAgeing> {
    const today = await this.debtors.today();
    const found = await this.database.query<{ age: number | null; kop: bigint; accounts: bigint }>(AGEING, [
      today, await seenProviderIds(this.database, query.provider, actor), query.service ?? null,
    ]);
    const of = (age: number | null): { debt: string; accounts: number } => {
      const row = found.find((each) => each.age === age);
      return { debt: kopText(row?.kop ?? 0n), accounts: Number(row?.accounts ?? 0n) };
    };
    return { today, rows: AGES.map((age, at) => ({ age, ...of(at) })), total: of(null) };
  }

  async paid(query: SpanQuery, actor: Actor): Promise<PaidByPeriods> {
    const found = await this.database.query<Readonly<Record<'paid' | 'last' | 'year' | 'older', bigint>> & { month: string }>(
      PAID,
      await this.span(query, actor),
    );
    return {
      rows: found.map(({ month, paid, last, year, older }) => ({
        month,
        paid: kopText(paid),
        lastMonth: kopText(last),
        year: kopText(year),
        older: kopText(older),
        ahead: kopText(paid - last - year - older),
      })),
    };
  }

  async movement(query: SpanQuery, actor: Actor): Promise<DebtMovement> {
    type Sums = Readonly<Record<'opening' | 'charged' | 'other' | 'paid' | 'closing' | 'debt' | 'advance' | 'came' | 'left', bigint>>;
    const found = await this.database.query<Sums & { month: string }>(MOVEMENT, await this.span(query, actor));
    return {
      rows: found.map(({ month, came, left, ...sums }) => ({
        month,
        opening: kopText(sums.opening),
        charged: kopText(sums.charged),
        other: kopText(sums.other),
        paid: kopText(sums.paid),
        closing: kopText(sums.closing),
        debt: kopText(sums.debt),
        advance: kopText(sums.advance),
        came: Number(came),
        left: Number(left),
      })),
    };
  }

  /** What passes limitation in each of the coming months, the running one first; acknowledgements are counted. */
  async limitation(query: ReportQuery, actor: Actor): Promise<LimitationForecast> {
    const today = await this.debtors.today();
    const found = await this.database.query<{ month: string | null; provider: string; name: string; kop: bigint; accounts: bigint; last_day: string }>(EXPIRING, [
      await seenProviderIds(this.database, query.provider, actor), query.service ?? null, today, Period.ofDay(today).plus(AHEAD).lastDay,
    ]);
    return {
      today,
      expired: kopText(found.reduce((sum, { month, kop }) => (month === null ? sum + kop : sum), 0n)),
      rows: found.flatMap(({ month, provider, name, kop, accounts, last_day: lastDay }) =>
        month === null ? [] : [{ month, provider, providerName: name, debt: kopText(kop), accounts: Number(accounts), lastDay }],
      ),
      parameters: await this.tables.limitationMarks(today),
    };
  }

  private async span({ from, to, provider }: SpanQuery, actor: Actor): Promise<unknown[]> {
    return [Period.parse(from).firstDay, Period.parse(to).firstDay, await seenProviderIds(this.database, provider, actor)];
  }
}
