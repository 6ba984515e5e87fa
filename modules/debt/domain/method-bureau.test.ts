import { describe, expect, it } from '@jest/globals';
import { addDays, Dec, Money, Period } from '@komplat/kernel';
import fc from 'fast-check';
import { data, money, official, three } from '../test/law-data.ts';
import { bureauCalculation, type BureauInput, type BureauResult, IndexTable, type Proved, spanDays } from './index.ts';

const prove = (input: Partial<BureauInput>): Proved<BureauResult> =>
  bureauCalculation({
    amount: money('100000'),
    dueOn: '2024-12-31',
    asOf: '2025-12-31',
    payments: [],
    ratePercent: three,
    indices: official('refuse'),
    excluded: [],
    ...input,
  });
const run = (input: Partial<BureauInput>): BureauResult => prove(input).value;
const index = (month: string): Dec => new Dec(data.rows.find((row) => row.month === month)?.value ?? 'NaN').div(100);
const product = (...months: string[]): Dec => months.reduce((all, month) => all.times(index(month)), new Dec(1));

describe('method B: published vectors (law.md 4.5.2, vector set B)', () => {
  it('100 000, 2025-01-01..2025-12-31: 3 000.00, 365 days', () => {
    const { periods, interest } = run({});
    expect([interest.toString(), periods.length, periods[0]?.days]).toEqual(['3000.00', 1, 365]);
    expect([periods[0]?.from, periods[0]?.to]).toEqual(['2025-01-01', '2025-12-31']);
  });
  it('100 000, 2024-01-01..2024-12-31: 3 000.00, denominator 366', () => {
    const { interest, periods } = run({ dueOn: '2023-12-31', asOf: '2024-12-31' });
    expect([interest.toString(), periods[0]?.days]).toEqual(['3000.00', 366]);
  });
  it('36 500, 2025-12-31..2026-01-01: 6.00, two rows', () => {
    const { interest, periods } = run({ amount: money('36500'), dueOn: '2025-12-30', asOf: '2026-01-01' });
    expect([interest.toString(), periods.length]).toEqual(['6.00', 2]);
    expect(periods.map((row) => [row.from, row.to, row.days, row.interest.toString()])).toEqual([
      ['2025-12-31', '2025-12-31', 1, '3.00'],
      ['2026-01-01', '2026-01-01', 1, '3.00'],
    ]);
  });
  it.each([
    ['2026-01-15', '2026-04-10', ['2026-02', '2026-03']],
    ['2026-01-01', '2026-03-31', ['2026-01', '2026-02', '2026-03']],
  ])('full months %s..%s', (from, to, months) => {
    const { periods } = run({ dueOn: addDays(from, -1), asOf: to });
    expect(periods.map((row) => row.fullMonths.map(String))).toEqual([months]);
    expect(periods[0]?.index.toString()).toBe(product(...months).toString());
  });
  it('16.04.2021-11.02.2025 counted on both ends: 1 398 days (law.md 4.5.4)', () => {
    const { periods } = run({ dueOn: '2021-04-15', asOf: '2025-02-11' });
    expect(periods.reduce((sum, { days }) => sum + days, 0)).toBe(1398);
  });
});

describe('inflation of method B', () => {
  it('months of a constant balance are compounded over the turn of the year, and stand in its last row', () => {
    const { periods, inflation } = run({ amount: money('10000'), dueOn: '2024-10-31', asOf: '2025-02-28' });
    const whole = product('2024-11', '2024-12', '2025-01', '2025-02');
    expect(inflation.toString()).toBe(Money.round(new Dec(10_000).times(whole.minus(1))).toString());
    expect(periods.map((row) => [row.fullMonths.length, row.inflation.toString(), row.index.toString()])).toEqual([
      [0, '0.00', '1'],
      [4, inflation.toString(), whole.toString()],
    ]);
  });
  it('a month of deflation lowers the sum, and a negative sum is 0', () => {
    // 2025-06 100.8, 2025-07 99.8, 2025-08 99.8
    const summer = run({ amount: money('10000'), dueOn: '2025-05-31', asOf: '2025-08-31' });
    expect(summer.inflation.toString()).toBe(Money.round(new Dec(10_000).times(product('2025-06', '2025-07', '2025-08').minus(1))).toString());
    expect(run({ amount: money('10000'), dueOn: '2025-06-30', asOf: '2025-08-31' }).inflation.toString()).toBe('0.00');
  });
  it('a missing index is refused by name; the part of a month needs none', () => {
    expect(() => run({ dueOn: '2026-08-20', asOf: '2026-11-23' })).toThrow(
      expect.objectContaining({ code: 'debt.index-missing', params: { month: '2026-09', path: 'parameters.indices' } }),
    );
    expect(run({ dueOn: '2026-08-20', asOf: '2026-09-29' }).inflation.toString()).toBe('0.00');
    expect(run({ dueOn: '2026-08-20', asOf: '2026-11-23', indices: official('100') }).inflation.toString()).toBe('0.00');
  });
});

