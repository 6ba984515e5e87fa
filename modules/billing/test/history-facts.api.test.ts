import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wholeApi } from '@komplat/all/test';
import { dbfBytes } from '@komplat/documents';
import { lawParams } from '@komplat/server';
import { type Answer, type Caller, type TestApi } from '@komplat/testing';
import * as laws from '../server/laws/law-queries.ts';
import { buildAccount, buildCity, buildMeter } from './world.ts';

const manager: Caller = { login: 'manager', roles: ['manager'] };
let api: TestApi;
let keys = 0;
const numbers: string[] = [];

const post = (path: string, body: unknown = {}): Promise<Answer> => {
  keys += 1;
  return api.call('POST', `billing/history${path}`, manager, body, { 'idempotency-key': `history-facts-${keys}` });
};
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
async function given(kind: string, name: string, content: Uint8Array, control?: string): Promise<string> {
  const answer = await post(`?kind=${kind}&name=${name}`, content);
  expect([name, answer.status]).toEqual([name, 201]);
  if (control !== undefined) expect((await post(`/${answer.body.id}/control?name=control.csv`, bytes(control))).status).toBe(200);
  return answer.body.id;
}
const rows = <R extends object>(sql: string, params: readonly unknown[] = []): Promise<R[]> => api.database.owner.query<R>(sql, params);
const problems = (body: { problems: { line: number; code: string }[] }): [number, string][] => body.problems.map(({ line, code }) => [line, code.replace('billing.history.', '')]);
async function loaded(id: string): Promise<Answer['body']> {
  const { status, body } = await post(`/${id}/load`, { withoutControl: 'старий центр підсумків не дав' });
  expect([status, body.state]).toEqual([200, 'loaded']);
  return body;
}

beforeAll(async () => {
  api = await wholeApi();
  const { owner } = api.database;
  await buildCity(owner);
  for (let account = 1; account <= 5; account += 1) {
    numbers.push(await buildAccount(owner, account));
    await buildMeter(owner, { premises: account, service: 2, readings: [] });
  }
  await owner.query(`update metering.meter set serial = 'C-' || premises_id`);
  await owner.query(`insert into administration.role_permission select 'manager', p from unnest(array['billing.history.read', 'billing.history.load', 'billing.card.read']) p on conflict do nothing`);
  await api.scope('manager', 'all');
});
afterAll(() => api.close());

