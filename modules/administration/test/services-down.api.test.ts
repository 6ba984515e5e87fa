import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readCatalogue } from '@komplat/all/messages';
import { plugins } from '@komplat/all/server';
import { wholeApi } from '@komplat/all/test';
import { compose, type EventHandler } from '@komplat/plugin-api';
import { Messages, OutboxRelay, realmKeys, rulesOf } from '@komplat/server';
import { ProcessClient, readTemporalConfig } from '@komplat/temporal/server';
import { type Caller, TcpProxy, type TestApi, testEnv, tokenIssuer } from '@komplat/testing';
import { registerNamespace } from '@komplat/testing/temporal';

// The real Temporal and the real Keycloak, each behind a proxy that can be shut: others go on using the servers.
const env = testEnv();
const messages = new Messages(readCatalogue(plugins.map(({ id }) => id)));
const accountant: Caller = { login: 'accountant', roles: ['accountant', 'process-operator'] };
const REASON = { reason: 'because the test says so' };

/** What a person reads: the service, that nothing was changed, when to come again. */
function expectSentence(answer: { readonly status: number; readonly headers: Readonly<Record<string, unknown>>; readonly body: { code: string; detail: string } }, code: string): void {
  expect([answer.status, answer.body.code, answer.headers['retry-after']]).toEqual([503, code, '5']);
  for (const locale of ['uk', 'en'] as const) expect(messages.text(locale, `error.${code}`)).not.toBe(`error.${code}`);
  expect(answer.body.detail).toBe(messages.text('uk', `error.${code}`));
}

