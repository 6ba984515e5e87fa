import { describe, expect, it } from '@jest/globals';
import { Dec, Money, Period } from '@komplat/kernel';
import fc from 'fast-check';
import { actMonths, data, money, official, three } from '../test/law-data.ts';
import { actCalculation, type ActInput, type ActResult, IndexTable } from './index.ts';

const run = (input: Partial<ActInput>): ActResult =>
  actCalculation({
    method: 'A',
    openingDebt: Money.zero,
    months: [],
    ratePercent: three,
    excludeCurrentCharge: false,
    fees: [],
    indices: official(),
    ...input,
  }).value;
const month = (name: string, charged: string, paid = '0') => ({
  month: Period.parse(name),
  charged: money(charged),
  paid: money(paid),
});
/** Equal to the published figure to its last digit: binary floats of the source differ by at most 1e-12. */
const same = (value: Dec | undefined, published: string): void => {
  expect(value?.minus(published).abs().toNumber()).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(Number(published))));
};
const JUMP = { '2023-01': '100', '2023-02': '110' };

describe('method A: published act of a flat of 67.08 m² (law.md 4.5.1, vector set A)', () => {
  const input = { openingDebt: money('352.17'), months: actMonths };
  const act = (): ActResult => run(input);

  it('inputs: charged 16 300.44, paid 9 272.17, 44 months, 1 338 days', () => {
    expect(Money.sum(actMonths.map(({ charged }) => charged)).toString()).toBe('16300.44');
    expect(Money.sum(actMonths.map(({ paid }) => paid)).toString()).toBe('9272.17');
    expect([act().rows.length, act().days]).toEqual([44, 1338]);
  });
  it('principal, 3 %, coefficient, inflation, total', () => {
    const result = act();
    expect(result.principal.toString()).toBe('7380.44');
    same(result.interest, '516.9665973905232');
    same(result.coefficient, '1.5956086485251997');
    same(result.inflation, '4395.853893921326');
    same(result.total, '12293.26049131185');
  });
  it('row 1, row 2 and the row of January 2024', () => {
    const result = act();
    const [first, second] = result.rows;
    expect([first?.debt.toString(), first?.coefficient.toString(), first?.loss.toString()]).toEqual(['704.34', '1', '0']);
    same(first?.interest, '1.7367287671232876');
    expect([second?.debt.toString(), second?.coefficient.toString(), second?.loss.toString()]).toEqual(['1056.51', '1.006', '6.33906']);
    same(second?.interest, '2.691929589041096');
    same(result.rows.find((row) => row.month.toString() === '2024-01')?.interest, '12.726745081967213');
  });
  it("A-fifo on the same act: 744.9697244172174 (published test data of the same act, method 'monthly'), the rest unchanged", () => {
    const fifo = run({ ...input, method: 'A-fifo' });
    same(fifo.inflation, '744.9697244172174');
    expect(fifo.interest.eq(act().interest)).toBe(true);
    expect([fifo.principal.toString(), fifo.days]).toEqual(['7380.44', 1338]);
  });
  it('the version and the marks of the indices come with the answer', () => {
    const parameters = actCalculation({
      method: 'A', months: actMonths, openingDebt: Money.zero, ratePercent: three, excludeCurrentCharge: false, fees: [],
      indices: new IndexTable(data, 'refuse', { '2022-01': '101.3' }),
    }).parameters;
    expect(parameters).toEqual([
      { id: 'debt.inflation-index', version: '1', mark: 'confirmed' },
      { id: 'parameters.indices', version: '2022-01', mark: 'override' },
    ]);
  });
});

