import { z } from 'zod';

const zText = z.string();
/** One field of the form of a calculator, made from its JSON Schema. */
export interface CalcField {
  readonly name: string;
  /** `group`: fields of an object; `rows`: a list of objects; `list`: a list of words; `json`: anything else, as text. */
  readonly kind: 'text' | 'money' | 'day' | 'month' | 'number' | 'flag' | 'choice' | 'fixed' | 'group' | 'rows' | 'list' | 'json';
  readonly required: boolean;
  readonly options?: readonly string[] | undefined;
  readonly fields?: readonly CalcField[] | undefined;
}
export const CalcField: z.ZodType<CalcField> = z.lazy(() =>
  z.object({
    name: zText,
    kind: z.enum(['text', 'money', 'day', 'month', 'number', 'flag', 'choice', 'fixed', 'group', 'rows', 'list', 'json']),
    required: z.boolean(),
    options: z.array(zText).optional(),
    fields: z.array(CalcField).optional(),
  }),
);

/** Form of a calculator: one variant, or one for each value of its first choice (the method). */
export const CalcSheet = z.object({
  name: zText,
  title: zText.describe('key of a message'),
  example: z.unknown(),
  variants: z.array(z.object({ label: zText, fields: z.array(CalcField) })),
});
export type CalcSheet = z.infer<typeof CalcSheet>;
export const CalcSheets = z.object({ calculators: z.array(CalcSheet) }).meta({ id: 'CalcSheets' });
export type CalcSheets = z.infer<typeof CalcSheets>;

/** Answer of a calculator as the page reads it. */
export interface CalcAnswer {
  readonly result: Readonly<Record<string, unknown>>;
  readonly trace: readonly Readonly<Record<string, unknown>>[];
  readonly parameters: readonly { readonly id: string; readonly version: string; readonly mark: string }[];
}
