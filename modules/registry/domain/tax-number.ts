import { daysBetween } from '@komplat/kernel';

/** What is wrong with a registration number of a taxpayer (РНОКПП). */
export type TaxNumberFlaw = 'digits' | 'check-digit' | 'birth-date' | 'sex';

const WEIGHTS = [-1, 5, 7, 9, 4, 6, 10, 5, 7] as const;
const DAY_ZERO = '1899-12-31';

/**
 * The number carries the day of birth (days since 31.12.1899), the sex (odd ninth digit = male) and a check digit
 * (weights −1 5 7 9 4 6 10 5 7, remainder of 11, then of 10). Undefined = nothing is wrong.
 */
export function taxNumberFlaw(
  number: string,
  person: { readonly birthDate: string | null; readonly sex: 'm' | 'f' },
): TaxNumberFlaw | undefined {
  if (!/^\d{10}$/.test(number)) return 'digits';
  const digits = [...number].map(Number);
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * (digits[at] ?? 0), 0);
  if ((((sum % 11) + 11) % 11) % 10 !== digits[9]) return 'check-digit';
  if (person.birthDate !== null && Number(number.slice(0, 5)) !== daysBetween(DAY_ZERO, person.birthDate)) return 'birth-date';
  if (((digits[8] ?? 0) % 2 === 1) !== (person.sex === 'm')) return 'sex';
  return undefined;
}
