import { describe, expect, it } from '@jest/globals';
import { addDays, daysBetween, Period } from '@komplat/kernel';
import fc from 'fast-check';
import { everyHoliday, labour, publishedHolidays } from '../test/law-data.ts';
import {
  addYears, byYear, daysOfYear, deadline, type DeadlineInput, fullMonths, limitation, type Limitation, type LimitationInput,
  overlap, without, WorkingCalendar,
} from './index.ts';

/** Practical block of law.md 4.1, and the block of the published check. */
const BLOCK = { from: '2020-04-02', to: '2025-09-03', ground: 'p. 12, p. 19' };
const MARTIAL = { from: '2022-02-24', to: '2025-09-03', ground: 'p. 19' };
const term = (input: Partial<LimitationInput>): Limitation =>
  limitation({ dueOn: '2020-03-20', startsAfter: 1, asOf: '2026-11-23', years: 3, stops: [BLOCK], interruptions: [], ...input }).value;

describe('limitation: table of law.md 4.1', () => {
  it.each([
    ['2017-01', '2017-02-20', '2017-02-21', '2020-02-21', 'expired'],
    ['2020-02', '2020-03-20', '2020-03-21', '2028-08-22', 'running'],
    ['2025-08', '2025-09-20', '2025-09-21', '2028-09-21', 'running'],
  ])('charge of %s', (_month, dueOn, firstOverdueDay, endsOn, state) => {
    expect(term({ dueOn })).toMatchObject({ firstOverdueDay, endsOn, state });
  });
  it('published check: due 15.04.2021, start 16.04.2021, naive end 16.04.2024, suspended after 314 days, not barred on 20.09.2024', () => {
    expect(term({ dueOn: '2021-04-15', stops: [], asOf: '2021-04-16' })).toMatchObject({ firstOverdueDay: '2021-04-16', endsOn: '2024-04-16' });
    const checked = term({ dueOn: '2021-04-15', asOf: '2024-09-20', stops: [MARTIAL] });
    expect(checked).toMatchObject({ state: 'stopped', daysUsed: 314, stops: [MARTIAL] });
    expect(daysBetween('2021-04-16', '2022-02-24')).toBe(314);
    expect(checked.endsOn).toBe(addDays('2025-09-04', daysBetween('2022-02-24', '2024-04-16')));
  });
  it('a penalty claim (1 year) is suspended likewise', () => {
    // 16.04.2021 + 1 year = 16.04.2022; 51 days were left when the block came
    expect(term({ dueOn: '2021-04-15', years: 1, asOf: '2024-09-20', stops: [MARTIAL] })).toMatchObject({ state: 'stopped', endsOn: '2025-10-25' });
    expect(daysBetween('2022-02-24', '2022-04-16')).toBe(51);
  });
});

