import { Period } from '@komplat/kernel';
import { Ratio, ZERO } from '../contract/ratio.ts';

/** What a volume of a month stands on (law.md 1.3). */
export type Basis = 'reading' | 'average' | 'norm' | 'true-up' | 'house-meter';

/** A meter of the dwelling with what was read before the month: also one that is removed by now. */
export interface GapMeter {
  readonly digits: number;
  readonly initial: string;
  readonly installedOn: string;
  /** Should have been read in this month and was not. */
  readonly unread: boolean;
  readonly readings: readonly { readonly period: string; readonly value: string }[];
}
export interface GapFacts {
  readonly meters: readonly GapMeter[];
  /** Months that the average is taken over: 12 (CMU 690). */
  readonly averageWindow: number;
  /** Months without a reading that are charged by the average: 3 (CMU 690). */
  readonly averageLimit: number;
  /** Volume that earlier months were charged beyond what the meters had shown. */
  readonly ahead: string;
}
/** The part of a flat in a signed act of distribution; `own` is null where the flat has a meter of its own. */
export interface HouseFacts {
  readonly own: string | null;
  readonly needs: string;
  readonly act: string;
}
export interface Average {
  readonly total: Ratio;
  readonly span: number;
}

const monthOf = (day: string): number => Period.ofDay(day).index;

/** Months since the meter was read last, this month included; a meter without a reading counts from its installation. */
const silence = (month: Period, { readings, installedOn }: GapMeter): number =>
  month.index - readings.reduce((last, { period }) => Math.max(last, monthOf(period)), monthOf(installedOn) - 1);

/** How many months the dwelling is without a reading: the longest silence of its unread meters. */
export const monthsWithout = (month: Period, { meters }: GapFacts): number =>
  Math.max(0, ...meters.filter(({ unread }) => unread).map((meter) => silence(month, meter)));

/**
 * Consumption of the dwelling in the window that ends with its last reading, and how many months that covers; undefined
 * when it was never read.
 */
export function averageOf({ meters, averageWindow }: GapFacts): Average | undefined {
  const last = Math.max(...meters.flatMap(({ readings }) => readings.map(({ period }) => monthOf(period))));
  if (!Number.isFinite(last)) return undefined;
  let total = ZERO;
  let first = last;
  for (const { digits, initial, installedOn, readings } of meters) {
    let before = { month: monthOf(installedOn) - 1, value: Ratio.parse(initial) };
    for (const reading of readings.toSorted((a, b) => (a.period < b.period ? -1 : 1))) {
      const now = { month: monthOf(reading.period), value: Ratio.parse(reading.value) };
      if (now.month > last - averageWindow) {
        const turned = now.value.compare(before.value) < 0 ? Ratio.of(10n ** BigInt(digits)) : ZERO;
        total = total.plus(now.value.minus(before.value)).plus(turned);
        first = Math.min(first, before.month);
      }
      before = now;
    }
  }
  return { total, span: Math.max(last - first, 1) };
}
