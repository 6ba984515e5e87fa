import { zMessage } from '@komplat/kernel';
import { z } from 'zod';

/** `accrual:2026-10:0100000017:MNT:P08` | `payment:<id>` | `balance:<number>:<service>:<provider>`. */
export const TraceParams = z.object({ ref: z.string().min(3).max(120) });
export type TraceParams = z.infer<typeof TraceParams>;

export const TraceInput = z
  .object({ name: zMessage, value: z.string(), unit: z.string(), ref: z.string().optional() })
  .meta({ id: 'billing.TraceInput' });
export type TraceInput = z.infer<typeof TraceInput>;

export const TraceStep = z
  .object({
    label: zMessage,
    /** With the figures in it: `67.08 × 5.25`. */
    formula: z.string(),
    inputs: z.array(TraceInput),
    result: z.string(),
    unit: z.string(),
    rounding: z.string(),
    law: z.string().optional(),
    /** How sure the rule is. */
    mark: zMessage.optional(),
  })
  .meta({ id: 'billing.TraceStep' });
export type TraceStep = z.infer<typeof TraceStep>;

export const TraceSource = z
  .object({
    kind: z.enum(['tariff', 'norm', 'reading', 'residence', 'premises', 'file-row', 'payment', 'posting', 'entry']),
    title: zMessage,
    date: z.string().optional(),
    number: z.string().optional(),
    row: z.number().int().optional(),
    /** The line of the imported file as it came. */
    raw: z.string().optional(),
    href: z.string().optional(),
  })
  .meta({ id: 'billing.TraceSource' });
export type TraceSource = z.infer<typeof TraceSource>;

export const Trace = z
  .object({
    title: zMessage,
    value: z.string(),
    pills: z.array(z.object({ text: zMessage, tone: z.enum(['neutral', 'good', 'warn', 'bad']) })),
    steps: z.array(TraceStep),
    sources: z.array(TraceSource),
    versions: z.array(z.object({ what: zMessage, value: z.string() })),
    secondCalculation: z.object({ agrees: z.boolean(), value: z.string() }).nullable(),
  })
  .meta({ id: 'billing.Trace' });
export type Trace = z.infer<typeof Trace>;