describe('payments of method B', () => {
  const input = { amount: money('36500'), dueOn: '2025-03-31', asOf: '2025-04-30' };
  it('the day of a payment belongs to the next period; its month is a full month of neither', () => {
    const { periods, remaining, inflation } = run({ ...input, payments: [{ on: '2025-04-11', amount: money('18250') }] });
    expect(periods.map((row) => [row.from, row.to, row.days, row.balance.toString(), row.interest.toString()])).toEqual([
      ['2025-04-01', '2025-04-10', 10, '36500.00', '30.00'],
      ['2025-04-11', '2025-04-30', 20, '18250.00', '30.00'],
    ]);
    expect([remaining.toString(), inflation.toString()]).toEqual(['18250.00', '0.00']);
  });
  it('payments of one day count together, in any order; before the first day they lower the debt at once', () => {
    const payments = [
      { on: '2025-04-11', amount: money('250') },
      { on: '2025-03-20', amount: money('500') },
      { on: '2025-04-01', amount: money('1000') },
      { on: '2025-04-11', amount: money('17750') },
    ];
    const { periods, remaining } = run({ ...input, payments });
    expect(periods.map((row) => [row.from, row.balance.toString()])).toEqual([
      ['2025-04-01', '35000.00'],
      ['2025-04-11', '17000.00'],
    ]);
    expect(remaining.toString()).toBe('17000.00');
  });
  it('after the whole debt is paid there are no rows; what was paid above it is told; later payments do not count', () => {
    const { value, trace } = prove({ ...input, payments: [{ on: '2025-04-02', amount: money('40000') }, { on: '2025-05-01', amount: money('1') }] });
    expect(value.periods.map((row) => [row.to, row.days])).toEqual([['2025-04-01', 1]]);
    expect(value.remaining.toString()).toBe('0.00');
    expect(trace.at(-1)).toEqual({ rule: 'debt.overpaid', base: '3500.00', rate: '', raw: '3500.00', rounding: 'none', amount: '3500.00', paramsVersion: 'B' });
    expect(run({ ...input, payments: [{ on: '2025-04-30', amount: money('500') }] }).remaining.toString()).toBe('36000.00');
    expect(run({ ...input, payments: [{ on: '2025-05-01', amount: money('500') }] }).remaining.toString()).toBe('36500.00');
  });
  it('a debt that is not overdue yet gives no rows', () => {
    const { periods, interest, remaining } = run({ ...input, asOf: '2025-03-31' });
    expect([periods.length, interest.toString(), remaining.toString()]).toEqual([0, '0.00', '36500.00']);
    expect(run({ ...input, asOf: '2025-04-01' }).periods).toHaveLength(1);
  });
});

