import { DEBT_API, type DebtApi } from '@komplat/debt/contract';
import { addDays, assert } from '@komplat/kernel';
import { uuid7 } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { CaseTask } from '../../contract/case-words.ts';
import type { CaseTx } from './case-store.ts';

interface TermRow {
  readonly id: number;
  readonly length: number;
  readonly unit: 'calendar' | 'working' | 'months' | 'years' | 'given';
  readonly role: string;
  readonly remindDays: number;
}
type TermName = CaseTask | 'order-force-gap';

/** Terms of the course as dated data, counted by the working calendar of the law. */
@Injectable()
export class CaseTerms {
  constructor(@Inject(DEBT_API) private readonly debt: DebtApi) {}

  /** Last day of a term that begins with the day after `from`; `given` answers the day itself. */
  async lastDay(tx: CaseTx, name: TermName, from: string, given?: string): Promise<string> {
    return this.end(tx, await this.term(tx, name, from), from, given);
  }

  /** Opens a task with its term. */
  async open(tx: CaseTx, caseId: string, name: CaseTask, from: string, more: { readonly dueOn?: string; readonly details?: object } = {}): Promise<void> {
    const term = await this.term(tx, name, from);
    const dueOn = await this.end(tx, term, from, more.dueOn);
    await tx.query(
      `insert into legal.case_task (id, case_id, term_id, task, role, opened_on, due_on, remind_on, details) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [uuid7(), caseId, term.id, name, term.role, from, dueOn, addDays(dueOn, -term.remindDays), JSON.stringify(more.details ?? {})],
    );
  }

  private async term(tx: CaseTx, name: TermName, from: string): Promise<TermRow> {
    const [row] = await tx.query<TermRow>(
      `select id, length::int as length, unit, role, remind_days::int as "remindDays" from legal.case_term where task = $1 and valid @> $2::date`,
      [name, from],
    );
    assert(row, `no term of ${name} on ${from}`);
    return row;
  }

  private async end(tx: CaseTx, term: TermRow, from: string, given?: string): Promise<string> {
    if (given !== undefined) return given;
    if (term.unit === 'calendar' || term.unit === 'working') {
      const { result } = await this.debt.deadline({ from, days: term.length, kind: term.unit, shiftWeekend: true });
      return result.endsOn;
    }
    const [row] = await tx.query<{ day: string }>(`select to_char(($1::date + make_interval(months => $2))::date, 'YYYY-MM-DD') as day`, [
      from, term.unit === 'years' ? term.length * 12 : term.length,
    ]);
    return row?.day ?? from;
  }
}

/** Tasks of the course end with the act that moves it; what a signal opened stays until a person closes it. */
export async function closeTasks(tx: CaseTx, caseId: string, on: string, which: 'course' | 'all'): Promise<void> {
  await tx.query(
    `update legal.case_task set done_on = greatest($2::date, opened_on) where case_id = $1 and done_on is null and ($3 or task <> all($4::text[]))`,
    [caseId, on, which === 'all', OWN_TASKS],
  );
}
/** Tasks that signals open. */
export const OWN_TASKS: readonly string[] = ['account-merged', 'find-money', 'paid-review'];
