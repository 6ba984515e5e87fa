import { zDay } from '@komplat/kernel';
import { z } from 'zod';

const zWord = z.string().max(120);

/** Input of `registry.check-code`. Unknown fields are refused. */
export const CheckCodeInput = z.strictObject({
  kind: z.enum(['tax-number', 'edrpou', 'iban', 'account']),
  value: z.string().max(60).describe('spaces are ignored'),
});
export const CheckCodeOutput = z.strictObject({
  valid: z.boolean(),
  reason: z.enum(['format', 'check-digit', 'birth-date']).optional(),
  birthDate: zDay.optional(),
  sex: z.enum(['m', 'f']).optional(),
});

/** Input of `registry.decline-name`; other cases than these two are refused. */
export const DeclineNameInput = z.strictObject({
  surname: zWord.min(1),
  givenName: zWord.min(1),
  patronymic: zWord.describe('empty when there is none'),
  sex: z.enum(['m', 'f', 'M', 'F']),
  case: z.enum(['genitive', 'dative']),
});
export const DeclineNameOutput = z.strictObject({
  surname: zWord,
  givenName: zWord,
  patronymic: zWord,
  certain: z.boolean().describe('false: a word is in no table, «перевірте відмінювання»'),
});
