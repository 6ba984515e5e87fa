import { DEBT_API, type DebtApi } from '@komplat/debt/contract';
import { addDays, conflict, DomainError } from '@komplat/kernel';
import { type Actor, Approvals, audit, Database, publish, uuid7 } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { CaseActDone, CaseActOrder } from '../../contract/case.schema.ts';
import { caseChanged } from '../../contract/case-events.ts';
import type { CaseAct, CaseStatus } from '../../contract/case-words.ts';
import { CLOSED_STATUSES } from '../../contract/case-words.ts';
import { LEGAL_PERMISSIONS as P } from '../../contract/permissions.ts';
import { type CaseOrder, decideCase, TASKS_OF_ACT, TASKS_OF_STATUS } from '../../domain/index.ts';
import { CaseMoney } from './case-money.ts';
import { refuseForeign } from './case-scope.ts';
import { addEvent, type CaseChange, type CaseRow, caseRow, changeCase, factsOf, operatingDay, outstandingOf, partsOf, type CaseTx } from './case-store.ts';
import { CaseTerms, closeTasks } from './case-terms.ts';

export const WRITE_OFF = 'legal.write-off-case';
/** An act as it is carried out: by whom, and whether a second person agreed. */
export interface CaseDoing {
  readonly by: string;
  readonly approved?: boolean;
}
type Papers = CaseActOrder['papers'];

