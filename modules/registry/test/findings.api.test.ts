import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeAccountNumber } from '@komplat/kernel';
import type { DataCheck } from '@komplat/plugin-api';
import { LOGGER, uuid7 } from '@komplat/server';
import { type Answer, type Caller, type TestApi } from '@komplat/testing';
import { BlockingFindingsGate } from '../server/checks/findings.gate.ts';
import { CheckRunner } from '../server/checks/check-runner.ts';
import { registryChecks } from '../server/checks/index.ts';
import { NightlyChecks } from '../server/checks/nightly-checks.ts';
import { ChecksCommand } from '../server/checks/checks.command.ts';
import { buildAccount, type BuiltAccount, registryApi } from './builders.ts';

const clerk: Caller = { login: 'clerk', roles: ['operator'] };
const local: Caller = { login: 'local', roles: ['operator'] };
const built: BuiltAccount[] = [];
let api: TestApi;
let runner: CheckRunner;

beforeAll(async () => {
  api = await registryApi();
  runner = api.app.get(CheckRunner, { strict: false });
  const { owner } = api.database;
  for (let id = 1; id <= 5; id += 1) built.push(await buildAccount(owner, { id, residents: [{ birth: '1990-01-01', from: '2015-01-01' }] }));
  await api.scope('clerk', 'all');
  await api.scope('local', 'district', '2');
});
afterAll(() => api.close());

/** Breaches are made inside a transaction that is rolled back. */
const at: { query: ((text: string, params?: readonly unknown[]) => Promise<object[]>) | undefined } = { query: undefined };
const sql = (text: string, params: readonly unknown[] = []): Promise<object[]> =>
  at.query ? at.query(text, params) : api.database.owner.query(text, params);
const found = async (check: string, state = 'open'): Promise<(string | null)[]> => {
  const rows = await api.database.owner.query<{ subject: string }>(
    'select subject from registry.finding where check_id = $1 and state = $2 order by subject',
    [`registry.${check}`, state],
  );
  return rows.map(({ subject }) => subject);
};
const run = (accounts?: number[]) => runner.run({ startedBy: 'test', ...(accounts ? { accounts } : {}) });
const subject = (index: number): string => `account/${built[index]?.number}`;
const person = async (fields: Readonly<Record<string, unknown>> = {}): Promise<string> => {
  const id = uuid7();
  const { surname = 'Пробний', birth = '1980-01-01', died = null, hash = null } = fields;
  await sql(
    `insert into registry.person (id, surname, given_name, patronymic, sex, birth_date, died_on, tax_number_hash) values ($1, $2, 'Ян', 'Янович', 'm', $3, $4, $5)`,
    [id, surname, birth, died, hash],
  );
  return id;
};
const live = (premises: number, who: string, from = '2020-01-01', kind = 'registered'): Promise<object[]> =>
  sql(`insert into registry.residence (premises_id, person_id, kind, valid, reason, recorded_by) values ($1, $2, $3, daterange($4::date, null), 'x', 'test')`, [premises, who, kind, from]);
const facts = (premises: number, set: string): Promise<object[]> => sql(`update registry.premises_fact set ${set} where premises_id = ${premises}`);
const service = `insert into tariffs.service values (1, 'HEAT', 'Опалення', 'Heating', 'Гкал', 6, 'heated area', 'communal', 1, '1', '{}', '[1997-01-01,)') on conflict do nothing`;
const providers = `insert into tariffs.provider values (1, 'P02', 'ТКЕ', 'ТКЕ', 'enterprise', '71120587', '300465', 'UA', '[1997-01-01,)', null),
  (2, 'P04', 'РЕМ', 'РЕМ', 'enterprise', '71001322', '300465', 'UA', '[1997-01-01,2019-01-01)', 5) on conflict do nothing`;
async function supply(account: number, method = 'heated-area', provider = 1, equipment: string | null = null): Promise<void> {
  await sql(service);
  await sql(providers);
  await sql(
    `insert into tariffs.supply (account_id, service_id, provider_id, method, variant, equipment, valid, reason, recorded_by)
     values ($1, 1, $2, $3, 'v', $4, '[1997-01-01,)', 'load', 'test')`,
    [account, provider, method, equipment],
  );
}
const meter = (premises: number, rest: string): Promise<object[]> =>
  sql(`insert into metering.meter (id, premises_id, service_id, serial, digits, installed_on, initial_value, verification_due) values (${rest.replace('P', String(premises))})`);

