import type { CaseAct, CasePaper, CaseStatus, CaseTask } from '../contract/case-words.ts';
import { CASE_ACTS, CLOSED_STATUSES, PARKED_STATUSES } from '../contract/case-words.ts';

/** What must be true before an act; each has a refusal of its own. */
export type CaseGuard =
  | 'not-served' | 'served' | 'answer-over' | 'order-not-served' | 'order-served' | 'cancel-open' | 'force-reached' | 'appeal-open' | 'appeal-over' | 'present-open' | 'present-over'
  | 'owes' | 'settled' | 'award' | 'court-number' | 'hearing-day' | 'executor' | 'reason' | 'approval';

export interface CaseRule {
  readonly act: CaseAct;
  readonly from: readonly CaseStatus[];
  /** `same`: a step inside the status; `before`: back to where the case stood. */
  readonly to: CaseStatus | 'same' | 'before';
  readonly papers: readonly CasePaper[];
  readonly guards: readonly CaseGuard[];
}

/** What the guards look at. Days are ISO; null: it did not happen or is not known. */
export interface CaseFacts {
  readonly status: CaseStatus;
  readonly statusBefore: CaseStatus | null;
  /** Day of the last act: acts stand in the order of days. */
  readonly lastOn: string;
  readonly today: string;
  readonly servedOn: string | null;
  /** Last day of the answer to the pretension. */
  readonly answerUntil: string | null;
  readonly orderServedOn: string | null;
  /** First day of force of the order. */
  readonly forceOn: string | null;
  readonly appealUntil: string | null;
  /** Last day to present the document to an executor. */
  readonly presentUntil: string | null;
  readonly outstandingKop: bigint;
}
export interface CaseOrder {
  readonly act: CaseAct;
  readonly on: string;
  readonly papers: readonly CasePaper[];
  readonly hasAward: boolean;
  readonly hasCourtNumber: boolean;
  readonly hearingOn: string | null;
  readonly hasExecutor: boolean;
  readonly hasReason: boolean;
  readonly isApproved: boolean;
}
/** Why an act is refused: code of the message and what stands in it. */
export interface CaseRefusal {
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
}

const EXECUTOR = ['executor-state', 'executor-private', 'partially-paid', 're-presented'] as const satisfies readonly CaseStatus[];
const BEFORE_COURT = ['draft', 'pretension-sent', 'pretension-unpaid', 'pack-prepared'] as const satisfies readonly CaseStatus[];
const IN_COURT = [
  'order-filed', 'order-refused', 'order-issued', 'order-cancelled', 'claim-filed', 'claim-left-without-motion', 'hearing', 'decision',
  'default-decision', 'appeal',
] as const satisfies readonly CaseStatus[];
const AWARDED = ['order-in-force', 'in-force', 'exec-doc-received', ...EXECUTOR, 'returned-to-creditor'] as const satisfies readonly CaseStatus[];
const COURSE: readonly CaseStatus[] = [...BEFORE_COURT, ...IN_COURT, ...AWARDED];

const rule = (
  act: CaseAct, from: readonly CaseStatus[], to: CaseRule['to'], papers: readonly CasePaper[], ...guards: readonly CaseGuard[]
): CaseRule => ({ act, from, to, papers, guards });

