import { addDays } from '@komplat/kernel';
import type { LawStep, Proved } from './law-trace.ts';
import type { WorkingCalendar } from './working-calendar.ts';

export interface DeadlineInput {
  /** The day of the event; it is not counted (ЦКУ ст. 253). */
  readonly from: string;
  readonly days: number;
  readonly kind: 'calendar' | 'working';
  /** An end on a day off moves to the next working day (ЦКУ ст. 254 ч. 5, ЦПК ст. 124). */
  readonly shiftWeekend: boolean;
  readonly calendar: WorkingCalendar;
}
export interface Deadline {
  readonly startsOn: string;
  readonly nominalEnd: string;
  readonly endsOn: string;
}

const LAW = 'ЦКУ ст. 253, 254';

/** The last day of a term in days. */
export function deadline({ from, days, kind, shiftWeekend, calendar }: DeadlineInput): Proved<Deadline> {
  const nominalEnd = kind === 'calendar' ? addDays(from, days) : workingDayAfter(from, days, calendar);
  const value = {
    startsOn: addDays(from, 1),
    nominalEnd,
    endsOn: shiftWeekend ? calendar.onOrAfter(nominalEnd) : nominalEnd,
  };
  const step = (rule: string, base: string, amount: string): LawStep => ({
    rule,
    law: LAW,
    base,
    rate: `${days} ${kind}`,
    days,
    raw: amount,
    rounding: 'none',
    amount,
    paramsVersion: calendar.mode,
  });
  return {
    value,
    trace: [
      step('debt.deadline.start', from, value.startsOn),
      step('debt.deadline.nominal', value.startsOn, nominalEnd),
      step('debt.deadline.shift', nominalEnd, value.endsOn),
    ],
    parameters: [],
  };
}

/** The working day with the given number after `from`; 0 is `from` itself. */
function workingDayAfter(from: string, count: number, calendar: WorkingCalendar): string {
  let day = from;
  for (let found = 0; found < count; found += 1) day = calendar.onOrAfter(addDays(day, 1));
  return day;
}
