import { zDay, zFileAsk, zListAsk } from '@komplat/kernel';
import { z } from 'zod';

/** Registers of the legal service. */
export const REGISTERS = ['filed', 'issued', 'contested', 'enforcement', 'hearings', 'fees', 'effectiveness'] as const;
export type Register = (typeof REGISTERS)[number];
export const RegisterParams = z.object({ name: z.enum(REGISTERS) });
export type RegisterParams = z.infer<typeof RegisterParams>;
const filter = { from: zDay.optional(), to: zDay.optional(), provider: z.string().max(10).optional() };
export const RegisterQuery = zListAsk.extend(filter);
export type RegisterQuery = z.infer<typeof RegisterQuery>;
export const RegisterFileQuery = zFileAsk.extend(filter);
export type RegisterFileQuery = z.infer<typeof RegisterFileQuery>;

const zCell = z.union([z.string(), z.number(), z.null()]);
export const RegisterPage = z
  .object({
    columns: z.array(z.object({ key: z.string(), kind: z.enum(['text', 'money', 'decimal', 'integer', 'day']) })),
    items: z.array(z.object({ id: z.string(), caseId: z.string().nullable(), cells: z.record(z.string(), zCell) })),
    next: z.string().nullable(),
    totals: z.object({ count: z.number().int(), sums: z.record(z.string(), z.string()) }).optional(),
  })
  .meta({ id: 'legal.RegisterPage' });
export type RegisterPage = z.infer<typeof RegisterPage>;

export const CaseListUpload = z.strictObject({ kind: z.enum(['court', 'executor']), name: z.string().trim().min(1).max(120) });
export type CaseListUpload = z.infer<typeof CaseListUpload>;
export const CaseListRef = z.object({ id: z.uuid(), repeated: z.boolean() }).meta({ id: 'legal.CaseListRef' });
export type CaseListRef = z.infer<typeof CaseListRef>;
export const CaseListOrder = z.strictObject({ act: z.enum(['take', 'drop']) }).meta({ id: 'legal.CaseListOrder' });
export type CaseListOrder = z.infer<typeof CaseListOrder>;

const zListHead = {
  id: z.uuid(), kind: z.enum(['court', 'executor']), fileName: z.string(), state: z.enum(['preview', 'taken', 'dropped']), by: z.string(), at: z.string(),
  counts: z.record(z.string(), z.number().int()),
};
export const CaseListHeads = z.object({ items: z.array(z.object(zListHead)) }).meta({ id: 'legal.CaseListHeads' });
export type CaseListHeads = z.infer<typeof CaseListHeads>;
/** A list of a court or an executor: what each row would do, or did. */
export const CaseListView = z
  .object({
    ...zListHead,
    rows: z.array(z.object({
      line: z.number().int(), cells: z.record(z.string(), z.string()), caseId: z.string().nullable(), number: z.string().nullable(), act: z.string().nullable(),
      outcome: z.enum(['ready', 'problem', 'done', 'failed']), why: z.object({ code: z.string(), params: z.record(z.string(), z.string()) }).nullable(),
    })),
  })
  .meta({ id: 'legal.CaseListView' });
export type CaseListView = z.infer<typeof CaseListView>;
