import { audit, Database, type ProcessState, Progress } from '@komplat/server';
import { activity } from '@komplat/temporal/server';
import { Inject, Injectable } from '@nestjs/common';
import { LEGAL_CASE, type LegalCaseActivities, type LegalCaseSituation } from '../../contract/case-workflows.ts';
import { CASE_STATUSES, CLOSED_STATUSES } from '../../contract/case-words.ts';
import { CaseActs } from './case-acts.service.ts';
import { CaseReceipts, NOT_SEEN } from './case-receipts.service.ts';
import { addEvent, type CaseRow, caseRow, operatingDay, type CaseTx } from './case-store.ts';

const SYSTEM = { login: 'system:legal-case' };
type Command = Parameters<LegalCaseActivities['recordCaseCommand']>[0];
interface TaskRow {
  readonly id: string;
  readonly task: string;
  readonly due: string;
}

/** Steps of the process of a case; each looks at the database first, so it may run twice. */
@Injectable()
export class CaseActivitiesImpl implements LegalCaseActivities {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CaseActs) private readonly acts: CaseActs,
    @Inject(CaseReceipts) private readonly receipts: CaseReceipts,
  ) {}

  async caseSituation(caseId: string): Promise<LegalCaseSituation> {
    return activity(async () => {
      const [row] = await this.database.query<Omit<LegalCaseSituation, 'waitMs'> & { waitMs: string }>(SITUATION, [caseId, CLOSED_STATUSES]);
      if (!row) return { step: 'end', stage: 'withdrawn', paused: false, waitMs: 0 };
      return { ...row, waitMs: Number(row.waitMs) };
    });
  }

  async beginCaseStage(caseId: string): Promise<void> {
    await this.inCase(caseId, async (tx, row) => {
      const isOver = row.closedOn !== null;
      await writeCaseProgress(tx, row, isOver ? 'done' : 'waiting', `legal.case.status.${row.status}`);
      await Progress.event(tx, row.workflowId, `legal.case.status.${row.status}`);
    });
  }

  async takeCaseReceipts(caseId: string): Promise<void> {
    await activity(() => this.receipts.take(caseId));
  }

  async parkCaseForContract(caseId: string): Promise<void> {
    await this.inCase(caseId, async (tx, row) => {
      const [hold] = await tx.query<{ document: string | null; from: string }>(CONTRACT, [caseId]);
      if (!hold) return;
      const on = await operatingDay(tx);
      const papers = [{ paper: 'contract', number: hold.document ?? '-', on: hold.from }] as const;
      await this.acts.carryOut(tx, row, { act: 'restructure', on, papers }, { by: SYSTEM.login });
    });
  }

  async remindCase(caseId: string): Promise<void> {
    await this.passTerm(caseId, 'remind', 'reminded_on', 'remind_on <= platform.today() and reminded_on is null and due_on >= platform.today()');
  }

  async escalateCase(caseId: string): Promise<void> {
    await this.passTerm(caseId, 'escalate', 'escalated_on', 'due_on < platform.today() and escalated_on is null');
  }

  async recordCaseCommand({ caseId, command, by, reason }: Command): Promise<void> {
    await this.inCase(caseId, async (tx, row) => {
      const key = `legal.case.status.${row.status}`;
      await writeCaseProgress(tx, row, 'waiting', key, command !== 'resume');
      if (command === 'pause') await Progress.pause(tx, row.workflowId, by, reason);
      await Progress.event(tx, row.workflowId, `legal.case.event.${command}`, {}, { actor: by, reason });
      await addEvent(tx, row.id, { act: command, on: await operatingDay(tx), status: row.status, reason, by });
      await audit(tx, { actor: { login: by }, action: `legal.case.${command}`, subject: `case/${row.number}`, reason });
    });
  }

  async markCaseFailed(caseId: string, code: string): Promise<void> {
    await this.inCase(caseId, async (tx, row) => {
      await writeCaseProgress(tx, row, 'failed', `error.${code}`);
      await Progress.event(tx, row.workflowId, `error.${code}`);
    });
  }

  /** Terms whose day came: said once, written into the case. */
  private async passTerm(caseId: string, what: 'remind' | 'escalate', column: 'reminded_on' | 'escalated_on', due: string): Promise<void> {
    await this.inCase(caseId, async (tx, row) => {
      const passed = await tx.query<TaskRow>(
        `update legal.case_task set ${column} = platform.today()${what === 'escalate' ? `, role = 'manager'` : ''}
         where case_id = $1 and done_on is null and ${due} returning id, task, to_char(due_on, 'YYYY-MM-DD') as due`,
        [caseId],
      );
      if (passed.length === 0) return;
      const on = await operatingDay(tx);
      for (const { task, due: day } of passed) {
        await addEvent(tx, caseId, { act: what, on, status: row.status, details: { task, dueOn: day }, by: SYSTEM.login });
        await Progress.event(tx, row.workflowId, `legal.case.event.${what}`, { day });
      }
      await audit(tx, { actor: SYSTEM, action: `legal.case.${what}`, subject: `case/${row.number}`, after: { tasks: passed.map(({ task }) => task) } });
    });
  }

  private async inCase(caseId: string, work: (tx: CaseTx, row: CaseRow) => Promise<void>): Promise<void> {
    await activity(() => this.database.transaction(async (tx) => work(tx, await caseRow(tx, caseId, 'for update of c'))));
  }
}

