import { listOf, zDay, zFileAsk, zInstant, zListAsk, zMessage, zMoney } from '@komplat/kernel';
import { z } from 'zod';

export const IMPORT_STATES = [
  'reading',
  'staged',
  'mismatch',
  'refused',
  'posting',
  'posted',
  'cancelled',
  'rolling-back',
  'rolled-back',
] as const;
export const ROW_OUTCOMES = ['matched', 'linked', 'suspense', 'duplicate', 'rejected', 'skipped'] as const;
export type RowOutcome = (typeof ROW_OUTCOMES)[number];
export const IMPORT_ACTIONS = ['post', 'cancel', 'rollback'] as const;

export const PresetView = z
  .object({ id: z.string(), title: zMessage, defaultChannel: z.string(), encodings: z.array(z.string()) })
  .meta({ id: 'ImportPreset' });
export type PresetView = z.infer<typeof PresetView>;
export const PresetList = z.object({ items: z.array(PresetView) }).meta({ id: 'ImportPresetList' });
export type PresetList = z.infer<typeof PresetList>;

export const UploadQuery = z.object({
  name: z.string().min(1).max(255),
  /** Recognised by the first bytes of the file when absent. */
  preset: z.string().max(60).optional(),
  provider: z.string().max(20).optional(),
  channel: z.string().max(20).optional(),
});
export type UploadQuery = z.infer<typeof UploadQuery>;
export const Uploaded = z.object({ id: z.uuid(), repeated: z.boolean() }).meta({ id: 'ImportUploaded' });
export type Uploaded = z.infer<typeof Uploaded>;

const Share = z.object({ count: z.number().int(), sum: zMoney }).meta({ id: 'CountAndSum' });
export type Share = z.infer<typeof Share>;
const Totals = z.object({ rows: z.number().int().nullable(), sum: zMoney.nullable() });

const importCore = {
  id: z.uuid(),
  preset: z.string(),
  fileName: z.string(),
  fileHash: z.string(),
  size: z.number(),
  encoding: z.string().nullable(),
  formatVersion: z.string().nullable(),
  provider: z.string().nullable(),
  channel: z.string().nullable(),
  state: z.enum(IMPORT_STATES),
  stated: Totals,
  read: Totals,
  uploadedBy: z.string(),
  uploadedAt: zInstant,
  postedBy: z.string().nullable(),
  postedAt: zInstant.nullable(),
};
export const ImportItem = z.object(importCore).meta({ id: 'ImportItem' });
export type ImportItem = z.infer<typeof ImportItem>;
export const ImportList = listOf(ImportItem).meta({ id: 'ImportList' });
export type ImportList = z.infer<typeof ImportList>;
const searched = { q: z.string().trim().max(100).optional() };
const importFilter = { state: z.enum(IMPORT_STATES).optional(), ...searched };
export const ImportsQuery = zListAsk.extend(importFilter);
export type ImportsQuery = z.infer<typeof ImportsQuery>;
export const ImportsFileQuery = zFileAsk.extend(importFilter);
export type ImportsFileQuery = z.infer<typeof ImportsFileQuery>;

export const ImportView = z
  .object({
    ...importCore,
    registerId: z.string().nullable(),
    sender: z.string().nullable(),
    recipient: z.string().nullable(),
    /** Read minus stated; null when the file states no totals. */
    difference: z.object({ rows: z.number().int().nullable(), sum: zMoney.nullable() }).nullable(),
    byDay: z.array(z.object({ day: zDay, count: z.number().int(), sum: zMoney })),
    byService: z.array(
      z.object({ service: z.string().nullable(), name: z.string().nullable(), count: z.number().int(), sum: zMoney }),
    ),
    outcomes: z.object(
      Object.fromEntries(ROW_OUTCOMES.map((outcome) => [outcome, Share])) as Record<RowOutcome, typeof Share>,
    ),
    /** What `post` would do now, after the decisions of people. */
    plan: z.object({ post: Share, suspense: Share, leave: Share, undecided: z.number().int() }),
    posted: Share,
    refusal: zMessage.nullable(),
    repeats: z.uuid().nullable(),
    reason: z.string().nullable(),
    process: z.string(),
    may: z.array(z.enum(IMPORT_ACTIONS)),
    version: z.number().int(),
  })
  .meta({ id: 'Import' });
export type ImportView = z.infer<typeof ImportView>;

const rowFilter = { outcome: z.enum(ROW_OUTCOMES).optional(), ...searched };
export const RowsQuery = zListAsk.extend(rowFilter);
export type RowsQuery = z.infer<typeof RowsQuery>;
export const RowsFileQuery = zFileAsk.extend(rowFilter);
export type RowsFileQuery = z.infer<typeof RowsFileQuery>;
export const ImportRow = z
  .object({
    line: z.number().int(),
    accountText: z.string().nullable(),
    account: z.string().nullable(),
    holder: z.string().nullable(),
    /** The payer's surname is not the holder's: shown, and does not stop the row. */
    nameDiffers: z.boolean(),
    serviceText: z.string().nullable(),
    service: z.string().nullable(),
    payerName: z.string().nullable(),
    payerAddress: z.string().nullable(),
    amount: zMoney.nullable(),
    paidOn: zDay.nullable(),
    externalId: z.string().nullable(),
    raw: z.string(),
    outcome: z.enum(ROW_OUTCOMES),
    message: zMessage.nullable(),
    decision: z.enum(['post', 'skip', 'suspense']).nullable(),
    decidedBy: z.string().nullable(),
    paymentId: z.string().nullable(),
    posted: z.boolean(),
    /** The earlier row or payment that this one is like. */
    earlier: z
      .object({ importId: z.uuid().nullable(), line: z.number().int().nullable(), paymentId: z.string().nullable() })
      .nullable(),
  })
  .meta({ id: 'ImportRow' });
export type ImportRow = z.infer<typeof ImportRow>;
export const ImportRows = listOf(ImportRow).meta({ id: 'ImportRows' });
export type ImportRows = z.infer<typeof ImportRows>;

export const ImportParams = z.object({ id: z.uuid() });
export type ImportParams = z.infer<typeof ImportParams>;
export const RowParams = z.object({ id: z.uuid(), line: z.coerce.number().int().min(1) });
export type RowParams = z.infer<typeof RowParams>;
export const RowDecision = z
  .object({
    /** `post` takes a possible duplicate, or a suspense row with the account named here. */
    decision: z.enum(['post', 'skip', 'suspense']),
    account: z.string().max(20).optional(),
    reason: z.string().trim().min(3).max(500),
  })
  .meta({ id: 'ImportRowDecision' });
export type RowDecision = z.infer<typeof RowDecision>;
export const ImportOrder = z.object({ reason: z.string().trim().max(500).optional() }).meta({ id: 'ImportOrder' });
export type ImportOrder = z.infer<typeof ImportOrder>;