describe('Temporal is down', () => {
  let api: TestApi;
  let proxy: TcpProxy;
  let processes: ProcessClient;
  const before = { address: process.env.TEMPORAL_ADDRESS, namespace: process.env.TEMPORAL_NAMESPACE, keys: process.env.TEMPORAL_CODEC_KEYS };

  beforeAll(async () => {
    const [host = '', port = ''] = (env.TEMPORAL_ADDRESS ?? '').split(':');
    proxy = await TcpProxy.to(host, Number(port));
    const namespace = `down-${process.pid}-${Date.now().toString(36)}`;
    await registerNamespace(env.TEMPORAL_ADDRESS ?? '', namespace);
    Object.assign(process.env, { TEMPORAL_ADDRESS: proxy.address, TEMPORAL_NAMESPACE: namespace, TEMPORAL_CODEC_KEYS: env.TEMPORAL_CODEC_KEYS });
    api = await wholeApi();
    processes = api.app.get(ProcessClient, { strict: false });
    const { owner } = api.database;
    await owner.query(`insert into platform.operating_day (day, state) values ('2026-11-23', 'open')`);
    await owner.query(
      `insert into tariffs.provider (id, code, name, short_name, kind, edrpou, mfo, iban, active)
       values (1, 'P01', 'Надавач', 'Надавач', 'enterprise', '00000001', '300001', 'UA1', '[1990-01-01,)')`,
    );
    await owner.query(`select platform.ensure_lanes('2026-11-01', '2027-01-01', array[1]::smallint[])`);
    await api.scope(accountant.login, 'all');
  });
  afterAll(async () => {
    await processes.terminate('billing.month-close/2026-11', 'the test is over');
    await api.close();
    await proxy.close();
    for (const [name, value] of [['TEMPORAL_ADDRESS', before.address], ['TEMPORAL_NAMESPACE', before.namespace], ['TEMPORAL_CODEC_KEYS', before.keys]] as const) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  const relay = (): OutboxRelay => {
    const handlers = new Map<string, EventHandler[]>();
    for (const { event, handler } of compose(plugins).order.flatMap((plugin) => plugin.events?.handles ?? [])) {
      handlers.set(event, [...(handlers.get(event) ?? []), api.app.get<EventHandler>(handler, { strict: false })]);
    }
    return new OutboxRelay(api.database.db, handlers, { warn: () => undefined });
  };
  const pending = () =>
    api.database.db.query<{ type: string; attempts: number; dead: boolean }>(
      'select type, attempts, dead_at is not null as dead from platform.outbox where done_at is null order by seq',
    );

  it('a command to a process is refused with a sentence and changes nothing', async () => {
    await api.database.owner.query(
      `insert into platform.process_progress (workflow_id, module, type, subject, phase, phase_no, phases, state, started_by)
       values ('payments.statement-import/1', 'payments', 'payments.statement-import', 'day.txt', 'read', 1, 4, 'running', 'accountant')`,
    );
    await proxy.set('down');
    const answer = await api.call('POST', 'administration/processes/payments.statement-import%2F1/pause', accountant, REASON);
    expectSentence(answer, 'platform.processes.unavailable');
    const [row] = await api.database.db.query(`select state, pause_reason from platform.process_progress`);
    await api.database.owner.query(
      `insert into platform.process_progress (workflow_id, module, type, subject, phase, phase_no, phases, state, started_by, parent_id)
       select 'child/' || n, 'billing', 'billing.close-lane', n::text, 'gates', 1, 7, 'running', 'accountant', 'parent' from generate_series(0, 60) n
       union all select 'parent', 'billing', 'billing.month-close', '2026-12', 'lanes', 1, 2, 'running', 'accountant', null`,
    );
    const started = Date.now();
    expectSentence(await api.call('POST', 'administration/processes/parent/stop', accountant, REASON), 'platform.processes.unavailable');
    expect(Date.now() - started).toBeLessThan(15_000);
    expect(row).toEqual({ state: 'running', pause_reason: null });
    expect(await api.database.db.query('select 1 from platform.audit_entry')).toEqual([]);
  });

  it('a dry run, which leaves nothing behind, is refused; a close is accepted, kept, and not accepted twice', async () => {
    expectSentence(await api.call('POST', 'billing/close/2026-11/start', accountant, { dryRun: true }), 'platform.processes.unavailable');
    const accepted = await api.call('POST', 'billing/close/2026-11/start', accountant, {});
    expect([accepted.status, accepted.body]).toEqual([202, { workflowId: 'billing.month-close/2026-11', startedBy: 'accountant' }]);
    expectSentence(await api.call('POST', 'billing/close/2026-11/start', accountant, {}), 'platform.processes.unavailable');
    expect(await pending()).toEqual([{ type: 'billing.close-asked', attempts: 0, dead: false }]);
  });

  it('a register is accepted and waits; waiting is no failed attempt', async () => {
    const file = Buffer.from('1;2;3\n');
    const answer = await api.call('POST', 'payments/imports?name=day.txt&preset=eirc-ree', accountant, file);
    expect(answer.status).toBe(202);
    await relay().once();
    expect((await pending()).map(({ attempts, dead }) => [attempts, dead])).toEqual([[0, false], [0, false]]);
  });

  it('everything that was accepted starts when Temporal is back', async () => {
    await proxy.set('pass');
    await api.database.owner.query('update platform.outbox set next_at = now()');
    await relay().once();
    expect(await pending()).toEqual([]);
    expect(await processes.describe('billing.month-close/2026-11')).toMatchObject({ status: 'RUNNING', startedBy: 'accountant' });
    // No worker serves this namespace: a command gets no answer, which is another thing than a refusal.
    const hasty = new ProcessClient(() => readTemporalConfig(process.env), 1_000, 0);
    await expect(hasty.update('billing.month-close/2026-11', 'pause', { by: 'a', reason: 'b' })).rejects.toMatchObject({
      code: 'platform.processes.no-answer',
      status: 503,
    });
    await hasty.close();
    const again = await api.call('POST', 'billing/close/2026-11/start', accountant, {});
    expect([again.status, again.body.code, again.body.params.startedBy]).toEqual([409, 'billing.close.already-running', 'accountant']);
  });
});

describe('Keycloak is down', () => {
  let api: TestApi;
  let proxy: TcpProxy;
  let token: string;
  const realm = env.KEYCLOAK_REALM ?? '';

  beforeAll(async () => {
    const { hostname, port } = new URL(env.KEYCLOAK_URL ?? '');
    proxy = await TcpProxy.to(hostname, Number(port));
    const keys = realmKeys(`http://${proxy.address}/realms/${realm}`);
    api = await wholeApi({ tokenRules: { ...rulesOf(env.KEYCLOAK_URL ?? '', realm), keys } });
    await api.database.owner.query(`insert into platform.operating_day (day, state) values ('2026-11-23', 'open')`);
    const answer = await fetch(`${env.KEYCLOAK_URL}/realms/${realm}/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials', client_id: 'komplat-service', client_secret: env.KOMPLAT_SERVICE_CLIENT_SECRET ?? '',
      }),
    });
    token = String(JSON.parse(await answer.text()).access_token);
  });
  afterAll(async () => {
    await api.close();
    await proxy.close();
  });
  const me = (bearer: string) => api.call('GET', 'administration/me', undefined, undefined, { authorization: `Bearer ${bearer}` });

  it('before the API has ever seen its keys nobody is let in, and the sentence says why', async () => {
    await proxy.set('down');
    expectSentence(await me(token), 'platform.keys.unavailable');
  });

  it('an open session goes on; an unknown key is no refusal of the token, and never an entrance', async () => {
    await proxy.set('pass');
    expect((await me(token)).status).toBe(200);
    await proxy.set('down');
    expect((await me(token)).status).toBe(200);
    const strange = await (await tokenIssuer()).token('accountant', ['accountant'], { iss: `${env.KEYCLOAK_URL}/realms/${realm}` });
    expectSentence(await me(strange), 'platform.keys.unavailable');
  });
});
