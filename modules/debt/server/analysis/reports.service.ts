import { addDays, Period } from '@komplat/kernel';
import { type Actor, Database } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import {
  AGES, type DebtAgeing, type DebtMovement, type DebtYears, type LimitationForecast, type PaidByPeriods, type ReportQuery, type SpanQuery,
} from '../../contract/analysis-reports.schema.ts';
import { LawTables } from '../services/law-tables.ts';
import { Debtors, kopText } from './debtors.service.ts';
import { LimitationCalendar } from './limitation-calendar.ts';
import { AGEING, EXPIRED, EXPIRING, MOVEMENT, PAID, YEARS } from './report-sql.ts';
import { seenProviderIds } from './scope.ts';

/** Months that the forecast of limitation looks ahead. */
const AHEAD = 12;

/** Figures of the whole city, or of the providers in the reader's scope; a reader without such a scope gets none. */
@Injectable()
export class DebtReports {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Debtors) private readonly debtors: Debtors,
    @Inject(LimitationCalendar) private readonly calendar: LimitationCalendar,
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

  /** What passes limitation in each of the coming months, the running one first. */
  async limitation(query: ReportQuery, actor: Actor): Promise<LimitationForecast> {
    const today = await this.debtors.today();
    const until = Period.ofDay(today).plus(AHEAD).lastDay;
    const days = await this.calendar.days(today);
    const soon = days.filter(({ end }) => end >= today && end <= until);
    const scope = [await seenProviderIds(this.database, query.provider, actor), query.service ?? null];
    const rows = await this.database.query<{ month: string; provider: string; name: string; kop: bigint; accounts: bigint; last_day: string }>(
      EXPIRING,
      [...scope, soon.map(({ due }) => due), soon.map(({ end }) => end)],
    );
    const late = days.filter(({ end }) => end < today).at(-1)?.due ?? addDays(days[0]?.due ?? today, -1);
    const [expired] = await this.database.query<{ kop: bigint }>(EXPIRED, [...scope, late]);
    const stops = await this.tables.limitationStops();
    return {
      today,
      expired: kopText(expired?.kop ?? 0n),
      rows: rows.map(({ month, provider, name, kop, accounts, last_day: lastDay }) => ({
        month, provider, providerName: name, debt: kopText(kop), accounts: Number(accounts), lastDay,
      })),
      notes: [{ key: 'debt.ui.reports.no-interruptions', params: {} }],
      parameters: stops.map(({ act, mark }) => ({ id: 'debt.limitation.stop', version: act, mark })),
    };
  }

  private async span({ from, to, provider }: SpanQuery, actor: Actor): Promise<unknown[]> {
    return [Period.parse(from).firstDay, Period.parse(to).firstDay, await seenProviderIds(this.database, provider, actor)];
  }
}
