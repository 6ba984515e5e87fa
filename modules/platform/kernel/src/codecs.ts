import { z } from 'zod';
import { isDay } from './period.ts';

/** Money on the wire: `"1234.56"`, exactly two decimals on output; one or two are taken on input, a third is refused. */
export const zMoney = z
  .string()
  .regex(/^-?\d{1,15}(\.\d{1,2})?$/, { error: 'kernel.money.malformed' })
  .meta({ id: 'Money', examples: ['1234.56'] });

/** A month on the wire: `2026-11`. */
export const zPeriod = z
  .string()
  .regex(/^(19|20)\d{2}-(0[1-9]|1[0-2])$/, { error: 'kernel.period.malformed' })
  .meta({ id: 'Period', examples: ['2026-11'] });

/** A calendar day on the wire: `2026-11-23`; a day that does not exist is refused. */
export const zDay = z
  .string()
  .refine(isDay, { error: 'kernel.day.malformed' })
  .meta({ id: 'Day', examples: ['2026-11-23'] });

/** An instant on the wire: ISO 8601 in UTC. */
export const zInstant = z.iso.datetime({ offset: true }).meta({ id: 'Instant', examples: ['2026-11-23T12:08:00.000Z'] });

/** A sentence to be made from messages: key and parameters. */
export const zMessage = z
  .object({ key: z.string(), params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])) })
  .meta({ id: 'Message' });
export type Message = z.infer<typeof zMessage>;

/** Answer of a list with keyset paging. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

/** Of a whole filter: how many rows, and sums by column. Comes with the first page. */
export const zListTotals = z.object({ count: z.number().int(), sums: z.record(z.string(), zMoney) }).meta({ id: 'ListTotals' });

/** A page of a list that is sorted and summed by the server. */
export const listOf = <T extends z.ZodType>(item: T) => pageOf(item).extend({ totals: zListTotals.optional() });

/** What every sorted list is asked with: `sort=amount` or `sort=-amount`, `after` as the page before gave it. */
export const zListAsk = z.object({
  sort: z.string().regex(/^-?[a-z][A-Za-z]{0,30}$/).optional(),
  after: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const zNames = z.string().max(8_000).transform((text) => text.split(',').filter((name) => name !== ''));

/** The whole filter as a file: which columns in which order, and only the marked rows when they are named. */
export const zFileAsk = zListAsk.pick({ sort: true }).extend({
  format: z.enum(['xlsx', 'csv']).default('xlsx'),
  columns: zNames.optional(),
  ids: zNames.optional(),
});
