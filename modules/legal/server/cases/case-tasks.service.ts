import { DEBT_API, type DebtApi } from '@komplat/debt/contract';
import { conflict, DomainError, notFound } from '@komplat/kernel';
import { type Actor, audit, Database, publish } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { TaskOrder } from '../../contract/case.schema.ts';
import { caseChanged } from '../../contract/case-events.ts';
import { accountIdOf } from './case-opening.service.ts';
import { holdSource } from './case-acts.service.ts';
import { refuseForeign } from './case-scope.ts';
import { addEvent, type CaseRow, caseRow, changeCase, operatingDay, type CaseTx } from './case-store.ts';
import { OWN_TASKS } from './case-terms.ts';

interface TaskRow {
  readonly task: string;
  readonly due: string;
  readonly movable: boolean;
  readonly open: boolean;
  readonly details: Readonly<Record<string, string>>;
}

/** Terms that people move and tasks that they close. */
@Injectable()
export class CaseTasks {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DEBT_API) private readonly debt: DebtApi,
  ) {}

  /**
   * Moves a term of the Centre, or closes a task that is not of the course (no `dueOn`). Refuses a term of law
   * (`legal.case.term-of-law`), a day in the past, a task of the course without a new day.
   */
  async order(id: string, taskId: string, { dueOn, reason }: TaskOrder, actor: Actor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = await caseRow(tx, id, 'for update of c');
      refuseForeign(row, actor);
      const task = await taskOf(tx, id, taskId);
      if (!task.open) throw conflict('legal.case.task-done', { task: task.task });
      const today = await operatingDay(tx);
      if (dueOn === undefined) await this.finish(tx, row, { ...task, id: taskId }, { today, reason, by: actor.login });
      else await move(tx, row, { ...task, id: taskId }, { dueOn, today, reason, by: actor.login });
      await audit(tx, { actor, action: 'legal.case.task', subject: `case/${row.number}`, before: { dueOn: task.due }, after: { task: task.task, dueOn: dueOn ?? null }, reason });
      await publish(tx, caseChanged, `case/${id}`, { caseId: id, startedBy: actor.login });
    });
  }

  /** A merged account: the case goes over to the account that it goes on as, with its hold. */
  private async finish(tx: CaseTx, row: CaseRow, task: TaskRow & { id: string }, { today, reason, by }: { today: string; reason: string; by: string }): Promise<void> {
    if (!OWN_TASKS.includes(task.task)) throw new DomainError('legal.case.task-of-course', { task: task.task }, 409);
    await tx.query('update legal.case_task set done_on = greatest($2::date, opened_on) where id = $1', [task.id, today]);
    const into = task.task === 'account-merged' ? task.details['into'] : undefined;
    if (into) {
      const accountId = await accountIdOf(tx, into);
      await changeCase(tx, row.id, { account_id: accountId });
      await this.debt.endHolds(tx, { source: holdSource(row.id), lastDay: today, reason, by });
      await this.debt.putHold(tx, {
        source: holdSource(row.id), accountId, providerId: row.providerId, kind: 'case', from: today, until: null, reason: `справа ${row.number}`,
        document: row.number, by,
      });
    }
    await addEvent(tx, row.id, { act: 'task-done', on: today, status: row.status, details: { task: task.task, ...(into ? { into } : {}) }, reason, by });
  }
}

async function taskOf(tx: CaseTx, caseId: string, taskId: string): Promise<TaskRow> {
  const [row] = await tx.query<TaskRow>(
    `select k.task, to_char(k.due_on, 'YYYY-MM-DD') as due, t.movable, k.done_on is null as open, k.details
     from legal.case_task k join legal.case_term t on t.id = k.term_id where k.id = $1 and k.case_id = $2 for update of k`,
    [taskId, caseId],
  );
  if (!row) throw notFound('legal.case.task-unknown', { id: taskId });
  return row;
}

async function move(
  tx: CaseTx, row: CaseRow, task: TaskRow & { id: string }, { dueOn, today, reason, by }: { dueOn: string; today: string; reason: string; by: string },
): Promise<void> {
  if (!task.movable) throw new DomainError('legal.case.term-of-law', { task: task.task }, 409);
  if (dueOn < today) throw new DomainError('legal.case.term-past', { day: dueOn, today, path: 'body.dueOn' });
  await tx.query(
    `update legal.case_task k set due_on = $2, remind_on = $2::date - t.remind_days::int, reminded_on = null, escalated_on = null, role = t.role
     from legal.case_term t where k.id = $1 and t.id = k.term_id`,
    [task.id, dueOn],
  );
  await addEvent(tx, row.id, { act: 'term-moved', on: today, status: row.status, details: { task: task.task, from: task.due, dueOn }, reason, by });
}