/** Each rule with the smallest breach of it: made on account 1 (index 0) unless it says otherwise. */
const BREACHES: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['facts-missing', () => sql(`update registry.premises_fact set valid = '[1997-01-01,2020-01-01)' where premises_id = 1`)],
  ['facts-gap', async () => {
    await facts(1, `valid = '[1997-01-01,2020-01-01)'`);
    await sql(`insert into registry.premises_fact (premises_id, total_area, heated_area, rooms, dwelling_type, valid, reason, recorded_by)
      values (1, 60, 58, 2, 'privatised', '[2020-03-01,)', 'x', 'test')`);
  }],
  ['area-large', () => facts(1, 'total_area = 201')],
  ['area-tiny', () => facts(1, 'total_area = 7, heated_area = 7')],
  ['area-per-room', () => facts(1, 'rooms = 1')],
  ['rooms-crowded', () => facts(1, 'rooms = 12')],
  ['heated-over-total', () => facts(1, 'heated_area = 80')],
  ['heated-missing', () => facts(1, 'heated_area = 0')],
  ['floor-above-house', () => sql('update registry.premises set floor = 6 where id = 1')],
  ['dwelling-type-unknown', () => facts(1, `dwelling_type = 'castle'`)],
  ['residents-many', async () => { for (let at = 0; at < 12; at += 1) await live(1, await person({ surname: `М${at}` })); }],
  ['residents-dense', () => facts(1, 'total_area = 3.5, heated_area = 3')],
  ['nobody-registered', () => sql(`update registry.residence set valid = '[2015-01-01,2020-01-01)' where premises_id = 1`)],
  ['minors-only', () => sql(`update registry.person set birth_date = '2010-01-01' where id = (select person_id from registry.residence where premises_id = 1)`)],
  ['resident-dead', () => sql(`update registry.person set died_on = '2026-01-01' where id = (select person_id from registry.residence where premises_id = 1)`)],
  ['resident-before-birth', () => sql(`update registry.person set birth_date = '2016-01-01' where id = (select person_id from registry.residence where premises_id = 1)`)],
  ['resident-old', () => sql(`update registry.person set birth_date = '1900-01-01' where id = (select person_id from registry.residence where premises_id = 1)`)],
  ['birth-date-missing', () => sql(`update registry.person set birth_date = null where id = (select person_id from registry.residence where premises_id = 1)`)],
  ['birth-date-ahead', () => sql(`update registry.person set birth_date = '2027-01-01' where id = (select person_id from registry.residence where premises_id = 1)`)],
  ['temporary-ended', () => sql(`update registry.residence set kind = 'temporary' where premises_id = 1`)],
  ['resident-twice', async () => { await live(1, await person()); await live(1, await person()); }],
  ['holder-dead', () => sql(`update registry.person set died_on = '2026-10-01' where id = '${built[0]?.holderId}'`)],
  ['holder-minor', () => sql(`update registry.person set birth_date = '2012-10-01' where id = '${built[0]?.holderId}'`)],
  ['holder-elsewhere', async () => undefined],
  ['holder-differs', async () => sql(`update registry.account set holder_id = $1 where id = 1`, [await person()])],
  ['tax-number-wrong', () => sql(`update registry.person set tax_number_flaw = 'sex' where id = '${built[0]?.holderId}'`)],
  ['tax-number-shared', async () => { await person({ hash: '\\x01' }); await sql(`update registry.person set tax_number_hash = '\\x01' where id = '${built[0]?.holderId}'`); }],
  ['tax-number-missing', async () => undefined],
  ['holder-unreachable', async () => undefined],
  ['holder-twice', async () => undefined],
  ['shares-over', async () => { for (const who of [await person(), await person()]) await own(1, who, 2, 3); }],
  ['shares-below', async () => own(1, await person(), 1, 2)],
  ['owner-dead', async () => own(1, await person({ died: '2020-01-01' }), 1, 1)],
  ['owner-minor-only', async () => own(1, await person({ birth: '2015-01-01' }), 1, 1)],
  ['owner-of-state', async () => { await facts(1, `dwelling_type = 'state'`); await own(1, await person(), 1, 1); }],
  ['number-wrong', () => sql(`update registry.account set number = left(number, 9) || ((right(number, 1)::int + 1) % 10) where id = 1`)],
  ['dwelling-twice', () => sql('update registry.account set premises_id = 1 where id = 2')],
  ['opened-before-house', () => sql('update registry.house set year_built = 2001')],
  ['closed-with-supply', async () => { await supply(1); await sql(`update registry.account set closed_on = '2026-01-01' where id = 1`); }],
  ['merged-into-closed', () => sql(`update registry.account set closed_on = '2026-01-01', merged_into = case id when 1 then 2 end where id in (1, 2)`)],
  ['account-without-supply', async () => undefined],
  ['supply-without-tariff', () => supply(1)],
  ['supply-without-norm', () => supply(1, 'norm', 1, 'bath')],
  ['norm-of-nobody', async () => { await supply(1, 'per-person'); await sql(`update registry.residence set valid = '[2015-01-01,2020-01-01)' where premises_id = 1`); }],
  ['supply-twice', async () => { await supply(1); await supply(1, 'heated-area', 2); }],
  ['supply-provider-ended', () => supply(1, 'heated-area', 2)],
  ['supply-service-ended', async () => { await supply(1); await sql(`update tariffs.service set valid = '[1997-01-01,2020-01-01)'`); }],
  ['supply-heated-zero', async () => { await supply(1); await facts(1, 'heated_area = 0'); }],
  ['supply-not-in-house', async () => { await supply(1); await sql(`update registry.house set heating = 'individual-gas'`); }],
  ['supply-meter-missing', () => supply(1, 'meter')],
  ['supply-norm-with-meter', async () => { await supply(1, 'norm', 1, 'bath'); await meter(1, `1, P, 1, 'A1', 5, '2020-01-01', 0, '2030-01-01'`); }],
  ['meter-overdue', () => meter(1, `1, P, 1, 'A1', 5, '2020-01-01', 0, '2026-11-22'`)],
  ['meter-due-soon', () => meter(1, `1, P, 1, 'A1', 5, '2020-01-01', 0, '2026-12-01'`)],
  ['meter-silent', () => meter(1, `1, P, 1, 'A1', 5, '2020-01-01', 0, '2030-01-01'`)],
  ['meter-without-supply', () => meter(1, `1, P, 1, 'A1', 5, '2026-11-01', 0, '2030-01-01'`)],
  ['meter-twice', async () => { await meter(1, `1, P, 1, 'A1', 5, '2026-11-01', 0, null`); await meter(2, `2, P, 1, 'A1', 5, '2026-11-01', 0, null`); }],
];
const own = (premises: number, who: string, num: number, den: number): Promise<object[]> =>
  sql(
    `insert into registry.ownership (premises_id, person_id, share_num, share_den, valid, reason, recorded_by) values ($1, $2, $3, $4, '[2020-01-01,)', 'x', 'test')`,
    [premises, who, num, den],
  );