describe('limitation: the four cases and their edges', () => {
  it('ran out before the block: an end on its first day does not move', () => {
    expect(term({ dueOn: '2017-04-01' })).toMatchObject({ endsOn: '2020-04-02', stops: [] });
    expect(term({ dueOn: '2017-04-02' })).toMatchObject({ endsOn: addDays('2025-09-04', 1), stops: [BLOCK] });
  });
  it('began inside: the term starts anew after the block; the first and the last day of the block are inside', () => {
    for (const start of ['2020-04-02', '2023-01-15', '2025-09-03']) expect(term({ dueOn: addDays(start, -1) }).endsOn).toBe('2028-09-04');
    expect(term({ dueOn: '2025-09-03' })).toMatchObject({ firstOverdueDay: '2025-09-04', endsOn: '2028-09-04', stops: [] });
    expect(term({ dueOn: '2020-03-31' }).endsOn).toBe(addDays('2025-09-04', daysBetween('2020-04-02', '2023-04-01')));
  });
  it('29 February: the last day of February', () => {
    expect(term({ dueOn: '2016-02-28', stops: [] })).toMatchObject({ firstOverdueDay: '2016-02-29', endsOn: '2019-02-28' });
    expect(term({ dueOn: '2025-02-27', stops: [], years: 3 }).endsOn).toBe('2028-02-28');
  });
  it('the end is the last day in time: expired from the next day', () => {
    const on = (asOf: string): Limitation => term({ dueOn: '2017-02-20', asOf });
    expect(on('2020-02-21')).toMatchObject({ state: 'running', daysLeft: 0 });
    expect(on('2020-02-22')).toMatchObject({ state: 'expired', daysLeft: -1 });
    expect(term({}).daysLeft).toBe(daysBetween('2026-11-23', '2028-08-22'));
  });
  it('stopped only in a stop that moved the end', () => {
    expect(term({ asOf: '2020-04-02' }).state).toBe('stopped');
    expect(term({ asOf: '2025-09-03' }).state).toBe('stopped');
    expect(term({ asOf: '2025-09-04' }).state).toBe('running');
    expect(term({ asOf: '2020-04-01' }).state).toBe('running');
    expect(term({ dueOn: '2025-09-20', asOf: '2024-01-01' }).state).toBe('running');
  });
  it('several blocks apply in the order of their dates, in whatever order they are given', () => {
    const [covid, war] = [{ from: '2020-04-02', to: '2023-06-30', ground: 'p. 12' }, { from: '2023-07-01', to: '2025-09-03', ground: 'p. 19' }];
    const split = term({ stops: [war, covid] });
    expect([split.endsOn, split.stops]).toEqual([term({}).endsOn, [covid, war]]);
    expect(split.daysUsed).toBe(term({}).daysUsed);
    expect(term({ dueOn: '2021-01-20', stops: [covid, war] }).endsOn).toBe('2028-09-04');
    expect(() => term({ stops: [covid, { ...war, from: '2023-06-30' }] })).toThrow(expect.objectContaining({ code: 'debt.stops-overlap', params: { day: '2023-06-30', path: 'parameters.stops' } }));
    expect(() => term({ stops: [{ ...war, to: '2023-06-30' }] })).toThrow(
      expect.objectContaining({ code: 'debt.days-reversed', params: { path: 'parameters.stops' } }),
    );
    expect(term({ stops: [{ ...covid, to: covid.from }] }).endsOn).toBe(addDays('2023-03-21', 1));
  });
  it('days used: none before the first day, the whole stop left out', () => {
    expect(term({ asOf: '2020-03-20' }).daysUsed).toBe(0);
    expect(term({ asOf: '2020-03-21' }).daysUsed).toBe(1);
    expect(term({ asOf: '2020-04-02' }).daysUsed).toBe(12);
    expect(term({ asOf: '2025-09-03' }).daysUsed).toBe(12);
    expect(term({ asOf: '2025-09-04' }).daysUsed).toBe(13);
    expect(term({ dueOn: '2023-01-14', asOf: '2025-09-05' }).daysUsed).toBe(2);
  });
});

describe('limitation: interruptions (ЦКУ ст. 264)', () => {
  const on = (day: string) => ({ on: day, ground: 'part payment', startsAfter: 1 });
  it('the term starts anew on the next day; the last one counts; inside a block it starts after the block', () => {
    const twice = term({ dueOn: '2025-09-20', interruptions: [on('2026-05-05'), on('2026-01-10')] });
    expect(twice).toMatchObject({ endsOn: '2029-05-06', interruptions: [on('2026-01-10'), on('2026-05-05')] });
    expect(term({ interruptions: [on('2023-05-05')] })).toMatchObject({ endsOn: '2028-09-04', stops: [BLOCK] });
  });
  it('one before the first overdue day, after the end or after the day asked about changes nothing', () => {
    const plain = term({ dueOn: '2017-02-20' });
    for (const day of ['2017-02-20', '2020-02-22', '2026-11-24']) expect(term({ dueOn: '2017-02-20', interruptions: [on(day)] })).toEqual(plain);
    expect(term({ dueOn: '2017-02-20', interruptions: [on('2017-02-21')] }).endsOn).toBe('2020-02-22');
    expect(term({ dueOn: '2017-02-20', interruptions: [on('2020-02-21')] }).interruptions).toHaveLength(1);
    expect(term({ interruptions: [on('2026-11-23')] }).endsOn).toBe('2029-11-24');
  });
  it('the first day of the term comes from the rule in force, of the due day and of the interruption alike', () => {
    expect(term({ dueOn: '2025-09-20', startsAfter: 11 })).toMatchObject({ firstOverdueDay: '2025-10-01', endsOn: '2028-10-01' });
    expect(term({ dueOn: '2025-09-20', interruptions: [{ ...on('2026-01-10'), startsAfter: 22 }] }).endsOn).toBe('2029-02-01');
    expect(term({ dueOn: '2025-09-20', startsAfter: 0 }).firstOverdueDay).toBe('2025-09-20');
  });
  it('a later due day never ends earlier', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 7_000 }), (offset) => {
        const at = (days: number): string => term({ dueOn: addDays('2010-01-01', days) }).endsOn;
        expect(at(offset) <= at(offset + 1)).toBe(true);
      }),
    );
  });
  it('the trace tells each step', () => {
    const { trace } = limitation({ dueOn: '2020-03-20', startsAfter: 1, asOf: '2026-11-23', years: 3, stops: [BLOCK], interruptions: [on('2023-05-05')] });
    expect(trace.map(({ rule, base, rate, amount }) => [rule, base, rate, amount])).toEqual([
      ['debt.limitation.term', '2020-03-21', '3', '2023-03-21'],
      ['debt.limitation.stopped', '2020-04-02..2025-09-03', 'p. 12, p. 19', '2028-08-22'],
      ['debt.limitation.term', '2023-05-06', '3', '2026-05-06'],
      ['debt.limitation.began-in-stop', '2020-04-02..2025-09-03', 'p. 12, p. 19', '2028-09-04'],
    ]);
    expect(trace[1]).toMatchObject({ raw: '2028-08-22', rounding: 'none', paramsVersion: '1', law: expect.stringContaining('ст. 257') });
  });
});