describe('method A: small published vectors (law.md 4.5.1)', () => {
  const two = [month('2023-01', '100'), month('2023-02', '100')];
  it('two charges of 100, indices 100 and 110: inflation 20', () => {
    expect(run({ months: two, indices: official('refuse', JUMP) }).inflation.toString()).toBe('20');
  });
  it('the same by lots: 10, because the second charge is indexed from the month after its own', () => {
    expect(run({ method: 'A-fifo', months: two, indices: official('refuse', JUMP) }).inflation.toString()).toBe('10');
  });
  it('by lots a payment of 100 extinguishes the older charge first: inflation 0, principal 100', () => {
    const paid = [month('2023-01', '100'), month('2023-02', '100', '100')];
    const result = run({ method: 'A-fifo', months: paid, indices: official('refuse', JUMP) });
    expect([result.inflation.toString(), result.principal.toString()]).toEqual(['0', '100.00']);
  });
  it('36 500 in January 2023: 3 % is 93, 6 % is 186, without the current charge 0', () => {
    const months = [month('2023-01', '36500')];
    expect(run({ months }).interest.toString()).toBe('93');
    expect(run({ months, ratePercent: new Dec(6) }).interest.toString()).toBe('186');
    const excluded = run({ months, excludeCurrentCharge: true });
    expect([excluded.interest.toString(), excluded.principal.toString()]).toEqual(['0', '36500.00']);
  });
  it('overpayment: 100 charged, 1 000 paid: principal -900, interest 0, inflation 0 even with deflation', () => {
    const result = run({ months: [month('2023-07', '100', '1000'), month('2023-08', '0')] });
    expect([result.principal.toString(), result.interest.toString(), result.inflation.toString()]).toEqual(['-900.00', '0', '0']);
  });
  it('deflation: index 95 gives coefficient 0.95 and no loss', () => {
    const months = [month('2023-01', '1000'), month('2023-02', '0')];
    const result = run({ months, indices: official('refuse', { '2023-02': '95' }) });
    expect([result.coefficient.toString(), result.inflation.toString()]).toEqual(['0.95', '0']);
  });
  it('missing index: unchanged with the override, refused by name without it', () => {
    const months = [month('2026-08', '100'), month('2026-09', '0'), month('2026-10', '0')];
    expect(run({ months, indices: official('unchanged') }).coefficient.toString()).toBe('1');
    expect(run({ months, indices: official('100') }).coefficient.toString()).toBe('1');
    expect(() => run({ months })).toThrow(expect.objectContaining({ code: 'debt.index-missing', params: { month: '2026-09', path: 'parameters.indices' } }));
  });
  it('fees: legal 3 000 and court 1 211.20 are added to the total', () => {
    const fees = [{ name: 'legal', amount: money('3000') }, { name: 'court', amount: money('1211.20') }];
    const months = [month('2023-01', '1000')];
    expect(run({ months, fees }).total.minus(run({ months }).total).toString()).toBe('4211.2');
  });
  it('no months: the opening debt is the principal and the total', () => {
    const result = run({ openingDebt: money('500') });
    expect([result.principal.toString(), result.total.toString(), result.coefficient.toString(), result.days]).toEqual(['500.00', '500', '1', 0]);
  });
});

describe('the order of a month', () => {
  it('months that do not follow one another are refused with the expected one', () => {
    const months = [month('2023-01', '1'), month('2023-03', '1')];
    const refusal = { code: 'debt.months-gap', params: { expected: '2023-02', found: '2023-03', path: 'months.1.month' } };
    expect(() => run({ months })).toThrow(expect.objectContaining(refusal));
    expect(() => run({ months: [month('2023-02', '1'), month('2023-02', '1')] })).toThrow('debt.months-gap');
  });
  it('by lots: an overpayment waits for the next charge, a negative charge extinguishes the oldest lot', () => {
    const indices = (): IndexTable => official('refuse', { '2023-01': '100', '2023-02': '110', '2023-03': '110' });
    const ahead = [month('2023-01', '100', '150'), month('2023-02', '100'), month('2023-03', '0')];
    // 150 paid against 200 charged: 50 of the second charge are left, indexed in March: 5
    expect(run({ method: 'A-fifo', months: ahead, indices: indices() }).inflation.toString()).toBe('5');
    const partly = [month('2023-01', '100', '30'), month('2023-02', '100'), month('2023-03', '0')];
    // 30 wait for January, 70 of it are left: 70 × 0.21 + 100 × 0.1
    expect(run({ method: 'A-fifo', months: partly, indices: indices() }).inflation.toString()).toBe('24.7');
    const corrected = [month('2023-01', '100'), month('2023-02', '-40'), month('2023-03', '0')];
    // 60 of January are left, indexed twice: 60 × 0.21
    const result = run({ method: 'A-fifo', months: corrected, indices: indices() });
    expect([result.inflation.toString(), result.principal.toString(), result.coefficient.toString()]).toEqual(['12.6', '60.00', '1.21']);
  });
  it('by lots the opening debt is a lot that is indexed from the first month; nothing owed needs no index', () => {
    const indices = official('refuse', { '2023-01': '105' });
    const result = run({ method: 'A-fifo', openingDebt: money('100'), months: [month('2023-01', '0')], indices });
    expect([result.inflation.toString(), result.coefficient.toString()]).toEqual(['5', '1.05']);
    const ahead = run({ method: 'A-fifo', openingDebt: money('-100'), months: [month('2026-10', '0'), month('2026-11', '60')] });
    expect([ahead.inflation.toString(), ahead.principal.toString(), ahead.coefficient.toString()]).toEqual(['0', '-40.00', '1']);
  });
  it('without the current charge: the debt before it bears interest, and an overpayment bears none', () => {
    const months = [month('2023-01', '36500'), month('2023-02', '36500', '500')];
    // January 0; February (36 500 − 500) × 3 % × 28 / 365
    expect(run({ months, excludeCurrentCharge: true }).interest.toDecimalPlaces(10).toString()).toBe('82.8493150685');
  });
  it('the trace has every month with its days and ends with inflation and fees', () => {
    const { trace } = actCalculation({
      method: 'A', openingDebt: money('10'), months: [month('2023-01', '36490'), month('2023-02', '0')], ratePercent: three,
      excludeCurrentCharge: false, fees: [{ name: 'court', amount: money('5') }], indices: official(),
    });
    expect(trace.map(({ rule, base, rate, days, amount }) => [rule, base, rate, days, amount])).toEqual([
      ['debt.interest.A', '36500.00', '3 % / 365', 31, '2023-01: 93'],
      ['debt.interest.A', '36500.00', '3 % / 365', 28, '2023-02: 84'],
      ['debt.inflation.A', '36500.00', '1.007', undefined, '255.5'],
      ['debt.fee', 'court', '', undefined, '5.00'],
    ]);
    expect(new Set(trace.map(({ paramsVersion, rounding }) => `${paramsVersion} ${rounding}`))).toEqual(new Set(['A none']));
    expect(trace.slice(0, 3).every(({ law }) => law === 'ЦКУ ст. 625 ч. 2')).toBe(true);
  });
});

