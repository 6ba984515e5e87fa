import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CASE_ACTS, CASE_PAPERS, CASE_STATUSES, type CaseAct, type CaseStatus, CLOSED_STATUSES } from '../contract/case-words.ts';
import { actsOf, CASE_RULES, type CaseFacts, type CaseOrder, decideCase, TASKS_OF_STATUS, whyNotOffered } from './case-machine.ts';

/**
 * The second table, written from law.md 5.5 as text and not from the code: the arrows of the enumeration, the ways that 5.1, 5.2 and
 * 5.4 name between them, and the side exits with the part of the course that they leave.
 */
const COURSE = `
  draft > pretension-sent > pretension-unpaid > pack-prepared > order-filed
  order-filed > order-refused | order-issued
  order-issued > order-cancelled | order-in-force
  order-refused order-cancelled pack-prepared > claim-filed
  claim-filed > claim-left-without-motion > claim-filed
  claim-filed hearing > hearing
  claim-filed hearing > decision | default-decision
  default-decision > hearing
  decision default-decision > appeal > in-force
  decision default-decision > in-force
  order-in-force in-force > exec-doc-received
  exec-doc-received re-presented > executor-state | executor-private
  executor-state executor-private partially-paid re-presented > partially-paid
  executor-state executor-private partially-paid re-presented returned-to-creditor > completed
  executor-state executor-private partially-paid re-presented > returned-to-creditor > re-presented
`;
const MAIN = CASE_STATUSES.slice(0, CASE_STATUSES.indexOf('paid-voluntarily')).filter((status) => status !== 'completed');
const until = (last: string): string[] => MAIN.slice(0, MAIN.findIndex((status) => status === last) + 1);
const without = (all: readonly string[], ...some: string[]): string[] => all.filter((status) => !some.includes(status));
const COURT = without(until('appeal'), 'order-in-force');
const ORDER_FORCE_ON = ['order-in-force', ...MAIN.slice(MAIN.indexOf('in-force'))];
const EXITS: Readonly<Record<string, readonly string[]>> = {
  'paid-voluntarily': until('exec-doc-received'),
  restructured: MAIN,
  settlement: MAIN.slice(MAIN.indexOf('order-filed')),
  withdrawn: COURT,
  'time-barred': ['draft', 'pretension-sent', 'pretension-unpaid', 'pack-prepared', 'order-refused', 'order-cancelled', 'exec-doc-received', 'returned-to-creditor'],
  'debtor-died': MAIN,
  'written-off': [...ORDER_FORCE_ON, 'debtor-died'],
};
function plainArrows(): Set<string> {
  const found = new Set<string>();
  for (const line of COURSE.trim().split('\n')) {
    const sides = line.split('>').map((side) => side.trim().split(/[ |]+/));
    for (const [at, to] of sides.slice(1).entries())
      for (const a of sides[at] ?? []) for (const b of to) found.add(`${a} > ${b}`);
  }
  for (const [exit, from] of Object.entries(EXITS)) for (const status of from) found.add(`${status} > ${exit}`);
  return found;
}

const FACTS: CaseFacts = {
  status: 'draft', statusBefore: null, lastOn: '2026-01-01', today: '2026-11-23', servedOn: '2026-01-05', answerUntil: '2026-02-04',
  orderServedOn: '2026-03-01', forceOn: '2026-03-21', appealUntil: '2026-05-01', presentUntil: '2029-03-21', outstandingKop: 100n,
};
const full = (act: CaseAct, on: string): CaseOrder => ({
  act, on, papers: CASE_PAPERS, hasAward: true, hasCourtNumber: true, hearingOn: '2027-01-10', hasExecutor: true, hasReason: true, isApproved: true,
});
/** Facts under which every guard of the act lets pass. */
function favourable(act: CaseAct, status: CaseStatus): { facts: CaseFacts; on: string } {
  const facts: CaseFacts = { ...FACTS, status };
  if (act === 'serve-pretension') return { facts: { ...facts, servedOn: null }, on: '2026-06-01' };
  if (act === 'serve-order') return { facts: { ...facts, orderServedOn: null, forceOn: null }, on: '2026-06-01' };
  if (act === 'cancel-order') return { facts, on: '2026-03-10' };
  if (act === 'appeal' || act === 'review-default') return { facts, on: '2026-04-30' };
  if (act === 'complete' || act === 'pay-voluntarily') return { facts: { ...facts, outstandingKop: 0n }, on: '2026-06-01' };
  if (act === 'time-bar' && ['exec-doc-received', 'returned-to-creditor'].includes(status)) return { facts: { ...facts, presentUntil: '2026-05-05' }, on: '2026-06-01' };
  return { facts: { ...facts, statusBefore: 'hearing' }, on: '2026-06-01' };
}
const codeOf = (facts: CaseFacts, order: CaseOrder): string => {
  const answer = decideCase(facts, order);
  return 'to' in answer ? answer.to : answer.refused.code;
};

