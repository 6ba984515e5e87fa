import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CalcService } from '@komplat/all/server';
import { wholeApi } from '@komplat/all/test';
import { type Answer, type Caller, type TestApi } from '@komplat/testing';
import { LegalDemo } from '../server/demo/legal.demo.ts';

const lawyer: Caller = { login: 'lawyer', roles: ['lawyer'] };
let api: TestApi;

beforeAll(async () => {
  api = await wholeApi();
  await api.scope('lawyer', 'all');
  await new LegalDemo(api.database.owner).create({ seed: 1, accounts: 0, months: 0, current: '2026-11', note: () => undefined });
});
afterAll(() => api.close());

const ask = (input: object): Promise<Answer> =>
  api.call('POST', 'calc/legal.court-fee', lawyer, { date: '2026-11-23', side: 'legal-entity', electronic: false, ...input });
const fee = async (input: object): Promise<string> => {
  const { status, body } = await ask(input);
  expect(status).toBe(200);
  return body.result.fee;
};
const refused = async (input: object): Promise<string> => {
  const { status, body } = await ask(input);
  expect(status).toBe(422);
  return body.error?.code ?? body.code;
};

describe('calc legal.court-fee: tables and examples of law.md 5.3', () => {
  /** year, PM, order fee 0.1 PM, minimum of a property claim of a legal entity. */
  it.each([
    [2016, '1378.00', '137.80'],
    [2017, '1600.00', '160.00'],
    [2018, '1762.00', '176.20'],
    [2019, '1921.00', '192.10'],
    [2020, '2102.00', '210.20'],
    [2021, '2270.00', '227.00'],
    [2022, '2481.00', '248.10'],
    [2023, '2684.00', '268.40'],
    [2024, '3028.00', '302.80'],
    [2025, '3028.00', '302.80'],
    [2026, '3328.00', '332.80'],
  ])('%i: PM %s, order %s, smallest property claim 1 PM', async (year, base, order) => {
    const { body } = await ask({ date: `${year}-06-01`, kind: 'order' });
    expect(body.result).toEqual({ base, fee: order, minimum: order, maximum: order });
    expect(await fee({ date: `${year}-06-01`, kind: 'property-claim', price: '100.00' })).toBe(base);
  });
  it('2026, derived: 300 000 costs 4 500.00; 50 000 costs 3 328.00, e-filed 2 662.40; order e-filed 266.24', async () => {
    expect(await fee({ kind: 'property-claim', price: '300000.00' })).toBe('4500.00');
    expect(await fee({ kind: 'property-claim', price: '50000.00' })).toBe('3328.00');
    expect(await fee({ kind: 'property-claim', price: '50000.00', electronic: true })).toBe('2662.40');
    expect(await fee({ kind: 'order', electronic: true })).toBe('266.24');
  });
  it('natural person, non-property claims and appeals', async () => {
    expect(await fee({ kind: 'property-claim', side: 'natural-person', price: '9999999.00' })).toBe('16640.00');
    expect(await fee({ kind: 'non-property-claim' })).toBe('3328.00');
    expect(await fee({ kind: 'non-property-claim', side: 'natural-person' })).toBe('1331.20');
    const { body } = await ask({ kind: 'appeal', appealOf: 'property-claim', price: '300000.00', electronic: true });
    expect(body.result).toEqual({ base: '3328.00', fee: '5400.00', minimum: '4992.00', maximum: '1747200.00' });
    expect(await fee({ kind: 'appeal', appealOf: 'non-property-claim' })).toBe('4992.00');
  });
  it('from 2015-09-01 by the minimum of 1 January 2015; an earlier date is refused, a year without a minimum too', async () => {
    expect(await fee({ date: '2015-09-01', kind: 'order' })).toBe('121.80');
    expect(await refused({ date: '2015-08-31', kind: 'order' })).toBe('legal.fee.no-rate');
    expect(await refused({ date: '2027-01-01', kind: 'order' })).toBe('legal.fee.no-minimum');
    const { body } = await ask({ date: '2027-01-01', kind: 'order', parameters: { subsistenceMinimum: { 2027: '3500.00' } } });
    expect([body.result.fee, body.parameters[0].mark]).toEqual(['350.00', 'override']);
  });
  it('the fee of an order that was refused or cancelled is credited to the claim (law.md 5.1)', async () => {
    const { body } = await ask({ kind: 'property-claim', price: '50000.00', electronic: true, orderFeePaid: '266.24' });
    expect(body.result).toMatchObject({ fee: '2662.40', credited: '266.24', toPay: '2396.16' });
    expect(body.parameters.at(-1)).toEqual({ id: 'legal.fee.credit', version: 'ЦПК', mark: 'general knowledge' });
    expect(await refused({ kind: 'order', orderFeePaid: '266.24' })).toBe('legal.fee.credit-for-claim-only');
  });
  it('what is missing is named', async () => {
    expect(await refused({ kind: 'appeal', price: '1.00' })).toBe('legal.fee.appeal-of-missing');
    expect(await refused({ kind: 'property-claim' })).toBe('legal.fee.price-missing');
    expect(await refused({ kind: 'order', colour: 'red' })).toBe('administration.calc.input');
    expect(await refused({ kind: 'order', court: 'C99' })).toBe('legal.court.unknown');
  });
  it('the marks are seen; the account of the Treasury comes with the court', async () => {
    const { body } = await ask({ kind: 'non-property-claim', side: 'natural-person', date: '2022-05-05', court: 'C01' });
    expect(body.parameters.map(({ id, mark }: { id: string; mark: string }) => [id, mark])).toEqual([
      ['legal.subsistence-minimum', 'general knowledge'],
      ['legal.fee-rate.non-property-claim.natural-person', 'general knowledge'],
      ['legal.fee.order', 'proposal'],
    ]);
    expect(body.result.account).toMatchObject({ iban: 'UA308999980313181206000099001', budgetCode: '22030101', mfo: '899998' });
  });
  it('its example works and fits its schema', async () => {
    const calc = api.app.get(CalcService, { strict: false });
    const { example, output } = calc.definition('legal.court-fee');
    const { result } = await calc.run('legal.court-fee', example);
    expect((await output['~standard'].validate(result)).issues).toBeUndefined();
  });
});
