import { pageOf, zInstant, zMessage, zMoney, zPeriod } from '@komplat/kernel';
import { z } from 'zod';

const zReason = z.string().trim().min(10).max(500);
const zPhase = z.enum(['feed', 'gates', 'accrual', 'verification', 'release', 'settlement', 'locked']);
const zProviderCode = z.string().regex(/^[A-Z][A-Z0-9-]{1,15}$/);

export const CloseGateView = z
  .object({
    id: z.string(),
    title: zMessage,
    value: z.number(),
    limit: z.number(),
    green: z.boolean(),
    /** Set when a red gate is passed by two persons, or somebody has asked for it. */
    exception: z.object({ state: z.enum(['waiting', 'approved']), by: z.string(), reason: z.string() }).nullable(),
  })
  .meta({ id: 'billing.CloseGate' });
export type CloseGateView = z.infer<typeof CloseGateView>;

export const CloseLaneView = z
  .object({
    provider: z.object({ id: z.number(), code: z.string(), name: z.string(), kind: z.string() }),
    state: z.enum(['open', 'closing', 'verified', 'released', 'locked']),
    phase: zPhase.nullable(),
    phaseState: z.enum(['running', 'paused', 'waiting', 'failed', 'stopped', 'done']).nullable(),
    paused: z.object({ reason: z.string(), by: z.string() }).nullable(),
    planned: z.number(),
    done: z.number(),
    failed: z.number(),
    skipped: z.number(),
    notStarted: z.number(),
    charged: zMoney,
    paid: zMoney,
    /** Debt of the provider's accounts at the end of the month; known after the balances are written. */
    due: zMoney.nullable(),
    opening: zMoney.nullable(),
    recalculated: zMoney.nullable(),
    benefit: zMoney.nullable(),
    verified: z.object({ checked: z.number(), differences: z.number() }).nullable(),
    gates: z.array(CloseGateView),
    proposedBy: z.string().nullable(),
    releasedBy: z.string().nullable(),
    digest: z.string().nullable(),
    message: zMessage.nullable(),
    workflowId: z.string(),
    may: z.array(z.enum(['pause', 'resume', 'retry-failed', 'propose', 'stop', 'start'])),
  })
  .meta({ id: 'billing.CloseLane' });
export type CloseLaneView = z.infer<typeof CloseLaneView>;

export const CloseTotals = z.object({
  lanes: z.number(),
  locked: z.number(),
  planned: z.number(),
  done: z.number(),
  failed: z.number(),
  skipped: z.number(),
  notStarted: z.number(),
  charged: zMoney,
  paid: zMoney,
});

export const CloseView = z
  .object({
    period: zPeriod,
    /** `open`: nobody has started; `closing`: some lane is on its way; `locked`: all lanes are. */
    state: z.enum(['open', 'closing', 'locked']),
    run: z.object({ workflowId: z.string(), startedBy: z.string(), startedAt: zInstant, state: z.string() }).nullable(),
    lanes: z.array(CloseLaneView),
    totals: CloseTotals,
    /** sha256 of the lanes' digests by provider code, when all are locked. */
    digest: z.string().nullable(),
    trial: z.object({ madeBy: z.string(), madeAt: zInstant }).nullable(),
    may: z.array(z.enum(['start', 'trial'])),
  })
  .meta({ id: 'billing.Close' });
export type CloseView = z.infer<typeof CloseView>;

export const ClosePeriodParams = z.object({ period: zPeriod });
export const CloseLaneParams = z.object({ period: zPeriod, provider: zProviderCode });
export const CloseGateParams = CloseLaneParams.extend({ gate: z.string().min(1).max(80) });
export const CloseSharedGateParams = z.object({ period: zPeriod, gate: z.string().min(1).max(80) });
export const CloseCommandParams = CloseLaneParams.extend({ command: z.enum(['pause', 'resume', 'retry-failed', 'stop']) });

export const StartClose = z
  .object({ providers: z.array(zProviderCode).min(1).max(300).optional(), dryRun: z.boolean().optional() })
  .meta({ id: 'billing.StartClose' });
export const CloseStarted = z.object({ workflowId: z.string(), startedBy: z.string() }).meta({ id: 'billing.CloseStarted' });
export const CloseReason = z.object({ reason: zReason }).meta({ id: 'billing.CloseReason' });
export const CloseCommanded = z.object({ workflowId: z.string() }).meta({ id: 'billing.CloseCommanded' });
/** Lanes that were proposed together; one that cannot be proposed does not hold the others. */
export const CloseProposed = z
  .object({ proposed: z.array(z.string()), refused: z.array(z.object({ provider: z.string(), problem: zMessage })) })
  .meta({ id: 'billing.CloseProposed' });
/** Providers for whom a second person was asked, and those for whom that was not possible. */
export const CloseExceptionsAsked = z
  .object({ asked: z.array(z.string()), refused: z.array(z.object({ provider: z.string(), problem: zMessage })) })
  .meta({ id: 'billing.CloseExceptionsAsked' });
export const CloseApproval = z.object({ approvalId: z.string() }).meta({ id: 'billing.CloseApproval' });

export const CloseExceptionView = z
  .object({
    account: z.string(),
    address: z.string().nullable(),
    service: z.string(),
    serviceName: z.string(),
    outcome: z.enum(['failed', 'skipped']),
    reason: zMessage,
    attempts: z.number(),
    resolved: z.boolean(),
    signedBy: z.string().nullable(),
  })
  .meta({ id: 'billing.CloseException' });
export const CloseExceptions = pageOf(CloseExceptionView).meta({ id: 'billing.CloseExceptions' });
export const CloseExceptionsQuery = z.object({
  after: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  outcome: z.enum(['failed', 'skipped']).optional(),
});

/** A dry run: what the month would charge, beside the month before. */
export const CloseTrialView = z
  .object({
    period: zPeriod,
    lanes: z.array(
      z.object({
        provider: z.string(),
        madeBy: z.string(),
        madeAt: zInstant,
        failed: z.number(),
        services: z.array(
          z.object({ service: z.string(), accounts: z.number(), charged: zMoney, lastMonth: zMoney, difference: zMoney }),
        ),
      }),
    ),
  })
  .meta({ id: 'billing.CloseTrial' });

/** The evidence that is kept with a locked lane. */
export const CloseEvidenceView = z.object({ provider: z.string(), digest: z.string().nullable(), evidence: z.unknown() });

/** Input of the commands `close MONTH`, `close status MONTH`; options arrive as text. */
export const CloseCommandInput = z.object({
  month: zPeriod,
  /** `P01,P03` */
  providers: z
    .string()
    .transform((text) => text.split(',').map((code) => code.trim()))
    .pipe(z.array(zProviderCode).min(1))
    .optional(),
  dryRun: z.boolean().default(false),
});
export const CloseStatusInput = z.object({ month: zPeriod });

/** Something about a lane was decided outside of its process: it looks into the database. */
export const closeRungPayload = z.object({ workflowId: z.string() });
