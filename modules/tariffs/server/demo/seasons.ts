import { dayAfter, DemoRandom } from '@komplat/server';

export interface Season {
  readonly from: string;
  /** First day without heating. */
  readonly until: string;
}

/** Starts that the history fixes; the others fall between 8 and 28 October. */
const FIXED_STARTS: Readonly<Record<number, string>> = { 2022: '2022-10-29', 2023: '2023-11-01', 2026: '2026-10-15' };

/** Heating seasons of the city that touch the years from `first` to `last`: one date a year for all houses. */
export function heatingSeasons(seed: number, first: number, last: number): Season[] {
  return Array.from({ length: last - first + 2 }, (_, index) => {
    const year = first - 1 + index;
    const random = new DemoRandom(seed, 'heating', year);
    const start = dayAfter(`${year}-10-08`, random.int(0, 20));
    return { from: FIXED_STARTS[year] ?? start, until: dayAfter(`${year + 1}-03-28`, random.int(1, 24)) };
  });
}
