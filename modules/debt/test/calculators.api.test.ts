import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CalcService } from '@komplat/all/server';
import { wholeApi } from '@komplat/all/test';
import { type Answer, type Caller, type TestApi } from '@komplat/testing';
import { CalcSheets } from '../contract/index.ts';
import { inputOf, valuesOf } from '../domain/index.ts';
import { debtPlugin } from '../server/index.ts';
import { actMonths, publishedHolidays, publishedIndices } from './law-data.ts';

const lawyer: Caller = { login: 'lawyer', roles: ['lawyer'] };
const TERRITORY = 'UA14000000000091971';
let api: TestApi;

beforeAll(async () => {
  api = await wholeApi();
  await api.scope('lawyer', 'all');
});
afterAll(() => api.close());

const calc = (name: string, input: object): Promise<Answer> => api.call('POST', `calc/${name}`, lawyer, input);
const result = async (name: string, input: object) => {
  const { status, body } = await calc(name, input);
  expect([status, body.error]).toEqual([200, undefined]);
  return body;
};
const refusal = async (name: string, input: object): Promise<[number, string, unknown]> => {
  const { status, body } = await calc(name, input);
  return [status, body.error?.code ?? body.code, body.error?.params ?? body.params];
};
const inflation = (input: object) => result('debt.inflation-interest', input);

describe('tables of law in the database equal the published files', () => {
  it('inflation indices: every month with its mark', async () => {
    const rows = await api.database.db.query(
      `select to_char(month, 'YYYY-MM') as month, trim_scale(value)::text as value, mark from debt.pub_inflation_index_v1 order by 1`,
    );
    expect(rows).toEqual(publishedIndices.map((row) => ({ ...row, value: row.value.replace(/\.0$/, '') })));
    expect(rows).toHaveLength(356);
  });
  it('holidays', async () => {
    const rows = await api.database.db.query(`select to_char(day, 'YYYY-MM-DD') as day, suspended from debt.pub_holiday_v1 order by 1`);
    const days = [...new Map(publishedHolidays.map(({ day, suspended }) => [day, { day, suspended }])).values()];
    expect(rows).toEqual(days.toSorted((a, b) => (a.day < b.day ? -1 : 1)));
  });
});

