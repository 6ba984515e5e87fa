import { listOf, zFileAsk, zInstant, zListAsk, zMessage } from '@komplat/kernel';
import { z } from 'zod';

export const ApprovalState = z.enum(['waiting', 'approved', 'rejected', 'expired', 'withdrawn']);
export const ApprovalView = z
  .object({
    id: z.string(),
    module: z.string(),
    action: z.string(),
    subject: z.string(),
    message: zMessage,
    reason: z.string(),
    requestedBy: z.string(),
    requestedAt: zInstant,
    expiresAt: zInstant,
    state: ApprovalState,
    decidedBy: z.string().nullable(),
    decidedAt: zInstant.nullable(),
    decisionReason: z.string().nullable(),
    payload: z.unknown(),
    mayDecide: z.boolean(),
    /** Message key that says why the reader may not decide. */
    whyNot: z.enum(['own-request', 'no-permission', 'already-decided']).nullable(),
  })
  .meta({ id: 'ApprovalView' });
export type ApprovalView = z.infer<typeof ApprovalView>;
export const ApprovalList = listOf(ApprovalView).meta({ id: 'ApprovalList' });
export type ApprovalList = z.infer<typeof ApprovalList>;
const filter = { state: ApprovalState.optional(), q: z.string().trim().max(100).optional() };
export const ApprovalQuery = zListAsk.extend(filter);
export type ApprovalQuery = z.infer<typeof ApprovalQuery>;
export const ApprovalFileQuery = zFileAsk.extend(filter);
export type ApprovalFileQuery = z.infer<typeof ApprovalFileQuery>;
export const ApprovalParams = z.object({ id: z.uuid() });
export type ApprovalParams = z.infer<typeof ApprovalParams>;
export const ApproveBody = z.strictObject({ reason: z.string().trim().max(500).optional() });
export type ApproveBody = z.infer<typeof ApproveBody>;
export const RejectBody = z.strictObject({ reason: z.string().trim().min(10).max(500) });
export type RejectBody = z.infer<typeof RejectBody>;
/** Many requests at once: those named, or all that wait for the reader. */
export const ApproveMany = z
  .strictObject({
    ids: z.array(z.uuid()).min(1).max(500).optional(),
    all: z.literal(true).optional(),
    reason: z.string().trim().max(500).optional(),
  })
  .refine(({ ids, all }) => (ids === undefined) !== (all === undefined), 'administration.approval.ids-or-all');
export type ApproveMany = z.infer<typeof ApproveMany>;
/** Each request is decided by itself: one that is refused does not hold the others. */
export const ApprovedMany = z
  .object({ approved: z.array(z.string()), refused: z.array(z.object({ id: z.string(), problem: zMessage })) })
  .meta({ id: 'ApprovedMany' });
export type ApprovedMany = z.infer<typeof ApprovedMany>;
