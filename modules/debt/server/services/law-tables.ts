import { assert, DomainError } from '@komplat/kernel';
import { Database } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { Holiday, IndexTableData, PenaltyWindow, UsedParameter, WorkingDaysMode } from '../../domain/index.ts';
import { WorkingCalendar } from '../../domain/index.ts';

export interface MarkedStop extends PenaltyWindow {
  readonly mark: string;
}
export interface LimitationTermRow {
  readonly years: number;
  readonly act: string;
  readonly mark: string;
}
export interface PenaltyRuleRow {
  readonly rate: string;
  readonly share: string;
  readonly act: string;
  readonly mark: string;
}
/** What begins a term of limitation. */
export type LimitationEvent = 'due' | 'acknowledgement' | 'payment';
export interface LimitationStartRow {
  readonly event: LimitationEvent;
  /** Days from the event to the first day of the term. */
  readonly days: number;
  readonly act: string;
  readonly mark: string;
}
interface WindowRow extends MarkedStop {
  readonly act: string;
}

/** Last day of a range in SQL: its upper bound is not included; an open one ends with the last day that the tables speak of. */
const SPAN = `to_char(lower(period), 'YYYY-MM-DD') as "from",
  to_char(coalesce(upper(period) - 1, '2090-12-31'), 'YYYY-MM-DD') as "to"`;
const HOLIDAYS_SURE = 'confirmed';
export const LAWYER = 'needs a lawyer';

/** The dated tables of law that calculations read: indices, stops, moratoria, holidays, limits. */
@Injectable()
export class LawTables {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Tables that ask the database once for every question. */
  kept(): LawTables {
    return new KeptLawTables(this.database);
  }

  /** Every month as of a version, the newest one when none is named: `debt.index.version-unknown`. */
  async indices(version?: number): Promise<IndexTableData> {
    const [head] = await this.database.query<{ id: number; name: string }>(
      `select id, id || ' (' || to_char(state_of, 'YYYY-MM-DD') || ')' as name
       from debt.inflation_version where $1::int is null or id = $1 order by id desc limit 1`,
      [version ?? null],
    );
    if (!head) throw new DomainError('debt.index.version-unknown', { version: version ?? 0, path: 'parameters.indexVersion' });
    const rows = await this.database.query<{ month: string; value: string; mark: string }>(
      `select distinct on (month) to_char(month, 'YYYY-MM') as month, value::text, mark
       from debt.inflation_index where version_id <= $1 order by month, version_id desc`,
      [head.id],
    );
    return { version: head.name, rows };
  }

  /** The term of a claim that became overdue on `day`. */
  async limitationTerm(kind: string, day: string): Promise<LimitationTermRow> {
    const [row] = await this.database.query<LimitationTermRow>(
      `select years, act, mark from debt.limitation_term where kind = $1 and valid @> $2::date`,
      [kind, day],
    );
    if (!row) throw new DomainError('debt.limitation.no-term', { kind, day });
    return row;
  }

  /** The rule by which an event of that day begins a term; undefined when none is in force, then it begins none. */
  async limitationStart(event: LimitationEvent, day: string): Promise<LimitationStartRow | undefined> {
    const [row] = await this.database.query<LimitationStartRow>(
      'select event, days_after::int as days, act, mark from debt.limitation_start where event = $1 and valid @> $2::date',
      [event, day],
    );
    return row;
  }

  /** Every rule of limitation that answers about sets rest on, as it stands on a day. */
  limitationMarks(on: string): Promise<UsedParameter[]> {
    return this.database.query<UsedParameter>(
      `select 'debt.limitation.general' as id, act as version, mark from debt.limitation_term where kind = 'general' and valid @> $1::date
       union all select case event when 'due' then 'debt.limitation.start' else 'debt.limitation.interruption' end, act, mark
         from debt.limitation_start where valid @> $1::date
       union all select 'debt.limitation.stop', act, mark from debt.limitation_stop
       union all select 'debt.limitation.algorithm', '1', '${LAWYER}'`,
      [on],
    );
  }

