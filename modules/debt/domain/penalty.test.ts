import { describe, expect, it } from '@jest/globals';
import { addDays, Dec, Money } from '@komplat/kernel';
import fc from 'fast-check';
import { everyHoliday, labour, money } from '../test/law-data.ts';
import { penalty, type Penalty, type PenaltyInput } from './index.ts';

const WAR = { from: '2022-02-24', to: '2023-12-29', ground: 'CMU 206' };
const QUARANTINE = { from: '2020-03-12', to: '2023-07-30', ground: 'Law 530-IX' };
const prove = (input: Partial<PenaltyInput>) =>
  penalty({
    amount: money('1000'),
    dueOn: '2026-10-20',
    asOf: '2026-10-21',
    payments: [],
    ratePercentPerDay: new Dec('0.01'),
    maxRatePercent: new Dec('0.01'),
    maxSharePercent: new Dec(100),
    windows: [],
    calendar: labour,
    ...input,
  });
const run = (input: Partial<PenaltyInput>): Penalty => prove(input).value;

describe('penalty (Law 2189-VIII art. 26; law.md 4.3)', () => {
  it('published example: a debt of 1 000 gives 0.10 a day', () => {
    expect(run({})).toMatchObject({ startsOn: '2026-10-21', days: 1, penalty: money('0.10'), capped: false, cappedBy: [] });
    expect(run({ asOf: '2026-10-30' })).toMatchObject({ days: 10, penalty: money('1.00') });
  });
  it('starts on the first working day after the last day to pay', () => {
    // 20.11.2026 is a Friday: Monday the 23rd
    expect(run({ dueOn: '2026-11-20', asOf: '2026-11-23' })).toMatchObject({ startsOn: '2026-11-23', days: 1 });
    expect(run({ dueOn: '2026-11-20', asOf: '2026-11-22' })).toMatchObject({ startsOn: '2026-11-23', days: 0, penalty: Money.zero, excluded: [] });
    // 1 October 2026, a Thursday, is a holiday that martial law suspended
    const october = { dueOn: '2026-09-30', asOf: '2026-10-10' };
    expect([run(october).startsOn, run({ ...october, calendar: everyHoliday }).startsOn]).toEqual(['2026-10-01', '2026-10-02']);
  });
  it('a rate above 0.01 % a day is cut down to it, and the answer says so', () => {
    const high = run({ ratePercentPerDay: new Dec('0.1') });
    expect([high.capped, high.cappedBy, high.rateApplied.toString(), high.penalty.toString()]).toEqual([true, ['rate'], '0.01', '0.10']);
    expect(run({ ratePercentPerDay: new Dec('0.005'), asOf: '2026-10-30' })).toMatchObject({ penalty: money('0.50'), capped: false });
  });
  it('at most 100 % of the debt: reached after 10 000 days', () => {
    const long = { dueOn: '1999-01-04' };
    const full = run({ ...long, asOf: addDays('1999-01-05', 9_999) });
    expect([full.days, full.penalty.toString(), full.capped]).toEqual([10_000, '1000.00', false]);
    const over = run({ ...long, asOf: addDays('1999-01-05', 10_000) });
    expect([over.days, over.penalty.toString(), over.cappedBy]).toEqual([10_001, '1000.00', ['debt']]);
  });
});

describe('windows without penalty (law.md 4.3, 4.4)', () => {
  const war = { dueOn: '2022-01-20', asOf: '2024-01-10' };
  it('2022-02-24..2023-12-29 is taken out, both ends included', () => {
    // 2022-01-21..2022-02-23 are 34 days, 2023-12-30..2024-01-10 are 12
    expect(run({ ...war, windows: [WAR] })).toMatchObject({ days: 46, penalty: money('4.60'), excluded: [WAR] });
    expect(run({ ...war, asOf: '2022-02-24', windows: [WAR] })).toMatchObject({ days: 34, excluded: [{ ...WAR, to: '2022-02-24' }] });
    expect(run({ ...war, asOf: '2022-02-23', windows: [WAR] })).toMatchObject({ days: 34, excluded: [] });
  });
  it('windows that overlap take a day out once; they come back in order, cut to the counted days', () => {
    const both = run({ ...war, windows: [WAR, QUARANTINE] });
    expect([both.days, both.excluded]).toEqual([12, [{ ...QUARANTINE, from: '2022-01-21' }, WAR]]);
    const long = { ...WAR, to: '2024-01-05', ground: 'territory' };
    expect(run({ ...war, windows: [long, WAR] }).excluded).toEqual([WAR, long]);
    expect(run({ ...war, windows: [WAR, long] }).excluded).toEqual([WAR, long]);
  });
});

