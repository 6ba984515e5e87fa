import { addDays, isAccountNumber } from '@komplat/kernel';
import { taxNumberFlaw } from './tax-number.ts';

export type CodeKind = 'tax-number' | 'edrpou' | 'iban' | 'account';
/** `format`: wrong length or signs; `check-digit`: the sum does not agree; `birth-date`: no day stands in the number. */
export type CodeFlaw = 'format' | 'check-digit' | 'birth-date';
export interface CodeAnswer {
  readonly valid: boolean;
  readonly reason?: CodeFlaw;
  /** Of a tax number: day of birth and sex that stand in it. */
  readonly birthDate?: string;
  readonly sex?: 'm' | 'f';
}

const DAY_ZERO = '1899-12-31';
const wrong = (reason: CodeFlaw): CodeAnswer => ({ valid: false, reason });
const digitsOf = (text: string): number[] => [...text].map(Number);
const bare = (text: string): string => text.replaceAll(/\s/g, '');

/** Checks a code by its own digits (law.md 11); spaces are ignored. It says nothing about whether the code was given out. */
export function checkCode(kind: CodeKind, value: string): CodeAnswer {
  const text = bare(value);
  switch (kind) {
    case 'tax-number':
      return taxNumber(text);
    case 'edrpou':
      return edrpou(text);
    case 'iban':
      return iban(text.toUpperCase());
    case 'account':
      return account(text);
  }
}

/** РНОКПП: five digits of the birth day, the ninth digit tells the sex (odd = male). */
function taxNumber(text: string): CodeAnswer {
  const sex = Number(text[8]) % 2 === 1 ? 'm' : 'f';
  const flaw = taxNumberFlaw(text, { birthDate: null, sex });
  if (flaw === 'digits') return wrong('format');
  if (flaw !== undefined) return wrong('check-digit');
  const days = Number(text.slice(0, 5));
  return days === 0 ? wrong('birth-date') : { valid: true, birthDate: addDays(DAY_ZERO, days), sex };
}

const [OLD_CODES, NEW_CODES, MODULUS, SECOND_ROUND] = [30_000_000, 60_000_000, 11, 2];
const OUTER = [1, 2, 3, 4, 5, 6, 7] as const;
const INNER = [7, 1, 2, 3, 4, 5, 6] as const;

/** ЄДРПОУ: weights by the range of the code; a remainder of 10 is taken again with weights + 2, a second 10 is 0. */
function edrpou(text: string): CodeAnswer {
  if (!/^\d{8}$/.test(text)) return wrong('format');
  const digits = digitsOf(text);
  const number = Number(text);
  const weights = number < OLD_CODES || number > NEW_CODES ? OUTER : INNER;
  const remainder = (more: number): number =>
    weights.reduce<number>((sum, weight, at) => sum + (weight + more) * (digits[at] ?? 0), 0) % MODULUS;
  const first = remainder(0);
  const check = first < 10 ? first : remainder(SECOND_ROUND) % 10;
  return check === digits[7] ? { valid: true } : wrong('check-digit');
}

/** IBAN of Ukraine: UA, two check digits, bank code of 6, account of 19; ISO 7064 mod 97 = 1. */
function iban(text: string): CodeAnswer {
  if (!/^UA\d{27}$/.test(text)) return wrong('format');
  const [u, a] = ['30', '10'];
  return BigInt(`${text.slice(4)}${u}${a}${text.slice(2, 4)}`) % 97n === 1n ? { valid: true } : wrong('check-digit');
}

function account(text: string): CodeAnswer {
  if (!/^\d{10}$/.test(text)) return wrong('format');
  return isAccountNumber(text) ? { valid: true } : wrong('check-digit');
}
