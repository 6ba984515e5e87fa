import { daysBetween, Money } from '@komplat/kernel';

/** now: claim it; keep: it can wait; held: a hold stands; expired: its term has passed, the debtor may object (ЦКУ ст. 267). */
export type ClaimAdvice = 'now' | 'keep' | 'held' | 'expired';
/** ending: the term ends soon; threshold: the creditor's debt has reached the step of the court; small: it has not. */
export type ClaimReason = 'ending' | 'threshold' | 'small' | 'hold' | 'limitation';

/** One unpaid month of one service, owed to one creditor. */
export interface ClaimableMonth {
  readonly month: string;
  readonly kop: bigint;
  /** Last day in time. */
  readonly endsOn: string;
}
export interface ClaimRule {
  readonly asOf: string;
  /** A term with fewer days left is ending. */
  readonly soonDays: number;
  /** The step of the court in force; undefined when there is none: then only what ends is claimed. */
  readonly court: { readonly minDebtKop: bigint; readonly minMonths: number } | undefined;
  readonly held: boolean;
}
export interface AdvisedMonth<M> {
  readonly item: M;
  readonly daysLeft: number;
  readonly ending: boolean;
  readonly advice: ClaimAdvice;
  readonly reason: ClaimReason;
}

/** What of the debt to one creditor is claimed now and what is kept. Months that passed limitation do not count for the threshold. */
export function adviseClaims<M extends ClaimableMonth>(items: readonly M[], { asOf, soonDays, court, held }: ClaimRule): AdvisedMonth<M>[] {
  const inTime = items.filter(({ endsOn }) => endsOn >= asOf);
  const kop = inTime.reduce((sum, item) => sum + item.kop, 0n);
  const months = new Set(inTime.map(({ month }) => month)).size;
  const reached = court !== undefined && kop >= court.minDebtKop && months >= court.minMonths;
  return items.map((item) => {
    const daysLeft = daysBetween(asOf, item.endsOn);
    const ending = daysLeft >= 0 && daysLeft < soonDays;
    const said = (advice: ClaimAdvice, reason: ClaimReason): AdvisedMonth<M> => ({ item, daysLeft, ending, advice, reason });
    if (daysLeft < 0) return said('expired', 'limitation');
    if (held) return said('held', 'hold');
    if (ending) return said('now', 'ending');
    return reached ? said('now', 'threshold') : said('keep', 'small');
  });
}

/** Sums by advice; they add up to the debt. */
export function claimSums<M extends ClaimableMonth>(rows: readonly AdvisedMonth<M>[]): Readonly<Record<ClaimAdvice, Money>> {
  const of = (advice: ClaimAdvice): Money => Money.ofKop(rows.reduce((sum, row) => (row.advice === advice ? sum + row.item.kop : sum), 0n));
  return { now: of('now'), keep: of('keep'), held: of('held'), expired: of('expired') };
}
