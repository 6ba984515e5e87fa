import { zDay as zAnyDay, zMoney, zPeriod } from '@komplat/kernel';
import { z } from 'zod';

const [FIRST_DAY, LAST_DAY] = ['1991-01-01', '2090-12-31'];
/** A day that the dated tables can speak of. */
const zDay = zAnyDay.refine((day) => day >= FIRST_DAY && day <= LAST_DAY, { error: 'debt.day-out-of-range' });
const zSum = zMoney.refine((text) => !text.startsWith('-'), { error: 'kernel.money.malformed' });
const zRate = z.string().regex(/^\d{1,4}(\.\d{1,10})?$/).describe('per cent, a decimal string');
const zIndex = z.string().regex(/^\d{1,4}(\.\d{1,6})?$/).describe('previous month = 100');
const zGround = z.string().max(300);
const MOST_MONTHS = 600;
const MOST_PAYMENTS = 2_000;

const zSpan = z.strictObject({ from: zDay, to: zDay, ground: zGround.optional() });
const zWorkingDays = z
  .enum(['labour', 'calendar'])
  .describe('labour: a holiday suspended by martial law is a working day; calendar: it is a day off');
const zIndices = {
  indices: z.record(zPeriod, zIndex).optional().describe('indices of this run, by month, instead of those of the table'),
  missingIndex: z.enum(['refuse', 'unchanged', '100']).optional(),
  indexVersion: z.number().int().min(1).optional().describe('table as it was at this version; the newest when absent'),
};
const zPayments = z.array(z.strictObject({ on: zDay, amount: zSum })).max(MOST_PAYMENTS);
const zTerritory = z.string().regex(/^UA\d{17}$/).describe('КАТОТТГ');

const zActInput = z.strictObject({
  method: z.enum(['A', 'A-fifo']),
  openingDebt: zMoney,
  months: z.array(z.strictObject({ month: zPeriod, charged: zMoney, paid: zSum })).max(MOST_MONTHS),
  ratePercent: zRate,
  excludeCurrentCharge: z.boolean().optional(),
  fees: z.array(z.strictObject({ name: z.string().max(120), amount: zSum })).max(20).optional(),
  parameters: z.strictObject(zIndices).optional(),
});
const zBureauInput = z.strictObject({
  method: z.literal('B').optional(),
  amount: zSum,
  dueOn: zDay.describe('last day to pay'),
  asOf: zDay.describe('day of calculation, counted'),
  payments: zPayments.default([]),
  ratePercent: zRate,
  excludeMoratorium: z.boolean().optional().describe('take out the windows of the moratorium on 3 % and inflation (law.md 4.4)'),
  territory: zTerritory.optional().describe('with excludeMoratorium: also the windows of this territory'),
  parameters: z.strictObject({ ...zIndices, moratoria: z.array(zSpan).max(50).optional() }).optional(),
});
const zBankInput = z.strictObject({
  method: z.literal('C'),
  amount: zSum,
  overdueFrom: zDay,
  overdueTo: zDay,
  ratePercent: zRate,
  parameters: z.strictObject({ ...zIndices, workingDays: zWorkingDays.optional() }).optional(),
});
/** Refused whatever stands beside it, until a lawyer defines the algorithm. */
const zCourtInput = z.looseObject({ method: z.literal('D') });

/** Input of `debt.inflation-interest`; the method is `B` when it is absent. Unknown fields are refused. */
export const InflationInterestInput = z.discriminatedUnion('method', [zActInput, zBureauInput, zBankInput, zCourtInput]);
export type InflationInterestInput = z.infer<typeof InflationInterestInput>;
export type ActCalcInput = z.infer<typeof zActInput>;
export type BureauCalcInput = z.infer<typeof zBureauInput>;
export type BankCalcInput = z.infer<typeof zBankInput>;

