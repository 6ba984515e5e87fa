import { z } from 'zod';

const RunRef = z.object({ runId: z.uuid(), startedBy: z.string() });
export type RunRef = z.infer<typeof RunRef>;
/** A mass run was planned or goes on: its process starts or is rung. */
export const runOrdered = { type: 'bills.run-ordered', version: 1, schema: RunRef } as const;
