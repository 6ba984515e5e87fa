import { addDays, assert } from '@komplat/kernel';
import { Database } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { limitation } from '../../domain/index.ts';
import { LawTables } from '../services/law-tables.ts';

/** Due days older than this passed limitation long ago, whatever stopped it. */
const OLDEST_YEARS = 25;
const YEAR_DAYS = 366;

export interface LimitationDay {
  /** Last day to pay. */
  readonly due: string;
  /** Last day on which a debt with this due day is claimed in time. */
  readonly end: string;
}
/** Due days from the first to the last one. */
export interface DueSpan {
  readonly from: string;
  readonly to: string;
}
interface TermRow {
  readonly first: string;
  readonly next: string | null;
  readonly years: number;
}

/**
 * The end of the general term of limitation for every due day: the pure rule of the domain run once a day of the
 * calendar, so that millions of open items are joined with it as a set. Without interruptions (ЦКУ ст. 264): these
 * belong to one account and are looked at when a claim is prepared.
 */
@Injectable()
export class LimitationCalendar {
  #kept: { readonly key: string; readonly days: readonly LimitationDay[] } | undefined;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LawTables) private readonly tables: LawTables,
  ) {}

  /** Every due day before `today`, oldest first. */
  async days(today: string): Promise<readonly LimitationDay[]> {
    const stops = (await this.tables.limitationStops()).map(({ from, to, ground }) => ({ from, to, ground }));
    const terms = await this.database.query<TermRow>(
      `select to_char(lower(valid), 'YYYY-MM-DD') as first, to_char(upper(valid), 'YYYY-MM-DD') as next, years::int as years
       from debt.limitation_term where kind = 'general' order by 1`,
    );
    const key = JSON.stringify([today, stops, terms]);
    if (this.#kept?.key === key) return this.#kept.days;
    const count = OLDEST_YEARS * YEAR_DAYS;
    const days = Array.from({ length: count }, (_, index): LimitationDay => {
      const due = addDays(today, index - count);
      const { years } = termOf(terms, addDays(due, 1));
      return { due, end: limitation({ dueOn: due, asOf: today, years, stops, interruptions: [] }).value.endsOn };
    });
    this.#kept = { key, days };
    return days;
  }

  /** The due days whose term ends within the window, both days included. */
  async dueWithin(today: string, from: string, to: string): Promise<readonly DueSpan[]> {
    return spansOf((await this.days(today)).filter(({ end }) => end >= from && end <= to));
  }
}

function termOf(terms: readonly TermRow[], day: string): TermRow {
  const found = terms.find(({ first, next }) => first <= day && (next === null || day < next));
  assert(found !== undefined, `a term of limitation stands for ${day}`);
  return found;
}

/** Neighbouring days become one span. */
function spansOf(days: readonly LimitationDay[]): readonly DueSpan[] {
  const spans: { from: string; to: string }[] = [];
  for (const { due } of days) {
    const last = spans.at(-1);
    if (last && addDays(last.to, 1) === due) last.to = due;
    else spans.push({ from: due, to: due });
  }
  return spans;
}
