import { listOf, zInstant, zListAsk, zMessage, zMoney, zPeriod } from '@komplat/kernel';
import { z } from 'zod';

/** Why a past month is charged otherwise; the sentence for the subscriber names it. */
export const CORRECTION_REASONS = ['facts', 'reading', 'absence', 'quality', 'tariff', 'method', 'decision', 'error'] as const;
export type CorrectionReason = (typeof CORRECTION_REASONS)[number];
/** draft = shown, nothing posted; waiting = for a second person; stale = the facts changed since it was shown. */
export const CORRECTION_STATES = ['draft', 'waiting', 'posted', 'refused', 'stale', 'reversed'] as const;
export type CorrectionState = (typeof CORRECTION_STATES)[number];
export const CORRECTION_ACTS = ['post', 'again', 'reverse'] as const;

const accountNumber = z.string().regex(/^\d{10}$/, { error: 'billing.correction.account-malformed' });
/** Whose charges are computed again: one account, some, a house, or everybody whom a provider supplies. */
export const CorrectionScope = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('account'), account: accountNumber }),
    z.object({ kind: z.literal('accounts'), accounts: z.array(accountNumber).min(1).max(2_000) }),
    z.object({ kind: z.literal('house'), house: z.string().min(1).max(40) }),
    z.object({ kind: z.literal('provider'), provider: z.string().min(1).max(20) }),
  ])
  .meta({ id: 'CorrectionScope' });
export type CorrectionScope = z.infer<typeof CorrectionScope>;

export const CorrectionOrder = z
  .object({
    scope: CorrectionScope,
    /** Codes of services; absent = all of them. */
    services: z.array(z.string().min(1).max(20)).min(1).max(50).optional(),
    from: zPeriod,
    to: zPeriod,
    reason: z.enum(CORRECTION_REASONS),
    /** The document behind it: number, date, who decided. */
    decision: z.string().trim().min(3).max(300),
  })
  .meta({ id: 'CorrectionOrder' });
export type CorrectionOrder = z.infer<typeof CorrectionOrder>;

export const CorrectionParams = z.object({ id: z.uuid() });
export type CorrectionParams = z.infer<typeof CorrectionParams>;
export const CorrectionWhy = z.object({ reason: z.string().trim().min(3).max(300) }).meta({ id: 'CorrectionWhy' });
export type CorrectionWhy = z.infer<typeof CorrectionWhy>;

const figures = { before: zMoney, after: zMoney, difference: zMoney };
const core = {
  id: z.uuid(),
  number: z.string(),
  state: z.enum(CORRECTION_STATES),
  reason: z.enum(CORRECTION_REASONS),
  decision: z.string(),
  scope: CorrectionScope,
  services: z.array(z.string()).nullable(),
  from: zPeriod,
  to: zPeriod,
  /** Accounts whose charge changes, lines that change, lines that cannot be calculated now. */
  accounts: z.number().int(),
  lines: z.number().int(),
  failed: z.number().int(),
  plus: zMoney,
  minus: zMoney,
  total: zMoney,
  needsApproval: z.boolean(),
  madeBy: z.string(),
  madeAt: zInstant,
  postedBy: z.string().nullable(),
  approvedBy: z.string().nullable(),
  postedAt: zInstant.nullable(),
};
export const CorrectionItem = z.object(core).meta({ id: 'CorrectionItem' });
export type CorrectionItem = z.infer<typeof CorrectionItem>;
export const CorrectionList = listOf(CorrectionItem).meta({ id: 'CorrectionList' });
export type CorrectionList = z.infer<typeof CorrectionList>;

export const CorrectionView = z
  .object({
    ...core,
    digest: z.string(),
    /** From this sum of plus and minus on a second person agrees. */
    limit: z.object({ sum: zMoney, act: z.string(), mark: z.string() }),
    approvalId: z.uuid().nullable(),
    postedPeriod: zPeriod.nullable(),
    reversedBy: z.string().nullable(),
    reversedAt: zInstant.nullable(),
    reversalReason: z.string().nullable(),
    byMonth: z.array(z.object({ month: zPeriod, lines: z.number().int(), ...figures })),
    byService: z.array(z.object({ service: z.string(), provider: z.string(), lines: z.number().int(), ...figures })),
    may: z.array(z.enum(CORRECTION_ACTS)),
  })
  .meta({ id: 'CorrectionView' });
export type CorrectionView = z.infer<typeof CorrectionView>;

export const CorrectionLine = z
  .object({
    key: z.string(),
    account: z.string(),
    month: zPeriod,
    service: z.string(),
    provider: z.string(),
    ...figures,
    /** Why the month cannot be calculated now: such a line changes nothing. */
    failed: zMessage.nullable(),
    /** What the subscriber reads on the bill. */
    sentence: zMessage.nullable(),
  })
  .meta({ id: 'CorrectionLine' });
export type CorrectionLine = z.infer<typeof CorrectionLine>;
export const CorrectionLines = listOf(CorrectionLine).meta({ id: 'CorrectionLines' });
export type CorrectionLines = z.infer<typeof CorrectionLines>;

export const CorrectionsQuery = zListAsk.extend({ state: z.enum(CORRECTION_STATES).optional(), q: z.string().trim().max(80).optional() });
export type CorrectionsQuery = z.infer<typeof CorrectionsQuery>;
export const CorrectionLinesQuery = zListAsk.extend({
  account: z.string().max(12).optional(),
  failed: z.enum(['yes', 'no']).optional(),
});
export type CorrectionLinesQuery = z.infer<typeof CorrectionLinesQuery>;
