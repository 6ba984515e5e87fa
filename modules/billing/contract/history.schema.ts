import { zPeriod } from '@komplat/kernel';
import { z } from 'zod';

/** Fields of a line of the old system: the month of a service of an account. */
export const HISTORY_FIELDS = [
  'account', 'service', 'provider', 'month', 'opening', 'charged', 'recalculated', 'benefit', 'subsidy', 'paid', 'closing',
] as const;
/** What a file of the old system holds: balances of months, or facts of the module that owns them. */
export const HISTORY_KINDS = ['balances', 'payments', 'readings', 'residents'] as const;
export type HistoryKind = (typeof HISTORY_KINDS)[number];
export const HISTORY_STATES = ['new', 'wrong', 'checked', 'loading', 'loaded', 'cancelled'] as const;

/** Field -> name of the column of the file. Amounts are hryvnias; what lowers a debt (benefit, subsidy, paid) is positive. */
export const HistoryMapping = z.record(z.string().max(40), z.string().max(120)).meta({ id: 'billing.HistoryMapping' });
export type HistoryMapping = z.infer<typeof HistoryMapping>;

export const HistoryParams = z.object({ id: z.uuid() });
export type HistoryParams = z.infer<typeof HistoryParams>;
export const HistoryUploadQuery = z.object({
  kind: z.enum(HISTORY_KINDS).default('balances'),
  name: z.string().min(1).max(200),
  owner: z.string().max(60).default('former-centre').describe('whose numbers of accounts the file has'),
});
export type HistoryUploadQuery = z.infer<typeof HistoryUploadQuery>;
export const HistoryUploaded = z.object({ id: z.uuid(), repeated: z.boolean() }).meta({ id: 'billing.HistoryUploaded' });
export type HistoryUploaded = z.infer<typeof HistoryUploaded>;
export const HistoryMappingBody = z.object({ mapping: HistoryMapping });
export type HistoryMappingBody = z.infer<typeof HistoryMappingBody>;
export const HistoryControlQuery = z.object({ name: z.string().min(1).max(200) });
export type HistoryControlQuery = z.infer<typeof HistoryControlQuery>;
export const HistoryOrder = z.object({
  withoutControl: z.string().min(3).max(500).optional().describe('why months are locked without stated totals'),
});
export type HistoryOrder = z.infer<typeof HistoryOrder>;
export const HistoryCancel = z.object({ reason: z.string().min(3).max(500) });
export type HistoryCancel = z.infer<typeof HistoryCancel>;

export const HistoryItem = z
  .object({
    id: z.string(),
    kind: z.enum(HISTORY_KINDS),
    fileName: z.string(),
    hash: z.string(),
    size: z.string(),
    state: z.enum(HISTORY_STATES),
    rows: z.number().int().nullable(),
    wrong: z.number().int().nullable(),
    uploadedBy: z.string(),
    uploadedAt: z.string(),
    loadedBy: z.string().nullable(),
    loadedAt: z.string().nullable(),
    /** Over the facts that were written; balances have one for each month. */
    digest: z.string().nullable(),
  })
  .meta({ id: 'billing.HistoryItem' });
export type HistoryItem = z.infer<typeof HistoryItem>;
export const HistoryList = z.object({ items: z.array(HistoryItem) }).meta({ id: 'billing.HistoryList' });
export type HistoryList = z.infer<typeof HistoryList>;

const HistoryMonth = z
  .object({
    month: zPeriod,
    provider: z.string(),
    rows: z.number().int(),
    opening: z.string(),
    charged: z.string(),
    recalculated: z.string(),
    benefit: z.string(),
    subsidy: z.string(),
    paid: z.string(),
    closing: z.string(),
    state: z.string().nullable(),
    digest: z.string().nullable(),
  })
  .meta({ id: 'billing.HistoryMonth' });
const HistoryFactMonth = z
  .object({ month: zPeriod, rows: z.number().int(), sum: z.string(), statedRows: z.number().int().nullable(), statedSum: z.string().nullable() })
  .meta({ id: 'billing.HistoryFactMonth' });
const HistoryProblem = z
  .object({ line: z.number().int().nullable(), code: z.string(), params: z.record(z.string(), z.string()), raw: z.string().nullable() })
  .meta({ id: 'billing.HistoryProblem' });
export type HistoryProblem = z.infer<typeof HistoryProblem>;

export const HistoryView = HistoryItem.extend({
  format: z.string(),
  encoding: z.string(),
  columns: z.array(z.string()),
  mapping: HistoryMapping,
  fields: z.array(z.object({ name: z.string(), optional: z.boolean() })),
  /** The first rows as they stand in the file. */
  preview: z.array(z.array(z.string())),
  control: z.string().nullable(),
  batches: z.object({ all: z.number().int(), done: z.number().int() }),
  months: z.array(HistoryMonth),
  /** Rows and sums of facts by month, beside what the sender states. */
  facts: z.array(HistoryFactMonth),
  problems: z.array(HistoryProblem),
}).meta({ id: 'billing.HistoryView' });
export type HistoryView = z.infer<typeof HistoryView>;
