import type { DemoRandom } from '@komplat/server';
import type { Payer } from './payers.ts';

/** Kopecks as numbers: sums of one account, far below 2^53. */
export interface AccountDebt {
  readonly outstanding: number;
  readonly advance: number;
  readonly bill: number;
  /** Outstanding of electricity, which many pay apart. */
  readonly electricity: number;
}
export interface PlannedPayment {
  readonly amount: number;
  readonly day: number;
  readonly service: 'EL' | null;
}
export interface MonthFrame {
  /** Months since the year 0: a clock for habits. */
  readonly index: number;
  readonly month: number;
  readonly days: number;
  /** Months from this one to the current month. */
  readonly ago: number;
}

const HUNDRED = 10_000;

/** What a household pays in a month, by its class (profiles of the city, section 7). */
export function behave(payer: Payer, debt: AccountDebt, frame: MonthFrame, random: DemoRandom): PlannedPayment[] {
  switch (payer.kind) {
    case 'on-time':
      return onTime(debt, frame, random);
    case 'late':
      return late(payer, debt, frame, random);
    case 'chronic':
      return chronic(payer, debt, frame, random);
    case 'court':
      return court(payer, debt, frame, random);
    case 'overpaid':
      return overpaid(payer, debt, frame, random);
  }
}

function onTime(debt: AccountDebt, frame: MonthFrame, random: DemoRandom): PlannedPayment[] {
  const [forgets, form, day] = [random.chance(0.06), random.next(), payDay(5, 20, random)];
  const owed = debt.outstanding;
  if (forgets || owed <= 0) return [];
  if (form < 0.22 && debt.electricity > 0 && debt.electricity < owed) {
    const apart: PlannedPayment = { amount: debt.electricity, day: payDay(5, 20, random), service: 'EL' };
    return [apart, { amount: owed - debt.electricity, day, service: null }];
  }
  if (form < 0.34) return [{ amount: roundUp(owed, form < 0.28 ? 1_000 : 5_000), day, service: null }];
  if (form < 0.44) return [{ amount: roundUp(owed, 100) + random.int(0, 40) * 100, day, service: null }];
  return [{ amount: owed, day, service: null }];
}

function late(payer: Payer, debt: AccountDebt, frame: MonthFrame, random: DemoRandom): PlannedPayment[] {
  const every = 2 + Math.floor(payer.habit * 2.4);
  const [twice, day] = [random.chance(0.3), random.int(1, frame.days)];
  if ((frame.index + payer.account) % every !== 0) return [];
  const owed = random.chance(0.5) ? debt.outstanding : Math.max(debt.outstanding - debt.bill, debt.outstanding / 2);
  const amount = Math.min(roundUp(owed, random.chance(0.6) ? 5_000 : HUNDRED), roundUp(debt.outstanding, 5_000));
  if (amount <= 0) return [];
  if (!twice || amount < 2 * HUNDRED) return [{ amount, day, service: null }];
  const half = roundUp(amount / 2, HUNDRED);
  return [half, amount - half]
    .filter((part) => part > 0)
    .map((part) => ({ amount: part, day: random.int(1, frame.days), service: null }));
}

/** Part of the chronic households never catch up, not even in summer. */
export const isSinking = (payer: Payer): boolean => payer.kind === 'chronic' && payer.habit < 0.125;

/** Months that a chronic household stays behind; 0 = it follows the bills and clears its debt in summer. */
export function lagOf(payer: Payer): number {
  if (payer.kind !== 'chronic' || isSinking(payer)) return 0;
  return payer.habit < 0.25 ? 8 : payer.habit < 0.5 ? 4 : 0;
}

/** Nobody lets the light be cut off: debtors pay electricity apart, nearly always. */
const KEEPS_LIGHT = 0.9;
function lightOf(debt: AccountDebt, day: number, random: DemoRandom): PlannedPayment[] {
  return random.chance(KEEPS_LIGHT) && debt.electricity > 0 ? [{ amount: debt.electricity, day, service: 'EL' }] : [];
}

function chronic(payer: Payer, debt: AccountDebt, frame: MonthFrame, random: DemoRandom): PlannedPayment[] {
  const [skips, share, more] = [random.chance(0.12), random.range(0.6, 0.85), random.next()];
  const day = random.int(3, frame.days);
  const summer = frame.month >= 5 && frame.month <= 8;
  const lag = lagOf(payer);
  const light = isSinking(payer) || lag > 0 ? lightOf(debt, day, random) : [];
  const owed = debt.outstanding - light.reduce((sum, { amount }) => sum + amount, 0);
  if (skips || owed <= 0) return light;
  const wanted = isSinking(payer)
    ? debt.bill * share * 0.3
    : lag > 0
      ? (owed / (lag + 1)) * (summer ? 1.3 : 0.85)
      : debt.bill * share + (summer ? owed * (0.2 + more * 0.25) : 0);
  const amount = Math.min(owed, roundUp(wanted, 1_000));
  return amount > 0 ? [...light, { amount, day, service: null }] : light;
}

/** Pays for nothing but the light since the day it stopped; some have their wage deducted a year and more later. */
function court(payer: Payer, debt: AccountDebt, frame: MonthFrame, random: DemoRandom): PlannedPayment[] {
  const [share, day] = [random.range(0.25, 0.6), random.int(25, 28)];
  const stopped = payer.stopped - frame.ago;
  if (stopped < 0) return onTime(debt, frame, random);
  const light = lightOf(debt, random.int(3, 20), random);
  const owed = debt.outstanding - light.reduce((sum, { amount }) => sum + amount, 0);
  if (stopped < 14 || payer.habit > 0.35 || owed <= 0) return light;
  const amount = Math.min(owed, roundUp(Math.max(debt.bill, 40_000) * share, 100));
  return [...light, { amount, day, service: null }];
}

function overpaid(payer: Payer, debt: AccountDebt, frame: MonthFrame, random: DemoRandom): PlannedPayment[] {
  const day = payDay(5, 20, random);
  const balance = debt.outstanding - debt.advance;
  if (debt.bill <= 0 || balance < -debt.bill * (0.6 + payer.habit)) return [];
  return [{ amount: roundUp(Math.max(balance, 0) + debt.bill * (2 + payer.habit * 2), HUNDRED), day, service: null }];
}

function payDay(first: number, last: number, random: DemoRandom): number {
  const peak = random.next();
  if (peak < 0.35) return random.int(10, 12);
  if (peak < 0.7) return random.int(15, last);
  return random.int(first, last);
}

const roundUp = (kopecks: number, step: number): number => Math.ceil(kopecks / step) * step;