describe('the course of a case', () => {
  it('is the enumeration of law.md 5.5, arrow by arrow, and nothing else', () => {
    const made = new Set<string>();
    for (const { from, to, act } of CASE_RULES)
      for (const status of from) if (to !== 'same' && to !== 'before') made.add(`${status} > ${to}`);
        else expect(['serve-pretension', 'serve-order', 'amend-claim', 'inquire-executor', 'resume']).toContain(act);
    expect([...made].toSorted()).toEqual([...plainArrows()].toSorted());
  });
  it('gives every act with its papers and guards satisfied, and only then', () => {
    const arrows = plainArrows();
    for (const status of CASE_STATUSES)
      for (const act of CASE_ACTS) {
        const { facts, on } = favourable(act, status);
        const answer = decideCase(facts, full(act, on));
        const known = actsOf(status).includes(act);
        expect([status, act, 'to' in answer]).toEqual([status, act, known]);
        if ('to' in answer && answer.to !== status && act !== 'resume') expect(arrows).toContain(`${status} > ${answer.to}`);
        if (!known && 'refused' in answer) expect(answer.refused.code).toMatch(/^legal\.case\.(act-illegal|closed)$/);
      }
  });
  it('lets nothing happen to a closed case, and leaves a way out of every other one', () => {
    for (const status of CLOSED_STATUSES) expect(actsOf(status)).toEqual([]);
    const closed: readonly string[] = CLOSED_STATUSES;
    for (const status of CASE_STATUSES) if (!closed.includes(status)) expect(actsOf(status)).not.toEqual([]);
  });
  it('waits for something in every open status', () => {
    const closed: readonly string[] = CLOSED_STATUSES;
    for (const status of CASE_STATUSES) expect([status, (TASKS_OF_STATUS[status] ?? []).length > 0]).toEqual([status, !closed.includes(status)]);
  });
  it('a random walk stays on the arrows, and acts never go back in days', () => {
    const arrows = plainArrows();
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...CASE_ACTS), fc.integer({ min: 0, max: 27 })), { maxLength: 40 }), (steps) => {
        let facts = { ...FACTS, lastOn: '2026-06-01' };
        for (const [act, day] of steps) {
          const on = `2026-06-${String(day + 1).padStart(2, '0')}`;
          const answer = decideCase(facts, full(act, on));
          if ('refused' in answer) continue;
          expect(on >= facts.lastOn).toBe(true);
          if (answer.to !== facts.status && act !== 'resume') expect(arrows).toContain(`${facts.status} > ${answer.to}`);
          facts = { ...facts, status: answer.to, statusBefore: facts.status, lastOn: on };
        }
      }),
    );
  });
});

