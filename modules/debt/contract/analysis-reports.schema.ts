import { zDay, zMoney, zPeriod } from '@komplat/kernel';
import { z } from 'zod';

const CODE = z.string().regex(/^[A-Za-z0-9_-]{1,20}$/);
const zProvider = { provider: CODE.optional() };
const provider = { provider: z.string(), providerName: z.string() };
/** Rules that an answer rests on, each with how sure it is. */
export const zMarks = z.array(z.object({ id: z.string(), version: z.string(), mark: z.string() }));

export const ReportQuery = z.object({ ...zProvider, service: CODE.optional() });
export type ReportQuery = z.infer<typeof ReportQuery>;
/** At most five years of months. */
export const SpanQuery = z
  .object({ ...zProvider, from: zPeriod, to: zPeriod })
  .refine(({ from, to }) => from <= to, { error: 'debt.report.months-reversed', path: ['from'] })
  .refine(({ from, to }) => Number(to.slice(0, 4)) - Number(from.slice(0, 4)) <= 5, { error: 'debt.report.too-long', path: ['from'] });
export type SpanQuery = z.infer<typeof SpanQuery>;

/** Debt past its due day by the year of the month it is about (S5.5). */
export const DebtYears = z
  .object({
    today: zDay,
    rows: z.array(z.object({ year: z.number().int(), ...provider, debt: zMoney, items: z.number().int() })),
    years: z.array(z.object({ year: z.number().int(), debt: zMoney })),
    total: zMoney,
  })
  .meta({ id: 'DebtYears' });
export type DebtYears = z.infer<typeof DebtYears>;

export const AGES = ['1', '2-3', '4-6', '7-12', '13-24', '25-36', '37+'] as const;
/** Debt by its age in months past the due day; an account stands in every age in which it owes. */
export const DebtAgeing = z
  .object({
    today: zDay,
    rows: z.array(z.object({ age: z.enum(AGES), debt: zMoney, accounts: z.number().int() })),
    total: z.object({ debt: zMoney, accounts: z.number().int() }),
  })
  .meta({ id: 'DebtAgeing' });
export type DebtAgeing = z.infer<typeof DebtAgeing>;

/** What came in a month and which months it paid (S5.6). paid = lastMonth + year + older + ahead. */
export const PaidByPeriods = z
  .object({
    rows: z.array(
      z.object({
        month: zPeriod,
        paid: zMoney,
        lastMonth: zMoney.describe('for the month before and the month itself'),
        year: zMoney.describe('for two to twelve months back'),
        older: zMoney,
        ahead: zMoney.describe('held as an advance, or allocated after the month'),
      }),
    ),
  })
  .meta({ id: 'PaidByPeriods' });
export type PaidByPeriods = z.infer<typeof PaidByPeriods>;

/** Movement of debt by closed months: closing = opening + charged + other - paid; balance = debt - advance. */
export const DebtMovement = z
  .object({
    rows: z.array(
      z.object({
        month: zPeriod,
        opening: zMoney,
        charged: zMoney.describe('accruals, recalculation, benefits and subsidies'),
        other: zMoney,
        paid: zMoney,
        closing: zMoney,
        debt: zMoney.describe('sum of positive balances at the end'),
        advance: zMoney.describe('sum of negative balances at the end'),
        came: z.number().int().describe('balances that became a debt in the month'),
        left: z.number().int().describe('balances that ceased to be a debt'),
      }),
    ),
  })
  .meta({ id: 'DebtMovement' });
export type DebtMovement = z.infer<typeof DebtMovement>;

/** What passes limitation by month and provider. The rows rest on a rule whose marks are to be shown. */
export const LimitationForecast = z
  .object({
    today: zDay,
    expired: zMoney.describe('passed already'),
    rows: z.array(z.object({ month: zPeriod, ...provider, debt: zMoney, accounts: z.number().int(), lastDay: zDay })),
    parameters: zMarks,
  })
  .meta({ id: 'LimitationForecast' });
export type LimitationForecast = z.infer<typeof LimitationForecast>;
