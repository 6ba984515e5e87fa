import { addDays, assert, daysBetween, type Period } from '@komplat/kernel';

/**
 * `labour`: a holiday that martial law suspended is a working day (Law 2136-IX, in force 2022-03-24; law.md 4.5).
 * `calendar`: every holiday of art. 73 of the Labour Code is a day off.
 */
export type WorkingDaysMode = 'labour' | 'calendar';

export interface Holiday {
  readonly day: string;
  readonly suspended: boolean;
}

const [MONDAY, WEEK, FRIDAY] = ['1990-01-01', 7, 4];
/** The longest run of days off that the calendar has, with a wide margin. */
const LONGEST_REST = 60;

/** Saturdays, Sundays and holidays are days off; a holiday on a day off moves nothing. */
export class WorkingCalendar {
  readonly mode: WorkingDaysMode;
  /** Last year whose holidays are known; later only Saturdays and Sundays are off. */
  readonly knownTo: number;
  readonly #off: ReadonlySet<string>;

  constructor(mode: WorkingDaysMode, holidays: readonly Holiday[]) {
    this.mode = mode;
    this.knownTo = holidays.reduce((year, { day }) => Math.max(year, Number(day.slice(0, 4))), 0);
    const rest = holidays.filter(({ suspended }) => mode === 'calendar' || !suspended);
    this.#off = new Set(rest.map(({ day }) => day));
  }

  isWorking(day: string): boolean {
    const weekday = (((daysBetween(MONDAY, day) % WEEK) + WEEK) % WEEK);
    return weekday <= FRIDAY && !this.#off.has(day);
  }
  /** The day itself when it is a working one, otherwise the next working day. */
  onOrAfter(day: string): string {
    return this.#step(day, 1);
  }
  /** The day itself when it is a working one, otherwise the working day before it. */
  onOrBefore(day: string): string {
    return this.#step(day, -1);
  }
  /** Whether the holidays of the month's year are loaded. */
  knows({ year }: Period): boolean {
    return year <= this.knownTo;
  }

  #step(day: string, direction: 1 | -1): string {
    let found = day;
    for (let tried = 0; !this.isWorking(found); tried += 1) {
      assert(tried < LONGEST_REST, `no working day near ${day}`);
      found = addDays(found, direction);
    }
    return found;
  }
}