describe('what an act asks for', () => {
  const at = (status: CaseStatus, more: Partial<CaseFacts> = {}): CaseFacts => ({ ...FACTS, status, ...more });
  const ask = (act: CaseAct, more: Partial<CaseOrder> = {}): CaseOrder => ({ ...full(act, '2026-06-01'), ...more });
  it.each(CASE_RULES.filter(({ papers }) => papers.length > 0))('$act needs its papers', ({ act, from, papers }) => {
    const [status = 'draft'] = from;
    const { facts, on } = favourable(act, status);
    expect(decideCase(facts, { ...full(act, on), papers: [] })).toEqual({
      refused: { code: 'legal.case.paper-missing', params: { paper: papers[0], act } },
    });
  });
  it('nothing is served without proof, and an answer is not over before it was served', () => {
    expect(codeOf(at('pretension-sent', { servedOn: null }), ask('serve-pretension', { papers: [] }))).toBe('legal.case.paper-missing');
    expect(codeOf(at('pretension-sent', { servedOn: null }), ask('pretension-unpaid'))).toBe('legal.case.not-served');
    expect(codeOf(at('pretension-sent', { answerUntil: '2026-06-01' }), ask('pretension-unpaid'))).toBe('legal.case.answer-not-over');
    expect(codeOf(at('pretension-sent', { answerUntil: '2026-05-31' }), ask('pretension-unpaid'))).toBe('pretension-unpaid');
  });
  it('an order takes force on its day and cannot be cancelled after it', () => {
    const facts = at('order-issued', { forceOn: '2026-06-01' });
    expect(codeOf(facts, ask('order-in-force', { on: '2026-05-31' }))).toBe('legal.case.order-force-not-reached');
    expect(codeOf(facts, ask('order-in-force'))).toBe('order-in-force');
    expect(codeOf(facts, ask('cancel-order', { on: '2026-06-02' }))).toBe('legal.case.order-in-force-already');
    expect(codeOf(at('order-issued', { orderServedOn: null, forceOn: null }), ask('order-in-force'))).toBe('legal.case.order-not-served');
  });
  it('days: not tomorrow, not before the last act; appeal and presentation in their terms', () => {
    expect(codeOf(at('draft'), ask('send-pretension', { on: '2026-11-24' }))).toBe('legal.case.future-day');
    expect(codeOf(at('draft'), ask('send-pretension', { on: '2025-12-31' }))).toBe('legal.case.days-reversed');
    expect(codeOf(at('decision'), ask('appeal'))).toBe('legal.case.appeal-over');
    expect(codeOf(at('decision', { appealUntil: '2026-06-01' }), ask('enter-force'))).toBe('legal.case.appeal-not-over');
    expect(codeOf(at('exec-doc-received', { presentUntil: '2026-05-31' }), ask('present-state'))).toBe('legal.case.present-over');
    expect(codeOf(at('returned-to-creditor'), ask('time-bar'))).toBe('legal.case.present-not-over');
  });
  it('money: nothing is completed with a debt, nothing is claimed without one', () => {
    expect(codeOf(at('executor-state'), ask('complete'))).toBe('legal.case.still-owed');
    expect(codeOf(at('pack-prepared', { outstandingKop: 0n }), ask('file-order'))).toBe('legal.case.nothing-owed');
    expect(codeOf(at('in-force'), ask('write-off', { isApproved: false }))).toBe('legal.case.approval-missing');
  });
  it('what is missing is named; the page is told why an act is not offered', () => {
    expect(codeOf(at('order-filed'), ask('issue-order', { hasAward: false }))).toBe('legal.case.award-missing');
    expect(codeOf(at('order-filed'), ask('issue-order', { hasCourtNumber: false }))).toBe('legal.case.number-missing');
    expect(codeOf(at('hearing'), ask('schedule-hearing', { hearingOn: '2026-06-01' }))).toBe('legal.case.hearing-day');
    expect(codeOf(at('exec-doc-received'), ask('present-private', { hasExecutor: false }))).toBe('legal.case.executor-missing');
    expect(codeOf(at('claim-filed'), ask('withdraw', { hasReason: false }))).toBe('legal.case.reason-missing');
    expect(codeOf(at('completed'), ask('resume'))).toBe('legal.case.closed');
    expect(whyNotOffered(at('executor-state'), 'complete')?.code).toBe('legal.case.still-owed');
    expect(whyNotOffered(at('executor-state'), 'return-document')).toBeNull();
    expect(whyNotOffered(at('draft'), 'appeal')?.params).toEqual({ act: 'appeal', status: 'draft' });
  });
  it('a parked case goes on where it stood', () => {
    expect(codeOf(at('restructured', { statusBefore: 'hearing' }), ask('resume'))).toBe('hearing');
    expect(codeOf(at('debtor-died', { statusBefore: null }), ask('resume'))).toBe('legal.case.act-illegal');
  });
});
