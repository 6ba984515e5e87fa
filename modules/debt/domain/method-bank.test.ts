import { describe, expect, it } from '@jest/globals';
import { addDays, Dec, Money } from '@komplat/kernel';
import fc from 'fast-check';
import { data, everyHoliday, labour, money, official, publishedHolidays, three } from '../test/law-data.ts';
import { bankCalculation, type BankInput, type BankResult } from './index.ts';

const run = (input: Partial<BankInput>): BankResult =>
  bankCalculation({
    amount: money('10000'),
    overdueFrom: '2025-01-10',
    overdueTo: '2025-04-20',
    ratePercent: three,
    indices: official(),
    calendar: labour,
    ...input,
  }).value;

describe('method C (law.md 4.5.3)', () => {
  it('days on the dates as given, both counted, always 365 a year; four decimals', () => {
    const leap = run({ amount: money('36500'), overdueFrom: '2024-01-01', overdueTo: '2024-12-31' });
    expect([leap.days, leap.interest.toString()]).toEqual([366, '1098']);
    // 1000 × 3 % × 1 / 365 = 0.08219…
    expect(run({ amount: money('1000'), overdueFrom: '2025-03-03', overdueTo: '2025-03-03' }).interest.toString()).toBe('0.0822');
  });
  it('index months: day 1-15 is its own month, 16-31 the next; the end month is not included', () => {
    const months = (overdueFrom: string, overdueTo: string): string[] => run({ overdueFrom, overdueTo }).months.map(String);
    expect(months('2025-01-15', '2025-04-15')).toEqual(['2025-01', '2025-02', '2025-03']);
    expect(months('2025-01-16', '2025-04-15')).toEqual(['2025-02', '2025-03']);
    expect(months('2025-01-15', '2025-04-16')).toEqual(['2025-01', '2025-02', '2025-03', '2025-04']);
    expect(months('2025-01-31', '2025-02-28')).toEqual(['2025-02']);
    expect(months('2025-01-20', '2025-02-10')).toEqual([]);
    expect(months('2024-12-20', '2025-01-20')).toEqual(['2025-01']);
  });
  it('begin and end in one month: no index months', () => {
    expect(run({ overdueFrom: '2025-01-02', overdueTo: '2025-01-31' }).coefficient.toString()).toBe('1');
  });
  it('a begin on a day off moves to the banking day before it, for the indices only', () => {
    // 16 March 2025 is a Sunday: Friday the 14th counts as 1 March
    const shifted = run({ overdueFrom: '2025-03-16', overdueTo: '2025-04-10' });
    expect([shifted.months.map(String), shifted.days]).toEqual([['2025-03'], 26]);
    // 1 March 2025 is a Saturday: 28 February counts as 1 March; begin and end stand in different months now
    expect(run({ overdueFrom: '2025-03-01', overdueTo: '2025-03-20' }).months.map(String)).toEqual(['2025-03']);
    // 1 January 2025 is a working day under martial law, a day off in the plain calendar
    expect(run({ overdueFrom: '2025-01-01', overdueTo: '2025-01-20' }).months.map(String)).toEqual([]);
    expect(run({ overdueFrom: '2025-01-01', overdueTo: '2025-01-20', calendar: everyHoliday }).months.map(String)).toEqual(['2025-01']);
  });
  it('the product of the indices is rounded to three decimals, deflation included', () => {
    // 2023-07 99.4, 2023-08 98.6: 0.980084
    const result = run({ overdueFrom: '2023-07-03', overdueTo: '2023-09-05' });
    expect([result.coefficient.toString(), result.indexed.toString()]).toEqual(['0.98', '9800.00']);
    // 2022-12 100.7, 2023-01 100.8: 1.015056
    const rounded = run({ amount: money('333.33'), overdueFrom: '2022-12-01', overdueTo: '2023-02-01' });
    expect([rounded.coefficient.toString(), rounded.indexed.toString()]).toEqual(['1.015', '338.33']);
  });
  it('a missing index is refused by default, 100 with the override of the program', () => {
    const range = { overdueFrom: '2026-08-03', overdueTo: '2026-11-03' };
    expect(() => run(range)).toThrow(expect.objectContaining({ code: 'debt.index-missing', params: { month: '2026-09', path: 'parameters.indices' } }));
    expect(run({ ...range, indices: official('100') }).coefficient.toString()).toBe('1.001');
  });
  it('days that stand the wrong way round are refused; the same day is one day', () => {
    expect(() => run({ overdueFrom: '2025-02-02', overdueTo: '2025-02-01' })).toThrow(expect.objectContaining({ code: 'debt.days-reversed', params: { path: 'overdueTo' } }));
    expect(run({ overdueFrom: '2025-02-03', overdueTo: '2025-02-03' }).days).toBe(1);
  });
  it('the trace shows each rounding', () => {
    const { trace } = bankCalculation({
      amount: money('333.33'), overdueFrom: '2022-12-01', overdueTo: '2023-02-01', ratePercent: three, indices: official(), calendar: labour,
    });
    expect(trace.map(({ rule, base, rate, days, rounding, amount }) => [rule, base, rate, days, rounding, amount])).toEqual([
      ['debt.interest.C', '333.33', '3 % / 365', 63, 'half-away-0.0001', '1.726'],
      ['debt.coefficient.C', '2022-12..2023-01', '1.015056', undefined, 'half-away-0.001', '1.015'],
      ['debt.inflation.C', '333.33', '0.015', undefined, 'half-away-0.01', '338.33'],
    ]);
    expect([trace[0]?.raw.slice(0, 9), trace[2]?.raw]).toEqual(['1.7260101', '338.32995']);
    expect(new Set(trace.map(({ law, paramsVersion }) => `${String(law)} ${paramsVersion}`))).toEqual(new Set(['ЦКУ ст. 625 ч. 2 C']));
    const none = bankCalculation({ amount: money('1'), overdueFrom: '2025-01-02', overdueTo: '2025-01-03', ratePercent: three, indices: official(), calendar: labour });
    expect(none.trace[1]).toMatchObject({ base: 'none', amount: '1' });
  });
});

