import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApi } from '@komplat/testing';
import { CLERK, MANAGER, numberOf, once, openWorld, personOf } from './world.ts';

const REASON = 'зміна закону, опублікована у віснику';
const CHANGE = {
  code: 'UBD', name: 'Учасник бойових дій', edarpCode: '1', percent: '80', normRule: 'within-norm', incomeRule: 'not-tested', coverage: 'family',
  services: null, law: 'Закон 3551-XII', article: '12', from: '2027-01-01', to: null, decision: 'Закон від 01.11.2026 № 1', mark: 'confirmed',
  reason: REASON,
};
let api: TestApi;

beforeAll(async () => {
  api = await openWorld(3);
});
afterAll(() => api.close());

const list = async (query = '') => (await api.call('GET', `benefits/categories${query}`, CLERK)).body.items;
const ask = (change: object) => api.call('POST', 'benefits/categories/changes', CLERK, { ...CHANGE, ...change }, once());
const decide = (id: string, as = MANAGER) => api.call('POST', `administration/approvals/${id}/approve`, as, { reason: REASON });

describe('the catalogue of benefits', () => {
  it.each([
    ['UBD', '1', '75.00', 'within-norm', 'not-tested'], ['UBD85', '1', '100.00', 'within-norm', 'not-tested'],
    ['UV', '2', '50.00', 'within-norm', 'tested'], ['SZV', '3', '50.00', 'within-norm', 'tested'], ['SZATO', '3', '50.00', 'within-norm', 'not-tested'],
    ['IV1', '11', '100.00', 'within-norm', 'not-tested'], ['IV2', '12', '100.00', 'within-norm', 'not-tested'],
    ['IV3', '13', '100.00', 'within-norm', 'not-tested'], ['OZ', '20', '100.00', 'no-norm', 'tested'],
  ])('%s: ЄДАРП %s, %s %%, %s, %s (law.md 2.1)', async (code, edarpCode, percent, normRule, incomeRule) => {
    const row = (await list('?asOf=2021-06-01')).find((item: { code: string }) => item.code === code);
    expect(row).toMatchObject({ edarpCode, percent, normRule, incomeRule });
  });

  it('is read as of a day: the income test began on 2015-07-01', async () => {
    const rule = async (day: string) => (await list(`?asOf=${day}`)).find((item: { code: string }) => item.code === 'UV').incomeRule;
    expect([await rule('2015-06-30'), await rule('2015-07-01')]).toEqual(['not-tested', 'tested']);
  });

  it('refuses 120 %, 0 %, an overlap, an unknown service, 31 February, each by its rule', async () => {
    expect((await ask({ percent: '120' })).body).toMatchObject({ code: 'benefits.percent.out-of-range', params: { percent: '120' } });
    expect((await ask({ percent: '0' })).body.code).toBe('benefits.percent.out-of-range');
    expect((await ask({ from: '1990-01-01', to: '2000-01-01' })).body).toMatchObject({ code: 'benefits.category.overlap', params: { from: '1994-01-01' } });
    expect((await ask({ from: '2020-01-01', to: '2020-12-31' })).body.code).toBe('benefits.category.overlap');
    expect((await ask({ services: ['NOPE'] })).body.code).toBe('benefits.service.unknown');
    expect((await ask({ from: '2027-02-31' })).status).toBe(400);
    await expect(api.database.db.query(`update benefits.category set percent = 120 where code = 'UBD'`)).rejects.toThrow(/percent/);
  });

  it('shows whom a change touches, changes nothing before a second person agrees, then at once', async () => {
    await api.call(
      'POST', `benefits/accounts/${numberOf(1)}/holdings`, CLERK,
      { personId: personOf(1, 0), category: 'UBD', document: 'ПС 1', from: '2026-01-01', reason: REASON }, once(),
    );
    const touched = await api.call('POST', 'benefits/categories/touched', CLERK, CHANGE);
    expect(touched.body).toMatchObject({ holders: 1, accounts: 1, replaces: { from: '1994-01-01', percent: '75.00' }, sample: [{ number: numberOf(1) }] });
    const asked = await ask({});
    expect(asked.status).toBe(202);
    expect(await list('?code=UBD')).toHaveLength(1);
    expect((await decide(asked.body.approvalId, CLERK)).status).toBe(403);
    const decided = await decide(asked.body.approvalId);
    expect(decided.status).toBeLessThan(300);
    expect((await list('?code=UBD')).map((item: { from: string; to: string | null; percent: string }) => [item.from, item.to, item.percent])).toEqual([
      ['1994-01-01', '2026-12-31', '75.00'], ['2027-01-01', null, '80.00'],
    ]);
    const rows = await api.database.db.query<{ percent: string; first: string }>(
      `select distinct percent::text, lower(valid)::text as first from benefits.pub_entitlement_v1 where account_id = 1 order by 2`,
    );
    expect(rows).toEqual([{ percent: '75.00', first: '2026-01-01' }, { percent: '80.00', first: '2027-01-01' }]);
    const before = await api.database.db.query(`select 1 from benefits.category where code = 'UBD' and not upper_inf(known)`);
    expect(before).toHaveLength(1);
  });
});

