import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wholeApi } from '@komplat/all/test';
import { lawParams } from '@komplat/server';
import { type Answer, type Caller, type TestApi } from '@komplat/testing';
import iconv from 'iconv-lite';
import * as laws from '../server/laws/law-queries.ts';
import { BEFORE, controlOf, csvOf, dbfOf, type HistoryRow, inventHistory, settle } from './history-files.ts';
import { buildAccount, buildCity, buildSupply } from './world.ts';

const manager: Caller = { login: 'manager', roles: ['manager', 'process-operator', 'accountant'] };
const clerk: Caller = { login: 'operator', roles: ['operator'] };
const MONTHS = ['2019-11', '2019-12', '2020-01', '2020-02'];
const aliases: string[] = [];
const numbers: string[] = [];
let api: TestApi;
let keys = 0;

const post = (path: string, body: unknown = {}, as = manager): Promise<Answer> => {
  keys += 1;
  return api.call('POST', `billing/history${path}`, as, body, { 'idempotency-key': `history-${keys}` });
};
const bytes = (text: string, page = 'utf8'): Uint8Array => new Uint8Array(iconv.encode(text, page));
async function given(name: string, content: Uint8Array, control?: string): Promise<string> {
  const answer = await post(`?name=${name}`, content);
  expect(answer.status).toBe(201);
  if (control !== undefined) expect((await post(`/${answer.body.id}/control?name=control.csv`, bytes(control))).status).toBe(200);
  return answer.body.id;
}
async function rowsOf<R extends object>(sql: string, params: readonly unknown[] = []): Promise<R[]> {
  return api.database.owner.query<R>(sql, params);
}
async function brokenLaws(): Promise<string[]> {
  const broken: string[] = [];
  for (const [name, sql] of Object.entries(laws)) {
    const [row] = await rowsOf<{ violations: bigint }>(sql, lawParams(undefined));
    if (row?.violations !== 0n) broken.push(`${name} ${row?.violations}`);
  }
  return broken;
}
const lines = async (): Promise<number> => (await rowsOf<{ n: number }>('select count(*)::int as n from billing.ledger_entry'))[0]?.n ?? -1;

const first = (): HistoryRow[] => inventHistory(7, aliases, MONTHS);

beforeAll(async () => {
  api = await wholeApi();
  const { owner } = api.database;
  await buildCity(owner);
  for (let account = 1; account <= 30; account += 1) {
    numbers.push(await buildAccount(owner, account));
    for (const service of [1, 2, 3]) await buildSupply(owner, { account, service, method: 'fixed' });
    aliases.push(String(20_000_000 + account * 37));
    await owner.query(
      `insert into registry.account_alias (account_id, owner, number, valid) values ($1, 'former-centre', $2, '[1997-01-01,)')`,
      [account, aliases.at(-1)],
    );
  }
  await owner.query(`insert into administration.role_permission select 'manager', p from unnest(array['billing.history.read', 'billing.history.load']) p on conflict do nothing`);
  for (const login of [manager.login, clerk.login]) await api.scope(login, 'all');
});
afterAll(() => api.close());