describe('method C against a second plain implementation', () => {
  /** Whole numbers only: kopecks, days since 1970, indices in tenths of a per cent. */
  const second = (kop: number, from: string, to: string): { days: number; interest: bigint; coefficient: bigint; indexed: bigint } => {
    const off = new Set(publishedHolidays.filter(({ suspended }) => !suspended).map(({ day }) => day));
    const time = (text: string): number => Date.parse(text) / 86_400_000;
    const text = (time_: number): string => new Date(time_ * 86_400_000).toISOString().slice(0, 10);
    let begin = time(from);
    while ([0, 6].includes(new Date(begin * 86_400_000).getUTCDay()) || off.has(text(begin))) begin -= 1;
    const halves = (up: bigint, down: bigint): bigint => (2n * up + down) / (2n * down);
    const days = time(to) - time(from) + 1;
    const number = (iso: string): number => Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7)) - 1 + (Number(iso.slice(8)) >= 16 ? 1 : 0);
    const sameMonth = text(begin).slice(0, 7) === to.slice(0, 7);
    let [up, down] = [1n, 1n];
    for (let month = number(text(begin)); !sameMonth && month < number(to); month += 1) {
      const name = `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
      up *= BigInt(Math.round(Number(data.rows.find((row) => row.month === name)?.value) * 10));
      down *= 1000n;
    }
    const coefficient = halves(up * 1000n, down);
    return {
      days,
      interest: halves(BigInt(kop) * 3n * BigInt(days) * 100n, 36_500n),
      coefficient,
      indexed: halves(BigInt(kop) * coefficient, 1000n),
    };
  };
  it('gives the same days, interest, coefficient and sum for any dates 2000-2026', () => {
    const start = fc.integer({ min: 0, max: 9_000 });
    const length = fc.integer({ min: 0, max: 700 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50_000_000 }), start, length, (kop, first, span) => {
        const overdueFrom = addDays('2000-01-04', first);
        const overdueTo = addDays(overdueFrom, span);
        const result = run({ amount: Money.ofKop(BigInt(kop)), overdueFrom, overdueTo });
        const expected = second(kop, overdueFrom, overdueTo);
        expect({
          days: result.days,
          interest: BigInt(result.interest.times(10_000).toFixed(0)),
          coefficient: BigInt(result.coefficient.times(1000).toFixed(0)),
          indexed: result.indexed.kop,
        }).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });
  it('zero for zero, monotone in days, and 25 years with their leap years', () => {
    expect(run({ amount: Money.zero })).toMatchObject({ days: 101 });
    expect([run({ amount: Money.zero }).interest.isZero(), run({ amount: Money.zero }).indexed.isZero()]).toEqual([true, true]);
    const long = run({ overdueFrom: '2001-08-20', overdueTo: '2026-08-20' });
    const expected = second(1_000_000, '2001-08-20', '2026-08-20');
    expect([long.days, long.indexed.kop]).toEqual([9132, expected.indexed]);
    expect(run({ overdueFrom: '2001-08-20', overdueTo: '2026-08-21' }).interest.gt(long.interest)).toBe(true);
    expect(long.coefficient.gt(new Dec(1))).toBe(true);
  });
});
