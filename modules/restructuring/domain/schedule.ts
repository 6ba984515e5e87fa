import { type Calculated, type Dec, DomainError, Money, type Period, type RoundingId, type TraceLine } from '@komplat/kernel';

export interface ScheduleRule {
  /** Share of the income that instalment and current bill together may take, per cent. */
  readonly capPercent: Dec;
  readonly capAct: string;
  readonly mostMonths: number;
  readonly termAct: string;
}
export interface Debt {
  readonly debt: Money;
  readonly months: number;
  readonly firstMonth: Period;
  readonly incomePerMonth: Money | undefined;
  readonly currentPerMonth: Money;
}
export interface Schedule {
  readonly parts: readonly { readonly month: Period; readonly amount: Money }[];
  readonly cap: Money | null;
  readonly burden: Money;
  readonly withinCap: boolean | null;
}

/**
 * Equal parts in whole kopecks, the last one takes the remainder; instalment and current bill together are compared with the cap of
 * the income (Law 554-IV, CMU 976 of 27.06.2003; law.md 6). The burden is that of the dearest month: the cap holds in every month.
 * Refuses `restructuring.schedule.too-long` and `restructuring.schedule.too-small`.
 */
export function schedule({ debt, months, firstMonth, incomePerMonth, currentPerMonth }: Debt, rule: ScheduleRule): Calculated<Schedule> {
  if (months > rule.mostMonths) throw new DomainError('restructuring.schedule.too-long', { months, most: rule.mostMonths, path: 'months' });
  const count = BigInt(months);
  const usual = Money.ofKop(debt.kop / count);
  if (usual.isZero()) throw new DomainError('restructuring.schedule.too-small', { debt: debt.toString(), months, path: 'months' });
  const last = Money.ofKop(usual.kop + (debt.kop % count));
  const parts = Array.from({ length: months }, (_, at) => ({ month: firstMonth.plus(at), amount: at === months - 1 ? last : usual }));
  const burden = last.add(currentPerMonth);
  const share = incomePerMonth?.toDecimal().times(rule.capPercent).div(100);
  const cap = share === undefined ? null : Money.round(share);
  const withinCap = cap === null ? null : burden.cmp(cap) <= 0;
  return {
    value: { parts, cap, burden, withinCap },
    trace: [
      line('restructuring.part', rule.termAct, { base: debt.toString(), rate: `1/${months}`, amount: usual.toString() }),
      line('restructuring.last-part', rule.termAct, { base: `${debt.toString()} − ${months - 1} × ${usual.toString()}`, rate: '', amount: last.toString() }),
      line('restructuring.burden', rule.capAct, { base: `${last.toString()} + ${currentPerMonth.toString()}`, rate: '', amount: burden.toString() }),
      ...(cap === null || share === undefined
        ? []
        : [
            line('restructuring.cap', rule.capAct, {
              base: incomePerMonth?.toString() ?? '', rate: `${rule.capPercent.toString()} %`, raw: share.toString(), rounding: 'half-away-0.01', amount: cap.toString(),
            }),
          ]),
    ],
  };
}

interface Step {
  readonly base: string;
  readonly rate: string;
  readonly raw?: string;
  readonly rounding?: RoundingId;
  readonly amount: string;
}
const line = (rule: string, law: string, { base, rate, raw, rounding = 'none', amount }: Step): TraceLine => ({
  rule, law, base, rate, raw: raw ?? amount, rounding, amount, paramsVersion: law,
});
