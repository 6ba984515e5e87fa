import { CASE_STATUSES, type LegalCaseCarry } from '@komplat/legal/contract/case-workflows';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * The record that a run begins with, in the shape of today whatever version wrote it. Read by hand: a library of schemas would be
 * loaded anew by each of thousands of processes that a worker keeps.
 */
export function readCarry(carried: unknown): LegalCaseCarry {
  const { v, caseId, startedBy, stage, runs }: Readonly<Record<string, unknown>> = typeof carried === 'object' ? { ...carried } : {};
  const known = CASE_STATUSES.find((status) => status === stage) ?? null;
  const isToday = v === 2 && typeof runs === 'number' && Number.isInteger(runs) && (stage === null || known !== null);
  if (typeof caseId !== 'string' || !UUID.test(caseId) || typeof startedBy !== 'string' || (v !== 1 && !isToday)) {
    throw new Error(`a case begins with an unreadable record of version ${String(v)}`);
  }
  return { v: 2, caseId, startedBy, stage: isToday ? known : null, runs: isToday ? runs : 0 };
}
