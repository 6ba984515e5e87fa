import { listOf, zInstant, zListAsk } from '@komplat/kernel';
import { z } from 'zod';
import { ChangeItem, ChangePreview, ChangeRequest } from './change.schema.ts';

/** Who proposes: the cash desk or the subscriber department; the other one decides. */
export const SIDES = ['desk', 'department'] as const;
export type Side = (typeof SIDES)[number];
export const PROPOSAL_STATES = ['waiting', 'approved', 'refused', 'expired', 'withdrawn'] as const;

export const ProposalRequest = ChangeRequest.extend({ side: z.enum(SIDES) }).meta({ id: 'CorrectionProposalRequest' });
export type ProposalRequest = z.infer<typeof ProposalRequest>;
export const ProposalMade = z.object({ id: z.uuid() }).meta({ id: 'CorrectionProposalMade' });
export type ProposalMade = z.infer<typeof ProposalMade>;
export const ProposalParams = z.object({ id: z.uuid() });
export type ProposalParams = z.infer<typeof ProposalParams>;

export const ProposalDecision = z
  .strictObject({
    approve: z.boolean(),
    /** Always when it is refused. */
    reason: z.string().trim().min(10).max(500).optional(),
  })
  .meta({ id: 'CorrectionDecision' });
export type ProposalDecision = z.infer<typeof ProposalDecision>;
export const ProposalWithdrawal = z.strictObject({ reason: z.string().trim().min(10).max(500) }).meta({ id: 'CorrectionWithdrawal' });
export type ProposalWithdrawal = z.infer<typeof ProposalWithdrawal>;

export const ProposalQuery = zListAsk.extend({
  state: z.enum(PROPOSAL_STATES).optional(),
  side: z.enum(SIDES).optional(),
  /** Those that wait for my side. */
  mine: z.enum(['yes']).optional(),
  account: z.string().max(14).optional(),
});
export type ProposalQuery = z.infer<typeof ProposalQuery>;

const core = {
  id: z.uuid(),
  account: z.string(),
  address: z.string(),
  side: z.enum(SIDES),
  state: z.enum(PROPOSAL_STATES),
  fields: z.array(z.string()),
  reason: z.string(),
  document: z.string().nullable(),
  proposedBy: z.string(),
  proposedAt: zInstant,
  dueAt: zInstant,
  overdue: z.boolean(),
  escalated: z.boolean(),
  decidedBy: z.string().nullable(),
  decidedAt: zInstant.nullable(),
  decisionReason: z.string().nullable(),
};
export const ProposalItem = z.object(core).meta({ id: 'CorrectionProposalItem' });
export type ProposalItem = z.infer<typeof ProposalItem>;
export const ProposalList = listOf(ProposalItem).meta({ id: 'CorrectionProposalList' });
export type ProposalList = z.infer<typeof ProposalList>;

export const ProposalView = z
  .object({
    ...core,
    /** Field by field as it was proposed. */
    items: z.array(ChangeItem),
    /** What it would do now; null when it is decided, or can no longer be done. */
    preview: ChangePreview.nullable(),
    /** Why it can no longer be done as proposed: code of the refusal. */
    stale: z.string().nullable(),
    mayDecide: z.boolean(),
    mayWithdraw: z.boolean(),
    whyNot: z.enum(['decided', 'own', 'own-side', 'no-permission']).nullable(),
    process: z.string(),
  })
  .meta({ id: 'CorrectionProposal' });
export type ProposalView = z.infer<typeof ProposalView>;
