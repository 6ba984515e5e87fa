import { listOf, zDay, zFileAsk, zInstant, zListAsk, zMessage, zMoney, zPeriod } from '@komplat/kernel';
import { z } from 'zod';

const AccountNumber = z
  .string()
  .regex(/^\d{10}$/, { error: 'error.payments.account.malformed' })
  .meta({ id: 'AccountNumber', examples: ['0421057316'] });
const NamedLine = z
  .object({ service: z.string().min(1).max(20), provider: z.string().min(1).max(20).optional(), amount: zMoney })
  .meta({ id: 'NamedLine' });

export const AcceptRequest = z
  .object({
    account: AccountNumber,
    /** Text on purpose: a sum that is wrong gets a code of its own, not "malformed". */
    amount: z.string().min(1).max(30),
    externalId: z.string().min(1).max(100),
    channel: z.string().min(1).max(20),
    paidOn: zDay.optional(),
    named: z.array(NamedLine).max(50).optional(),
    /** Paid in cash at the Centre's own desk: the desk takes the sum rounded by the rule of the day (law.md 1.7). */
    cash: z.literal(true).optional(),
  })
  .meta({ id: 'PaymentAcceptRequest' });
export type AcceptRequest = z.infer<typeof AcceptRequest>;

const AllocationLine = z.object({ month: zPeriod, service: z.string(), provider: z.string(), amount: zMoney });
const AdvanceLine = z.object({ service: z.string(), provider: z.string(), amount: zMoney });
/** What the desk takes in cash, and how much more (less, negative) than the sum of the payment that is. */
const CashTaken = z.object({ taken: zMoney, rounding: zMoney });
export const Accepted = z
  .object({
    paymentId: z.string(),
    account: AccountNumber,
    amount: zMoney,
    allocations: z.array(AllocationLine),
    advances: z.array(AdvanceLine),
    cash: CashTaken.optional(),
  })
  .meta({ id: 'PaymentAccepted' });
export type Accepted = z.infer<typeof Accepted>;

export const PreviewRequest = z
  .object({
    account: AccountNumber,
    amount: z.string().min(1).max(30),
    named: z.array(NamedLine).max(50).optional(),
    cash: z.literal(true).optional(),
  })
  .meta({ id: 'PaymentPreviewRequest' });
export type PreviewRequest = z.infer<typeof PreviewRequest>;
export const PaymentPreview = z
  .object({
    account: AccountNumber,
    amount: zMoney,
    allocations: z.array(AllocationLine.extend({ outstanding: zMoney })),
    advances: z.array(AdvanceLine),
    /** `act` = the decision that rounds; absent when the payment is not in cash. */
    cash: CashTaken.extend({ act: z.string() }).optional(),
  })
  .meta({ id: 'PaymentPreview' });
export type PaymentPreview = z.infer<typeof PaymentPreview>;

export const SuspenseItem = z
  .object({
    id: z.string(),
    /** `money` was accepted and has no account; a `duplicate` row was not accepted: is it another payment? */
    kind: z.enum(['money', 'duplicate']),
    /** Of a duplicate: the payment that it is like. */
    paymentId: z.string(),
    amount: zMoney,
    reason: zMessage,
    payer: z.string().nullable(),
    accountText: z.string().nullable(),
    channel: z.string(),
    paidOn: zDay,
    receivedOn: zDay,
    deadline: zDay,
    overdue: z.boolean(),
    owner: z.string().nullable(),
    importId: z.uuid().nullable(),
    line: z.number().int().nullable(),
    receivedAt: zInstant,
  })
  .meta({ id: 'SuspenseItem' });
export type SuspenseItem = z.infer<typeof SuspenseItem>;
export const SuspenseList = listOf(SuspenseItem).meta({ id: 'SuspenseList' });
export type SuspenseList = z.infer<typeof SuspenseList>;
const suspenseFilter = {
  kind: z.enum(['money', 'duplicate']).optional(),
  overdue: z.literal('yes').optional(),
  q: z.string().trim().max(100).optional(),
};
export const SuspenseQuery = zListAsk.extend(suspenseFilter);
export type SuspenseQuery = z.infer<typeof SuspenseQuery>;
export const SuspenseFileQuery = zFileAsk.extend(suspenseFilter);
export type SuspenseFileQuery = z.infer<typeof SuspenseFileQuery>;
export const SuspenseParams = z.object({ id: z.string().regex(/^(\d{1,18}|row\.[0-9a-f-]{36}\.\d{1,9})$/) });
export type SuspenseParams = z.infer<typeof SuspenseParams>;
export const SuspenseAssign = z
  .object({ account: AccountNumber, reason: z.string().trim().min(3).max(500) })
  .meta({ id: 'SuspenseAssign' });
export type SuspenseAssign = z.infer<typeof SuspenseAssign>;