describe('calc debt.inflation-interest', () => {
  const act = {
    method: 'A',
    openingDebt: '352.17',
    months: actMonths.map(({ month, charged, paid }) => ({ month: month.toString(), charged: charged.toString(), paid: paid.toString() })),
    ratePercent: '3',
  };
  it('method A: the published act, to the last given digit (law.md 4.5.1)', async () => {
    const body = await inflation(act);
    const published = { interest: 516.9665973905232, coefficient: 1.5956086485251997, inflation: 4395.853893921326, total: 12293.26049131185 };
    for (const [field, value] of Object.entries(published)) expect(Math.abs(Number(body.result[field]) - value)).toBeLessThan(4e-12);
    expect([body.result.principal, body.result.days, body.result.rows.length]).toEqual(['7380.44', 1338, 44]);
    expect(body.parameters).toEqual([
      { id: 'debt.method', version: 'A', mark: 'confirmed' },
      { id: 'debt.inflation-index', version: '1 (2026-10-08)', mark: 'confirmed' },
      { id: 'debt.moratorium', version: 'not taken out', mark: 'needs a lawyer' },
    ]);
  });
  it('the example of calculators.md: inflation is "20"', async () => {
    const months = [{ month: '2023-01', charged: '100.00', paid: '0.00' }, { month: '2023-02', charged: '100.00', paid: '0.00' }];
    const body = await inflation({ method: 'A', openingDebt: '0.00', months, ratePercent: '3', parameters: { indices: { '2023-01': '100', '2023-02': '110' } } });
    expect(body.result.inflation).toBe('20');
    expect(body.parameters).toContainEqual({ id: 'parameters.indices', version: '2023-02', mark: 'override' });
  });
  it('method B is the default; the vector 36 500 over the turn of the year (law.md 4.5.2)', async () => {
    const given = { amount: '36500.00', dueOn: '2025-12-30', asOf: '2026-01-01', payments: [], ratePercent: '3' };
    const body = await inflation(given);
    expect(body.result).toEqual({
      periods: [
        { from: '2025-12-31', to: '2025-12-31', days: 1, balance: '36500.00', interest: '3.00', fullMonths: [], index: '1', inflation: '0.00' },
        { from: '2026-01-01', to: '2026-01-01', days: 1, balance: '36500.00', interest: '3.00', fullMonths: [], index: '1', inflation: '0.00' },
      ],
      interest: '6.00',
      inflation: '0.00',
      remaining: '36500.00',
    });
    expect((await inflation({ ...given, method: 'B' })).result).toEqual(body.result);
  });
  it('method C: days, interest to four decimals, coefficient to three, the indexed sum', async () => {
    const body = await inflation({ method: 'C', amount: '333.33', overdueFrom: '2022-12-01', overdueTo: '2023-02-01', ratePercent: '3' });
    expect(body.result).toEqual({ days: 63, interest: '1.7260', coefficient: '1.015', indexed: '338.33', months: ['2022-12', '2023-01'] });
    expect(body.parameters).toContainEqual({ id: 'debt.working-days', version: 'labour', mark: 'confirmed' });
  });
  it('method D is refused: needs a lawyer', async () => {
    const { status, body } = await calc('debt.inflation-interest', { method: 'D' });
    expect([status, body.code]).toEqual([422, 'debt.method.needs-a-lawyer']);
  });
  it('a missing index is refused with the month; the override counts and is told; unverified years carry their mark', async () => {
    const given = { amount: '100.00', dueOn: '2026-08-31', asOf: '2026-11-23', payments: [], ratePercent: '3' };
    expect(await refusal('debt.inflation-interest', given)).toEqual([422, 'debt.index-missing', { month: '2026-09', path: 'parameters.indices' }]);
    const body = await inflation({ ...given, parameters: { missingIndex: 'unchanged' } });
    expect(body.parameters).toContainEqual({ id: 'parameters.missingIndex', version: 'unchanged: 2026-09, 2026-10', mark: 'override' });
    const old = await inflation({ amount: '100.00', dueOn: '1998-12-31', asOf: '2000-01-31', payments: [], ratePercent: '3' });
    expect(old.parameters).toContainEqual({ id: 'debt.inflation-index.unverified', version: '1 (2026-10-08): 1999-01..1999-12', mark: 'general knowledge' });
  });
  it('the windows of the moratorium are taken out on request, with their act and mark', async () => {
    const given = { amount: '36500.00', dueOn: '2021-12-31', asOf: '2024-01-31', payments: [], ratePercent: '3' };
    const body = await inflation({ ...given, excludeMoratorium: true });
    expect(body.result.periods.map(({ from, to }: { from: string; to: string }) => `${from}..${to}`)).toEqual([
      '2022-01-01..2022-02-23', '2023-12-30..2023-12-31', '2024-01-01..2024-01-31',
    ]);
    expect(body.parameters).toContainEqual({ id: 'debt.moratorium', version: 'КМУ 206 від 05.03.2022, КМУ 1405 від 29.12.2023', mark: 'needs a lawyer' });
    const own = await inflation({ ...given, parameters: { moratoria: [{ from: '2022-01-01', to: '2024-01-30' }] } });
    expect([own.result.interest, own.parameters.at(-1)]).toEqual(['2.99', { id: 'parameters.moratoria', version: '1', mark: 'override' }]);
    expect((await inflation(given)).result.periods).toHaveLength(3);
  });
  it.each([
    [{ amount: '1.00', dueOn: '2025-01-01', asOf: '2025-02-01', payments: [], ratePercent: '3', extra: 1 }],
    [{ amount: '1.001', dueOn: '2025-01-01', asOf: '2025-02-01', payments: [], ratePercent: '3' }],
    [{ amount: '-1.00', dueOn: '2025-01-01', asOf: '2025-02-01', payments: [], ratePercent: '3' }],
    [{ amount: 1, dueOn: '2025-01-01', asOf: '2025-02-01', payments: [], ratePercent: '3' }],
    [{ amount: '1.00', dueOn: '2025-02-30', asOf: '2025-03-01', payments: [], ratePercent: '3' }],
    [{ amount: '1.00', dueOn: '2025-01-01', asOf: '2025-02-01', payments: [], ratePercent: '3', parameters: { stops: [] } }],
    [{ amount: '1.00', dueOn: '1880-01-01', asOf: '2025-02-01', payments: [], ratePercent: '3' }],
    [{ method: 'E', amount: '1.00' }],
    [{ method: 'A', openingDebt: '1.00', months: [{ month: '2025-13', charged: '1', paid: '0' }], ratePercent: '3' }],
  ])('an input that breaks the schema is refused: %j', async (input) => {
    expect((await refusal('debt.inflation-interest', input)).slice(0, 2)).toEqual([422, 'administration.calc.input']);
  });
});