describe('months of the old system', () => {
  it('is no work of a clerk', async () => {
    expect((await api.call('GET', 'billing/history', clerk)).status).toBe(403);
  });

  it('names wrong rows by line and posts nothing', async () => {
    const text = csvOf(first()).split('\r\n');
    text[2] = (text[2] ?? '').replace(/^\d+/u, '99999999');
    text[5] = (text[5] ?? '').replace(';2019-', ';2019-1');
    const id = await given('wrong.csv', bytes(text.join('\r\n'), 'win1251'));
    const checked = await post(`/${id}/check`);
    expect(checked.body.encoding).toBe('win1251');
    expect(checked.body.state).toBe('wrong');
    const found = checked.body.problems.map(({ line, code }: { line: number; code: string }) => `${line} ${code}`);
    expect(found).toContain('3 billing.history.row-account');
    expect(found).toContain('6 billing.history.row-month');
    expect((await post(`/${id}/load`, { withoutControl: 'немає' })).status).toBe(409);
    expect(await lines()).toBe(0);
    expect((await post(`/${id}/cancel`, { reason: 'хибний файл' })).body.state).toBe('cancelled');
  });

  it('stops at a balance that is one kopeck off, with the difference', async () => {
    const rows = first();
    const at = rows.findIndex((row, index) => row.month === '2019-12' && rows[index - 1]?.month === '2019-11');
    const row = rows[at];
    if (!row) throw new Error('no row');
    rows[at] = { ...row, sums: { ...row.sums, opening: row.sums.opening + 1n, paid: row.sums.paid + 1n } };
    const id = await given('kopeck.csv', bytes(csvOf(rows)));
    const checked = await post(`/${id}/check`);
    expect(checked.body.problems).toEqual([
      expect.objectContaining({ line: at + 2, code: 'billing.history.chain', params: expect.objectContaining({ difference: '-0.01' }) }),
    ]);
    expect(await lines()).toBe(0);
  });

  it('stops at a stated total that is one kopeck off, and without stated totals', async () => {
    const rows = first();
    const id = await given('total.csv', bytes(`${csvOf(rows)}\r\n`), controlOf(rows, 1n));
    const checked = await post(`/${id}/check`);
    expect(checked.body.problems).toEqual([
      expect.objectContaining({ line: null, code: 'billing.history.control', params: expect.objectContaining({ difference: '-0.01', what: 'closing' }) }),
    ]);
    const refused = await post(`/${id}/load`);
    expect([refused.status, refused.body.code, refused.body.params.difference]).toEqual([409, 'billing.history.control', '-0.01']);
    await post(`/${id}/cancel`, { reason: 'хибний підсумок' });
    const bare = await given('bare.csv', bytes(`${csvOf(rows)}\r\n`));
    await post(`/${bare}/check`);
    expect((await post(`/${bare}/load`)).body.code).toBe('billing.history.no-control');
    await post(`/${bare}/cancel`, { reason: 'без підсумків' });
    expect(await lines()).toBe(0);
  });

  it('loads, locks and keeps every law; what is owed is what a settlement by hand says', async () => {
    const rows = first();
    const id = await given('old-2019.csv', bytes(csvOf(rows), 'cp1125'), controlOf(rows));
    expect((await post(`/${id}/check`)).body.problems).toEqual([]);
    const loaded = await post(`/${id}/load`);
    expect([loaded.status, loaded.body.state]).toEqual([200, 'loaded']);
    expect(loaded.body.months.every(({ state, digest }: { state: string; digest: string | null }) => state === 'locked' && digest !== null)).toBe(true);
    expect(await brokenLaws()).toEqual([]);
    const stored = await rowsOf<{ key: string; closing: bigint; moved: bigint }>(
      `select concat_ws(' ', a.number, s.code, to_char(b.period, 'YYYY-MM')) as key, b.closing_kop as closing, b.closing_kop - b.opening_kop as moved
       from billing.period_balance b join registry.account_alias a using (account_id) join tariffs.service s on s.id = b.service_id`,
    );
    expect(new Map(stored.map(({ key, closing }) => [key, closing]))).toEqual(
      new Map(rows.map((row) => [`${row.account} ${row.service} ${row.month}`, row.sums.closing])),
    );
    for (const [index, account] of aliases.entries()) {
      for (const service of ['MNT', 'CW', 'SW']) {
        const { owed, ahead } = settle(rows.filter((row) => row.account === account && row.service === service));
        const items = await rowsOf<{ month: string; kop: bigint }>(
          `select to_char(i.debt_month, 'YYYY-MM') as month, i.outstanding_kop as kop from billing.open_item i join tariffs.service s on s.id = i.service_id
           where i.account_id = $1 and s.code = $2`, [index + 1, service],
        );
        const [advance] = await rowsOf<{ kop: bigint }>(
          `select coalesce(sum(a.amount_kop), 0)::bigint as kop from billing.advance a join tariffs.service s on s.id = a.service_id
           where a.account_id = $1 and s.code = $2`, [index + 1, service],
        );
        expect(new Map(items.map(({ month, kop }) => [month === '2019-10' ? BEFORE : month, kop]))).toEqual(owed);
        expect(advance?.kop).toBe(ahead);
      }
    }
  });

  it('takes the same bytes once, and a month that is closed not again', async () => {
    const rows = first();
    expect((await post('?name=other-name.csv', bytes(csvOf(rows), 'cp1125'))).body.repeated).toBe(true);
    const again = await given('again.csv', bytes(`${csvOf(rows)}\r\n\r\n`), controlOf(rows));
    const codes = (await post(`/${again}/check`)).body.problems.map(({ code }: { code: string }) => code);
    expect(codes).toContain('billing.history.closed');
    await post(`/${again}/cancel`, { reason: 'повтор' });
  });

  it('says in the trace which row of which file a month came from', async () => {
    const rows = first();
    const at = rows.findIndex(({ month, service, sums }) => month === '2020-01' && service === 'CW' && sums.charged > 0n);
    const row = rows[at];
    const number = numbers[aliases.indexOf(row?.account ?? '')] ?? '';
    const trace = await api.call('GET', `billing/trace/accrual:2020-01:${number}:CW:P02`, manager);
    expect(trace.status).toBe(200);
    expect(trace.body.sources[0]).toEqual(expect.objectContaining({ kind: 'file-row', row: at + 2 }));
    expect(trace.body.sources[0].title.params.file).toBe('old-2019.csv');
  });

  it('misses an account that had a balance and is gone from the next file', async () => {
    const open = new Map(first().filter(({ month }) => month === '2020-02').map((row) => [`${row.account} ${row.service}`, row.sums.closing]));
    const rows = inventHistory(5, aliases, ['2020-03'], open).filter(({ account }) => account !== aliases.at(-1));
    const id = await given('holed.csv', bytes(csvOf(rows)), controlOf(rows));
    const { problems } = (await post(`/${id}/check`)).body;
    expect(new Set(problems.map(({ code }: { code: string }) => code))).toEqual(new Set(['billing.history.lost']));
    expect(problems[0].params.account).toBe('30');
    await post(`/${id}/cancel`, { reason: 'загублено рахунок' });
  });

  it('goes on after it was killed in the middle, from a DBF that continues the balances', async () => {
    const open = new Map(first().filter(({ month }) => month === '2020-02').map((row) => [`${row.account} ${row.service}`, row.sums.closing]));
    const rows = inventHistory(11, aliases, ['2020-03', '2020-04', '2020-05'], open);
    const id = await given('next.dbf', new Uint8Array(dbfOf(rows)), controlOf(rows));
    await api.call('PUT', `billing/history/${id}/mapping`, manager, {
      mapping: { account: 'ACCOUNT', service: 'SERVICE', provider: 'PROVIDER', month: 'MONTH', opening: 'OPENING', charged: 'CHARGED', recalculated: 'RECALC',
        benefit: 'BENEFIT', subsidy: 'SUBSIDY', paid: 'PAID', closing: 'CLOSING' },
    });
    expect((await post(`/${id}/check`)).body.problems).toEqual([]);
    // two batches; the second one fails as a process that dies would
    await rowsOf(`update billing.history_batch set to_account = 15 where file_id = $1`, [id]);
    await rowsOf(`insert into billing.history_batch (file_id, batch_no, from_account, to_account, row_count) values ($1, 2, 16, 2000000, 1)`, [id]);
    await rowsOf(`create function public.die() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$`);
    await rowsOf(`create trigger die before update on billing.history_batch for each row when (new.batch_no = 2) execute function public.die()`);
    expect((await post(`/${id}/load`)).status).toBeGreaterThanOrEqual(400);
    const half = await lines();
    await rowsOf('drop trigger die on billing.history_batch');
    await rowsOf('truncate billing.history_stage');
    const loaded = await post(`/${id}/load`);
    expect([loaded.status, loaded.body.state]).toEqual([200, 'loaded']);
    expect(await lines()).toBeGreaterThan(half);
    expect(await brokenLaws()).toEqual([]);
    const [stored] = await rowsOf<{ rows: number; kop: bigint }>(
      `select count(*)::int as rows, sum(closing_kop)::bigint as kop from billing.period_balance where period >= '2020-03-01'`,
    );
    expect(stored).toEqual({ rows: rows.length, kop: rows.reduce((sum, row) => sum + row.sums.closing, 0n) });
  });
});