describe('working days', () => {
  it('Saturdays and Sundays are off; a holiday is off until 2022-03-24, then only in the plain calendar', () => {
    expect(['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'].map((day) => labour.isWorking(day))).toEqual([true, false, false, true]);
    expect([labour.isWorking('2021-08-24'), everyHoliday.isWorking('2021-08-24')]).toEqual([false, false]);
    expect([labour.isWorking('2022-08-24'), everyHoliday.isWorking('2022-08-24')]).toEqual([true, false]);
    expect([labour.isWorking('1989-12-29'), labour.isWorking('1989-12-30'), labour.isWorking('1990-01-01')]).toEqual([true, false, true]);
  });
  it('steps forward and back over days off', () => {
    expect([labour.onOrAfter('2026-11-21'), labour.onOrBefore('2026-11-22'), labour.onOrAfter('2026-11-23')]).toEqual(['2026-11-23', '2026-11-20', '2026-11-23']);
    expect(everyHoliday.onOrAfter('2026-05-01')).toBe('2026-05-04');
  });
  it('knows how far its holidays go, and does not look for a working day for ever', () => {
    const calendar = new WorkingCalendar('labour', publishedHolidays.toReversed());
    expect([calendar.knownTo, calendar.knows(Period.of(2027, 12)), calendar.knows(Period.of(2028, 1)), calendar.mode]).toEqual([2027, true, false, 'labour']);
    expect(new WorkingCalendar('labour', []).knownTo).toBe(0);
    const suspended = [{ day: '2026-08-24', suspended: true }, { day: '2026-08-25', suspended: false }];
    const working = (mode: 'labour' | 'calendar'): boolean[] => ['2026-08-24', '2026-08-25', '2026-08-26'].map((day) => new WorkingCalendar(mode, suspended).isWorking(day));
    expect([working('labour'), working('calendar')]).toEqual([[true, false, true], [false, false, true]]);
    const never = new WorkingCalendar('labour', Array.from({ length: 99 }, (_, offset) => ({ day: addDays('2026-01-01', offset), suspended: false })));
    expect(() => never.onOrAfter('2026-01-01')).toThrow('no working day near 2026-01-01');
    const holidays = Array.from({ length: 59 }, (_, offset) => ({ day: addDays('2026-01-03', offset), suspended: false }));
    expect(new WorkingCalendar('labour', holidays).onOrAfter('2026-01-03')).toBe('2026-03-03');
    expect(new WorkingCalendar('labour', holidays.slice(1)).onOrAfter('2026-01-05')).toBe('2026-03-03');
  });
});

