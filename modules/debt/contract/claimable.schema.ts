import { zDay, zInstant, zMoney, zPeriod } from '@komplat/kernel';
import { z } from 'zod';
import { zAccountNumber, zProviderCode, zReason } from './analysis-dunning.schema.ts';
import { zMarks } from './analysis-reports.schema.ts';
import { HOLD_KINDS } from './analysis.schema.ts';

/** How the debtor acknowledged the debt: in writing, by an act of reconciliation, a contract, a request to defer, or by paying a part. */
export const ACKNOWLEDGEMENTS = ['letter', 'act', 'contract', 'deferral', 'payment'] as const;

export const NewAcknowledgement = z
  .strictObject({
    account: zAccountNumber,
    provider: zProviderCode.optional().describe('one creditor; all when absent'),
    from: zPeriod.optional().describe('first month of the debt that is acknowledged; the whole debt when absent'),
    to: zPeriod.optional().describe('last month'),
    form: z.enum(ACKNOWLEDGEMENTS),
    on: zDay.describe('day of the letter, act, contract or payment'),
    payment: z.string().regex(/^\d{1,19}$/).optional().describe('number of the payment, with the form payment'),
    document: z.string().trim().min(3).max(200).describe('what proves it: kind, number, day'),
    reason: zReason,
  })
  .refine(({ from, to }) => (from === undefined) === (to === undefined), { error: 'debt.acknowledgement.months', path: ['to'] })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, { error: 'debt.acknowledgement.months', path: ['to'] })
  .refine(({ form, payment }) => (form === 'payment') === (payment !== undefined), { error: 'debt.acknowledgement.payment', path: ['payment'] });
export type NewAcknowledgement = z.infer<typeof NewAcknowledgement>;
export const AcknowledgementParams = z.object({ id: z.uuid() });
export type AcknowledgementParams = z.infer<typeof AcknowledgementParams>;
export const AcknowledgementEnd = z.strictObject({ reason: zReason });
export type AcknowledgementEnd = z.infer<typeof AcknowledgementEnd>;
export const AcknowledgementDone = z.object({ id: z.uuid() }).meta({ id: 'DebtAcknowledgementDone' });
export type AcknowledgementDone = z.infer<typeof AcknowledgementDone>;

const zAcknowledgement = z.object({
  id: z.uuid(),
  provider: z.string().nullable(),
  from: zPeriod.nullable(),
  to: zPeriod.nullable(),
  form: z.enum(ACKNOWLEDGEMENTS),
  on: zDay,
  document: z.string(),
  reason: z.string(),
  recordedBy: z.string(),
  recordedAt: zInstant,
  withdrawnBy: z.string().nullable(),
  withdrawnReason: z.string().nullable(),
  moved: z.number().int().describe('open months whose term it began anew last'),
});
export type AcknowledgementItem = z.infer<typeof zAcknowledgement>;

const zSums = { now: zMoney, keep: zMoney, held: zMoney, expired: zMoney };
/** What of an account's debt is claimed now and what is kept, by creditor; every month with the end of its limitation. */
export const Claimable = z
  .object({
    today: zDay,
    ...zSums,
    creditors: z.array(
      z.object({
        provider: z.string(),
        providerName: z.string(),
        ...zSums,
        holds: z.array(z.enum(HOLD_KINDS)),
        months: z.array(
          z.object({
            month: zPeriod,
            service: z.string(),
            serviceName: z.string(),
            debt: zMoney,
            dueOn: zDay,
            startsOn: zDay.describe('first day of the term, the new one after an interruption'),
            endsOn: zDay.describe('last day in time'),
            daysLeft: z.number().int().describe('negative: so many days ago'),
            interruptedOn: zDay.nullable(),
            ending: z.boolean(),
            advice: z.enum(['now', 'keep', 'held', 'expired']),
            reason: z.enum(['ending', 'threshold', 'small', 'hold', 'limitation']),
          }),
        ),
      }),
    ),
    penaltyFrom: zDay.nullable().describe('first day whose penalty can still be claimed (one year, ЦКУ ст. 258); null: none'),
    court: z.object({ minDebt: zMoney, minMonths: z.number().int() }).nullable().describe('threshold of the step of the court in force'),
    soonDays: z.number().int(),
    acknowledgements: z.array(zAcknowledgement),
    payments: z
      .array(z.object({ id: z.string(), on: zDay, amount: zMoney }))
      .describe('the latest payments, not recorded as an acknowledgement: a person decides whether they are one'),
    parameters: zMarks,
  })
  .meta({ id: 'DebtClaimable' });
export type Claimable = z.infer<typeof Claimable>;
