import { addDays } from '@komplat/kernel';
import type { DunningOutcome, StepCode } from '../../contract/analysis-dunning.schema.ts';
import type { WorkingCalendar } from '../../domain/index.ts';

/** A step of a strategy as the table has it. */
export interface StepRule {
  readonly code: StepCode;
  /** The step that must have been taken before; undefined for the first. */
  readonly after: StepCode | undefined;
  readonly minDebtKop: bigint;
  readonly minMonths: number;
  /** Working days after the step before. */
  readonly waitDays: number;
  /** Calendar days in which the step is not taken again. */
  readonly repeatDays: number;
}
/** Debt of an account to a creditor on a day. */
export interface Owed {
  readonly kop: bigint;
  readonly months: number;
}
export interface TakenStep {
  readonly code: StepCode;
  readonly on: string;
}

/** A step taken longer ago than this does not prepare the next one. */
export const STALE_DAYS = 365;

/** The latest day on which the step before may have been taken: so many working days have passed since. */
export function latestBefore(asOf: string, waitDays: number, calendar: WorkingCalendar): string {
  let day = asOf;
  for (let passed = 0; passed < waitDays; day = addDays(day, -1)) if (calendar.isWorking(day)) passed += 1;
  return day;
}

/** What a step does with one account and creditor; undefined: the debt is below the threshold. */
export function judged(rule: StepRule, owed: Owed, held: boolean, taken: readonly TakenStep[], on: string, latest: string): DunningOutcome | undefined {
  if (owed.kop < rule.minDebtKop || owed.months < rule.minMonths) return undefined;
  if (held) return 'held';
  if (taken.some((each) => each.code === rule.code && each.on > addDays(on, -rule.repeatDays))) return 'repeated';
  const prepared =
    rule.after === undefined || taken.some((each) => each.code === rule.after && each.on <= latest && each.on > addDays(on, -STALE_DAYS));
  return prepared ? 'done' : 'waiting';
}

/** Unpaid months of a balance: money covers the oldest month first, so what is owed are the newest charges. */
export function monthsOwed(overdueKop: bigint, chargesNewestFirst: readonly bigint[]): number {
  let left = overdueKop;
  let months = 0;
  for (const charge of chargesNewestFirst) {
    if (left <= 0n) return months;
    if (charge > 0n) {
      months += 1;
      left -= charge;
    }
  }
  return left > 0n ? months + 1 : months;
}