/** The course of a case as a table (law.md 5.1, 5.2, 5.4, 5.5). */
export const CASE_RULES: readonly CaseRule[] = [
  rule('send-pretension', ['draft'], 'pretension-sent', ['pretension'], 'owes'),
  rule('serve-pretension', ['pretension-sent'], 'same', ['proof-of-service'], 'not-served'),
  rule('pretension-unpaid', ['pretension-sent'], 'pretension-unpaid', [], 'served', 'answer-over', 'owes'),
  rule('prepare-pack', ['pretension-unpaid'], 'pack-prepared', ['pack'], 'owes'),
  rule('file-order', ['pack-prepared'], 'order-filed', ['filing-receipt'], 'owes'),
  rule('refuse-order', ['order-filed'], 'order-refused', ['court-ruling']),
  rule('issue-order', ['order-filed'], 'order-issued', ['court-order'], 'court-number', 'award'),
  rule('serve-order', ['order-issued'], 'same', ['proof-of-service'], 'order-not-served'),
  rule('cancel-order', ['order-issued'], 'order-cancelled', ['cancellation'], 'cancel-open'),
  rule('order-in-force', ['order-issued'], 'order-in-force', [], 'order-served', 'force-reached'),
  rule('file-claim', ['pack-prepared', 'order-refused', 'order-cancelled'], 'claim-filed', ['filing-receipt'], 'owes'),
  rule('amend-claim', ['claim-filed', 'claim-left-without-motion', 'hearing'], 'same', ['amended-claim'], 'reason'),
  rule('leave-without-motion', ['claim-filed'], 'claim-left-without-motion', ['court-ruling'], 'reason'),
  rule('remedy-defects', ['claim-left-without-motion'], 'claim-filed', ['filing-receipt']),
  rule('schedule-hearing', ['claim-filed', 'hearing'], 'hearing', [], 'hearing-day', 'court-number'),
  rule('decide', ['claim-filed', 'hearing'], 'decision', ['decision'], 'court-number', 'award'),
  rule('decide-in-absence', ['claim-filed', 'hearing'], 'default-decision', ['decision'], 'court-number', 'award'),
  rule('review-default', ['default-decision'], 'hearing', ['court-ruling'], 'appeal-open', 'hearing-day'),
  rule('appeal', ['decision', 'default-decision'], 'appeal', ['appeal'], 'appeal-open'),
  rule('decide-appeal', ['appeal'], 'in-force', ['appeal-ruling'], 'award'),
  rule('enter-force', ['decision', 'default-decision'], 'in-force', [], 'appeal-over'),
  rule('receive-exec-doc', ['order-in-force', 'in-force'], 'exec-doc-received', ['exec-document']),
  rule('present-state', ['exec-doc-received', 're-presented'], 'executor-state', ['executor-ruling'], 'executor', 'present-open'),
  rule('present-private', ['exec-doc-received', 're-presented'], 'executor-private', ['executor-ruling'], 'executor', 'present-open'),
  rule('inquire-executor', EXECUTOR, 'same', ['other']),
  rule('receive-part', EXECUTOR, 'partially-paid', [], 'owes'),
  rule('complete', [...EXECUTOR, 'returned-to-creditor'], 'completed', [], 'settled'),
  rule('return-document', ['executor-state', 'executor-private', 'partially-paid', 're-presented'], 'returned-to-creditor', ['return-ruling'], 'reason'),
  rule('re-present', ['returned-to-creditor'], 're-presented', ['exec-document'], 'present-open', 'owes'),
  rule('pay-voluntarily', [...BEFORE_COURT, ...IN_COURT, 'order-in-force', 'in-force', 'exec-doc-received'], 'paid-voluntarily', [], 'settled'),
  rule('restructure', COURSE, 'restructured', ['contract']),
  rule('settle', [...IN_COURT, ...AWARDED], 'settlement', ['settlement-ruling']),
  rule('withdraw', [...BEFORE_COURT, ...IN_COURT], 'withdrawn', [], 'reason'),
  rule('time-bar', [...BEFORE_COURT, 'order-refused', 'order-cancelled'], 'time-barred', [], 'reason'),
  rule('time-bar', ['exec-doc-received', 'returned-to-creditor'], 'time-barred', [], 'present-over', 'reason'),
  rule('record-death', COURSE, 'debtor-died', ['death-record']),
  rule('resume', PARKED_STATUSES, 'before', [], 'reason'),
  rule('write-off', [...AWARDED, 'debtor-died'], 'written-off', ['write-off-decision'], 'approval', 'owes'),
];

const isClosed = (status: CaseStatus): boolean => CLOSED_STATUSES.some((closed) => closed === status);
const ruleOf = (act: CaseAct, status: CaseStatus): CaseRule | undefined =>
  CASE_RULES.find((each) => each.act === act && each.from.includes(status));

/** Acts that the table knows in a status, whatever the guards say. */
export const actsOf = (status: CaseStatus): readonly CaseAct[] => CASE_ACTS.filter((act) => ruleOf(act, status) !== undefined);

const refusal = (name: string, params: CaseRefusal['params'] = {}): CaseRefusal => ({ code: `legal.case.${name}`, params });
/** Days compare as text. `from` is the first day on which the thing may be done. */
const notBefore = (on: string, from: string | null, name: string): CaseRefusal | null =>
  from !== null && on >= from ? null : refusal(name, { day: from ?? '?' });
const notAfter = (on: string, last: string | null, name: string): CaseRefusal | null =>
  last === null || on <= last ? null : refusal(name, { day: last });
const after = (on: string, last: string | null, name: string): CaseRefusal | null =>
  last !== null && on > last ? null : refusal(name, { day: last ?? '?' });
const needed = (given: boolean, name: string): CaseRefusal | null => (given ? null : refusal(name));

