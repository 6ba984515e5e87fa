import { listOf, zDay, zListAsk } from '@komplat/kernel';
import { z } from 'zod';
import { zReason } from './analysis-dunning.schema.ts';
import { MORATORIA } from './analysis.schema.ts';

const zCode = z.string().regex(/^UA\d{17}$/).describe('КАТОТТГ');
const zName = z.string().trim().min(1).max(200);
const zGround = z.string().trim().min(3).max(300);

/** One territory of a list of the ministry. */
const zWindow = z
  .strictObject({ territory: zCode, name: zName, from: zDay, to: zDay.optional().describe('last day; open when absent') })
  .refine(({ from, to }) => to === undefined || from <= to, { error: 'debt.days-reversed', path: ['to'] });
/** Windows of a moratorium by territory; the same territory, kind, ground and first day again moves the last day. */
export const WindowsOrder = z.strictObject({
  rows: z.array(zWindow).min(1).max(3_000),
  kinds: z.array(z.enum(MORATORIA)).min(1),
  ground: zGround.describe('бойові дії, окупація'),
  act: zGround.describe('the order with the list'),
  reason: zReason,
});
export type WindowsOrder = z.infer<typeof WindowsOrder>;

/** Where a house, a district or the whole city lies, from a day on. */
export const PlaceOrder = z
  .strictObject({
    house: z.string().regex(/^[A-Za-z0-9_-]{1,20}$/).optional().describe('code of the house'),
    district: z.number().int().min(1).max(99).optional(),
    territory: zCode,
    name: zName,
    from: zDay,
    reason: zReason,
  })
  .refine(({ house, district }) => house === undefined || district === undefined, { error: 'debt.place.one', path: ['district'] });
export type PlaceOrder = z.infer<typeof PlaceOrder>;

export const MoratoriaQuery = zListAsk.extend({
  kind: z.enum(MORATORIA).optional(),
  standing: z.enum(['yes']).optional().describe('only those that stand today'),
  q: z.string().trim().max(100).optional().describe('beginning of the code, or part of the name'),
});
export type MoratoriaQuery = z.infer<typeof MoratoriaQuery>;
export const MoratoriumItem = z
  .object({
    id: z.string(),
    territory: z.string().nullable().describe('null: the whole country'),
    name: z.string().nullable(),
    kind: z.enum(MORATORIA),
    from: zDay,
    to: zDay.nullable(),
    standing: z.boolean(),
    ground: z.string(),
    act: z.string(),
    mark: z.string(),
  })
  .meta({ id: 'DebtMoratorium' });
export type MoratoriumItem = z.infer<typeof MoratoriumItem>;
export const MoratoriumList = listOf(MoratoriumItem).meta({ id: 'DebtMoratoriumList' });
export type MoratoriumList = z.infer<typeof MoratoriumList>;

export const PlaceList = z
  .object({
    items: z.array(
      z.object({
        id: z.uuid(),
        house: z.string().nullable(),
        district: z.number().int().nullable(),
        territory: z.string(),
        name: z.string(),
        from: zDay,
        decision: z.string(),
        standing: z.number().int().describe('windows of the territory that stand today'),
      }),
    ),
  })
  .meta({ id: 'DebtPlaceList' });
export type PlaceList = z.infer<typeof PlaceList>;