describe('every rule finds its breach', () => {
  it('there are at least forty', () => {
    expect(registryChecks.length).toBeGreaterThanOrEqual(40);
  });
  it.each(BREACHES)('%s', async (name, breach) => {
    const definition = registryChecks.find(({ id }) => id === `registry.${name}`);
    const statement = definition ? (api.app.get<DataCheck>(definition.provider, { strict: false }).sql ?? '') : '';
    const hits = await api.database.owner.dryRun(async (tx) => {
      at.query = (text, params) => tx.query(text, params);
      try {
        await breach();
        return await tx.query<{ subject: string; account_id: number }>(statement, [null]);
      } finally {
        at.query = undefined;
      }
    });
    expect(hits.length).toBeGreaterThan(0);
    expect(hits.every(({ subject: text }) => /^(account\/\d{10}|house\/|tariff\/|norm\/)/.test(text))).toBe(true);
  });
});
describe('a run over the base', () => {
  it('opens findings, sees them again, closes what is gone, and never opens one twice', async () => {
    const first = await run();
    expect([first.failed, first.checks >= 40, first.accounts]).toEqual([[], true, 5]);
    expect(await found('area-large')).toEqual([]);
    await facts(1, 'total_area = 250');
    const second = await run();
    expect([second.fresh, await found('area-large')]).toEqual([2, [subject(0)]]);
    expect((await run()).fresh).toBe(0);
    await facts(1, 'total_area = 67.08');
    const last = await run();
    expect([last.gone, await found('area-large'), await found('area-large', 'resolved')]).toEqual([2, [], [subject(0)]]);
    const [row] = await api.database.owner.query<{ fresh: number; gone: number }>(
      `select fresh, gone from registry.finding_trend where day = '2026-11-23' and check_id = 'registry.area-large'`,
    );
    expect(row).toEqual({ fresh: 1, gone: 1 });
    expect(await sql('select 1 from registry.check_hit')).toEqual([]);
  });
  it('of one account leaves the others alone', async () => {
    await facts(1, 'total_area = 250');
    await facts(2, 'total_area = 250');
    await run([1]);
    expect(await found('area-large')).toEqual([subject(0)]);
    await run();
    expect(await found('area-large')).toEqual([subject(0), subject(1)].toSorted());
    await facts(2, 'total_area = 67.08');
    await run([1]);
    expect(await found('area-large')).toHaveLength(2);
    await run([2]);
    expect(await found('area-large')).toEqual([subject(0)]);
  });
  it('of the night is made once, by one worker', async () => {
    const nightly = new NightlyChecks(api.database.db, runner, api.app.get(LOGGER));
    expect(await nightly.once({ from: 24, to: 24 })).toBe(false);
    const whole = { from: 0, to: 23 };
    const both = await Promise.all([nightly.once(whole), nightly.once(whole)]);
    expect(both.toSorted()).toEqual([false, true]);
    expect(await nightly.once(whole)).toBe(false);
  });
  it('is ordered by the command line, also for one account', async () => {
    const command = api.app.get(ChecksCommand, { strict: false });
    const context = { actor: { login: 'clerk' } as never, note: () => undefined };
    expect(await command.run({ account: built[2]?.number }, context)).toMatchObject({ accounts: 1, failed: [] });
    await expect(command.run({ account: makeAccountNumber(1, 77) }, context)).rejects.toMatchObject({ code: 'registry.account.unknown' });
  });
});