  limitationStops(): Promise<WindowRow[]> {
    return this.database.query<WindowRow>(
      `select ${SPAN}, ground || ' (' || act || ')' as ground, act, mark from debt.limitation_stop order by period`,
    );
  }

  /** Windows of the whole country, and of the territory when it is given (its КАТОТТГ code, of which the windows of the units around it count too). */
  moratoria(kind: 'penalty' | 'inflation-interest', territory: string | undefined): Promise<WindowRow[]> {
    return this.database.query<WindowRow>(
      `select ${SPAN}, ground || ' (' || act || ')' as ground, act, mark from debt.moratorium
       where (kind = $1 or kind = 'charge') and (territory is null or starts_with($2, debt.territory_prefix(territory))) order by period, id`,
      [kind, territory ?? null],
    );
  }

  async penaltyRule(day: string): Promise<PenaltyRuleRow> {
    const [row] = await this.database.query<PenaltyRuleRow>(
      `select max_rate_percent::text as rate, max_share_percent::text as share, act, mark
       from debt.penalty_rule where valid @> $1::date`,
      [day],
    );
    assert(row, `no rule of penalty on ${day}`);
    return row;
  }

  async calendar(mode: WorkingDaysMode): Promise<WorkingCalendar> {
    const holidays = await this.database.query<Holiday>(
      `select to_char(day, 'YYYY-MM-DD') as day, suspended from debt.pub_holiday_v1 order by 1`,
    );
    return new WorkingCalendar(mode, holidays);
  }
}

/** Remembers every answer: the batch that holds it sees one state of the tables. */
class KeptLawTables extends LawTables {
  readonly #indices = once((version?: number) => super.indices(version));
  readonly #term = once((kind: string, day: string) => super.limitationTerm(kind, day));
  readonly #start = once((event: LimitationEvent, day: string) => super.limitationStart(event, day));
  readonly #stops = once(() => super.limitationStops());
  readonly #moratoria = once((kind: 'penalty' | 'inflation-interest', territory: string | undefined) => super.moratoria(kind, territory));
  readonly #penaltyRule = once((day: string) => super.penaltyRule(day));
  readonly #calendar = once((mode: WorkingDaysMode) => super.calendar(mode));

  override indices(version?: number): Promise<IndexTableData> {
    return this.#indices(version);
  }
  override limitationTerm(kind: string, day: string): Promise<LimitationTermRow> {
    return this.#term(kind, day);
  }
  override limitationStart(event: LimitationEvent, day: string): Promise<LimitationStartRow | undefined> {
    return this.#start(event, day);
  }
  override limitationStops(): Promise<WindowRow[]> {
    return this.#stops();
  }
  override moratoria(kind: 'penalty' | 'inflation-interest', territory: string | undefined): Promise<WindowRow[]> {
    return this.#moratoria(kind, territory);
  }
  override penaltyRule(day: string): Promise<PenaltyRuleRow> {
    return this.#penaltyRule(day);
  }
  override calendar(mode: WorkingDaysMode): Promise<WorkingCalendar> {
    return this.#calendar(mode);
  }
}

/** The same question is asked once. */
function once<A extends readonly unknown[], T>(ask: (...args: A) => Promise<T>): (...args: A) => Promise<T> {
  const kept = new Map<string, Promise<T>>();
  return (...args) => {
    const key = JSON.stringify(args);
    const answer = kept.get(key) ?? ask(...args);
    kept.set(key, answer);
    return answer;
  };
}

/** Which calendar was used and how sure it is, up to the last day that the answer depends on. */
export function calendarUsed(calendar: WorkingCalendar, lastDay: string, given: boolean): UsedParameter[] {
  const beyond = Number(lastDay.slice(0, 4)) > calendar.knownTo;
  return [
    {
      id: 'debt.working-days',
      version: given ? `${calendar.mode} (parameters.workingDays)` : calendar.mode,
      mark: calendar.mode === 'labour' ? HOLIDAYS_SURE : LAWYER,
    },
    ...(beyond
      ? [{ id: 'debt.holidays', version: `${calendar.knownTo}: later years have only Saturdays and Sundays`, mark: 'general knowledge' }]
      : []),
  ];
}
