import { zMessage, zMoney, zPeriod } from '@komplat/kernel';
import { z } from 'zod';

/** The month to explain; the last charged one when absent. */
export const DifferenceQuery = z.object({ month: zPeriod.optional() });
export type DifferenceQuery = z.infer<typeof DifferenceQuery>;

export const DifferencePart = z
  .object({
    cause: z.enum([
      'tariff', 'average-price', 'quantity', 'area', 'norm', 'persons', 'days', 'started', 'ended', 'amount',
      'recalculation', 'benefit', 'subsidy',
    ]),
    service: z.string(),
    serviceName: z.string(),
    provider: z.string(),
    amount: zMoney,
    /** The sentence; its values are what changed. */
    text: zMessage,
  })
  .meta({ id: 'billing.DifferencePart' });
export type DifferencePart = z.infer<typeof DifferencePart>;

/** Why a month asks for another sum than the month before. `before` + parts = `after`, to the kopeck. */
export const DifferenceView = z
  .object({
    month: zPeriod,
    previous: zPeriod,
    before: zMoney,
    after: zMoney,
    difference: zMoney,
    parts: z.array(DifferencePart),
    /** Services whose charge of the month is not there yet: they are left out of both sums. */
    awaited: z.array(z.object({ service: z.string(), serviceName: z.string(), provider: z.string() })),
  })
  .meta({ id: 'billing.Difference' });
export type DifferenceView = z.infer<typeof DifferenceView>;
