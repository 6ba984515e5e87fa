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
interface WindowRow extends MarkedStop {
  readonly act: string;
}

/** Last day of a range in SQL: its upper bound is not included; an open one ends with the century. */
const SPAN = `to_char(lower(period), 'YYYY-MM-DD') as "from",
  to_char(coalesce(upper(period) - 1, '2100-12-31'), 'YYYY-MM-DD') as "to"`;
const HOLIDAYS_SURE = 'confirmed';

/** The dated tables of law that calculations read: indices, stops, moratoria, holidays, limits. */
@Injectable()
export class LawTables {
  constructor(@Inject(Database) private readonly database: Database) {}

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

  limitationStops(): Promise<WindowRow[]> {
    return this.database.query<WindowRow>(
      `select ${SPAN}, ground || ' (' || act || ')' as ground, act, mark from debt.limitation_stop order by period`,
    );
  }

  /** Windows of the whole country, and of the territory when it is given (its КАТОТТГ code). */
  moratoria(kind: 'penalty' | 'inflation-interest', territory: string | undefined): Promise<WindowRow[]> {
    return this.database.query<WindowRow>(
      `select ${SPAN}, ground || ' (' || act || ')' as ground, act, mark from debt.moratorium
       where (kind = $1 or kind = 'charge') and (territory is null or territory = $2) order by period, id`,
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

/** Which calendar was used and how sure it is, up to the last day that the answer depends on. */
export function calendarUsed(calendar: WorkingCalendar, lastDay: string, given: boolean): UsedParameter[] {
  const beyond = Number(lastDay.slice(0, 4)) > calendar.knownTo;
  return [
    {
      id: 'debt.working-days',
      version: given ? `${calendar.mode} (parameters.workingDays)` : calendar.mode,
      mark: calendar.mode === 'labour' ? HOLIDAYS_SURE : 'needs a lawyer',
    },
    ...(beyond
      ? [{ id: 'debt.holidays', version: `${calendar.knownTo}: later years have only Saturdays and Sundays`, mark: 'general knowledge' }]
      : []),
  ];
}
