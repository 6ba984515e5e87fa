import { zMoney, zPeriod } from '@komplat/kernel';
import { z } from 'zod';

export const TurnoverGroup = z.enum(['service', 'house', 'provider']);
export type TurnoverGroup = z.infer<typeof TurnoverGroup>;
export const TurnoverQuery = z.object({
  period: zPeriod,
  groupBy: TurnoverGroup.default('service'),
  provider: z.string().max(16).optional(),
});
export type TurnoverQuery = z.infer<typeof TurnoverQuery>;

/** Movement of a balance: `opening + charged + … + other = closing`. */
export const movement = {
  opening: zMoney,
  charged: zMoney,
  recalculated: zMoney,
  benefit: zMoney,
  subsidy: zMoney,
  paid: zMoney,
  other: zMoney,
  closing: zMoney,
};
const figures = { accounts: z.number().int(), ...movement };
export const TurnoverRow = z
  .object({ key: z.string(), title: z.string(), provider: z.string(), providerName: z.string(), state: z.string(), ...figures })
  .meta({ id: 'billing.TurnoverRow' });
export type TurnoverRow = z.infer<typeof TurnoverRow>;

export const Turnover = z
  .object({ period: zPeriod, groupBy: TurnoverGroup, rows: z.array(TurnoverRow), totals: z.object(figures) })
  .meta({ id: 'billing.Turnover' });
export type Turnover = z.infer<typeof Turnover>;
