import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CalcService } from '@komplat/all/server';
import { wholeApi } from '@komplat/all/test';
import { type Answer, type Caller, type TestApi } from '@komplat/testing';

const clerk: Caller = { login: 'passport', roles: ['passport-clerk'] };
let api: TestApi;

beforeAll(async () => {
  api = await wholeApi();
});
afterAll(() => api.close());

const ask = (input: object): Promise<Answer> => api.call('POST', 'calc/passport-office.fee', clerk, input);

describe('calc passport-office.fee: published sums of law.md 7.1', () => {
  it.each([
    ['2025-06-01', '3028.00', '45.42', '75.70'],
    ['2026-11-23', '3328.00', '49.92', '83.20'],
    ['2017-05-05', '1600.00', '13.60', '40.80'],
  ])('on %s: base %s, in time %s, late %s', async (date, base, inTime, late) => {
    expect((await ask({ date, late: false })).body.result).toEqual({ base, fee: inTime });
    expect((await ask({ date, late: true })).body.result).toEqual({ base, fee: late });
  });
  it('changes its rule on the day of Law 1871-IX; the older one is marked for a lawyer', async () => {
    const marks = async (date: string): Promise<unknown> => (await ask({ date, late: true })).body.parameters.map(({ mark }: { mark: string }) => mark);
    expect(await marks('2021-11-30')).toEqual(['needs a lawyer', 'needs a lawyer']);
    expect(await marks('2021-12-01')).toEqual(['confirmed', 'confirmed']);
  });
  it('refuses a day without a rule or a subsistence minimum, and unknown fields', async () => {
    expect((await ask({ date: '2016-12-31', late: false })).body.code).toBe('passport-office.fee.no-rule');
    expect((await ask({ date: '2029-01-01', late: false })).body.code).toBe('passport-office.fee.no-minimum');
    expect((await ask({ date: '2026-02-31', late: false })).status).toBe(422);
    expect((await ask({ date: '2026-11-23', late: false, colour: 'red' })).status).toBe(422);
    const { body } = await ask({ date: '2029-01-01', late: false, parameters: { subsistenceMinimum: { 2029: '4000.00' } } });
    expect([body.result.fee, body.parameters[0].mark]).toEqual(['60.00', 'override']);
  });
  it('its example works and fits its schema', async () => {
    const calc = api.app.get(CalcService, { strict: false });
    const { example, output } = calc.definition('passport-office.fee');
    const { result } = await calc.run('passport-office.fee', example);
    expect((await output['~standard'].validate(result)).issues).toBeUndefined();
  });
});
