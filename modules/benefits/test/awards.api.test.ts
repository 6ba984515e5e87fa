import 'reflect-metadata';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemActor } from '@komplat/server';
import type { TestApi } from '@komplat/testing';
import type { DbfRecord } from '../domain/index.ts';
import { AwardsCommand } from '../server/commands/award.command.ts';
import { layoutBytes } from '../server/services/award-reader.ts';
import { control, jFile, subsidy } from './award-records.ts';
import { CLERK, numberOf, once, openWorld, personOf } from './world.ts';

const REASON = 'файл управління соцзахисту';
const LAYOUT = { SUBSIDY: 'SUBSIDY', J: 'SUBSIDY_J_FILE', CONTROL: 'CONTROL' } as const;
let api: TestApi;

beforeAll(async () => {
  api = await openWorld(20);
  const run = (sql: string, params: unknown[] = []) => api.database.owner.query(sql, params);
  await run(`update registry.account set closed_on = '2026-06-30' where id = 9`);
  await run(`insert into registry.account_alias (account_id, owner, number, valid) values (11, 'USZN', '123456', '[2000-01-01,)')`);
});
afterAll(() => api.close());

const bytesOf = (layout: keyof typeof LAYOUT, rows: readonly DbfRecord[]): Buffer => layoutBytes(LAYOUT[layout], rows, '2026-11-23');
const load = async (bytes: Uint8Array, name = 'oszn_1126.DBF', month = '2026-11', extra = '') =>
  api.call('POST', `benefits/award-files?name=${name}&month=${month}${extra}`, CLERK, bytes);
const rowsOf = async (id: string, query = '') => (await api.call('GET', `benefits/award-files/${id}/rows${query}`, CLERK)).body;
const act = (id: string, what: 'post' | 'cancel', body: object) =>
  api.call('POST', `benefits/award-files/${id}/${what}`, CLERK, { version: 1, reason: REASON, ...body }, once());
const awards = (account: number) =>
  api.database.db.query<{ period: string; kop: bigint; regime: string; document: string }>(
    `select period::text, sum(amount_kop)::bigint as kop, max(regime) as regime, max(document) as document from benefits.pub_award_v1
     where account_id = $1 group by period order by 1`,
    [account],
  );

