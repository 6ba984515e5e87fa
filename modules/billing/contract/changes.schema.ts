import { z } from 'zod';

/** Waits for a change of the money of an account: `since` is the version that the caller has. */
export const ChangesQuery = z.object({
  since: z.string().regex(/^\d{1,18}$/),
  /** Longest wait in seconds; then the same version is answered. */
  wait: z.coerce.number().int().min(0).max(25).default(25),
});
export type ChangesQuery = z.infer<typeof ChangesQuery>;
export const Changes = z.object({ version: z.string(), changed: z.boolean() }).meta({ id: 'billing.Changes' });
export type Changes = z.infer<typeof Changes>;