describe('the list of findings', () => {
  const list = async (query = '', as = clerk): Promise<Answer['body']> => (await api.call('GET', `registry/findings${query}`, as)).body;

  it('is filtered, ordered by severity, and counted', async () => {
    const { items, totals } = await list('?limit=200');
    const ranks = items.map(({ severity }: { severity: string }) => ['blocks', 'warns', 'informs'].indexOf(severity));
    expect(ranks).toEqual(ranks.toSorted());
    expect(totals.count).toBe(items.length);
    const large = await list('?check=registry.area-large');
    expect(large.items).toEqual([expect.objectContaining({ account: built[0]?.number, severity: 'warns', state: 'open', params: { area: 250 } })]);
    const { body } = await api.call('GET', 'registry/findings/summary', clerk);
    const sum = Object.values(body.bySeverity).reduce((total: number, count) => total + Number(count), 0);
    expect(sum).toBe(totals.count);
    expect(body).toMatchObject({ mine: 0, unassigned: totals.count, lastRun: { failed: [] } });
    expect(body.trend).toHaveLength(1);
  });
  it('is assigned in bulk, put aside with a reason, and taken up again; every one is done or skipped', async () => {
    const { items } = await list('?limit=200');
    const ids = items.slice(0, 3).map(({ id }: { id: string }) => id);
    const assigned = await api.call('POST', 'registry/findings/assign', clerk, { ids: [...ids, '999999'], to: 'clerk' });
    expect([assigned.body.done.length, assigned.body.skipped]).toEqual([3, ['999999']]);
    expect((await list('?assigned=me')).totals.count).toBe(3);
    const accept = { ids, accept: true, reason: 'перевірено в паспорті будинку' };
    expect((await api.call('POST', 'registry/findings/accept', clerk, accept)).body.done).toHaveLength(3);
    expect((await list('?state=accepted')).totals.count).toBe(3);
    await run();
    expect((await list('?state=accepted')).totals.count).toBe(3);
    expect((await api.call('POST', 'registry/findings/accept', clerk, { ...accept, reason: 'так' })).status).toBe(400);
    expect((await api.call('POST', 'registry/findings/accept', clerk, { ...accept, accept: false })).body.done).toHaveLength(3);
  });
  it('shows nothing of another district, and changes nothing there', async () => {
    expect((await list('?limit=200', local)).items).toEqual([]);
    const { items } = await list();
    const answer = await api.call('POST', 'registry/findings/assign', local, { ids: [items[0].id], to: 'local' });
    expect(answer.body).toMatchObject({ done: [], skipped: [items[0].id] });
  });
  it('needs the right', async () => {
    expect((await api.call('GET', 'registry/findings', { login: 'clerk', roles: ['cashier'] })).status).toBe(403);
  });
});

describe('the gate of the month close', () => {
  const measure = (providerId: number) => api.app.get(BlockingFindingsGate, { strict: false }).measure({ providerId, month: '2026-11' });
  it('is held by blocking findings of accounts that the provider supplies, until they are put aside or gone', async () => {
    const { owner } = api.database;
    await supply(5);
    await owner.query(`update registry.finding set state = 'resolved', resolved_at = now() where account_id = 5 and state <> 'resolved'`);
    expect(await measure(1)).toEqual({ value: 0, limit: 0, green: true });
    const add = `insert into registry.finding (check_id, severity, subject, account_id, owner_permission) values ($1, $2, 'account/5', 5, 'registry.finding.manage')`;
    await owner.query(add, ['registry.number-wrong', 'blocks']);
    await owner.query(add, ['registry.area-large', 'warns']);
    expect([await measure(1), await measure(2)]).toEqual([{ value: 1, limit: 0, green: false }, { value: 0, limit: 0, green: true }]);
    await owner.query(`update registry.finding set state = 'accepted' where check_id = 'registry.number-wrong' and account_id = 5`);
    expect((await measure(1)).green).toBe(true);
  });
});