describe('penalty and payments', () => {
  it('the day of a payment counts with the smaller debt; a paid debt bears none', () => {
    const payments = [{ on: '2026-10-26', amount: money('600') }, { on: '2026-10-29', amount: money('400') }];
    // 1 000 × 5 days + 400 × 3 days
    expect(run({ asOf: '2026-11-20', payments })).toMatchObject({ days: 8, penalty: money('0.62') });
  });
  it('rounded once: parts below half a kopeck add up', () => {
    const payments = Array.from({ length: 9 }, (_, offset) => ({ on: addDays('2026-10-22', offset), amount: money('0.01') }));
    // ten days of about 30.00: 0.003 a day
    expect(run({ amount: money('30'), asOf: '2026-10-30', payments }).penalty.toString()).toBe('0.03');
  });
  it('the trace has each period and the total under its cap', () => {
    const { trace } = prove({ asOf: '2026-10-30', payments: [{ on: '2026-10-26', amount: money('600') }] });
    expect(trace.map(({ rule, base, rate, days, raw, rounding, amount }) => [rule, base, rate, days, raw, rounding, amount])).toEqual([
      ['debt.penalty.period', '1000.00', '0.01 %, 2026-10-21..2026-10-25', 5, '0.5', 'none', '0.5'],
      ['debt.penalty.period', '400.00', '0.01 %, 2026-10-26..2026-10-30', 5, '0.2', 'none', '0.2'],
      ['debt.penalty.total', '<= 1000', '0.01', 10, '0.7', 'half-away-0.01', '0.70'],
    ]);
    expect(trace.every(({ law, paramsVersion }) => law === 'Закон 2189-VIII ст. 26' && paramsVersion === '1')).toBe(true);
  });
  it('monotone in days, never above the debt, zero for zero, the same as a plain loop over days', () => {
    const kop = fc.integer({ min: 0, max: 5_000_000 }).map((value) => Money.ofKop(BigInt(value)));
    const day = fc.integer({ min: 0, max: 900 }).map((offset) => addDays('2022-01-01', offset));
    const payments = fc.array(fc.record({ on: day, amount: kop }), { maxLength: 4 });
    fc.assert(
      fc.property(kop, day, day, payments, (amount, dueOn, asOf, paid) => {
        const at = (date: string): Penalty => run({ amount, dueOn, asOf: date, payments: paid, windows: [QUARANTINE, WAR] });
        const [today, tomorrow] = [at(asOf), at(addDays(asOf, 1))];
        expect(tomorrow.penalty.cmp(today.penalty)).not.toBe(-1);
        expect(today.penalty.cmp(amount)).not.toBe(1);
        let tenThousandths = 0n;
        for (let date = today.startsOn; date <= asOf; date = addDays(date, 1)) {
          if (date >= QUARANTINE.from && date <= WAR.to) continue;
          const left = paid.reduce((rest, each) => (each.on <= date ? rest - each.amount.kop : rest), amount.kop);
          tenThousandths += left > 0n ? left : 0n;
        }
        expect(today.penalty.kop).toBe((tenThousandths + 5_000n) / 10_000n);
      }),
      { numRuns: 100 },
    );
    expect(run({ amount: Money.zero, asOf: '2026-11-20' })).toMatchObject({ days: 0, penalty: Money.zero, capped: false });
  });
});