describe('deadline (law.md 4.5: terms in days)', () => {
  const at = (input: Partial<DeadlineInput>) => deadline({ from: '2026-11-06', days: 15, kind: 'calendar', shiftWeekend: true, calendar: labour, ...input });
  it('the day of the event is not counted; an end on a weekend moves to the next working day', () => {
    expect(at({}).value).toEqual({ startsOn: '2026-11-07', nominalEnd: '2026-11-21', endsOn: '2026-11-23' });
    expect(at({ shiftWeekend: false }).value.endsOn).toBe('2026-11-21');
  });
  it('a public holiday does not move it under martial law, and moves it in the plain calendar', () => {
    const holiday = { from: '2026-08-09', days: 15 };
    expect(at(holiday).value).toMatchObject({ nominalEnd: '2026-08-24', endsOn: '2026-08-24' });
    expect(at({ ...holiday, calendar: everyHoliday }).value.endsOn).toBe('2026-08-25');
  });
  it('working days: five from a Friday end on the next Friday; none is the day itself', () => {
    expect(at({ kind: 'working', days: 5 }).value).toEqual({ startsOn: '2026-11-07', nominalEnd: '2026-11-13', endsOn: '2026-11-13' });
    expect(at({ kind: 'working', days: 0 }).value.nominalEnd).toBe('2026-11-06');
    expect(at({ kind: 'working', days: 1, from: '2026-11-07' }).value.nominalEnd).toBe('2026-11-09');
  });
  it('monotone in days', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.constantFrom('calendar', 'working'), fc.boolean(), (days, kind, shiftWeekend) => {
        expect(at({ days, kind, shiftWeekend }).value.endsOn <= at({ days: days + 1, kind, shiftWeekend }).value.endsOn).toBe(true);
      }),
    );
  });
  it('the trace tells the start, the nominal end and the shift', () => {
    expect(at({}).trace.map(({ rule, base, rate, days, amount, raw, paramsVersion, law }) => [rule, base, rate, days, amount, raw, paramsVersion, law])).toEqual([
      ['debt.deadline.start', '2026-11-06', '15 calendar', 15, '2026-11-07', '2026-11-07', 'labour', 'ЦКУ ст. 253, 254'],
      ['debt.deadline.nominal', '2026-11-07', '15 calendar', 15, '2026-11-21', '2026-11-21', 'labour', 'ЦКУ ст. 253, 254'],
      ['debt.deadline.shift', '2026-11-21', '15 calendar', 15, '2026-11-23', '2026-11-23', 'labour', 'ЦКУ ст. 253, 254'],
    ]);
  });
});

describe('days', () => {
  it('years: leap ones, and the same day some years later', () => {
    expect([2000, 2024, 2025, 2026].map(daysOfYear)).toEqual([366, 366, 365, 365]);
    expect([addYears('2024-02-29', 4), addYears('2024-02-29', 1), addYears('2023-12-31', 1)]).toEqual(['2028-02-29', '2025-02-28', '2024-12-31']);
  });
  it('spans: common days, what is left, months, years', () => {
    const span = { from: '2025-01-10', to: '2025-03-31' };
    expect(overlap(span, { from: '2025-03-31', to: '2025-04-02' })).toEqual({ from: '2025-03-31', to: '2025-03-31' });
    expect(overlap(span, { from: '2025-04-01', to: '2025-04-02' })).toBeUndefined();
    expect(without(span, [{ from: '2025-01-01', to: '2025-01-10' }, { from: '2025-02-01', to: '2025-02-28' }, { from: '2025-03-31', to: '2025-05-01' }])).toEqual([
      { from: '2025-01-11', to: '2025-01-31' },
      { from: '2025-03-01', to: '2025-03-30' },
    ]);
    expect(without(span, [{ from: '2024-01-01', to: '2026-01-10' }])).toEqual([]);
    expect(without(span, [])).toEqual([span]);
    expect(without(span, [{ from: '2025-01-11', to: '2025-03-30' }])).toEqual([
      { from: '2025-01-10', to: '2025-01-10' },
      { from: '2025-03-31', to: '2025-03-31' },
    ]);
    expect(fullMonths(span).map(String)).toEqual(['2025-02', '2025-03']);
    expect(fullMonths({ from: '2025-01-02', to: '2025-01-30' })).toEqual([]);
    expect(byYear({ from: '2024-12-31', to: '2026-01-01' })).toEqual([
      { from: '2024-12-31', to: '2024-12-31' },
      { from: '2025-01-01', to: '2025-12-31' },
      { from: '2026-01-01', to: '2026-01-01' },
    ]);
  });
});
