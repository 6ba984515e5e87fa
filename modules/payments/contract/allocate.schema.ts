import { zMoney, zPeriod } from '@komplat/kernel';
import { z } from 'zod';

const zSum = zMoney.refine((text) => !text.startsWith('-'), { error: 'payments.allocate.negative' });
const Line = z.strictObject({
  service: z.string().min(1).max(32),
  provider: z.string().min(1).max(32).optional(),
  amount: zSum,
});

/** Input of the calculator `payments.allocate`. Unknown fields are refused. */
export const AllocateCalcInput = z.strictObject({
  openItems: z
    .array(
      z.strictObject({
        month: zPeriod,
        service: z.string().min(1).max(32),
        provider: z.string().min(1).max(32).optional(),
        outstanding: zSum,
      }),
    )
    .max(2_000),
  lastAccruals: z.array(Line).max(200),
  amount: zSum,
  named: z.array(Line).max(200).optional(),
  rule: z.enum(['oldest-then-service-order', 'oldest-then-proportional']).optional(),
});
export type AllocateCalcInput = z.infer<typeof AllocateCalcInput>;

const Result = z.strictObject({ service: z.string(), provider: z.string().optional(), amount: zMoney });
export const AllocateCalcOutput = z.strictObject({
  allocations: z.array(Result.extend({ month: zPeriod })),
  advances: z.array(Result),
});