describe('windows, trace and long terms', () => {
  it('a window that is taken out has no interest and no index (law.md 4.4: 2022-02-24..2023-12-29)', () => {
    const window = { from: '2022-02-24', to: '2023-12-29' };
    const { periods } = run({ amount: money('36500'), dueOn: '2021-12-31', asOf: '2024-02-29', excluded: [window] });
    expect(periods.map((row) => [row.from, row.to, row.fullMonths.map(String)])).toEqual([
      ['2022-01-01', '2022-02-23', ['2022-01']],
      ['2023-12-30', '2023-12-31', []],
      ['2024-01-01', '2024-02-29', ['2024-01', '2024-02']],
    ]);
  });
  it('the trace repeats every row with its rate, days and rounding', () => {
    const { trace, parameters } = prove({ amount: money('36500'), dueOn: '2025-12-30', asOf: '2026-01-31' });
    expect(trace.map(({ rule, base, rate, days, raw, rounding, amount, paramsVersion }) => [rule, base, rate, days, raw, rounding, amount, paramsVersion])).toEqual([
      ['debt.interest.B', '36500.00', '3 % / 365, 2025-12-31..2025-12-31', 1, '3', 'half-away-0.01', '3.00', 'B'],
      ['debt.interest.B', '36500.00', '3 % / 365, 2026-01-01..2026-01-31', 31, '93', 'half-away-0.01', '93.00', 'B'],
      ['debt.inflation.B', '36500.00', '1.007, 2026-01..2026-01', undefined, '255.5', 'half-away-0.01', '255.50', 'B'],
    ]);
    expect(trace.every(({ law }) => law === 'ЦКУ ст. 625 ч. 2')).toBe(true);
    expect(parameters).toEqual([{ id: 'debt.inflation-index', version: '1', mark: 'confirmed' }]);
  });
  it('29 years with their leap years: interest by a second plain count of days, indices by a second product', () => {
    const { periods, interest, inflation } = run({ amount: money('1000'), dueOn: '1997-02-28', asOf: '2026-08-31' });
    const years = Array.from({ length: 30 }, (_, offset) => 1997 + offset);
    const expected = years.reduce((sum, year) => {
      const [from, to] = [year === 1997 ? Date.UTC(1997, 2, 1) : Date.UTC(year, 0, 1), year === 2026 ? Date.UTC(2026, 8, 1) : Date.UTC(year + 1, 0, 1)];
      const length = (Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1)) / 86_400_000;
      return sum + Math.round((1000 * 3 * ((to - from) / 86_400_000)) / length);
    }, 0);
    expect([periods.length, interest.kop]).toEqual([30, BigInt(expected)]);
    const all = product(...data.rows.map(({ month }) => month).filter((month) => month >= '1997-03'));
    expect(inflation.kop).toBe(Money.round(new Dec(1000).times(all.minus(1))).kop);
  });
});

/** The second, plain implementation: a walk over days in whole kopecks of the numerator; nothing of the first one is used. */
function walked(kop: number, dueOn: string, asOf: string, payments: readonly { on: string; kop: number }[]): { interest: number; inflation: number; left: number } {
  const DAY = 86_400_000;
  const halfUp = (num: bigint, den: bigint): number => Number((2n * num + den) / (2n * den));
  const balanceOn = (day: string): number => Math.max(0, kop - payments.reduce((sum, { on, kop: paid }) => (on <= day ? sum + paid : sum), 0));
  const iso = (time: number): string => new Date(time).toISOString().slice(0, 10);
  const days: { day: string; balance: number }[] = [];
  for (let time = Date.parse(dueOn) + DAY; time <= Date.parse(asOf); time += DAY) days.push({ day: iso(time), balance: balanceOn(iso(time)) });
  let [interest, inflation] = [0, 0];
  const runs: { balance: number; days: string[] }[] = [];
  for (const { day, balance } of days) {
    const last = runs.at(-1);
    if (last?.balance === balance) last.days.push(day);
    else runs.push({ balance, days: [day] });
  }
  for (const { balance, days: own } of runs.filter((each) => each.balance > 0)) {
    for (const year of new Set(own.map((day) => day.slice(0, 4)))) {
      const length = (Date.parse(`${Number(year) + 1}-01-01`) - Date.parse(`${year}-01-01`)) / DAY;
      interest += halfUp(BigInt(balance) * 3n * BigInt(own.filter((day) => day.startsWith(year)).length), BigInt(100 * length));
    }
    let [num, den] = [1n, 1n];
    for (const month of new Set(own.map((day) => day.slice(0, 7)))) {
      const next = new Date(`${month}-15T00:00:00Z`);
      next.setUTCMonth(next.getUTCMonth() + 1);
      const length = (Date.parse(`${next.toISOString().slice(0, 7)}-01`) - Date.parse(`${month}-01`)) / DAY;
      if (own.filter((day) => day.startsWith(month)).length < length) continue;
      num *= BigInt(Math.round(Number(data.rows.find((row) => row.month === month)?.value) * 10));
      den *= 1000n;
    }
    if (num > den) inflation += halfUp(BigInt(balance) * (num - den), den);
  }
  return { interest, inflation, left: days.at(-1)?.balance ?? balanceOn(asOf) };
}

