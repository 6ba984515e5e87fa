import { listOf, zDay, zInstant, zListAsk, zMessage, zMoney, zPeriod } from '@komplat/kernel';
import { z } from 'zod';

export const AWARD_FILE_STATES = ['staged', 'refused', 'posted', 'cancelled'] as const;
const zLayout = z.enum(['SUBSIDY', 'SUBSIDY_J_FILE', 'SUBSIDY_S_FILE', 'CONTROL']);
const zRegime = z.enum(['netted', 'monetised']);

export const AwardUploadQuery = z.object({
  name: z.string().min(1).max(255),
  month: zPeriod,
  /** Recognised by the names of the fields when absent. */
  layout: zLayout.optional(),
  /** By the parameters of the month when absent. */
  regime: zRegime.optional(),
});
export type AwardUploadQuery = z.infer<typeof AwardUploadQuery>;

export const AwardFileView = z
  .object({
    id: z.uuid(),
    layout: z.string(),
    fileName: z.string(),
    fileHash: z.string(),
    month: zPeriod,
    regime: zRegime,
    state: z.enum(AWARD_FILE_STATES),
    rows: z.number().int(),
    rejected: z.number().int(),
    /** Of the rows that may be posted, all their months. */
    sum: zMoney,
    refusal: zMessage.nullable(),
    uploadedBy: z.string(),
    uploadedAt: zInstant,
    decidedBy: z.string().nullable(),
    decidedAt: zInstant.nullable(),
    version: z.number().int(),
  })
  .meta({ id: 'AwardFile' });
export type AwardFileView = z.infer<typeof AwardFileView>;
export const AwardUploaded = AwardFileView.extend({ repeated: z.boolean() }).meta({ id: 'AwardUploaded' });
export type AwardUploaded = z.infer<typeof AwardUploaded>;
export const AwardFileList = listOf(AwardFileView).meta({ id: 'AwardFileList' });
export type AwardFileList = z.infer<typeof AwardFileList>;
export const AwardFileQuery = zListAsk.extend({ state: z.enum(AWARD_FILE_STATES).optional() });
export type AwardFileQuery = z.infer<typeof AwardFileQuery>;

export const AwardRowView = z
  .object({
    line: z.number().int(),
    accountText: z.string(),
    account: z.string().nullable(),
    caseNumber: z.string().nullable(),
    holder: z.string().nullable(),
    from: zDay.nullable(),
    to: zDay.nullable(),
    sum: zMoney.nullable(),
    parts: z.array(z.object({ service: z.string(), amount: zMoney })),
    outcome: z.enum(['ready', 'rejected']),
    problem: zMessage.nullable(),
  })
  .meta({ id: 'AwardRow' });
export type AwardRowView = z.infer<typeof AwardRowView>;
export const AwardRowList = listOf(AwardRowView).meta({ id: 'AwardRowList' });
export type AwardRowList = z.infer<typeof AwardRowList>;
export const AwardRowQuery = zListAsk.extend({ outcome: z.enum(['ready', 'rejected']).optional() });
export type AwardRowQuery = z.infer<typeof AwardRowQuery>;

export const AwardFileParams = z.object({ id: z.uuid() });
export type AwardFileParams = z.infer<typeof AwardFileParams>;
/** `withoutRejected`: the rows of the error list stay out, and that is wanted. */
export const AwardPost = z
  .strictObject({ version: z.number().int(), withoutRejected: z.boolean().default(false), reason: z.string().trim().min(10).max(500) })
  .meta({ id: 'AwardPost' });
export type AwardPost = z.infer<typeof AwardPost>;
export const AwardCancel = z
  .strictObject({ version: z.number().int(), reason: z.string().trim().min(10).max(500) })
  .meta({ id: 'AwardCancel' });
export type AwardCancel = z.infer<typeof AwardCancel>;

/** Return of a subsidy of one service and month. */
export const AwardReturn = z
  .strictObject({
    service: z.string().max(20),
    month: zPeriod,
    amount: zMoney,
    document: z.string().trim().min(2).max(100),
    reason: z.string().trim().min(10).max(500),
  })
  .meta({ id: 'AwardReturn' });
export type AwardReturn = z.infer<typeof AwardReturn>;
