import { zDay, zPeriod } from '@komplat/kernel';
import { z } from 'zod';

const zRow = z.object({
  month: zPeriod,
  value: z.string().regex(/^\d{2,3}(\.\d{1,3})?$/).describe('previous month = 100'),
});

/** New or revised inflation indices; a second person agrees before they count. */
export const IndexLoad = z.object({
  rows: z.array(zRow).min(1).max(400),
  source: z.string().trim().min(3).max(300).describe('publication: Derzhstat, address, day'),
  stateOf: zDay.describe('day of the publication'),
  reason: z.string().trim().min(3).max(500),
});
export type IndexLoad = z.infer<typeof IndexLoad>;
export const IndexAsked = z.object({ approvalId: z.string(), added: z.number().int(), revised: z.number().int() }).meta({ id: 'IndexAsked' });
export type IndexAsked = z.infer<typeof IndexAsked>;

export const IndexTableView = z
  .object({
    versions: z.array(
      z.object({ id: z.number().int(), stateOf: zDay, source: z.string(), reason: z.string(), recordedBy: z.string() }),
    ),
    rows: z.array(z.object({ month: zPeriod, value: z.string(), mark: z.string(), version: z.number().int() })),
  })
  .meta({ id: 'IndexTableView' });
export type IndexTableView = z.infer<typeof IndexTableView>;