describe('method B against a plain walk over days', () => {
  it('gives the same to the kopeck: part payments in the middle of a month, deflation, leap years, 1999 to 2026', () => {
    const day = fc.integer({ min: 0, max: 10_000 }).map((offset) => addDays('1999-01-10', offset));
    const span = fc.tuple(day, fc.integer({ min: 0, max: 2_000 })).map(([from, length]) => ({ dueOn: from, asOf: [addDays(from, length), '2026-08-31'].sort()[0] ?? from }));
    const paid = fc.array(fc.record({ after: fc.integer({ min: -40, max: 2_000 }), kop: fc.integer({ min: 1, max: 900_000 }) }), { maxLength: 6 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000_000 }), span, paid, (kop, { dueOn, asOf }, paidAfter) => {
        const payments = paidAfter.map((each) => ({ on: addDays(dueOn, each.after), kop: each.kop }));
        const first = run({ amount: Money.ofKop(BigInt(kop)), dueOn, asOf, payments: payments.map((each) => ({ on: each.on, amount: Money.ofKop(BigInt(each.kop)) })) });
        const second = walked(kop, dueOn, asOf, payments);
        expect([Number(first.interest.kop), Number(first.inflation.kop), Number(first.remaining.kop)]).toEqual([second.interest, second.inflation, second.left]);
      }),
      { numRuns: 150 },
    );
  });
});

describe('properties of method B', () => {
  const day = fc.integer({ min: 0, max: 3_000 }).map((offset) => addDays('2015-01-01', offset));
  const kop = fc.integer({ min: 0, max: 10_000_000 }).map((value) => Money.ofKop(BigInt(value)));
  const payments = fc.array(fc.record({ on: day, amount: kop }), { maxLength: 6 });
  it('zero for zero', () => {
    const { periods, interest, inflation, remaining } = run({ amount: Money.zero });
    expect([periods.length, interest.kop, inflation.kop, remaining.kop]).toEqual([0, 0n, 0n, 0n]);
  });
  it('monotone in days, and every overdue day with a debt is in exactly one row', () => {
    fc.assert(
      fc.property(kop, day, day, payments, (amount, dueOn, asOf, paid) => {
        const at = (date: string): BureauResult => run({ amount, dueOn, asOf: date, payments: paid });
        const [today, tomorrow] = [at(asOf), at(addDays(asOf, 1))];
        expect(tomorrow.interest.cmp(today.interest)).not.toBe(-1);
        for (const row of today.periods) expect([row.days, row.balance.isZero()]).toEqual([spanDays(row), false]);
        today.periods.slice(1).forEach((row, place) => expect(row.from).toBe(addDays(today.periods[place]?.to ?? '', 1)));
        expect(today.periods.every((row) => Period.ofDay(row.from).year === Period.ofDay(row.to).year)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
  it('monotone in months without deflation: one more day never lowers what is added', () => {
    const grow = { data: { version: '1', rows: data.rows.map((row) => ({ ...row, value: Number(row.value) < 100 ? '100.0' : row.value })) } };
    const indices = new IndexTable(grow.data, 'refuse');
    fc.assert(
      fc.property(kop, day, fc.integer({ min: 0, max: 1_000 }), (amount, dueOn, length) => {
        const at = (days: number): bigint => {
          const { interest, inflation } = run({ amount, dueOn, asOf: addDays(dueOn, days), indices });
          return interest.add(inflation).kop;
        };
        expect(at(length + 1) >= at(length)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
  it('additive over debts, up to half a kopeck a row', () => {
    fc.assert(
      fc.property(kop, kop, day, day, (one, other, dueOn, asOf) => {
        const [a, b, both] = [one, other, one.add(other)].map((amount) => run({ amount, dueOn, asOf }));
        const apart = a!.interest.add(b!.interest).kop - both!.interest.kop;
        const limit = BigInt(2 * Math.max(a!.periods.length, b!.periods.length, both!.periods.length));
        expect(apart <= limit && apart >= -limit).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