/** The only way in which a case moves: guard by guard, with its papers, terms, money and the next task in one transaction. */
@Injectable()
export class CaseActs {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CaseTerms) private readonly terms: CaseTerms,
    @Inject(CaseMoney) private readonly money: CaseMoney,
    @Inject(DEBT_API) private readonly debt: DebtApi,
  ) {}

  /** An act of a person. A write-off asks for a second person first. Refuses `legal.case.changed` and what the course forbids. */
  async act(id: string, order: CaseActOrder, actor: Actor): Promise<CaseActDone> {
    return this.database.transaction(async (tx) => {
      const row = await caseRow(tx, id, 'for update of c');
      refuseForeign(row, actor);
      if (row.version !== order.version) throw conflict('legal.case.changed', { number: row.number });
      if (order.act === 'write-off') return this.askWriteOff(tx, row, order, actor);
      await this.carryOut(tx, row, order, { by: actor.login });
      const done = await caseRow(tx, id);
      return { id, status: done.status, version: done.version, approvalId: null };
    });
  }

  /** The act itself, in the caller's transaction: also for signals, lists and approved requests. */
  async carryOut(tx: CaseTx, row: CaseRow, order: Omit<CaseActOrder, 'version'>, { by, approved = false }: CaseDoing): Promise<void> {
    const to = await this.decide(tx, row, order, approved);
    await this.moveMoney(tx, row, order, by);
    const change = await this.changeOf(tx, row, order, to);
    await changeCase(tx, row.id, change);
    const seq = await addEvent(tx, row.id, {
      act: order.act, on: order.on, status: to, details: detailsOf(order, change), reason: order.reason, by,
    });
    await this.keepPapers(tx, row.id, seq, order.papers, by);
    await this.waitFor(tx, row, order, to);
    if (isClosed(to)) await this.close(tx, row, order.on, by);
    const after = { act: order.act, status: to, on: order.on };
    await audit(tx, {
      actor: { login: by }, action: `legal.case.${order.act}`, subject: `case/${row.number}`, before: { status: row.status }, after,
      ...(order.reason ? { reason: order.reason } : {}),
    });
    await publish(tx, caseChanged, `case/${row.id}`, { caseId: row.id, startedBy: by });
  }

  private async decide(tx: CaseTx, row: CaseRow, order: Omit<CaseActOrder, 'version'>, isApproved: boolean): Promise<CaseStatus> {
    const facts = factsOf(row, await operatingDay(tx), outstandingOf(await partsOf(tx, row.id)));
    const asked: CaseOrder = {
      act: order.act,
      on: order.on,
      papers: order.papers.map(({ paper }) => paper),
      hasAward: order.awarded !== undefined,
      hasCourtNumber: (order.courtNumber ?? row.courtNumber) !== null,
      hearingOn: order.hearingOn ?? null,
      hasExecutor: order.executor !== undefined,
      hasReason: order.reason !== undefined,
      isApproved,
    };
    const answer = decideCase(facts, asked);
    if ('refused' in answer) throw new DomainError(answer.refused.code, { ...answer.refused.params, number: row.number });
    const late = order.papers.find(({ on }) => on > facts.today);
    if (late) throw new DomainError('legal.case.paper-future', { number: late.number, day: late.on, path: 'body.papers' });
    if (order.act === 'amend-claim' && !order.amended?.length) throw new DomainError('legal.case.amended-missing', { number: row.number });
    return answer.to;
  }

  private async moveMoney(tx: CaseTx, row: CaseRow, order: Omit<CaseActOrder, 'version'>, by: string): Promise<void> {
    const { act, on } = order;
    if (order.awarded !== undefined && AWARDING.includes(act)) await this.money.award(tx, row.id, order.awarded);
    if (act === 'cancel-order' || act === 'review-default') await this.money.dropAward(tx, row.id);
    if (act === 'amend-claim') await this.money.amend(tx, row.id, order.amended ?? []);
    if (act === 'refuse-order' || act === 'cancel-order') {
      await tx.query(`update legal.case_fee set state = 'creditable' where case_id = $1 and kind = 'order' and state = 'paid'`, [row.id]);
    }
    if (IN_FORCE.includes(act)) await this.money.postAwards(tx, row, on, by);
    if (act === 'write-off') await this.money.writeOff(tx, row, on, by);
  }

  /** What the act changes in the case: its days, numbers and where it stands. */
  private async changeOf(tx: CaseTx, row: CaseRow, order: Omit<CaseActOrder, 'version'>, to: CaseStatus): Promise<CaseChange> {
    const { act, on } = order;
    const base: CaseChange = {
      status: to,
      status_on: on,
      ...(to === row.status || isParked(row.status) ? {} : { status_before: row.status }),
      ...(order.court === undefined ? {} : { court_code: await this.court(tx, order.court, on) }),
      ...(order.courtNumber === undefined ? {} : { court_number: await this.freeNumber(tx, row, order.court ?? row.courtCode, order.courtNumber) }),
      ...(order.hearingOn === undefined ? {} : { hearing_on: order.hearingOn }),
      ...(isClosed(to) ? { closed_on: on } : {}),
    };
    return { ...base, ...(await this.daysOf(tx, act, on)), ...(await this.executorOf(tx, row, order)) };
  }

  private async daysOf(tx: CaseTx, act: CaseAct, on: string): Promise<CaseChange> {
    if (act === 'serve-pretension') return { served_on: on, answer_until: await this.terms.lastDay(tx, 'pretension-answer', on) };
    if (act === 'serve-order') {
      const asked = await this.terms.lastDay(tx, 'order-force', on);
      return { order_served_on: on, force_on: addDays(await this.terms.lastDay(tx, 'order-force-gap', asked), 1) };
    }
    if (act === 'file-order') return { kind: 'order', filed_on: on };
    if (act === 'file-claim') return { kind: 'claim', filed_on: on };
    if (act === 'decide' || act === 'decide-in-absence') return { appeal_until: await this.terms.lastDay(tx, 'appeal-term', on) };
    if (act === 'cancel-order') return { order_served_on: null, force_on: null };
    if (act === 'review-default') return { appeal_until: null };
    if (IN_FORCE.includes(act)) return { awards_posted: true, present_until: await this.terms.lastDay(tx, 'present-limit', on) };
    if (act === 'return-document') return { present_until: await this.terms.lastDay(tx, 'present-limit', on) };
    return {};
  }

  private async executorOf(tx: CaseTx, row: CaseRow, { act, executor }: Omit<CaseActOrder, 'version'>): Promise<CaseChange> {
    if (!executor || (act !== 'present-state' && act !== 'present-private')) return {};
    const [taken] = await tx.query<{ number: string }>('select number from legal.case_file where executor_number = $1 and id <> $2', [executor.number, row.id]);
    if (taken) throw conflict('legal.case.executor-number-taken', { executor: executor.number, number: taken.number });
    return { executor_kind: act === 'present-state' ? 'state' : 'private', executor_name: executor.name, executor_number: executor.number };
  }

  private async court(tx: CaseTx, code: string, on: string): Promise<string> {
    const [row] = await tx.query(`select code from legal.court where code = $1 and valid @> $2::date`, [code, on]);
    if (!row) throw new DomainError('legal.court.unknown', { court: code, date: on, path: 'body.court' });
    return code;
  }

  private async freeNumber(tx: CaseTx, row: CaseRow, court: string | null, courtNumber: string): Promise<string> {
    await refuseTakenNumber(tx, court, courtNumber, row.id);
    return courtNumber;
  }

  private async keepPapers(tx: CaseTx, caseId: string, seq: number, papers: Papers, by: string): Promise<void> {
    for (const { paper, number, on, file } of papers) {
      await tx.query(
        `insert into legal.case_document (id, case_id, event_seq, paper, number, issued_on, sha256, file_name, media_type, added_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [uuid7(), caseId, seq, paper, number, on, file?.sha256 ?? null, file?.name ?? null, file ? mediaTypeOf(file.name) : null, by],
      );
    }
  }

  /** Ends the tasks of the course and opens the next ones. */
  private async waitFor(tx: CaseTx, row: CaseRow, order: Omit<CaseActOrder, 'version'>, to: CaseStatus): Promise<void> {
    await closeTasks(tx, row.id, order.on, isClosed(to) ? 'all' : 'course');
    const now = await caseRow(tx, row.id);
    for (const task of TASKS_OF_ACT[order.act] ?? TASKS_OF_STATUS[to] ?? []) {
      const dueOn = task === 'hearing' ? now.hearingOn : task === 'present-limit' ? now.presentUntil : task === 'order-force' ? now.forceOn : null;
      await this.terms.open(tx, row.id, task, order.on, dueOn === null ? {} : { dueOn });
    }
  }

  private async close(tx: CaseTx, row: CaseRow, on: string, by: string): Promise<void> {
    await this.debt.endHolds(tx, { source: holdSource(row.id), lastDay: on, reason: `справу ${row.number} закрито`, by });
  }

  private async askWriteOff(tx: CaseTx, row: CaseRow, order: CaseActOrder, actor: Actor): Promise<CaseActDone> {
    await this.decide(tx, row, order, true);
    const approvalId = await Approvals.request(tx, {
      module: 'legal',
      action: WRITE_OFF,
      subject: `case/${row.number}`,
      permission: P.caseWriteOff.id,
      payload: { caseId: row.id, order },
      messageKey: 'legal.approval.write-off-text',
      messageParams: { number: row.number },
      reason: order.reason ?? row.number,
      actor,
    });
    return { id: row.id, status: row.status, version: row.version, approvalId };
  }
}

const AWARDING: readonly CaseAct[] = ['issue-order', 'decide', 'decide-in-absence', 'decide-appeal'];
const IN_FORCE: readonly CaseAct[] = ['order-in-force', 'enter-force', 'decide-appeal'];
const isClosed = (status: CaseStatus): boolean => CLOSED_STATUSES.some((closed) => closed === status);
const isParked = (status: CaseStatus): boolean => status === 'restructured' || status === 'settlement' || status === 'debtor-died';

const MEDIA_TYPES: Readonly<Record<string, string>> = { pdf: 'application/pdf', jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', p7s: 'application/pkcs7-signature' };
/** Kind of a scan by its name; refuses `legal.case.file-kind`. */
export function mediaTypeOf(name: string): string {
  const found = MEDIA_TYPES[name.split('.').at(-1)?.toLowerCase() ?? ''];
  if (!found) throw new DomainError('legal.case.file-kind', { name });
  return found;
}

/** Names the hold of a case in the table of holds. */
export const holdSource = (caseId: string): string => `legal-case/${caseId}`;

/** The same number of a court twice is a mistake of typing, or of the court: a person looks. */
export async function refuseTakenNumber(tx: CaseTx, court: string | null, courtNumber: string, caseId: string | null): Promise<void> {
  const [taken] = await tx.query<{ number: string }>(
    `select number from legal.case_file where court_number = $1 and court_code is not distinct from $2 and ($3::uuid is null or id <> $3)`,
    [courtNumber, court, caseId],
  );
  if (taken) throw conflict('legal.case.number-taken', { courtNumber, number: taken.number });
}

function detailsOf(order: Omit<CaseActOrder, 'version'>, change: CaseChange): Record<string, string> {
  const shown = {
    court: order.court, courtNumber: order.courtNumber, hearingOn: order.hearingOn, executor: order.executor?.name,
    executorNumber: order.executor?.number, answerUntil: change.answer_until, forceOn: change.force_on, appealUntil: change.appeal_until,
    presentUntil: change.present_until, papers: order.papers.map(({ number }) => number).join(', ') || undefined,
  };
  return Object.fromEntries(Object.entries(shown).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
}
