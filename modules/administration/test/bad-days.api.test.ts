import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wholeApi } from '@komplat/all/test';
import { Approvals, AuditSealer, RateLimits, systemActor, WorkerBeat } from '@komplat/server';
import { type Caller, TcpProxy, type TestApi, waitUntil } from '@komplat/testing';

const accountant: Caller = { login: 'accountant', roles: ['accountant', 'process-operator'] };
const manager: Caller = { login: 'manager', roles: ['manager'] };
const ofP02: Caller = { login: 'heat', roles: ['process-operator'] };
const cashier: Caller = { login: 'cashier', roles: ['cashier'] };
const REASON = { reason: 'because the test says so' };
const NUMBER = '0100000001';
let api: TestApi;

beforeAll(async () => {
  api = await wholeApi();
  const { owner } = api.database;
  for (const sql of CITY) await owner.query(sql);
  for (const login of [accountant.login, manager.login, cashier.login]) await api.scope(login, 'all');
  await api.scope(ofP02.login, 'provider', 'P02');
});
afterAll(() => api.close());

const CITY = [
  `insert into platform.operating_day (day, state) values ('2026-11-23', 'open')`,
  `insert into registry.street (id, code, district) values (1, 'S1', 1)`,
  `insert into registry.house (id, code, street_id, number_text, kind, district, year_built, floors, entrances, flats, flats_area,
     heating, hot_water, sewer, stove, postcode)
   values (1, 'H1', 1, '1', 'flats', 1, 1980, 9, 4, 1, 60, 'central', 'central', 'central', 'gas', '10001')`,
  `insert into registry.premises (id, house_id, number, kind) values (1, 1, '1', 'flat')`,
  `insert into registry.person (id, surname, given_name, patronymic, sex)
   values ('00000000-0000-7000-8000-000000000001', 'Пробна', 'Ірина', 'Петрівна', 'f')`,
  `insert into registry.account (id, number, premises_id, holder_id, opened_on)
   values (1, '${NUMBER}', 1, '00000000-0000-7000-8000-000000000001', '2000-01-01')`,
  `insert into tariffs.service (id, code, name, name_en, unit, quantity_scale, charge_base, kind, pay_order, valid)
   values (1, 'MNT', 'Утримання', 'Maintenance', 'm2', 2, 'area', 'housing', 1, '[1990-01-01,)')`,
  `insert into tariffs.provider (id, code, name, short_name, kind, edrpou, mfo, iban, active)
   values (1, 'P01', 'ЖЕО', 'ЖЕО', 'enterprise', '00000001', '300001', 'UA1', '[1990-01-01,)'),
     (2, 'P02', 'Тепло', 'Тепло', 'enterprise', '00000002', '300001', 'UA2', '[1990-01-01,)')`,
  `insert into tariffs.supply (account_id, service_id, provider_id, method, variant, valid, reason, recorded_by)
   values (1, 1, 1, 'area', 'base', '[2000-01-01,)', 'start', 'test')`,
  `insert into payments.channel (id, code, name, kind, settlement_delay_days, commission_percent, commission_min_kop, commission_payer,
     has_transaction_ids, valid) values (1, 'CASH', 'Каса', 'own desk', 0, 0, 0, '-', false, '[1997-01-01,)')`,
  `select platform.ensure_lanes('2026-11-01', '2027-01-01', array[1, 2]::smallint[])`,
  `insert into platform.process_progress (workflow_id, module, type, subject, phase, phase_no, phases, state, started_by, provider, parent_id)
   values ('month', 'billing', 'billing.month-close', '2026-11', 'lanes', 1, 2, 'running', 'accountant', null, null),
     ('lane/P01', 'billing', 'billing.close-lane', '2026-11 P01', 'gates', 1, 7, 'failed', 'accountant', 'P01', 'month'),
     ('lane/P02', 'billing', 'billing.close-lane', '2026-11 P02', 'gates', 1, 7, 'failed', 'accountant', 'P02', 'month'),
     ('own', 'payments', 'payments.statement-import', 'day.txt', 'read', 1, 4, 'running', 'heat', null, null)`,
];
const count = async (table: string): Promise<number> => {
  const [row] = await api.database.owner.query<{ n: number }>(`select count(*)::int as n from ${table}`);
  return row?.n ?? 0;
};

describe('whose processes', () => {
  const ids = async (as: Caller): Promise<string[]> => {
    const { body } = await api.call('GET', 'administration/processes', as);
    return body.items.map(({ id }: { id: string }) => id).toSorted();
  };

  it('a list, its counts and its file hold the processes of the own providers, and those that one started', async () => {
    expect(await ids(accountant)).toEqual(['lane/P01', 'lane/P02', 'month', 'own']);
    expect(await ids(ofP02)).toEqual(['lane/P02', 'own']);
    const { body } = await api.call('GET', 'administration/processes', ofP02);
    expect(body.counts).toEqual({ failed: 1, running: 1 });
    const file = await api.call('GET', 'administration/processes/file?format=csv', ofP02);
    expect([file.status, file.bytes.toString('utf8').includes('P02'), file.bytes.toString('utf8').includes('P01')]).toEqual([200, true, false]);
  });

  it('another one is not there: neither to look at nor to command; the first page counts the same', async () => {
    expect((await api.call('GET', 'administration/processes/lane%2FP02', ofP02)).status).toBe(200);
    expect((await api.call('GET', 'administration/processes/lane%2FP01', ofP02)).status).toBe(404);
    expect((await api.call('POST', 'administration/processes/lane%2FP01/stop', ofP02, REASON)).status).toBe(404);
    const view = await api.call('GET', 'administration/processes/month', accountant);
    expect(view.body.children).toHaveLength(2);
    const queue = async (as: Caller): Promise<number> => {
      const { body } = await api.call('GET', 'administration/home', as);
      return body.queues.find(({ key }: { key: string }) => key === 'administration.processes').count;
    };
    expect([await queue(accountant), await queue(ofP02)]).toEqual([2, 1]);
  });
});

