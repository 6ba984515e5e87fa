import { htmlText } from '@komplat/documents';
import { Money } from '@komplat/kernel';
import type { BillContent } from '../../contract/bill.schema.ts';
import { dayText, hyphenated, moneyText, type Say, signedMoneyText } from '../../domain/index.ts';

/** What every part of the bill needs. */
export interface Page {
  readonly bill: BillContent;
  readonly say: Say;
  /** First day after the month: balances are of this day. */
  readonly after: string;
  readonly month: string;
}
const kopOf = (text: string): bigint => Money.parse(text).kop;
/** Escaped text that may be broken between syllables. */
export const t = (text: string): string => htmlText(hyphenated(text));
export const sumText = (amount: string): string => moneyText(kopOf(amount));
export const signedText = (amount: string): string => signedMoneyText(kopOf(amount));
export const isZero = (amount: string): boolean => kopOf(amount) === 0n;
export const isNegative = (amount: string): boolean => kopOf(amount) < 0n;
/** A sum in a table: zero is grey. */
export const cell = (amount: string): string => (isZero(amount) ? '<span class="z">0,00</span>' : sumText(amount));
export const total = (amounts: readonly string[]): string => Money.sum(amounts.map((amount) => Money.parse(amount))).toString();

/** `жовтень`; `вересня` with `of`. */
export const monthName = (month: string, say: Say, form: 'name' | 'of' = 'name'): string =>
  say(`bills.month.${form}`, { month: String(Number(month.slice(5))) });
export const monthYear = (month: string, say: Say, form: '' | '.in' = ''): string =>
  say(`bills.month${form}`, { month: String(Number(month.slice(5))), year: month.slice(0, 4) });

/** `01.11`. */
export const shortDay = (day: string): string => dayText(day).slice(0, 5);
