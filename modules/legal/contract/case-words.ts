/** Statuses of a case (law.md 5.5, a proposal), in the order of the main course; the side exits stand last. */
export const CASE_STATUSES = [
  'draft', 'pretension-sent', 'pretension-unpaid', 'pack-prepared', 'order-filed', 'order-refused', 'order-issued', 'order-cancelled',
  'order-in-force', 'claim-filed', 'claim-left-without-motion', 'hearing', 'decision', 'default-decision', 'appeal', 'in-force',
  'exec-doc-received', 'executor-state', 'executor-private', 'partially-paid', 'completed', 'returned-to-creditor', 're-presented',
  'paid-voluntarily', 'restructured', 'settlement', 'withdrawn', 'time-barred', 'debtor-died', 'written-off',
] as const;
export type CaseStatus = (typeof CASE_STATUSES)[number];

/** Nothing more happens to such a case. */
export const CLOSED_STATUSES = ['completed', 'paid-voluntarily', 'withdrawn', 'time-barred', 'written-off'] as const satisfies readonly CaseStatus[];
/** The course is put aside and may go on where it stood. */
export const PARKED_STATUSES = ['restructured', 'settlement', 'debtor-died'] as const satisfies readonly CaseStatus[];

/** What a person or a signal does to a case. */
export const CASE_ACTS = [
  'send-pretension', 'serve-pretension', 'pretension-unpaid', 'prepare-pack', 'file-order', 'refuse-order', 'issue-order', 'serve-order',
  'cancel-order', 'order-in-force', 'file-claim', 'amend-claim', 'leave-without-motion', 'remedy-defects', 'schedule-hearing', 'decide',
  'decide-in-absence', 'review-default', 'appeal', 'decide-appeal', 'enter-force', 'receive-exec-doc', 'present-state', 'present-private',
  'inquire-executor', 'receive-part', 'complete', 'return-document', 're-present', 'pay-voluntarily', 'restructure', 'settle', 'withdraw',
  'time-bar', 'record-death', 'resume', 'write-off',
] as const;
export type CaseAct = (typeof CASE_ACTS)[number];

/** Kinds of papers that acts ask for. */
export const CASE_PAPERS = [
  'pretension', 'proof-of-service', 'pack', 'filing-receipt', 'court-order', 'court-ruling', 'cancellation', 'decision', 'appeal',
  'appeal-ruling', 'exec-document', 'executor-ruling', 'return-ruling', 'contract', 'settlement-ruling', 'death-record', 'succession',
  'write-off-decision', 'amended-claim', 'other',
] as const;
export type CasePaper = (typeof CASE_PAPERS)[number];

/** Parts of what is claimed, in the order of the pack. */
export const CLAIM_PARTS = ['principal', 'inflation', 'interest', 'penalty', 'fee'] as const;
export type ClaimPart = (typeof CLAIM_PARTS)[number];

/** What is waited for; every one has a term in the dated table `legal.case_term`. */
export const CASE_TASKS = [
  'send-pretension', 'serve-pretension', 'pretension-answer', 'prepare-pack', 'file-pack', 'order-answer', 'serve-order',
  'order-force', 'claim-after-order', 'claim-answer', 'remedy-defects', 'hearing', 'appeal-term', 'appeal-answer', 'receive-exec-doc',
  'present', 'present-limit', 'executor-inquiry', 're-present', 'contract-review', 'settlement-review', 'find-heirs',
  'account-merged', 'find-money', 'paid-review',
] as const;
export type CaseTask = (typeof CASE_TASKS)[number];