describe('too many requests', () => {
  it('are refused with the seconds to wait; others and other pages are not touched', async () => {
    await api.database.owner.query(`insert into platform.rate_limit (bucket, login, per_minute) values ('search', 'manager', 3), ('payments', 'cashier', 2)`);
    await api.app.get(RateLimits).read();
    const search = () => api.call('GET', 'administration/search?q=1', manager);
    const statuses = [];
    for (let n = 0; n < 4; n += 1) statuses.push((await search()).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    const refused = await search();
    expect(refused.body).toMatchObject({ code: 'platform.too-many-requests', params: { limit: 3 } });
    expect(String(refused.headers['content-type'])).toContain('application/problem+json');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(50);
    expect(refused.body.detail).toContain(String(refused.body.params.seconds));
    expect((await api.call('GET', 'administration/search?q=1', accountant)).status).toBe(200);
    expect((await api.call('GET', 'administration/home', manager)).status).toBe(200);
    const pay = (externalId: string) => api.call('POST', 'payments/accept', cashier, { account: NUMBER, amount: '1.00', channel: 'CASH', externalId });
    const taken = [(await pay('l-1')).status, (await pay('l-2')).status, (await pay('l-3')).status];
    expect([taken, await count('payments.payment')]).toEqual([[201, 201, 429], 2]);
    await api.database.owner.query(`delete from platform.rate_limit where login <> '*'`);
    await api.app.get(RateLimits).read();
  });
});

describe('the same act twice', () => {
  it('a double click on Approve decides once', async () => {
    const id = await api.database.db.transaction((tx) =>
      Approvals.request(tx, {
        module: 'billing', action: 'billing.gate-exception', subject: 'close/2026-11/P01/g', permission: 'administration.approval.decide',
        payload: { period: '2026-11', providerId: 1, provider: 'P01', gate: 'g', value: 1 }, messageKey: 'k', reason: 'two clicks',
        actor: { ...systemActor('t'), login: 'accountant' },
      }),
    );
    const answers = await Promise.all([1, 2].map(() => api.call('POST', `administration/approvals/${id}/approve`, manager, {})));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('platform.approval.already-decided');
  });

  it('lost answers: every payment whose answer never came is there once after the repeat', async () => {
    await api.app.listen(0, '127.0.0.1');
    const { port } = new URL(await api.app.getUrl());
    const proxy = await TcpProxy.to('127.0.0.1', Number(port));
    const authorization = `Bearer ${await api.issuer.token(cashier.login, cashier.roles)}`;
    const send = (externalId: string): Promise<{ paymentId: string } | undefined> =>
      fetch(`http://${proxy.address}/api/v1/payments/accept`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json', connection: 'close' },
        body: JSON.stringify({ account: NUMBER, amount: '10.00', channel: 'CASH', externalId }),
      }).then(
        (answer) => answer.json().then((body: { paymentId: string }) => body),
        () => undefined,
      );
    const keys = Array.from({ length: 20 }, (_, index) => `lost-${index}`);
    await proxy.set('lose-answers');
    expect((await Promise.all(keys.map(send))).filter((answer) => answer !== undefined)).toEqual([]);
    await waitUntil('all of them are committed', async () => (await count(`payments.payment where external_id like 'lost-%'`)) === keys.length);
    await proxy.set('pass');
    const repeated = await Promise.all(keys.map(send));
    expect(new Set(repeated.map((answer) => answer?.paymentId)).size).toBe(keys.length);
    const ours = `payments.payment where external_id like 'lost-%'`;
    expect([await count(ours), await count(`billing.ledger_entry where amount_kop = -1000`)]).toEqual([20, 20]);
    await proxy.close();
  });

  it('an expired token changes nothing', async () => {
    const before = await count('payments.payment');
    const late: Caller = { ...cashier, claims: { iat: 1_000, exp: 2_000 } };
    const answer = await api.call('POST', 'payments/accept', late, { account: NUMBER, amount: '10.00', channel: 'CASH', externalId: 'late-1' });
    expect([answer.status, answer.body.code, await count('payments.payment')]).toEqual([401, 'platform.token.expired', before]);
  });
});

describe('no worker lives', () => {
  const notice = async (): Promise<unknown> => (await api.call('GET', 'administration/processes', accountant)).body.notice;

  it('the list of processes says so, and no more once one works', async () => {
    expect(await notice()).toEqual({ key: 'administration.processes.no-worker', params: {} });
    const beat = new WorkerBeat(api.database.db);
    await beat.start();
    expect(await notice()).toBeNull();
    await beat.stop();
    expect(await notice()).toMatchObject({ key: 'administration.processes.no-worker' });
    await api.database.owner.query(`insert into platform.worker_beat (worker, seen_at) values (gen_random_uuid(), now() - interval '21 seconds')`);
    expect(await notice()).toMatchObject({ key: 'administration.processes.no-worker' });
  });
});

describe('seals of the audit', () => {
  it('fit after real work, with the key of the site', async () => {
    const sealer = api.app.get(AuditSealer);
    await sealer.seal({ settleMs: 0 });
    const { rows, breaches } = await sealer.verify();
    expect([rows > 0, breaches]).toEqual([true, []]);
  });
});