describe('payments of the old system', () => {
  const text = (list: readonly string[]): Uint8Array => bytes(['Рахунок;Дата оплати;Сума;Номер', ...list].join('\n'));
  const good = (): string[] => [`${numbers[0]};31.05.2019;1250,40;11`, `${numbers[0]};2019-06-03;99.60;12`, `${numbers[1]};20190603;10;`];

  it('names every row that is no payment, and loads nothing of such a file', async () => {
    const id = await given('payments', 'bad.csv', text([...good(), `9999999999;31.05.2019;1;13`, `${numbers[0]};31.02.2019;1;14`, `${numbers[0]};01.05.2019;0;15`, `${numbers[0]};31.05.2019;7;11`, `${numbers[0]};23.11.2026;7;16`, `${numbers[0]};;7;17`]));
    const { body } = await post(`/${id}/check`);
    expect([body.state, body.wrong]).toEqual(['wrong', 6]);
    expect(problems(body)).toEqual([[5, 'row-account'], [6, 'row-day'], [7, 'payment-sum'], [8, 'payment-repeated'], [9, 'payment-day'], [10, 'row-blank']]);
    expect((await post(`/${id}/load`, { withoutControl: 'спроба' })).status).toBe(409);
    expect(await rows('select from payments.payment')).toHaveLength(0);
    expect((await post(`/${id}/cancel`, { reason: 'файл виправлено' })).status).toBe(200);
  });

  it('compares stated rows and sums by month', async () => {
    const id = await given('payments', 'control.csv', text(good()), 'month;rows;sum\n2019-05;1;1250.40\n2019-06;3;109.60');
    const { body } = await post(`/${id}/check`);
    expect(body.problems.map(({ code, params }: { code: string; params: object }) => [code, params])).toEqual([
      ['billing.history.fact-rows', expect.objectContaining({ month: '2019-06', want: '3', have: '2' })],
    ]);
    expect((await post(`/${id}/control?name=c2.csv`, bytes('month;rows;sum\n2019-05;1;1250.40\n2019-06;2;109.60'))).status).toBe(200);
    expect((await post(`/${id}/check`)).body.state).toBe('checked');
    const done = await post(`/${id}/load`);
    expect(done.body.facts).toEqual([
      { month: '2019-05', rows: 1, sum: '1250.4', statedRows: 1, statedSum: '1250.4' },
      { month: '2019-06', rows: 2, sum: '109.6', statedRows: 2, statedSum: '109.6' },
    ]);
    expect(done.body.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(await rows('select account_id, amount_kop, paid_on::text as day, import_line as line from payments.payment order by import_line')).toEqual([
      { account_id: 1, amount_kop: 125_040n, day: '2019-05-31', line: 2 },
      { account_id: 1, amount_kop: 9_960n, day: '2019-06-03', line: 3 },
      { account_id: 2, amount_kop: 1_000n, day: '2019-06-03', line: 4 },
    ]);
  });

  it('is taken once whatever it is called; a document that was loaded is known; money of the book does not move', async () => {
    const again = await post('?kind=payments&name=again.csv', text(good()));
    expect(again.body.repeated).toBe(true);
    const known = await given('payments', 'more.csv', text([`${numbers[0]};2019-06-03;99.60;12`, `${numbers[0]};2019-06-04;5;18`]));
    expect(problems((await post(`/${known}/check`)).body)).toEqual([[2, 'payment-known']]);
    expect(await rows('select from billing.ledger_entry')).toHaveLength(0);
    for (const [name, sql] of Object.entries(laws)) {
      const [law] = await rows<{ violations: bigint }>(sql, lawParams(undefined));
      expect([name, law?.violations]).toEqual([name, 0n]);
    }
  });

  it('says in its trace the file and the row', async () => {
    const [payment] = await rows<{ id: bigint }>('select id from payments.payment where import_line = 3');
    const { status, body } = await api.call('GET', `billing/trace/payment:${payment?.id}`, manager);
    expect(status).toBe(200);
    expect(body.sources).toContainEqual(expect.objectContaining({ kind: 'file-row', row: 3, raw: `${numbers[0]};2019-06-03;99.60;12` }));
    expect(body.pills).toEqual([{ text: { key: 'billing.history.loaded-from', params: { file: 'control.csv', row: 3 } }, tone: 'neutral' }]);
    expect([body.value, body.steps.map(({ result }: { result: string }) => result)]).toEqual(['99.60', ['99.60']]);
  });

  it('stand in the list of the card, marked, however far they lie before its first month', async () => {
    const list = async (query = '', as = manager): Promise<(readonly unknown[])[]> => {
      const found: (readonly unknown[])[] = [];
      for (let after: string | null = ''; after !== null; ) {
        const { status, body } = await api.call('GET', `billing/accounts/${numbers[0]}/payments?limit=36${after && `&after=${after}`}${query}`, as);
        expect(status).toBe(200);
        for (const item of body.items) found.push([item.paidOn, item.amount, item.loaded, item.line, item.allocations.length]);
        after = body.next;
      }
      return found;
    };
    expect(await list()).toEqual([['2019-06-03', '99.60', true, 3, 0], ['2019-05-31', '1250.40', true, 2, 0]]);
    expect(await list('&asOf=2019-06-01')).toEqual([['2019-05-31', '1250.40', true, 2, 0]]);
    const { body } = await api.call('GET', `billing/accounts/${numbers[0]}/card?months=12&before=2019-07`, manager);
    expect(body.payments.map(({ amount }: { amount: string }) => amount)).toEqual(['99.60', '1250.40']);
    expect(body.total.balance).toBe('0.00');
    await api.scope('clerk', 'district', '1');
    await api.scope('clerk', 'provider', 'P02');
    expect(await list('', { login: 'clerk', roles: ['manager'] })).toEqual([]);
  });
});

describe('readings of the old system', () => {
  const fields = [
    { name: 'ACCOUNT', type: 'C', size: 10 }, { name: 'METER', type: 'C', size: 12 }, { name: 'MONTH', type: 'C', size: 7 },
    { name: 'VALUE', type: 'N', size: 12, decimals: 3 }, { name: 'DATA', type: 'D', size: 8 },
  ] as const;
  const dbf = (list: readonly (readonly string[])[]): Uint8Array =>
    dbfBytes([...fields], list.map(([ACCOUNT = '', METER = '', MONTH = '', VALUE = '', DATA = '']) => ({ ACCOUNT, METER, MONTH, VALUE, DATA })), { encoding: 'cp866', day: '2026-11-23' });
  const row = (account: number, month: string, value: string, serial = `C-${account}`): string[] => [numbers[account - 1] ?? '', serial, month, value, ''];

  it('comes from DBF into the months, with file and row as its reason', async () => {
    const id = await given('readings', 'pokaz.dbf', dbf([row(1, '2019-05', '101.5'), row(1, '2019-06', '104'), row(2, '2019-05', '9')]));
    expect((await post(`/${id}/check`)).body).toMatchObject({ state: 'checked', rows: 3, problems: [] });
    await loaded(id);
    expect(await rows('select meter_id, period::text as month, value::text as value, taken_on::text as day, source, reason from metering.reading order by meter_id, period')).toEqual([
      { meter_id: 1, month: '2019-05-01', value: '101.500', day: '2019-05-31', source: 'history', reason: 'завантажено зі старої системи: pokaz.dbf, рядок 1' },
      { meter_id: 1, month: '2019-06-01', value: '104.000', day: '2019-06-30', source: 'history', reason: 'завантажено зі старої системи: pokaz.dbf, рядок 2' },
      { meter_id: 2, month: '2019-05-01', value: '9.000', day: '2019-05-31', source: 'history', reason: 'завантажено зі старої системи: pokaz.dbf, рядок 3' },
    ]);
  });

  it('refuses what no meter can have shown', async () => {
    const list = [
      row(1, '2019-07', '100'), row(1, '2019-06', '104'), row(3, '2019-05', '7', 'X-1'), row(3, '2019-05', '99999999'),
      row(4, '2026-11', '5'), row(4, '1990-01', '5'),
    ];
    const id = await given('readings', 'bad.dbf', dbf(list));
    expect(problems((await post(`/${id}/check`)).body)).toEqual([
      [1, 'reading-below'], [2, 'reading-repeated'], [3, 'reading-meter'], [4, 'reading-large'], [5, 'reading-month'], [6, 'row-month'],
    ]);
  });
});

describe('residents of the old system', () => {
  const HEAD = 'account;surname;given_name;patronymic;birth_date;kind;from;until';
  const text = (list: readonly string[]): Uint8Array => bytes([HEAD, ...list].join('\n'));

  it('become residences with the row as document; one person for several rows; the history of the field tells it', async () => {
    const id = await given('residents', 'meshk.csv', text([
      `${numbers[0]};Коваль;Олена;Петрівна;12.03.1980;постійна;2001-02-03;2010-12-31`, `${numbers[0]};Коваль;Олена;Петрівна;12.03.1980;тимчасова;2012-01-01;`,
      `${numbers[1]};Коваль;Олена;Петрівна;;;1999-01-01;2000-12-31`, `${numbers[0]};Коваленко;Іван;Петрович;;;1997-01-01;`,
    ]));
    expect((await post(`/${id}/check`)).body).toMatchObject({ state: 'checked', rows: 4 });
    await loaded(id);
    const found = await rows<{ premises_id: number; person_id: string; kind: string; valid: string; document: string; reason: string }>(
      'select premises_id, person_id, kind, valid::text as valid, document, reason from registry.residence order by document',
    );
    expect(found.map(({ premises_id: premises, kind, valid, document }) => [premises, kind, valid, document])).toEqual([
      [1, 'registered', '[2001-02-03,2011-01-01)', `history/${id}/2`], [1, 'temporary', '[2012-01-01,)', `history/${id}/3`],
      [2, 'registered', '[1999-01-01,2001-01-01)', `history/${id}/4`], [1, 'registered', '[1997-01-01,)', `history/${id}/5`],
    ]);
    expect(found[0]?.person_id).toBe(found[1]?.person_id);
    expect(found[2]?.person_id).not.toBe(found[0]?.person_id);
    expect(found[0]?.reason).toBe('завантажено зі старої системи: meshk.csv, рядок 2');
    expect(await rows(`select from registry.field_change where field = 'residence'`)).toHaveLength(4);
    expect(await rows(`select from registry.person where surname = 'Коваль' and sex = 'f'`)).toHaveLength(2);
  });

  it('refuses overlaps, days that do not fit, unknown kinds; refused rows are kept without personal data', async () => {
    const id = await given('residents', 'bad-residents.csv', text([
      `${numbers[0]};Коваль;Олена;Петрівна;12.03.1980;;2005-01-01;2005-02-01`, `${numbers[2]};Гай;Петро;Ілліч;;;2005-01-01;2004-01-01`,
      `${numbers[2]};Гай;Ігор;Ілліч;;приїхав;2005-01-01;`, `${numbers[3]};Мельник;Юрій;Іванович;;;2005-01-01;`, `${numbers[3]};Мельник;Юрій;Іванович;;;2006-01-01;`,
      `${numbers[3]};Лис;Ян;Оглу;;;2006-01-01;`, `${numbers[3]};;Ян;Оглу;;;2006-01-01;`,
    ]));
    const { body } = await post(`/${id}/check`);
    expect(problems(body)).toEqual([
      [2, 'resident-known'], [3, 'resident-days'], [4, 'resident-kind'], [6, 'resident-repeated'], [7, 'resident-sex'], [8, 'row-blank'],
    ]);
    expect(JSON.stringify(body.problems)).not.toContain('Мельник');
  });
});