const zDecimal = z.string().describe('not rounded: up to 20 significant digits');
const zActOutput = z.strictObject({
  principal: zMoney,
  interest: zDecimal,
  coefficient: zDecimal,
  inflation: zDecimal,
  total: zDecimal,
  days: z.number().int(),
  rows: z.array(
    z.strictObject({ month: zPeriod, debt: zMoney, interest: zDecimal, coefficient: zDecimal, loss: zDecimal }),
  ),
});
const zBureauOutput = z.strictObject({
  periods: z.array(
    z.strictObject({
      from: zDay,
      to: zDay,
      days: z.number().int(),
      balance: zMoney,
      interest: zMoney,
      fullMonths: z.array(zPeriod),
      index: zDecimal,
      inflation: zMoney,
    }),
  ),
  interest: zMoney,
  inflation: zMoney,
  remaining: zMoney,
});
const zBankOutput = z.strictObject({
  days: z.number().int(),
  interest: z.string(),
  coefficient: z.string(),
  indexed: zMoney,
  months: z.array(zPeriod),
});
export const InflationInterestOutput = z.union([zActOutput, zBureauOutput, zBankOutput]);
export type InflationInterestOutput = z.infer<typeof InflationInterestOutput>;
export type ActCalcOutput = z.infer<typeof zActOutput>;
export type BureauCalcOutput = z.infer<typeof zBureauOutput>;
export type BankCalcOutput = z.infer<typeof zBankOutput>;

/** Input of `debt.limitation`. */
export const LimitationInput = z.strictObject({
  dueOn: zDay.describe('last day to pay'),
  kind: z.enum(['general', 'penalty']),
  asOf: zDay,
  interruptions: z
    .array(
      z.strictObject({
        on: zDay,
        ground: zGround,
        event: z.enum(['acknowledgement', 'payment']).optional().describe('which dated rule it follows; acknowledgement when absent'),
      }),
    )
    .max(200)
    .optional()
    .describe('acknowledgements and part payments, ЦКУ ст. 264'),
  parameters: z.strictObject({ stops: z.array(zSpan).max(50).optional() }).optional(),
});
export type LimitationInput = z.infer<typeof LimitationInput>;
const zStop = z.strictObject({ from: zDay, to: zDay, ground: z.string() });
export const LimitationOutput = z.strictObject({
  firstOverdueDay: zDay,
  endsOn: zDay.describe('last day in time'),
  state: z.enum(['running', 'stopped', 'expired']),
  daysLeft: z.number().int(),
  daysUsed: z.number().int(),
  stops: z.array(zStop),
  interruptions: z.array(z.strictObject({ on: zDay, ground: z.string() })),
});
export type LimitationOutput = z.infer<typeof LimitationOutput>;

/** Input of `debt.penalty`. */
export const PenaltyInput = z.strictObject({
  amount: zSum,
  dueOn: zDay.describe('last day to pay'),
  asOf: zDay.describe('day of calculation, counted'),
  payments: zPayments.default([]),
  ratePercentPerDay: zRate.describe('per cent a day of the contract'),
  territory: zTerritory.optional(),
  blockers: z
    .array(zSpan)
    .max(50)
    .optional()
    .describe('days when the state owed the provider for benefits, or the consumer had confirmed unpaid wages'),
  parameters: z
    .strictObject({ workingDays: zWorkingDays.optional(), moratoria: z.array(zSpan).max(50).optional() })
    .optional(),
});
export type PenaltyInput = z.infer<typeof PenaltyInput>;
export const PenaltyOutput = z.strictObject({
  startsOn: zDay,
  days: z.number().int(),
  penalty: zMoney,
  capped: z.boolean(),
  cappedBy: z.array(z.enum(['rate', 'debt'])),
  rateApplied: z.string(),
  excluded: z.array(zStop),
});
export type PenaltyOutput = z.infer<typeof PenaltyOutput>;

/** Input of `debt.deadline`. */
export const DeadlineInput = z.strictObject({
  from: zDay.describe('day of the event; not counted'),
  days: z.number().int().min(0).max(10_000),
  kind: z.enum(['calendar', 'working']),
  shiftWeekend: z.boolean(),
  parameters: z.strictObject({ workingDays: zWorkingDays.optional() }).optional(),
});
export type DeadlineInput = z.infer<typeof DeadlineInput>;
export const DeadlineOutput = z.strictObject({ startsOn: zDay, nominalEnd: zDay, endsOn: zDay });
export type DeadlineOutput = z.infer<typeof DeadlineOutput>;