describe('parameters and norms', () => {
  const rule = { act: 'постанова КМУ від 01.12.2026 № 1', mark: 'confirmed', reason: REASON, to: null };
  const propose = (change: object) => api.call('POST', 'benefits/rules/changes', CLERK, { ...rule, ...change }, once());
  const norm = { kind: 'norm', purpose: 'benefit', service: 'MNT', equipment: 'total area', unit: 'м²', value: '20', familyAddition: '9', from: '2027-03-01' };
  const minimum = { kind: 'parameter', code: 'subsistence-minimum', value: '3400', from: '2027-01-01', to: '2027-12-31' };

  it('refuse an overlap, a norm of zero, a limit that is no number', async () => {
    expect((await propose({ ...minimum, from: '2026-06-01' })).body.code).toBe('benefits.rule.overlap');
    expect((await propose({ ...norm, value: '0' })).body.code).toBe('benefits.rule.value');
    expect((await propose({ ...minimum, value: 'багато' })).body.code).toBe('benefits.rule.value');
    expect((await propose({ ...minimum, to: '2026-12-31' })).body.code).toBe('benefits.category.days');
  });

  it('show whom they touch and come into force when a second person agrees', async () => {
    const touched = await api.call('POST', 'benefits/rules/touched', CLERK, { ...rule, ...norm });
    expect(touched.body).toMatchObject({ accounts: 1, replaces: { value: '21', from: '2014-10-01', to: null }, sample: [{ number: numberOf(1) }] });
    for (const change of [norm, minimum]) {
      const asked = await propose(change);
      expect(asked.status).toBe(202);
      expect((await decide(asked.body.approvalId)).status).toBeLessThan(300);
    }
    const rows = await api.database.db.query<{ norm: string; addition: string; first: string }>(
      `select trim_scale(norm)::text as norm, trim_scale(norm_addition)::text as addition, lower(valid)::text as first from benefits.pub_entitlement_v1
       where account_id = 1 and service_id = 1 order by valid desc limit 1`,
    );
    expect(rows).toEqual([{ norm: '20', addition: '9', first: '2027-03-01' }]);
    const { body } = await api.call('GET', 'benefits/rules?asOf=2027-05-01', CLERK);
    expect(body.items.find(({ code }: { code: string }) => code === 'subsistence-minimum')).toMatchObject({ value: '3400', from: '2027-01-01', mark: 'confirmed' });
    const run = await api.call('POST', 'calc/benefits.subsidy', CLERK, { date: '2027-02-01', incomes: ['6800.00'], members: 1, costWithinNorms: '2000.00' });
    expect(run.body.result.sharePercent).toBe('15');
  });
});

describe('the calculators by the API', () => {
  it('benefits.amount and benefits.subsidy answer with trace and marks', async () => {
    const run = (name: string, input: object) => api.call('POST', `calc/${name}`, CLERK, input);
    const amount = await run('benefits.amount', {
      service: 'MNT', quantity: '100', norm: '21', normAddition: '10.5', tariff: '6.25', percent: '50', covered: 4, persons: 4,
    });
    expect(amount.body.result).toEqual({ quantityWithBenefit: '94.5', benefit: '295.31', toPay: '329.69' });
    const subsidy = await run('benefits.subsidy', { date: '2025-11-01', incomes: ['8900.00', '8200.00'], members: 4, costWithinNorms: '3500.00' });
    expect(subsidy.body.result).toMatchObject({ incomeTotal: '17100.00', incomePerPerson: '4275.00', obligatoryPayment: '1877.63', subsidy: '1622.37' });
    expect(subsidy.body.parameters[0]).toEqual({ id: 'benefits.subsistence-minimum', version: '2025-01-01', mark: 'confirmed' });
    const missing = await run('benefits.subsidy', { date: '2022-11-01', incomes: ['1.00'], members: 1, costWithinNorms: '1.00' });
    expect([missing.body.code, missing.body.params.year]).toEqual(['benefits.parameter.missing', '2022']);
    const given = await run('benefits.subsidy', {
      date: '2022-11-01', incomes: ['6418.00'], members: 1, costWithinNorms: '1000.00', parameters: { subsistenceMinimum: '3209.00' },
    });
    expect(given.body.result).toMatchObject({ sharePercent: '15', subsidy: '37.30' });
    expect(given.body.parameters[0].mark).toBe('override of this run');
    expect((await run('benefits.amount', { ...amount.body.input, service: 'MNT', extra: 1 })).status).toBe(422);
  });
});
