import { zMoney, zPeriod } from '@komplat/kernel';
import { z } from 'zod';

const line = (limit: number) =>
  z
    .string()
    .min(1)
    .max(limit)
    .regex(/^[^\r\n]*$/, { error: 'bills.qr.one-line' });

/** Input of the calculator `bills.qr`: what the NBU code of a bill says (Resolution of the NBU Board № 97 of 19.08.2025). */
export const QrCalcInput = z.strictObject({
  receiver: line(140).describe('name of the recipient, at most 140 characters'),
  iban: z.string().describe('UA and 27 digits, check digits are verified'),
  edrpou: z
    .string()
    .regex(/^[0-9A-Za-zА-ЯІЇЄҐ]{8,10}$/u)
    .describe('code of the recipient: 8 digits, or a tax number of 10'),
  amount: zMoney.describe('0.01 to 999999999.99; 0.00 leaves the sum open'),
  purpose: line(420),
  account: z
    .string()
    .transform((text) => text.replaceAll(/\s/g, ''))
    .pipe(z.string().regex(/^[0-9A-Za-z-]{1,24}$/)),
  month: zPeriod,
  version: z.enum(['002', '003']).default('003'),
});
export type QrCalcInput = z.infer<typeof QrCalcInput>;
export const QrCalcOutput = z.strictObject({ payload: z.string(), url: z.url() });
export type QrCalcOutput = z.infer<typeof QrCalcOutput>;
