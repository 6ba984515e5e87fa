import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CalcService } from '@komplat/all/server';
import { wholeApi } from '@komplat/all/test';
import { type Answer, type Caller, type TestApi } from '@komplat/testing';
import fc from 'fast-check';

const lawyer: Caller = { login: 'lawyer', roles: ['lawyer'] };
let api: TestApi;

beforeAll(async () => {
  api = await wholeApi();
});
afterAll(() => api.close());

const ask = (input: object): Promise<Answer> =>
  api.call('POST', 'calc/restructuring.schedule', lawyer, { debt: '12345.67', months: 60, firstMonth: '2026-12', category: 'working', ...input });
const refused = async (input: object): Promise<string> => {
  const { status, body } = await ask(input);
  expect(status).toBe(422);
  return body.error?.code ?? body.code;
};

describe('calc restructuring.schedule', () => {
  it('law.md 6: debt 12 345.67, 60 months: 59 × 205.76 and 205.83', async () => {
    const { body } = await ask({});
    expect(body.result.parts).toHaveLength(60);
    expect(body.result.parts.slice(0, 59).every((part: { amount: string }) => part.amount === '205.76')).toBe(true);
    expect([body.result.parts[0], body.result.parts[59]]).toEqual([{ month: '2026-12', amount: '205.76' }, { month: '2031-11', amount: '205.83' }]);
    expect([body.result.cap, body.result.burden, body.result.withinCap]).toEqual([null, '205.83', null]);
  });
  it.each([
    ['working', '25', '1000.00'],
    ['pensioner', '20', '800.00'],
    ['social-aid', '20', '800.00'],
  ])('law.md 6: %s persons bear %s %% of an income of 4 000', async (category, _percent, cap) => {
    const exact = { debt: '1200.00', months: 12, category, incomePerMonth: '4000.00', currentPerMonth: `${Number.parseInt(cap, 10) - 100}.00` };
    expect((await ask(exact)).body.result).toMatchObject({ cap, burden: cap, withinCap: true });
    expect((await ask({ ...exact, debt: '1200.01' })).body.result).toMatchObject({ cap, withinCap: false });
  });
  it('shows the marks of its rules, and what was put in their place for one run', async () => {
    const marks = async (input: object): Promise<unknown> => (await ask(input)).body.parameters.map(({ mark }: { mark: string }) => mark);
    expect(await marks({})).toEqual(['confirmed', 'general knowledge', 'proposal']);
    expect(await marks({ months: 72, parameters: { capPercent: '15', mostMonths: 72 } })).toEqual(['override', 'override', 'proposal']);
  });
  it('refuses by name: a term above 60 months, months before the law, no debt, too many parts, unknown fields', async () => {
    expect(await refused({ months: 61 })).toBe('restructuring.schedule.too-long');
    expect(await refused({ firstMonth: '2003-06' })).toBe('restructuring.schedule.no-rule');
    expect(await refused({ debt: '0.00' })).toBe('restructuring.schedule.too-small');
    expect(await refused({ debt: '-5.00' })).toBe('administration.calc.input');
    expect(await refused({ debt: '0.11', months: 12 })).toBe('restructuring.schedule.too-small');
    expect(await refused({ colour: 'red' })).toBe('administration.calc.input');
  });
  it('parts follow month by month, are equal but for the last, and add up to the debt', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 100, max: 10_000_000 }), fc.integer({ min: 1, max: 60 }), async (kop, months) => {
        const { body } = await ask({ debt: `${Math.trunc(kop / 100)}.${String(kop % 100).padStart(2, '0')}`, months });
        const parts: number[] = body.result.parts.map(({ amount }: { amount: string }) => Number(amount.replace('.', '')));
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(kop);
        expect(new Set(parts.slice(0, -1)).size).toBeLessThanOrEqual(1);
        expect((parts.at(-1) ?? 0) - (parts[0] ?? 0)).toBeLessThan(months);
        expect(new Set(body.result.parts.map(({ month }: { month: string }) => month)).size).toBe(months);
      }),
      { numRuns: 30, seed: 6 },
    );
  });
  it('its example works and fits its schema', async () => {
    const calc = api.app.get(CalcService, { strict: false });
    const { example, output } = calc.definition('restructuring.schedule');
    const { result } = await calc.run('restructuring.schedule', example);
    expect((await output['~standard'].validate(result)).issues).toBeUndefined();
  });
});
