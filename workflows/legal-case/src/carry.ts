import { CASE_STATUSES, type LegalCaseCarry } from '@komplat/legal/contract/case-workflows';
import { z } from 'zod';

const CarryV1 = z.object({ v: z.literal(1), caseId: z.uuid(), startedBy: z.string() });
const CarryV2 = CarryV1.extend({ v: z.literal(2), stage: z.enum(CASE_STATUSES).nullable(), runs: z.number().int() });

/** The record that a run begins with, in the shape of today whatever version wrote it. */
export function readCarry(carried: unknown): LegalCaseCarry {
  const found = z.discriminatedUnion('v', [CarryV1, CarryV2]).parse(carried);
  return found.v === 1 ? { ...found, v: 2, stage: null, runs: 0 } : found;
}
