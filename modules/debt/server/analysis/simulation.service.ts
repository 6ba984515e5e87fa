import { DomainError, Period } from '@komplat/kernel';
import { type Actor, Database } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { type DunningSimulation, STEPS, type SimulationQuery, type StepCode } from '../../contract/analysis-dunning.schema.ts';
import type { WorkingCalendar } from '../../domain/index.ts';
import { LawTables } from '../services/law-tables.ts';
import { Debtors, kopText } from './debtors.service.ts';
import { HISTORY } from './dunning-sql.ts';
import { judged, latestBefore, monthsOwed, type StepRule, type TakenStep } from './dunning-rule.ts';
import { Dunning, rulesOf } from './dunning.service.ts';
import { seenProviderIds } from './scope.ts';

/** Balances of an account and creditor by closed month. */
interface HistoryRow {
  readonly account_id: number;
  readonly provider_id: number;
  readonly months: readonly string[];
  readonly closing: readonly bigint[];
  readonly charged: readonly bigint[];
}
interface HoldSpan {
  readonly account_id: number;
  readonly provider_id: number | null;
  readonly first: string;
  readonly next: string | null;
}
/** A month of the replay: the working day on which its steps are taken, and the latest day of the step before, by step. */
interface ReplayMonth {
  readonly month: string;
  readonly day: string;
  readonly latest: ReadonlyMap<StepCode, string>;
}
interface Taken {
  count: number;
  kop: bigint;
}
type Tally = Map<string, Taken>;
/** One of the two strategies with what it came to. */
interface Side {
  readonly rules: readonly StepRule[];
  readonly months: readonly ReplayMonth[];
  readonly tally: Tally;
}

const [REPLAYED, LOOKED_BACK, FETCHED] = [12, 36, 5_000];
const keyOf = (month: string, step: string): string => `${month} ${step}`;

/** The last closed year under the strategy in force and under another one: the same rule over stored balances. Nothing is written. */
@Injectable()
export class Simulation {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Debtors) private readonly debtors: Debtors,
    @Inject(Dunning) private readonly dunning: Dunning,
    @Inject(LawTables) private readonly tables: LawTables,
  ) {}

  /** Refuses `debt.dunning.no-strategy`. */
  async run({ strategy }: SimulationQuery, actor: Actor): Promise<DunningSimulation> {
    const today = await this.debtors.today();
    const rows = await this.dunning.stepRows(today);
    const own = rulesOf(rows.filter(({ in_force: inForce }) => inForce)).map(({ rule }) => rule);
    const other = rulesOf(rows.filter((row) => row.strategy === strategy)).map(({ rule }) => rule);
    if (other.length === 0) throw new DomainError('debt.dunning.no-strategy', { strategy, path: 'query.strategy' }, 404);
    const last = Period.ofDay(today).previous();
    const first = last.plus(1 - REPLAYED);
    const calendar = await this.tables.calendar('labour');
    const months = Period.range(first, last);
    const sides = [own, other].map((rules) => ({ rules, months: months.map((month) => replayMonth(month, rules, calendar)), tally: new Map() as Tally }));
    const accounts = await this.replay(last, sides, await seenProviderIds(this.database, undefined, actor));
    const taken = (side: number, month: string, step: StepCode): { count: number; debt: string } => {
      const found = sides[side]?.tally.get(keyOf(month, step));
      return { count: found?.count ?? 0, debt: kopText(found?.kop ?? 0n) };
    };
    const total = (side: number, step: StepCode): { count: number; debt: string } => {
      const found = months.map((month) => sides[side]?.tally.get(keyOf(month.toString(), step)));
      return { count: found.reduce((sum, each) => sum + (each?.count ?? 0), 0), debt: kopText(found.reduce((sum, each) => sum + (each?.kop ?? 0n), 0n)) };
    };
    return {
      from: first.toString(),
      to: last.toString(),
      strategy,
      inForce: rows.find(({ in_force: inForce }) => inForce)?.strategy ?? '',
      accounts,
      rows: months.flatMap((month) =>
        STEPS.map((step) => ({ month: month.toString(), step, now: taken(0, month.toString(), step), other: taken(1, month.toString(), step) })),
      ),
      totals: STEPS.map((step) => ({ step, now: total(0, step), other: total(1, step) })),
    };
  }

  private async replay(last: Period, sides: readonly Side[], providers: readonly number[] | null): Promise<number> {
    return this.database.transaction(async (tx) => {
      await tx.query('set transaction isolation level repeatable read, read only');
      await tx.query(`select set_config('statement_timeout', '0', true), set_config('work_mem', '256MB', true)`);
      const holds = new Map<number, HoldSpan[]>();
      const spans = await tx.query<HoldSpan>(
        `select account_id, provider_id::int as provider_id, to_char(lower(period), 'YYYY-MM-DD') as first, to_char(upper(period), 'YYYY-MM-DD') as next from debt.hold`,
      );
      for (const span of spans) holds.set(span.account_id, [...(holds.get(span.account_id) ?? []), span]);
      await tx.query(`declare history no scroll cursor for ${HISTORY}`, [last.plus(1 - LOOKED_BACK).firstDay, last.firstDay, providers]);
      for (let accounts = 0; ; ) {
        const rows = await tx.query<HistoryRow>(`fetch forward ${FETCHED} from history`);
        for (const row of rows) for (const side of sides) replayed(row, holds.get(row.account_id) ?? [], side);
        accounts += rows.length;
        if (rows.length < FETCHED) return accounts;
      }
    });
  }
}

function replayMonth(month: Period, rules: readonly StepRule[], calendar: WorkingCalendar): ReplayMonth {
  const day = calendar.onOrBefore(month.lastDay);
  return { month: month.toString(), day, latest: new Map(rules.map((rule) => [rule.code, latestBefore(day, rule.waitDays, calendar)])) };
}

/** Steps that one account and creditor would have got, added to the tally. What was charged in a month is not due in it. */
function replayed(
  row: HistoryRow,
  holds: readonly HoldSpan[],
  { rules, months, tally }: Side,
): void {
  const taken: TakenStep[] = [];
  for (const { month, day, latest } of months) {
    const at = row.months.indexOf(month);
    if (at < 0) continue;
    const kop = (row.closing[at] ?? 0n) - (row.charged[at] ?? 0n);
    if (kop <= 0n) continue;
    const owed = { kop, months: monthsOwed(kop, row.charged.slice(0, at).toReversed()) };
    const held = holds.some(
      (hold) => (hold.provider_id === null || hold.provider_id === row.provider_id) && hold.first <= day && (hold.next === null || day < hold.next),
    );
    for (const rule of rules) {
      if (judged(rule, owed, held, taken, day, latest.get(rule.code) ?? day) !== 'done') continue;
      taken.push({ code: rule.code, on: day });
      const sum = tally.get(keyOf(month, rule.code)) ?? { count: 0, kop: 0n };
      tally.set(keyOf(month, rule.code), { count: sum.count + 1, kop: sum.kop + kop });
    }
  }
}
