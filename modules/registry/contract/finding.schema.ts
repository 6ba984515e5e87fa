import { listOf, zDay, zInstant, zListAsk, zMessage } from '@komplat/kernel';
import { z } from 'zod';

export const SEVERITIES = ['blocks', 'warns', 'informs'] as const;
export const FINDING_STATES = ['open', 'accepted', 'resolved'] as const;

export const FindingQuery = zListAsk.extend({
  state: z.enum(FINDING_STATES).optional(),
  severity: z.enum(SEVERITIES).optional(),
  check: z.string().max(80).optional(),
  /** `me`, `nobody`, or a login. */
  assigned: z.string().max(60).optional(),
  account: z.string().max(14).optional(),
  q: z.string().trim().max(100).optional(),
});
export type FindingQuery = z.infer<typeof FindingQuery>;

export const FindingItem = z
  .object({
    id: z.string(),
    check: z.string(),
    /** Title of the rule. */
    title: z.string(),
    severity: z.enum(SEVERITIES),
    subject: z.string(),
    account: z.string().nullable(),
    address: z.string().nullable(),
    params: z.record(z.string(), z.unknown()),
    state: z.enum(FINDING_STATES),
    assignedTo: z.string().nullable(),
    note: z.string().nullable(),
    firstSeen: zInstant,
    lastSeen: zInstant,
    resolvedAt: zInstant.nullable(),
  })
  .meta({ id: 'Finding' });
export type FindingItem = z.infer<typeof FindingItem>;
export const FindingList = listOf(FindingItem).meta({ id: 'FindingList' });
export type FindingList = z.infer<typeof FindingList>;

export const FindingSummary = z
  .object({
    bySeverity: z.record(z.string(), z.number().int()),
    byCheck: z.array(z.object({ check: z.string(), title: z.string(), severity: z.enum(SEVERITIES), open: z.number().int() })),
    mine: z.number().int(),
    unassigned: z.number().int(),
    /** Oldest day first. */
    trend: z.array(z.object({ day: zDay, open: z.number().int(), fresh: z.number().int(), gone: z.number().int() })),
    lastRun: z
      .object({ at: zInstant, seconds: z.number(), accounts: z.number().int(), checks: z.number().int(), failed: z.array(z.string()) })
      .nullable(),
  })
  .meta({ id: 'FindingSummary' });
export type FindingSummary = z.infer<typeof FindingSummary>;

const Chosen = { ids: z.array(z.string().regex(/^\d{1,18}$/)).min(1).max(1_000) };
/** To a login, or back to nobody. */
export const AssignFindings = z.strictObject({ ...Chosen, to: z.string().trim().min(1).max(60).nullable() }).meta({ id: 'AssignFindings' });
export type AssignFindings = z.infer<typeof AssignFindings>;
/** Put aside as it is: a person answers for it with a reason until the rule no longer finds it. */
export const AcceptFindings = z
  .strictObject({ ...Chosen, accept: z.boolean(), reason: z.string().trim().min(10).max(500) })
  .meta({ id: 'AcceptFindings' });
export type AcceptFindings = z.infer<typeof AcceptFindings>;
export const FindingOutcome = z
  .object({
    done: z.array(z.string()),
    /** Gone, resolved meanwhile, or outside the data scope. */
    skipped: z.array(z.string()),
    message: zMessage.nullable(),
  })
  .meta({ id: 'FindingOutcome' });
export type FindingOutcome = z.infer<typeof FindingOutcome>;