/** A pause of a person stays until it is lifted. */
async function writeCaseProgress(tx: CaseTx, row: CaseRow, state: ProcessState, messageKey: string, keepsPause = true): Promise<void> {
  const [held] = keepsPause
    ? await tx.query(`select workflow_id from platform.process_progress where workflow_id = $1 and state = 'paused'`, [row.workflowId])
    : [];
  await Progress.write(tx, {
    workflowId: row.workflowId, module: 'legal', type: LEGAL_CASE, subject: row.number, phase: row.status, phaseNo: CASE_STATUSES.indexOf(row.status) + 1,
    phases: CASE_STATUSES.length, state: held && state === 'waiting' ? 'paused' : state, messageKey, startedBy: row.openedBy, provider: row.provider,
  });
}

/** A contract of restructuring stands for the creditor of case `c`. */
const HOLDS = `debt.pub_hold_v1 h where h.account_id = c.account_id and (h.provider_id is null or h.provider_id = c.provider_id) and h.kind = 'contract'
    and h.period @> platform.today() and lower(h.period) >= c.opened_on`;
const CONTRACT = `select h.document, to_char(lower(h.period), 'YYYY-MM-DD') as from from legal.case_file c cross join lateral (select * from ${HOLDS}) h
  where c.id = $1 order by lower(h.period) limit 1`;

/**
 * $1 case, $2 closed statuses. A term is looked at on the morning of its day in the city; a day that is already here by the calendar but
 * not by the operating day (a training base) is looked for again after some hours.
 */
const SITUATION = `
  select s.step, s.stage, s.paused, case s.step when 'wait' then greatest(21600000, ceil(extract(epoch from
      (s.next + time '06:00') at time zone 'Europe/Kyiv' - now()) * 1000))::bigint else 0 end::text as "waitMs"
  from (
    select c.status as stage, coalesce(g.state = 'paused', false) as paused,
      case when c.status = any($2::text[]) then 'end'
        when exists (select from payments.pub_payment_v1 p join billing.pub_ledger_v1 e on e.posting_id = p.posting_id and e.account_id = p.account_id
          and e.provider_id = c.provider_id and e.kind = 'payment' where ${NOT_SEEN}) and not c.status = any(array['restructured', 'debtor-died'])
          and exists (select from legal.case_part q where q.case_id = c.id and q.outstanding_kop > 0) then 'receipts'
        when c.status <> all(array['restructured', 'settlement', 'debtor-died']) and exists (select from ${HOLDS}) then 'contract'
        when t.late then 'escalate' when t.near then 'remind' else 'wait' end as step,
      coalesce(t.next, platform.today() + 7) as next
    from legal.case_file c left join platform.process_progress g on g.workflow_id = c.workflow_id
    left join lateral (
      select bool_or(k.due_on < platform.today() and k.escalated_on is null) as late,
        bool_or(k.remind_on <= platform.today() and k.due_on >= platform.today() and k.reminded_on is null) as near,
        min(case when k.remind_on > platform.today() then k.remind_on when k.due_on >= platform.today() then k.due_on + 1 end) as next
      from legal.case_task k where k.case_id = c.id and k.done_on is null) t on true
    where c.id = $1) s`;
