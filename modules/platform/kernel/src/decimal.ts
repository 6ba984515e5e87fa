import { Decimal } from 'decimal.js';
import { assert } from './assert.ts';

/** Decimal numbers of quantities, tariffs and rates: 40 significant digits, never a binary float. */
export const Dec = Decimal.clone({ precision: 40, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -40, toExpPos: 40 });
export type Dec = Decimal;

const DECIMAL = /^-?\d+(\.\d+)?$/;

/** Reads `12.5`; refuses spaces, commas, exponents and floats. */
export function dec(text: string | bigint): Dec {
  const source = String(text);
  assert(DECIMAL.test(source), `not a decimal number: ${source}`);
  return new Dec(source);
}

/** Rounds half away from zero (0.005 becomes 0.01, -0.005 becomes -0.01): law.md 1.3. `scale` = digits after the point. */
export const roundHalfAwayFromZero = (value: Dec, scale: number): Dec => value.toDecimalPlaces(scale, Decimal.ROUND_HALF_UP);

/** Text with exactly `scale` digits after the point; the value must already be rounded to it. */
export function fixed(value: Dec, scale: number): string {
  assert(value.decimalPlaces() <= scale, `${value.toString()} has more than ${scale} decimals`);
  return value.toFixed(scale);
}
