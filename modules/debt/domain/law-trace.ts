import { Dec, roundHalfAwayFromZero, type Money, type RoundingId, type TraceLine } from '@komplat/kernel';

/** A step as a court reads it; the bank's program also rounds to four decimals. */
export type LawStep = Omit<TraceLine, 'rounding'> & { readonly rounding: RoundingId | 'half-away-0.0001' };

/** A parameter that a calculation used: which version of which table, and how sure it is (law.md 0). */
export interface UsedParameter {
  readonly id: string;
  readonly version: string;
  readonly mark: string;
}

/** A result that proves itself, with the versions and marks of everything it rests on. */
export interface Proved<T> {
  readonly value: T;
  readonly trace: readonly LawStep[];
  readonly parameters: readonly UsedParameter[];
}

const SHOWN_DIGITS = 20;
const HUNDRED = 100;

/** A value that the method leaves unrounded: up to 20 significant digits. */
export const shown = (value: Dec): string => value.toSignificantDigits(SHOWN_DIGITS).toString();

/** `3 %` of a year for some days: balance × rate / 100 × days / days of the year. */
export const interestFor = (balance: Money, ratePercent: Dec, days: number, yearDays: number): Dec =>
  balance.toDecimal().times(ratePercent).times(days).div(HUNDRED).div(yearDays);

export const round4 = (value: Dec): Dec => roundHalfAwayFromZero(value, 4);
export const ONE = new Dec(1);
export const ZERO = new Dec(0);
