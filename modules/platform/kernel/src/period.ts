import { assert } from './assert.ts';
import { DomainError } from './domain-error.ts';

const PERIOD = /^(\d{4})-(0[1-9]|1[0-2])$/;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const FIRST_YEAR = 1990;
const LAST_YEAR = 2100;

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const two = (value: number): string => String(value).padStart(2, '0');

/** An accounting month. JSON, URLs and file names: `2026-11`; SQL: its first day. */
export class Period {
  readonly year: number;
  readonly month: number;

  private constructor(year: number, month: number) {
    this.year = year;
    this.month = month;
  }

  static of(year: number, month: number): Period {
    assert(month >= 1 && month <= 12 && year >= FIRST_YEAR && year <= LAST_YEAR, `no such month: ${year}-${month}`);
    return new Period(year, month);
  }
  /** Reads `2026-11`; anything else is refused: `kernel.period.malformed`. */
  static parse(text: string): Period {
    const match = PERIOD.exec(text);
    if (!match) throw new DomainError('kernel.period.malformed', { text: text.slice(0, 40) }, 400);
    return Period.of(Number(match[1]), Number(match[2]));
  }
  /** The month of a day `2026-11-23`. */
  static ofDay(day: string): Period {
    assert(DAY.test(day), `not a day: ${day}`);
    return Period.parse(day.slice(0, 7));
  }
  static compare(a: Period, b: Period): number {
    return a.index - b.index;
  }
  /** All months from `first` to `last`, both included. */
  static range(first: Period, last: Period): Period[] {
    const count = Math.max(0, last.index - first.index + 1);
    return Array.from({ length: count }, (_, step) => first.plus(step));
  }

  get index(): number {
    return this.year * 12 + this.month - 1;
  }
  get days(): number {
    return this.month === 2 && isLeap(this.year) ? 29 : LENGTHS[this.month - 1]!;
  }
  get firstDay(): string {
    return `${this.toString()}-01`;
  }
  get lastDay(): string {
    return `${this.toString()}-${two(this.days)}`;
  }
  plus(months: number): Period {
    const index = this.index + months;
    return Period.of(Math.floor(index / 12), (index % 12) + 1);
  }
  next(): Period {
    return this.plus(1);
  }
  previous(): Period {
    return this.plus(-1);
  }
  equals(other: Period): boolean {
    return this.index === other.index;
  }
  toString(): string {
    return `${this.year}-${two(this.month)}`;
  }
  toJSON(): string {
    return this.toString();
  }
}

/** True for a day that exists in the calendar: `2026-02-31` does not. */
export function isDay(text: string): boolean {
  const match = DAY.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || year < 1) return false;
  const length = month === 2 && isLeap(year) ? 29 : LENGTHS[month - 1]!;
  return day >= 1 && day <= length;
}

const DAY_MS = 86_400_000;
const asDate = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** Calendar days from `from` to `to`; 0 for the same day. */
export const daysBetween = (from: string, to: string): number => Math.round((asDate(to) - asDate(from)) / DAY_MS);

/** The day `count` calendar days later. */
export function addDays(day: string, count: number): string {
  assert(isDay(day), `not a day: ${day}`);
  return new Date(asDate(day) + count * DAY_MS).toISOString().slice(0, 10);
}
