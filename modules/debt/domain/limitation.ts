import { addDays, daysBetween, DomainError } from '@komplat/kernel';
import { addYears, type DaySpan, spanDays } from './days.ts';
import type { LawStep, Proved } from './law-trace.ts';

/** First and last stopped day of the term. */
export interface LimitationStop extends DaySpan {
  readonly ground: string;
}
export interface Interruption {
  /** Day of the acknowledgement or part payment (ЦКУ ст. 264). */
  readonly on: string;
  readonly ground: string;
  /** Days from it to the first day of the new term, by the rule in force. */
  readonly startsAfter: number;
}
export interface LimitationInput {
  /** Last day to pay. */
  readonly dueOn: string;
  /** Days from the last day to pay to the first day of the term, by the rule in force (ЦКУ ст. 261: the next day). */
  readonly startsAfter: number;
  readonly asOf: string;
  readonly years: number;
  readonly stops: readonly LimitationStop[];
  readonly interruptions: readonly Interruption[];
}
export type LimitationState = 'running' | 'stopped' | 'expired';
export interface Limitation {
  readonly firstOverdueDay: string;
  readonly endsOn: string;
  readonly state: LimitationState;
  readonly daysLeft: number;
  /** Days of the term that had run by the day asked about, without stopped ones. */
  readonly daysUsed: number;
  /** The stops that moved the end. */
  readonly stops: readonly LimitationStop[];
  /** The interruptions that began the term anew. */
  readonly interruptions: readonly Interruption[];
}

const LAW = 'ЦКУ ст. 257, 258, 261, 264; Прикінцеві положення п. 12, 19; Закон 4434-IX';

interface Term {
  readonly start: string;
  readonly end: string;
  readonly moved: readonly LimitationStop[];
}

/** The term of limitation by the algorithm of law.md 4.1 (a derived reading: needs a lawyer). No weekend shift here. */
export function limitation(input: LimitationInput): Proved<Limitation> {
  const stops = ordered(input.stops);
  const firstOverdueDay = addDays(input.dueOn, input.startsAfter);
  const trace: LawStep[] = [];
  let term = stoppedTerm(firstOverdueDay, input.years, stops, trace);
  const taken: Interruption[] = [];
  for (const each of input.interruptions.toSorted((a, b) => (a.on < b.on ? -1 : 1))) {
    if (each.on < firstOverdueDay || each.on > term.end || each.on > input.asOf) continue;
    taken.push(each);
    term = stoppedTerm(addDays(each.on, each.startsAfter), input.years, stops, trace);
  }
  const { asOf } = input;
  const daysLeft = daysBetween(asOf, term.end);
  const stopped = term.moved.some(({ from, to }) => from <= asOf && asOf <= to);
  const state: LimitationState = daysLeft < 0 ? 'expired' : stopped ? 'stopped' : 'running';
  const value = {
    firstOverdueDay,
    endsOn: term.end,
    state,
    daysLeft,
    daysUsed: usedDays(term, asOf),
    stops: term.moved,
    interruptions: taken,
  };
  return { value, trace, parameters: [] };
}

function ordered(stops: readonly LimitationStop[]): LimitationStop[] {
  const sorted = stops.toSorted((a, b) => (a.from < b.from ? -1 : 1));
  sorted.forEach(({ from, to }, index) => {
    if (to < from) throw new DomainError('debt.days-reversed', { path: 'parameters.stops' });
    const before = sorted[index - 1];
    if (before && before.to >= from) throw new DomainError('debt.stops-overlap', { day: from, path: 'parameters.stops' });
  });
  return sorted;
}

/** The four cases of law.md 4.1, each stop applied to what the one before left. */
function stoppedTerm(first: string, years: number, stops: readonly LimitationStop[], trace: LawStep[]): Term {
  let start = first;
  let end = addYears(first, years);
  const moved: LimitationStop[] = [];
  trace.push(step('debt.limitation.term', start, `${years}`, end));
  for (const stop of stops) {
    if (end <= stop.from || start > stop.to) continue;
    const resumes = addDays(stop.to, 1);
    const inside = start >= stop.from;
    end = inside ? addYears(resumes, years) : addDays(resumes, daysBetween(stop.from, end));
    if (inside) start = resumes;
    moved.push(stop);
    trace.push(step(inside ? 'debt.limitation.began-in-stop' : 'debt.limitation.stopped', `${stop.from}..${stop.to}`, stop.ground, end));
  }
  return { start, end, moved };
}

function usedDays({ start, moved }: Term, asOf: string): number {
  const stopped = moved
    .filter(({ from }) => from >= start && from <= asOf)
    .reduce((sum, { from, to }) => sum + spanDays({ from, to: to < asOf ? to : asOf }), 0);
  return Math.max(0, daysBetween(start, asOf) + 1 - stopped);
}

const step = (rule: string, base: string, rate: string, end: string): LawStep => ({
  rule,
  law: LAW,
  base,
  rate,
  raw: end,
  rounding: 'none',
  amount: end,
  paramsVersion: '1',
});
