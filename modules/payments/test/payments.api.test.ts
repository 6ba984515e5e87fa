import 'reflect-metadata';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { wholeApi } from '@komplat/all/test';
import { OutboxRelay } from '@komplat/server';
import type { Answer, Caller, TestApi } from '@komplat/testing';
import { eircFile } from './register-generator.ts';
import { brokenLaws, buildWorld, heatAlias, importFile, numberOf, openDesk, person } from './world.ts';

const accountant: Caller = { login: 'accountant', roles: ['accountant'] };
const cashier: Caller = { login: 'cashier', roles: ['cashier'] };
const bank: Caller = { login: 'service-account-komplat-bank', roles: ['channel'], claims: { azp: 'komplat-bank' } };
const FLATS = 120;
let api: TestApi;
let used = 33;
const flat = (): number => (used += 1);

beforeAll(async () => {
  api = await wholeApi();
  await buildWorld(api.database.owner, FLATS);
  for (const { login } of [accountant, cashier]) await api.scope(login, 'all');
  await api.scope('komplat-bank', 'channel', 'PRIVAT24');
});
afterEach(async () => expect(await brokenLaws(api.database)).toEqual([]));
afterAll(() => api.close());

const accept = (body: Record<string, unknown>, as: Caller = cashier): Promise<Answer> =>
  api.call('POST', 'payments/accept', as, {
    channel: 'CASH',
    externalId: `x-${used}-${JSON.stringify(body).length}`,
    amount: '10.00',
    ...body,
  });

describe('intake in real time', () => {
  it('pays the oldest debt first, in the order of services; the preview says the same', async () => {
    const account = numberOf(flat());
    const preview = await api.call('POST', 'payments/preview', cashier, { account, amount: '2500.00' });
    const answer = await accept({ account, amount: '2500.00', externalId: 'order-1' });
    expect(answer.status).toBe(201);
    const lines = [
      { month: '2026-09', service: 'MNT', provider: 'P08', amount: '1000.00' },
      { month: '2026-09', service: 'HEAT', provider: 'P02', amount: '1000.00' },
      { month: '2026-10', service: 'MNT', provider: 'P08', amount: '500.00' },
    ];
    expect(answer.body).toMatchObject({ account, amount: '2500.00', allocations: lines, advances: [] });
    expect(preview.body).toMatchObject({
      allocations: lines.map((line) => ({ ...line, outstanding: '1000.00' })),
      advances: [],
    });
  });

  it('keeps named money where it was named, and makes an advance of what remains', async () => {
    const account = numberOf(flat());
    const answer = await accept({
      account,
      amount: '2100.50',
      named: [{ service: 'HEAT', amount: '2100.50' }],
      externalId: 'named-1',
    });
    expect(answer.body).toMatchObject({
      allocations: [
        { month: '2026-09', service: 'HEAT' },
        { month: '2026-10', service: 'HEAT', amount: '1000.00' },
      ],
      advances: [{ service: 'HEAT', provider: 'P02', amount: '100.50' }],
    });
    expect((await accept({ account, named: [{ service: 'NOPE', amount: '1.00' }] })).body.code).toBe(
      'payments.accept.service-not-supplied',
    );
    expect((await accept({ account, named: [{ service: 'HEAT', amount: '11.00' }] })).body.code).toBe(
      'payments.accept.named-exceeds',
    );
  });

  it.each([
    ['zero', { amount: '0.00' }, 'payments.row.amount-not-positive'],
    ['negative', { amount: '-5.00' }, 'payments.row.amount-not-positive'],
    ['above a million', { amount: '1000000.01' }, 'payments.row.amount-too-large'],
    ['three decimals', { amount: '1.005' }, 'payments.row.amount-decimals'],
    ['a word', { amount: 'сто' }, 'payments.row.amount-format'],
    ['tomorrow', { paidOn: '2026-11-24' }, 'payments.row.future-date'],
    ['before 1997', { paidOn: '1996-12-31' }, 'payments.row.too-old'],
    ['an unknown account', { account: '9999999999' }, 'payments.account.unknown'],
    ['a channel that is closed', { channel: 'IBOX' }, 'payments.channel.unknown'],
  ])('refuses %s with its own code and a sentence', async (_what, body, code) => {
    const answer = await accept({
      account: numberOf(50),
      externalId: `bad-${code}-${Object.keys(body).join()}`,
      ...body,
    });
    expect([answer.status, answer.body.code]).toEqual([422, code]);
    expect(answer.body.detail).not.toContain('error.');
  });

  it('lets a machine client speak for its own channel only', async () => {
    const account = numberOf(flat());
    expect((await accept({ account, channel: 'PRIVAT24', externalId: 'p24-1' }, bank)).status).toBe(201);
    expect((await accept({ account, channel: 'CASH', externalId: 'p24-2' }, bank)).status).toBe(403);
    expect((await accept({ account }, accountant)).status).toBe(403);
  });

  it('gives 32 equal requests one payment and 32 equal answers, and another body 409', async () => {
    const accounts = Array.from({ length: 20 }, () => numberOf(flat()));
    for (const [index, account] of accounts.entries()) {
      const request = { account, amount: '12.34', externalId: `twin-${index}`, channel: 'PRIVAT24' };
      const answers = await Promise.all(Array.from({ length: 32 }, () => accept(request, bank)));
      expect(new Set(answers.map((answer) => `${answer.status} ${JSON.stringify(answer.body)}`)).size).toBe(1);
      expect(answers[0]?.status).toBe(201);
      const other = await accept({ ...request, amount: '12.35' }, bank);
      expect([other.status, other.body.code]).toEqual([409, 'payments.accept.key-reused']);
    }
    const [row] = await api.database.db.query<{ n: number }>(
      `select count(*)::int as n from payments.payment where external_id like 'twin-%'`,
    );
    expect(row?.n).toBe(accounts.length);
  });

  it('writes one event for a committed payment and none for a refused one', async () => {
    const count = async (): Promise<number> =>
      (
        await api.database.db.query<{ n: number }>(
          `select count(*)::int as n from platform.outbox where type = 'payments.received'`,
        )
      )[0]?.n ?? 0;
    const before = await count();
    await accept({ account: numberOf(flat()), externalId: 'event-1' });
    await accept({ account: '9999999999', externalId: 'event-2' });
    expect(await count()).toBe(before + 1);
  });
});