describe('calc debt.limitation, debt.penalty, debt.deadline', () => {
  it('limitation: the practical block of law.md 4.1, its marks seen by the reader', async () => {
    const body = await result('debt.limitation', { dueOn: '2020-03-20', kind: 'general', asOf: '2026-11-23' });
    expect(body.result).toMatchObject({ firstOverdueDay: '2020-03-21', endsOn: '2028-08-22', state: 'running', daysLeft: 638 });
    expect(body.result.stops).toEqual([{ from: '2020-04-02', to: '2025-09-03', ground: expect.stringContaining('4434-IX') }]);
    expect(body.parameters.filter(({ mark }: { mark: string }) => mark === 'needs a lawyer')).toHaveLength(2);
  });
  it('limitation: the published check with its own stops', async () => {
    const given = { dueOn: '2021-04-15', asOf: '2024-09-20', parameters: { stops: [{ from: '2022-02-24', to: '2025-09-03' }] } };
    const general = await result('debt.limitation', { ...given, kind: 'general' });
    expect(general.result).toMatchObject({ firstOverdueDay: '2021-04-16', state: 'stopped', daysUsed: 314 });
    expect((await result('debt.limitation', { ...given, kind: 'penalty' })).result).toMatchObject({ state: 'stopped', endsOn: '2025-10-25' });
    expect(general.parameters).toContainEqual({ id: 'parameters.stops', version: '1', mark: 'override' });
    const overlap = { stops: [{ from: '2022-02-24', to: '2025-09-03' }, { from: '2025-01-01', to: '2025-12-31' }] };
    expect((await refusal('debt.limitation', { ...given, kind: 'general', parameters: overlap }))[1]).toBe('debt.stops-overlap');
  });
  it('limitation: a payment interrupts', async () => {
    const interruptions = [{ on: '2026-05-05', ground: 'часткова оплата' }];
    const body = await result('debt.limitation', { dueOn: '2025-09-20', kind: 'general', asOf: '2026-11-23', interruptions });
    expect([body.result.endsOn, body.result.interruptions]).toEqual(['2029-05-06', interruptions]);
    expect(body.parameters).toContainEqual({ id: 'debt.limitation.interruption', version: 'ЦКУ ст. 264 ч. 1, 3', mark: 'general knowledge' });
  });
  it('penalty: 0.10 a day of 1 000 (law.md 4.3), windows of the country and of a territory', async () => {
    const given = { amount: '1000.00', dueOn: '2026-10-20', asOf: '2026-10-30', payments: [], ratePercentPerDay: '0.01' };
    expect((await result('debt.penalty', given)).result).toEqual({
      startsOn: '2026-10-21', days: 10, penalty: '1.00', capped: false, cappedBy: [], rateApplied: '0.01', excluded: [],
    });
    await api.database.owner.query(
      `insert into debt.moratorium (territory, kind, period, ground, act, mark)
       values ($1, 'penalty', '[2026-10-25,)', 'бойові дії', 'перелік', 'confirmed')`,
      [TERRITORY],
    );
    const combat = await result('debt.penalty', { ...given, territory: TERRITORY });
    expect([combat.result.days, combat.result.excluded]).toEqual([4, [{ from: '2026-10-25', to: '2026-10-30', ground: 'бойові дії (перелік)' }]]);
    expect((await result('debt.penalty', given)).result.days).toBe(10);
    const war = await result('debt.penalty', { ...given, dueOn: '2023-12-20', asOf: '2024-01-02' });
    expect([war.result.days, war.result.excluded]).toEqual([4, [expect.objectContaining({ from: '2023-12-21', to: '2023-12-29' })]]);
    expect(war.parameters).toContainEqual({ id: 'debt.moratorium', version: 'КМУ 206 від 05.03.2022, КМУ 1405 від 29.12.2023', mark: 'confirmed' });
  });
  it('penalty: statutory blockers and the own windows of a run', async () => {
    const given = { amount: '1000.00', dueOn: '2026-10-20', asOf: '2026-10-30', ratePercentPerDay: '0.01' };
    const blockers = [{ from: '2026-10-22', to: '2026-10-23', ground: 'невиплачена зарплата' }];
    expect((await result('debt.penalty', { ...given, blockers })).result).toMatchObject({ days: 8, excluded: blockers });
    const own = { moratoria: [{ from: '2026-10-29', to: '2026-11-29' }], workingDays: 'calendar' };
    const body = await result('debt.penalty', { ...given, parameters: own });
    expect([body.result.days, body.parameters.at(-1)]).toEqual([8, { id: 'debt.working-days', version: 'calendar (parameters.workingDays)', mark: 'needs a lawyer' }]);
    expect((await refusal('debt.penalty', { ...given, blockers: [{ from: '2026-10-23', to: '2026-10-22' }] }))[1]).toBe('debt.days-reversed');
  });
  it('deadline: the mark says which calendar, and how far its holidays go', async () => {
    const body = await result('debt.deadline', { from: '2026-11-06', days: 15, kind: 'calendar', shiftWeekend: true });
    expect(body.result).toEqual({ startsOn: '2026-11-07', nominalEnd: '2026-11-21', endsOn: '2026-11-23' });
    expect(body.parameters).toEqual([{ id: 'debt.working-days', version: 'labour', mark: 'confirmed' }]);
    const far = await result('debt.deadline', { from: '2026-11-06', days: 1095, kind: 'calendar', shiftWeekend: true });
    expect(far.parameters).toContainEqual(expect.objectContaining({ id: 'debt.holidays', mark: 'general knowledge' }));
  });
});

