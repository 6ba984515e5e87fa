import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { seedRoles } from '@komplat/administration/server';
import { readCatalogue } from '@komplat/all/messages';
import { plugins } from '@komplat/all/server';
import { Vault } from '@komplat/server';
import { type Answer, type Caller, testApi, type TestApi } from '@komplat/testing';
import { SMTPServer } from 'smtp-server';
import { type BillCity, billCity } from './city.ts';

jest.setTimeout(240_000);
const MONTH = '2026-10';
const clerk: Caller = { login: 'clerk', roles: ['operator'] };
const letters: { readonly to: string; readonly text: string }[] = [];
let city: BillCity;
let api: TestApi;
let numbers: readonly string[];
let key = 0;

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo: ({ address }, _session, done) => done(address.startsWith('gone') ? Object.assign(new Error('no such mailbox'), { responseCode: 550 }) : null),
  onData: (stream, { envelope }, done) => {
    const parts: Buffer[] = [];
    stream.on('data', (part: Buffer) => parts.push(part));
    stream.on('end', () => {
      letters.push({ to: envelope.rcptTo.map(({ address }) => address).join(), text: Buffer.concat(parts).toString('utf8') });
      done();
    });
  },
});

beforeAll(async () => {
  city = await billCity({ accounts: 6, months: 2 });
  const { owner } = city.database;
  api = await testApi({
    plugins, catalogue: readCatalogue(plugins.map(({ id }) => id)), database: city.database,
    seed: (sql) => seedRoles({ query: (text, params) => sql.query(text, params) }),
  });
  await owner.query(`insert into administration.role_permission select 'operator', p from unnest(array['bills.run', 'bills.issue', 'bills.read']) p on conflict do nothing`);
  await api.scope('clerk', 'all');
  const rows = await owner.query<{ number: string; holder_id: string }>('select number, holder_id from registry.account order by id');
  numbers = rows.map(({ number }) => number);
  const vault = api.app.get(Vault, { strict: false });
  for (const [at, row] of rows.entries()) {
    await api.call('POST', `bills/accounts/${row.number}/months/${MONTH}`, clerk, {}, { 'idempotency-key': `mail-issue-${at}` });
    const { key: own, wrapped } = vault.newPersonKey();
    const address = `${at === 1 ? 'gone' : 'holder'}${at}@example.com`;
    await owner.query('update registry.person set wrapped_key = $2, tax_number_enc = null, phone_enc = null, email_enc = $3, email_hash = $4 where id = $1', [
      row.holder_id, wrapped, vault.seal(own, address), vault.blindIndex('email', address),
    ]);
    await owner.query(`delete from registry.consent where person_id = $1`, [row.holder_id]);
    if (at > 2) continue;
    await owner.query(
      `insert into registry.consent (person_id, purpose, given, valid, reason, recorded_by) values ($1, 'email', true, '[2020-01-01,)', 'заява', 'test')`, [row.holder_id],
    );
  }
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterAll(async () => {
  delete process.env['KOMPLAT_SMTP_URL'];
  await new Promise<void>((done) => server.close(done));
  await city.app.close();
  await api.close();
});

const isAddress = (value: ReturnType<SMTPServer['server']['address']>): value is AddressInfo => typeof value === 'object' && value !== null;
const send = (body: object): Promise<Answer> => api.call('POST', 'bills/mail', clerk, body, { 'idempotency-key': `mail-send-${(key += 1)}` });

describe('bills by e-mail, against a server of SMTP', () => {
  it('is refused with what to do when no server is set', async () => {
    const { status, body } = await send({ month: MONTH });
    expect([status, body.code]).toEqual([503, 'bills.mail.no-server']);
  });

  it('goes to holders who agreed, once, with the PDF; every address has its outcome', async () => {
    const address = server.server.address();
    process.env['KOMPLAT_SMTP_URL'] = `smtp://127.0.0.1:${isAddress(address) ? address.port : 0}`;
    const { status, body } = await send({ month: MONTH });
    expect([status, body.sent, body.failed]).toEqual([200, 2, 1]);
    expect(body.items.map((item: { account: string; state: string; address: string }) => [item.account, item.state, item.address])).toEqual([
      [numbers[0], 'sent', 'h…@example.com'], [numbers[1], 'failed', 'g…@example.com'], [numbers[2], 'sent', 'h…@example.com'],
    ]);
    expect(body.items[1].answer).toContain('550');
    expect(letters.map(({ to }) => to)).toEqual(['holder0@example.com', 'holder2@example.com']);
    const pdf = /Content-Type: application\/pdf[\s\S]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)/.exec(letters[0]?.text ?? '')?.[1] ?? '';
    expect(Buffer.from(pdf, 'base64').toString('latin1', 0, 5)).toBe('%PDF-');
    expect(letters[0]?.text).toContain(`bill-2610-${numbers[0]}-1.pdf`);
  });

  it('sends nobody a second letter; a refused address is tried three times at most; a corrected bill is a letter of its own', async () => {
    expect((await send({ month: MONTH })).body).toMatchObject({ sent: 0, failed: 1, left: 1 });
    expect((await send({ month: MONTH })).body).toMatchObject({ sent: 0, failed: 1, left: 0 });
    expect((await send({ month: MONTH })).body).toMatchObject({ items: [], left: 0 });
    expect(letters).toHaveLength(2);
    const { body } = await api.call('GET', `bills/mail/${MONTH}`, clerk);
    expect([body.items.length, body.sent, body.failed]).toEqual([5, 2, 3]);
    expect(JSON.stringify(body)).not.toContain('holder0@');
  });
});
