import { addDays, daysBetween, Period } from '@komplat/kernel';

/** First and last day, both included. */
export interface DaySpan {
  readonly from: string;
  readonly to: string;
}

/** Days of a span, both ends counted. */
export const spanDays = ({ from, to }: DaySpan): number => daysBetween(from, to) + 1;

/** 366 in a leap year, otherwise 365. */
export const daysOfYear = (year: number): number => (Period.of(year, 2).days === 29 ? 366 : 365);

/** The same day and month `years` later; 29 February becomes the last day of February (law.md 4.1). */
export function addYears(day: string, years: number): string {
  const { year, month } = Period.ofDay(day);
  const target = Period.of(year + years, month);
  const number = Math.min(Number(day.slice(8)), target.days);
  return `${target.toString()}-${String(number).padStart(2, '0')}`;
}

export const laterDay = (a: string, b: string): string => (a > b ? a : b);
export const earlierDay = (a: string, b: string): string => (a < b ? a : b);

/** The common days of two spans; undefined when they have none. */
export function overlap<S extends DaySpan>(span: S, bounds: DaySpan): S | undefined {
  const common = { ...span, from: laterDay(span.from, bounds.from), to: earlierDay(span.to, bounds.to) };
  return common.from <= common.to ? common : undefined;
}

/** What is left of a span when the given windows (in any order, they may overlap) are taken out, in order. */
export function without(span: DaySpan, windows: readonly DaySpan[]): DaySpan[] {
  let left: DaySpan[] = [span];
  for (const window of windows) {
    left = left.flatMap((part) => {
      if (!overlap(part, window)) return [part];
      return [
        { from: part.from, to: addDays(window.from, -1) },
        { from: addDays(window.to, 1), to: part.to },
      ].filter(({ from, to }) => from <= to);
    });
  }
  return left;
}

/** Whole calendar months inside a span. */
export function fullMonths({ from, to }: DaySpan): Period[] {
  const start = Period.ofDay(from);
  const end = Period.ofDay(to);
  const first = from === start.firstDay ? start : start.next();
  const last = to === end.lastDay ? end : end.previous();
  return Period.range(first, last);
}

/** Parts of a span by calendar year. */
export function byYear({ from, to }: DaySpan): DaySpan[] {
  const [first, last] = [Period.ofDay(from).year, Period.ofDay(to).year];
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    from: laterDay(from, `${first + index}-01-01`),
    to: earlierDay(to, `${first + index}-12-31`),
  }));
}