describe('GET debt/calculators', () => {
  it('gives a form for every calculator of the system whose example goes through it', async () => {
    const { status, body } = await api.call('GET', 'debt/calculators', lawyer);
    expect(status).toBe(200);
    const names = body.calculators.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(['debt.penalty', 'legal.court-fee', 'payments.allocate', 'registry.decline-name', 'tariffs.charge']));
    const calculators = api.app.get(CalcService, { strict: false });
    for (const { name, example, variants } of CalcSheets.parse(body).calculators) {
      const inputs = variants.map(({ fields }) => inputOf(fields, valuesOf(fields, example)));
      expect([name, inputs.filter(({ wrong }) => wrong.length > 0)]).toEqual([name, []]);
      const checked = await Promise.all(inputs.map(({ input }) => calculators.definition(name).input['~standard'].validate(input)));
      expect([name, checked.some(({ issues }) => issues === undefined)]).toEqual([name, true]);
    }
  });
  it('is closed to a caller without the permission', async () => {
    expect((await api.call('GET', 'debt/calculators', { login: 'citizen', roles: ['citizen'] })).status).toBe(403);
  });
});

describe('every calculator of the module', () => {
  const calculators = debtPlugin.calculators;
  it.each(calculators.map(({ id }) => id))('%s: its example works, its answer fits the schema, both schemas are JSON Schema', async (id) => {
    const definition = api.app.get(CalcService, { strict: false }).definition(id);
    const answer = await api.app.get(CalcService, { strict: false }).run(id, definition.example);
    expect((await definition.output['~standard'].validate(answer.result)).issues).toBeUndefined();
    for (const schema of [definition.input, definition.output]) {
      expect(JSON.stringify(schema['~standard'].jsonSchema.input({ target: 'draft-2020-12' }))).toContain('"properties"');
    }
    expect(answer.parameters.every(({ id: name, version, mark }) => name !== '' && version !== '' && mark !== '')).toBe(true);
  });
});