describe('a file of subsidies', () => {
  it('is checked, posted once, and its sums stand by month', async () => {
    const rows = [
      subsidy({ account: numberOf(1), months: 1, sums: { 1: '100.00', 3: '0', 4: '50.25' } }),
      subsidy({ account: numberOf(2), months: 6, sums: { 2: '700.00' }, from: '2026-11-01', to: '2027-04-30' }),
    ];
    const bytes = bytesOf('SUBSIDY', rows);
    const loaded = await load(bytes);
    expect(loaded.body).toMatchObject({ state: 'staged', layout: 'SUBSIDY', rows: 2, rejected: 0, sum: '4350.25', regime: 'monetised', repeated: false });
    const { items } = await rowsOf(loaded.body.id);
    expect(items[0]).toMatchObject({
      account: numberOf(1), holder: 'Коваленко І. П.', sum: '150.25', parts: [{ service: 'MNT', amount: '100.00' }, { service: 'CW', amount: '50.25' }],
    });
    expect((await act(loaded.body.id, 'post', {})).body.state).toBe('posted');
    expect(await awards(1)).toEqual([{ period: '2026-11-01', kop: 15_025n, regime: 'monetised', document: 'справа D-17, oszn_1126.DBF' }]);
    expect((await awards(2)).map(({ period, kop }) => [period, kop])).toEqual(
      ['2026-11', '2026-12', '2027-01', '2027-02', '2027-03', '2027-04'].map((month) => [`${month}-01`, 70_000n]),
    );
    const again = await load(bytes, 'another-name.DBF');
    expect(again.body).toMatchObject({ id: loaded.body.id, repeated: true, state: 'posted' });
    expect((await act(loaded.body.id, 'post', { version: 2 })).body.code).toBe('benefits.award.state');
  });

  it('lists every broken row by its rule and posts nothing of it', async () => {
    const good = subsidy({ account: numberOf(3), months: 1, sums: { 2: '300.00' } });
    const rows = [
      good,
      subsidy({ account: numberOf(9), months: 1, sums: { 2: '300.00' } }),
      subsidy({ account: '9999999999', months: 1, sums: { 2: '300.00' } }),
      { ...subsidy({ account: numberOf(4), months: 1, sums: { 2: '300.00' } }), SUMMA: '299.00' },
      subsidy({ account: numberOf(5), months: 1, sums: { 7: '40.00' } }),
      subsidy({ account: numberOf(1), months: 1, sums: { 4: '10.00' } }),
      good,
      subsidy({ account: numberOf(6), months: 1, sums: { 2: '300.00' }, from: '2026-04-01', to: '2026-04-30' }),
      subsidy({ account: numberOf(7), months: 1, sums: { 2: '-300.00' } }),
    ];
    const { body } = await load(bytesOf('SUBSIDY', rows));
    expect([body.state, body.rows, body.rejected, body.sum]).toEqual(['staged', 9, 8, '300.00']);
    const { items } = await rowsOf(body.id, '?outcome=rejected');
    expect(items.map(({ line, problem }: { line: number; problem: { key: string } }) => `${line} ${problem.key}`)).toEqual([
      '2 error.benefits.row.account-closed', '3 error.benefits.row.account-unknown', '4 error.benefits.row.identity', '5 error.benefits.row.no-supply',
      '6 error.benefits.row.already-awarded', '7 error.benefits.row.twice-in-file', '8 error.benefits.row.other-month',
      '9 error.benefits.row.return-above-award',
    ]);
    expect(items[0].problem.params).toEqual({ account: numberOf(9), day: '2026-06-30' });
    expect((await act(body.id, 'post', {})).body).toMatchObject({ code: 'benefits.award.has-rejected', params: { rejected: 8, rows: 9 } });
    expect(await awards(3)).toEqual([]);
    expect((await act(body.id, 'post', { withoutRejected: true })).body.state).toBe('posted');
    const [all] = await api.database.db.query<{ rows: number }>('select count(*)::int as rows from benefits.award where file_id = $1', [body.id]);
    expect(all?.rows).toBe(1);
  });

  it('of another month is refused whole, by its name and by its rows, and leaves no row', async () => {
    const byName = await load(bytesOf('SUBSIDY', [subsidy({ account: numberOf(8), months: 1, sums: { 2: '1.00' } })]), 'oszn_1026.DBF');
    expect(byName.body).toMatchObject({ state: 'refused', refusal: { key: 'error.benefits.award.other-month', params: { found: '2026-10' } }, rows: 0 });
    const byRows = await load(bytesOf('J', [jFile({ account: '123456', month: '2026-10-01', heat: '1.00', water: '2.00' })]), 'j.dbf');
    expect(byRows.body).toMatchObject({ state: 'refused', refusal: { params: { month: '2026-11', found: '2026-10' } } });
    expect((await rowsOf(byRows.body.id)).items).toEqual([]);
    expect((await act(byName.body.id, 'post', {})).body.code).toBe('benefits.award.state');
    // the same bytes may come again for their own month
    const right = await load(bytesOf('SUBSIDY', [subsidy({ account: numberOf(8), months: 1, sums: { 2: '1.00' } })]), 'oszn_1126.DBF');
    expect(right.body).toMatchObject({ state: 'staged', repeated: false });
  });

  it('the J file finds accounts by the number of social protection; the control table by ours', async () => {
    const j = await load(bytesOf('J', [jFile({ account: '123456', month: '2026-11-01', heat: '700.00', water: '55.25' })]), 'j1126.dbf');
    expect((await rowsOf(j.body.id)).items[0]).toMatchObject({ account: numberOf(11), outcome: 'ready', sum: '755.25' });
    const row = { account: numberOf(12), place: 2, st: '1600.00', zadol: '0', perer: '1500.00', oplata: '0', doplata: '100.00' };
    const table = await load(bytesOf('CONTROL', [control(row), { ...control({ ...row, account: numberOf(13) }), DOLG: '1' }]), 'control.dbf');
    expect([table.body.layout, table.body.rows, table.body.rejected]).toEqual(['CONTROL', 2, 1]);
    const [broken] = (await rowsOf(table.body.id, '?outcome=rejected')).items;
    expect(broken.problem.params).toEqual({ rule: 'dolg = zadol + perer − oplata − doplata', stated: '1.00', counted: '1400.00' });
  });

  it('what is no award file is refused by a message: not DBF, cut, another layout, other fields', async () => {
    const bytes = bytesOf('SUBSIDY', [subsidy({ account: numberOf(14), months: 1, sums: { 2: '1.00' } })]);
    expect((await load(Buffer.from('просто текст'))).body.code).toBe('benefits.award.not-dbf');
    expect((await load(bytes.subarray(0, bytes.length - 60))).body.code).toBe('benefits.award.cut-file');
    expect((await load(bytes, 'a.dbf', '2026-11', '&layout=CONTROL')).body.code).toBe('benefits.award.layout');
    const [empty] = [layoutBytes('SUBSIDY', [], '2026-11-23')];
    expect((await load(empty)).body).toMatchObject({ state: 'refused', refusal: { key: 'error.benefits.award.empty' } });
  });

  it('posting stops whole when the world changed after the check', async () => {
    const rows = [15, 16].map((account) => subsidy({ account: numberOf(account), months: 1, sums: { 2: '10.00' } }));
    const { body } = await load(bytesOf('SUBSIDY', rows));
    await api.database.owner.query(`update registry.account set closed_on = '2026-10-31' where id = 16`);
    const answer = await act(body.id, 'post', {});
    expect([answer.status, answer.body.code]).toEqual([409, 'benefits.award.changed']);
    expect(await awards(15)).toEqual([]);
    expect((await act(body.id, 'cancel', {})).body.state).toBe('cancelled');
    expect((await load(bytesOf('SUBSIDY', rows))).body).toMatchObject({ repeated: false, rejected: 1 });
  });

  it('historical months are netted, later ones monetised (law.md 2.4)', async () => {
    const row = subsidy({ account: numberOf(17), months: 1, sums: { 2: '500.00' }, from: '2017-11-01', to: '2017-11-30' });
    expect((await load(bytesOf('SUBSIDY', [row]), 'oszn_1117.DBF', '2017-11')).body).toMatchObject({ state: 'staged', regime: 'netted' });
  });
});

