import { z } from 'zod';

const ClaimRunRef = z.object({ runId: z.uuid(), startedBy: z.string() });
export type ClaimRunRef = z.infer<typeof ClaimRunRef>;
/** A run of preparing claims was ordered, or a person decided what its process waits for. */
export const claimRunOrdered = { type: 'legal.claim-run-ordered', version: 1, schema: ClaimRunRef } as const;