describe('A-fifo against a second plain implementation', () => {
  /** Closed form: a lot is left by what its running total exceeds all that was paid; its coefficient is a product of numbers. */
  const second = (opening: number, months: readonly { name: string; charged: number; paid: number }[]): number => {
    const index = new Map(data.rows.map((row) => [row.month, Number(row.value) / 100]));
    const paid = months.reduce((sum, each) => sum + each.paid, 0);
    let running = 0;
    let loss = 0;
    [{ charged: opening, after: -1 }, ...months.map(({ charged }, after) => ({ charged, after }))].forEach(({ charged, after }) => {
      running += charged;
      const left = Math.min(charged, Math.max(0, running - paid));
      const growth = months.slice(after + 1).reduce((product, { name }) => product * (index.get(name) ?? NaN), 1) - 1;
      loss += left > 0 && growth > 0 ? (left / 100) * growth : 0;
    });
    return loss;
  };

  it('gives the same loss for any charges and payments, 2000 to 2025', () => {
    const kop = fc.integer({ min: 0, max: 900_000 });
    const start = fc.integer({ min: 0, max: 24 * 12 });
    const rows = fc.array(fc.record({ charged: kop, paid: fc.oneof(fc.constant(0), kop) }), { minLength: 1, maxLength: 24 });
    fc.assert(
      fc.property(start, kop, rows, (first, opening, list) => {
        const months = list.map((row, offset) => ({ ...row, name: Period.of(2000, 1).plus(first + offset).toString() }));
        const result = run({
          method: 'A-fifo',
          openingDebt: Money.ofKop(BigInt(opening)),
          months: months.map(({ name, charged, paid }) => ({
            month: Period.parse(name), charged: Money.ofKop(BigInt(charged)), paid: Money.ofKop(BigInt(paid)),
          })),
        });
        expect(result.inflation.toNumber()).toBeCloseTo(second(opening, months), 6);
      }),
      { numRuns: 300 },
    );
  });
  it('30 years of charges, leap years and years of deflation included: 1996-09 to 2026-08 refuses 1996, from 1997 it counts', () => {
    const range = (from: string): string[] => Period.range(Period.parse(from), Period.of(2026, 8)).map(String);
    const long = (from: string) => range(from).map((name) => month(name, '352.17'));
    expect(() => run({ method: 'A-fifo', months: long('1996-09') })).toThrow('debt.index-missing');
    const result = run({ method: 'A-fifo', months: long('1997-01') });
    const months = range('1997-01').map((name) => ({ name, charged: 35_217, paid: 0 }));
    expect(result.inflation.toNumber() / second(0, months)).toBeCloseTo(1, 10);
    expect([result.days, result.rows.length]).toEqual([10_835, 356]);
  });
});

describe('properties of A and A-fifo', () => {
  const rows = fc.array(fc.integer({ min: 0, max: 500_000 }), { minLength: 1, maxLength: 30 });
  const months = (charges: readonly number[]) =>
    charges.map((kop, offset) => ({ month: Period.of(2015, 1).plus(offset), charged: Money.ofKop(BigInt(kop)), paid: Money.zero }));
  it('zero for zero', () => {
    for (const method of ['A', 'A-fifo'] as const) {
      const result = run({ method, months: months([0, 0, 0]) });
      expect([result.principal.toString(), result.interest.toString(), result.inflation.toString()]).toEqual(['0.00', '0', '0']);
    }
  });
  it('additive over lots: charges taken apart give the same sums', () => {
    fc.assert(
      fc.property(rows, (charges) => {
        const all = run({ method: 'A-fifo', months: months(charges) });
        const alone = charges.map((_, place) => run({ method: 'A-fifo', months: months(charges.map((kop, index) => (index === place ? kop : 0))) }));
        const sum = (pick: (result: ActResult) => Dec): Dec => alone.reduce((total, each) => total.plus(pick(each)), new Dec(0));
        expect(all.inflation.minus(sum((each) => each.inflation)).abs().lt('1e-25')).toBe(true);
        expect(all.interest.minus(sum((each) => each.interest)).abs().lt('1e-25')).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
  it('monotone: one more month without payment never lowers the interest', () => {
    fc.assert(
      fc.property(rows, (charges) => {
        const longer = run({ months: months([...charges, 0]) });
        expect(longer.interest.gte(run({ months: months(charges) }).interest)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