describe('benefit against subsidy, returns', () => {
  const entitled = async (account: number, day: string) =>
    (await api.call('GET', `benefits/accounts/${numberOf(account)}?asOf=${day}`, CLERK)).body.entitlements.map(({ service }: { service: string }) => service);

  it('a month of subsidy takes the benefit off that service only; the family may choose; a return brings it back', async () => {
    const holding = { personId: personOf(2, 0), category: 'UBD', document: 'ПС 2', from: '2026-01-01', reason: REASON };
    await api.call('POST', `benefits/accounts/${numberOf(2)}/holdings`, CLERK, holding, once());
    expect(await entitled(2, '2026-10-15')).toEqual(['MNT', 'CW', 'HEAT', 'EL']);
    expect(await entitled(2, '2026-12-15')).toEqual(['MNT', 'CW', 'EL']);
    expect(await entitled(2, '2027-05-01')).toEqual(['MNT', 'CW', 'HEAT', 'EL']);
    const choice = { choice: 'benefit', from: '2027-01-01', to: '2027-01-31', document: 'заява 5', reason: REASON };
    expect((await api.call('POST', `benefits/accounts/${numberOf(2)}/choice`, CLERK, choice, once())).status).toBe(200);
    expect(await entitled(2, '2027-01-15')).toEqual(['MNT', 'CW', 'HEAT', 'EL']);
    expect(await entitled(2, '2027-02-01')).toEqual(['MNT', 'CW', 'EL']);

    const giveBack = (amount: string) =>
      api.call(
        'POST', `benefits/accounts/${numberOf(2)}/returns`, CLERK,
        { service: 'HEAT', month: '2026-12', amount, document: 'лист 7', reason: REASON }, once(),
      );
    expect((await giveBack('700.01')).body).toMatchObject({ code: 'benefits.return.above-award', params: { awarded: '700.00' } });
    expect((await giveBack('700.00')).status).toBe(201);
    expect((await awards(2)).find(({ period }) => period === '2026-12-01')?.kop).toBe(0n);
    expect(await entitled(2, '2026-12-15')).toEqual(['MNT', 'CW', 'HEAT', 'EL']);
    expect((await giveBack('0.01')).body.code).toBe('benefits.return.above-award');
  });

  it('the command loads, names what is wrong in Ukrainian, posts', async () => {
    const row = subsidy({ account: numberOf(18), months: 1, sums: { 2: '12.00' } });
    const file = join(mkdtempSync(join(tmpdir(), 'komplat-award-test-')), 'oszn_1126.dbf');
    writeFileSync(file, bytesOf('SUBSIDY', [row, { ...row, RASH: '1' }]));
    const run = (more: object) =>
      api.app.get(AwardsCommand, { strict: false }).run({ file, month: '2026-11', ...more }, { actor: systemActor('test'), note: () => undefined });
    expect(await run({})).toMatchObject({
      state: 'staged', repeated: false, control: { rows: 2, sum: '12.00' },
      rejected: [{ line: 2, code: 'benefits.row.account-unknown', message: 'Рахунку «1» не знайдено або номер належить кільком. Знайдіть рахунок за адресою та виправте номер.' }],
    });
    expect(await run({ post: true, withoutRejected: true })).toMatchObject({ state: 'posted', repeated: true });
    expect((await awards(18)).map(({ kop }) => kop)).toEqual([1_200n]);
  });

  it('awards are append-only for the application', async () => {
    await expect(api.database.db.query('delete from benefits.award')).rejects.toThrow(/permission denied/);
    await expect(api.database.db.query('update benefits.award set amount_kop = 1')).rejects.toThrow(/permission denied/);
  });
});