describe('the import desk', () => {
  const upload = (bytes: Uint8Array, name: string, more = ''): Promise<Answer> =>
    api.call('POST', `payments/imports?name=${name}&preset=eirc-ree${more}`, accountant, bytes);
  const register = (kop: bigint, account = heatAlias(flat())): Uint8Array =>
    eircFile([{ account, service: '002', name: 'Коваленко', kop, day: '2026-11-20' }]);

  it('stores a file once and starts one process for it', async () => {
    const file = register(777n);
    const first = await upload(file, 'a.txt');
    expect([first.status, first.body.repeated]).toEqual([202, false]);
    const second = await upload(file, 'b.txt');
    expect([second.status, second.body]).toEqual([200, { id: first.body.id, repeated: true }]);
    const events = await api.database.db.query(
      `select 1 from platform.outbox where type = 'payments.import-uploaded' and aggregate = $1`,
      [`import/${first.body.id}`],
    );
    expect(events).toHaveLength(1);
    const list = await api.call('GET', 'payments/imports?limit=1', accountant);
    expect(list.body.items[0]).toMatchObject({ id: first.body.id, state: 'reading', fileName: 'a.txt' });
    expect((await api.call('GET', 'payments/presets', accountant)).body.items).toHaveLength(3);
  });

  it('shows totals, rows and what may be done; posts on order', async () => {
    const desk = openDesk(api.database);
    const view = await importFile(desk, register(12_300n), { post: false });
    const shown = await api.call('GET', `payments/imports/${view.id}`, accountant);
    expect(shown.body).toMatchObject({
      state: 'staged',
      may: ['post', 'cancel'],
      plan: { post: { count: 1, sum: '123.00' } },
      difference: { sum: '0.00' },
    });
    expect((await api.call('GET', `payments/imports/${view.id}`, cashier)).status).toBe(403);
    const rows = await api.call('GET', `payments/imports/${view.id}/rows?outcome=matched`, accountant);
    expect(rows.body.items[0]).toMatchObject({
      line: 2,
      amount: '123.00',
      holder: 'Коваленко Ірина Петрівна',
      nameDiffers: false,
    });
    expect((await api.call('POST', `payments/imports/${view.id}/post`, accountant, {})).status).toBe(202);
    const again = await api.call('POST', `payments/imports/${view.id}/post`, accountant, {});
    expect([again.status, again.body.code]).toEqual([409, 'payments.import.wrong-state']);
    await desk.poster.postBatch(view.id);
    expect((await api.call('GET', `payments/imports/${view.id}`, accountant)).body).toMatchObject({
      state: 'posted',
      may: ['rollback'],
      posted: { sum: '123.00' },
    });
  });

  it('puts a file aside, and takes it again', async () => {
    const file = register(100n);
    const view = await importFile(openDesk(api.database), file, { post: false, preset: 'eirc-ree' });
    expect(
      (await api.call('POST', `payments/imports/${view.id}/cancel`, accountant, { reason: 'not ours' })).status,
    ).toBe(202);
    expect((await upload(file, 'c.txt')).body.repeated).toBe(false);
  });

  it('gives money on hold to its account: the same payment is posted', async () => {
    await importFile(openDesk(api.database), register(4_200n, '123'), { provider: 'P02' });
    const { body } = await api.call('GET', 'payments/suspense', accountant);
    const item = body.items.find((each: { amount: string }) => each.amount === '42.00');
    expect(item).toMatchObject({ accountText: '123', channel: 'PROV_CASH', deadline: '2026-12-03', overdue: false });
    const account = numberOf(flat());
    const assigned = await api.call('POST', `payments/suspense/${item.id}/assign`, accountant, {
      account,
      reason: 'found by address',
    });
    expect([assigned.status, assigned.body]).toMatchObject([
      201,
      { account, paymentId: item.paymentId, amount: '42.00' },
    ]);
    const again = await api.call('POST', `payments/suspense/${item.id}/assign`, accountant, {
      account,
      reason: 'found by address',
    });
    expect([again.status, again.body.code]).toEqual([409, 'payments.suspense.not-open']);
    // lanes that wait for the deadline of this item look again at once
    const told = await api.database.owner.query(
      `select payload from platform.outbox where type = 'payments.gate-moved' and aggregate = $1`,
      [`suspense/${item.id}`],
    );
    expect(told).toEqual([{ payload: { gate: 'payments.suspense-age' } }]);
  });

  it('keeps a possible duplicate on the list until a person says that it is another payment', async () => {
    const desk = openDesk(api.database);
    const of = flat();
    const line = { account: heatAlias(of), service: '002', name: 'Коваленко', kop: 3_300n, day: '2026-11-19' };
    await importFile(desk, eircFile([line], { registerId: '901' }), { provider: 'P02' });
    const looked = await importFile(desk, eircFile([line], { registerId: '903' }), { provider: 'P02', post: false });
    const { body: view } = await api.call('GET', `payments/imports/${looked.id}`, accountant);
    expect(view.plan).toMatchObject({ post: { count: 0 }, leave: { count: 1, sum: '33.00' }, undecided: 1 });
    const home = await api.call('GET', 'administration/home', accountant);
    const queue = home.body.queues.find(({ key }: { key: string }) => key === 'payments.imports');
    expect(queue.items.map(({ href }: { href: string }) => href)).toContain(`/payments/imports/${looked.id}`);
    await api.call('POST', `payments/imports/${looked.id}/cancel`, accountant, { reason: 'it was only looked at' });
    const second = await importFile(desk, eircFile([line, { ...line, account: '999' }], { registerId: '902' }), { provider: 'P02' });
    const { body } = await api.call('GET', 'payments/suspense?limit=1', accountant);
    const rest = await api.call('GET', `payments/suspense?limit=100&after=${encodeURIComponent(body.next)}`, accountant);
    const all = [...body.items, ...rest.body.items].filter((each: { importId: string }) => each.importId === second.id);
    expect(all.map((each: { kind: string }) => each.kind).toSorted()).toEqual(['duplicate', 'money']);
    const item = all.find((each: { kind: string }) => each.kind === 'duplicate');
    expect(item).toMatchObject({ kind: 'duplicate', amount: '33.00', line: 2, accountText: heatAlias(of) });
    const body2 = { account: numberOf(of), reason: 'two payments indeed' };
    const assigned = await api.call('POST', `payments/suspense/${item.id}/assign`, accountant, body2);
    expect([assigned.status, assigned.body]).toMatchObject([
      201,
      {
        amount: '33.00',
        allocations: [{ month: '2026-09', service: 'HEAT', provider: 'P02', amount: '33.00' }],
        advances: [],
      },
    ]);
    expect((await api.call('POST', `payments/suspense/${item.id}/assign`, accountant, body2)).status).toBe(409);
    expect(await desk.views.view(second.id, person)).toMatchObject({ state: 'posted', posted: { sum: '66.00' } });
  });

  it('refuses a gigabyte before it reads it, and while reading when nobody said how long it is', async () => {
    const token = await api.issuer.token(accountant.login, accountant.roles);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' };
    let read = 0;
    const zeros = Buffer.alloc(1_048_576);
    const gigabyte = (): Readable =>
      Readable.from(
        (function* pieces() {
          for (let piece = 0; piece < 1_024; piece += 1) {
            read += 1;
            yield zeros;
          }
        })(),
      );
    const said = await api.app.inject({
      method: 'POST',
      url: '/api/v1/payments/imports?name=big.dbf&preset=oschadbank-dbf',
      headers: { ...headers, 'content-length': String(2 ** 30) },
      payload: gigabyte(),
    });
    expect([said.statusCode, JSON.parse(said.body).code]).toEqual([413, 'payments.import.too-large']);
    expect(read).toBeLessThan(8);
    const unsaid = await api.app.inject({
      method: 'POST',
      url: '/api/v1/payments/imports?name=big.dbf&preset=oschadbank-dbf',
      headers,
      payload: gigabyte(),
    });
    expect([unsaid.statusCode, JSON.parse(unsaid.body).code]).toEqual([413, 'payments.import.too-large']);
    expect(read).toBeLessThan(120); // MB asked for: no more than this can be held
  });

  it('refuses an unknown layout, provider or channel', async () => {
    const codes = await Promise.all(
      ['&provider=P99', '&channel=NOPE'].map(async (more) => (await upload(register(1n), 'd.txt', more)).body.code),
    );
    expect(codes).toEqual(['payments.provider.unknown', 'payments.channel.unknown']);
    const unknown = await api.call('POST', 'payments/imports?name=x&preset=nope', accountant, register(1n));
    expect(unknown.body.code).toBe('payments.import.preset-unknown');
    expect(
      (await api.call('POST', 'payments/imports?name=notes.txt', accountant, Buffer.from('hello'))).body.code,
    ).toBe('payments.import.not-recognised');
  });

  it('leaves no event behind that nobody can handle', async () => {
    const seen: string[] = [];
    const handler = { handle: async (event: { readonly type: string }) => void seen.push(event.type) };
    const relay = new OutboxRelay(
      api.database.db,
      new Map([
        ['payments.import-uploaded', [handler]],
        ['payments.import-ordered', [handler]],
      ]),
      { warn: () => undefined },
    );
    while ((await relay.once()) > 0);
    expect(seen).toContain('payments.import-ordered');
    expect(await api.database.db.query('select 1 from platform.outbox where done_at is null')).toEqual([]);
  });
});