const GUARDS: Readonly<Record<CaseGuard, (facts: CaseFacts, order: CaseOrder) => CaseRefusal | null>> = {
  'not-served': (facts) => needed(facts.servedOn === null, 'served-already'),
  served: (facts) => needed(facts.servedOn !== null, 'not-served'),
  'answer-over': (facts, { on }) => after(on, facts.answerUntil, 'answer-not-over'),
  'order-not-served': (facts) => needed(facts.orderServedOn === null, 'served-already'),
  'order-served': (facts) => needed(facts.orderServedOn !== null, 'order-not-served'),
  'cancel-open': (facts, { on }) => notAfter(on, facts.forceOn, 'order-in-force-already'),
  'force-reached': (facts, { on }) => notBefore(on, facts.forceOn, 'order-force-not-reached'),
  'appeal-open': (facts, { on }) => notAfter(on, facts.appealUntil, 'appeal-over'),
  'appeal-over': (facts, { on }) => after(on, facts.appealUntil, 'appeal-not-over'),
  'present-open': (facts, { on }) => notAfter(on, facts.presentUntil, 'present-over'),
  'present-over': (facts, { on }) => after(on, facts.presentUntil, 'present-not-over'),
  owes: (facts) => needed(facts.outstandingKop > 0n, 'nothing-owed'),
  settled: (facts) => needed(facts.outstandingKop === 0n, 'still-owed'),
  award: (_facts, order) => needed(order.hasAward, 'award-missing'),
  'court-number': (_facts, order) => needed(order.hasCourtNumber, 'number-missing'),
  'hearing-day': (_facts, { hearingOn, on }) => needed(hearingOn !== null && hearingOn > on, 'hearing-day'),
  executor: (_facts, order) => needed(order.hasExecutor, 'executor-missing'),
  reason: (_facts, order) => needed(order.hasReason, 'reason-missing'),
  approval: (_facts, order) => needed(order.isApproved, 'approval-missing'),
};

/** Refused by the table or the days, before anything is filled in: why the act is not offered. */
export function whyNotOffered(facts: CaseFacts, act: CaseAct): CaseRefusal | null {
  const found = ruleOf(act, facts.status);
  if (!found) return refusal('act-illegal', { act, status: facts.status });
  const filled = { act, on: facts.today, papers: found.papers, hasAward: true, hasCourtNumber: true, hearingOn: '9999-12-31' } as const;
  const order: CaseOrder = { ...filled, hasExecutor: true, hasReason: true, isApproved: true };
  return guarded(found, facts, order);
}

function guarded(found: CaseRule, facts: CaseFacts, order: CaseOrder): CaseRefusal | null {
  for (const guard of found.guards) {
    const refused = GUARDS[guard](facts, order);
    if (refused) return refused;
  }
  return null;
}

/** The next status, or the reason why not. */
export function decideCase(facts: CaseFacts, order: CaseOrder): { readonly to: CaseStatus } | { readonly refused: CaseRefusal } {
  const refuse = (refused: CaseRefusal): { readonly refused: CaseRefusal } => ({ refused });
  const found = ruleOf(order.act, facts.status);
  if (!found) return refuse(refusal(isClosed(facts.status) ? 'closed' : 'act-illegal', { act: order.act, status: facts.status }));
  if (order.on > facts.today) return refuse(refusal('future-day', { day: order.on, today: facts.today }));
  if (order.on < facts.lastOn) return refuse(refusal('days-reversed', { day: order.on, last: facts.lastOn }));
  const missing = found.papers.find((paper) => !order.papers.includes(paper));
  if (missing) return refuse(refusal('paper-missing', { paper: missing, act: order.act }));
  const refused = guarded(found, facts, order);
  if (refused) return refuse(refused);
  if (found.to === 'same') return { to: facts.status };
  if (found.to !== 'before') return { to: found.to };
  return facts.statusBefore === null ? refuse(refusal('act-illegal', { act: order.act, status: facts.status })) : { to: facts.statusBefore };
}

/** What is waited for after an act that leads to a status: the next task; its term and who answers for it are dated data. */
export const TASKS_OF_STATUS: Readonly<Partial<Record<CaseStatus, readonly CaseTask[]>>> = {
  draft: ['send-pretension'],
  'pretension-sent': ['serve-pretension'],
  'pretension-unpaid': ['prepare-pack'],
  'pack-prepared': ['file-pack'],
  'order-filed': ['order-answer'],
  'order-refused': ['claim-after-order'],
  'order-issued': ['serve-order'],
  'order-cancelled': ['claim-after-order'],
  'order-in-force': ['receive-exec-doc'],
  'claim-filed': ['claim-answer'],
  'claim-left-without-motion': ['remedy-defects'],
  hearing: ['hearing'],
  decision: ['appeal-term'],
  'default-decision': ['appeal-term'],
  appeal: ['appeal-answer'],
  'in-force': ['receive-exec-doc'],
  'exec-doc-received': ['present', 'present-limit'],
  'executor-state': ['executor-inquiry'],
  'executor-private': ['executor-inquiry'],
  'partially-paid': ['executor-inquiry'],
  'returned-to-creditor': ['re-present', 'present-limit'],
  're-presented': ['executor-inquiry'],
  restructured: ['contract-review'],
  settlement: ['settlement-review'],
  'debtor-died': ['find-heirs'],
};
/** Acts inside a status that open a term of their own instead of the one of the status. */
export const TASKS_OF_ACT: Readonly<Partial<Record<CaseAct, readonly CaseTask[]>>> = {
  'serve-pretension': ['pretension-answer'],
  'serve-order': ['order-force'],
};
