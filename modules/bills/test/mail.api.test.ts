import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { wholeApi } from '@komplat/all/test';
import { Vault } from '@komplat/server';
import { type Answer, type Caller, type TestApi } from '@komplat/testing';
import { SMTPServer } from 'smtp-server';
import { RunJobs, RunsService } from '../server/index.ts';
import { type BillCity, billCity } from './city.ts';

jest.setTimeout(240_000);
const MONTH = '2026-10';
/** Places of the accounts: the first is reached, the second is gone, the third is busy at first. */
const [WITHOUT_CONSENT, WITHOUT_ADDRESS, WITHOUT_BILL] = [3, 4, 5];
const clerk: Caller = { login: 'clerk', roles: ['operator'] };
const letters: { readonly to: string; readonly text: string }[] = [];
let city: BillCity;
let api: TestApi;
let numbers: readonly string[];
let key = 0;
let isBusy = true;

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo: ({ address }, _session, done) => {
    const code = address.startsWith('gone') ? 550 : address.startsWith('busy') && isBusy ? 450 : null;
    done(code === null ? null : Object.assign(new Error(code === 550 ? 'no such mailbox' : 'try again later'), { responseCode: code }));
  },
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
  api = await wholeApi({ database: city.database });
  await owner.query(`insert into administration.role_permission select 'operator', p from unnest(array['bills.run', 'bills.issue', 'bills.read']) p on conflict do nothing`);
  await api.scope('clerk', 'all');
  const rows = await owner.query<{ number: string; holder_id: string }>('select number, holder_id from registry.account order by id');
  numbers = rows.map(({ number }) => number);
  const vault = api.app.get(Vault, { strict: false });
  for (const [at, row] of rows.entries()) {
    if (at !== WITHOUT_BILL) await api.call('POST', `bills/accounts/${row.number}/months/${MONTH}`, clerk, {}, { 'idempotency-key': `mail-issue-${at}` });
    const { key: own, wrapped } = vault.newPersonKey();
    const address = at === WITHOUT_ADDRESS ? null : `${['holder', 'gone', 'busy'][at] ?? 'holder'}${at}@example.com`;
    await owner.query('update registry.person set wrapped_key = $2, tax_number_enc = null, phone_enc = null, email_enc = $3, email_hash = $4 where id = $1', [
      row.holder_id, wrapped, address && vault.seal(own, address), address && vault.blindIndex('email', address),
    ]);
    await owner.query(`delete from registry.consent where person_id = $1`, [row.holder_id]);
    if (at === WITHOUT_CONSENT) continue;
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
const portOf = (): number => {
  const address = server.server.address();
  return isAddress(address) ? address.port : 0;
};
const post = (path: string, body: object): Promise<Answer> => api.call('POST', path, clerk, body, { 'idempotency-key': `mail-run-${(key += 1)}` });
const runOf = async (id: string): Promise<Answer['body']> => (await api.call('GET', `bills/runs/${id}`, clerk)).body;
/** What the process does, without it. */
async function work(id: string): Promise<void> {
  const [runs, jobs] = [api.app.get(RunsService, { strict: false }), api.app.get(RunJobs, { strict: false })];
  for (let next = await runs.situation(id); !next.ended; next = await runs.situation(id)) {
    for (const job of next.jobs) await jobs.work(id, job);
  }
}
const outcomes = (run: Answer['body']): unknown[] =>
  run.failures.map(({ account, outcome, reason }: Record<string, string>) => [numbers.indexOf(account ?? ''), outcome, reason]).toSorted();

describe('bills by e-mail as a run, against a server of SMTP', () => {
  let [first, again] = ['', ''];
  it('is refused with what to do when no server is set', async () => {
    const { status, body } = await post('bills/runs', { kind: 'mail', month: MONTH });
    expect([status, body.code]).toEqual([503, 'bills.mail.no-server']);
  });

  it('begins nothing while the server does not answer, and goes on when it does', async () => {
    process.env['KOMPLAT_SMTP_URL'] = 'smtp://127.0.0.1:1';
    const { status, body } = await post('bills/runs', { kind: 'mail', month: MONTH });
    expect([status, body.kind, body.planned, body.counts.notStarted]).toEqual([201, 'mail', 6, 6]);
    first = body.id;
    await expect(work(first)).rejects.toThrow('bills.mail.server-down');
    expect(await city.database.owner.query('select from bills.mail')).toEqual([]);
    expect((await runOf(first)).counts.notStarted).toBe(6);
  });

  it('reaches holders who agreed, with the PDF; every account has one outcome and the answer of the server', async () => {
    process.env['KOMPLAT_SMTP_URL'] = `smtp://127.0.0.1:${portOf()}`;
    await work(first);
    const run = await runOf(first);
    expect([run.state, run.counts]).toEqual(['done', { notStarted: 0, done: 1, failed: 2, skipped: 3 }]);
    expect(outcomes(run)).toEqual([
      [1, 'failed', 'mail-refused'], [2, 'failed', 'mail-later'], [3, 'skipped', 'mail-no-consent'], [4, 'skipped', 'mail-no-address'], [5, 'skipped', 'mail-no-bill'],
    ]);
    expect(run.reasons.map(({ reason, count }: { reason: string; count: number }) => [reason, count])).toContainEqual(['mail-no-consent', 1]);
    const answers = run.failures.filter(({ outcome }: { outcome: string }) => outcome === 'failed').map(({ answer }: { answer: string }) => answer);
    expect(answers.toSorted().map((answer: string) => /\d{3}/.exec(answer)?.[0])).toEqual(['450', '550']);
    expect(letters.map(({ to }) => to)).toEqual(['holder0@example.com']);
    const pdf = /Content-Type: application\/pdf[\s\S]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)/.exec(letters[0]?.text ?? '')?.[1] ?? '';
    expect(Buffer.from(pdf, 'base64').toString('latin1', 0, 5)).toBe('%PDF-');
    expect(letters[0]?.text).toContain(`bill-2610-${numbers[0]}-1.pdf`);
    expect(JSON.stringify([run, await city.database.owner.query('select address, answer from bills.mail')])).not.toMatch(/holder0@|gone1@|busy2@/);
  });

  it('repeats what failed as a run of its own; the job of a run worked twice sends nothing twice', async () => {
    isBusy = false;
    const { body } = await post(`bills/runs/${first}/retry`, { reason: 'поштова скринька звільнилась' });
    again = body.id;
    expect([body.kind, body.retryOf, body.planned]).toEqual(['mail', first, 2]);
    const { owner } = city.database;
    await work(again);
    expect((await runOf(again)).counts).toEqual({ notStarted: 0, done: 1, failed: 1, skipped: 0 });
    expect(letters.map(({ to }) => to)).toEqual(['holder0@example.com', 'busy2@example.com']);
    // as after a stop between the letters and their outcomes
    await owner.query(`update bills.run_item set outcome = 'not_started', reason_code = null, bill_id = null where run_id = $1`, [again]);
    await owner.query(`update bills.run_job set state = 'waiting' where run_id = $1`, [again]);
    await owner.query(`update bills.run set state = 'running' where id = $1`, [again]);
    await work(again);
    expect((await runOf(again)).counts).toEqual({ notStarted: 0, done: 1, failed: 1, skipped: 0 });
    expect(letters).toHaveLength(2);
  });

  it('sends a bill once whatever is asked, gives an address up after three refusals, and reaches one account alone', async () => {
    const { body: third } = await post(`bills/runs/${again}/retry`, { reason: 'ще раз, востаннє' });
    await work(third.id);
    const { body: fourth } = await post(`bills/runs/${third.id}/retry`, { reason: 'понад три рази' });
    await work(fourth.id);
    expect(outcomes(await runOf(fourth.id))).toEqual([[1, 'skipped', 'mail-given-up']]);
    const { body: whole } = await post('bills/runs', { kind: 'mail', month: MONTH });
    await work(whole.id);
    expect((await runOf(whole.id)).reasons).toContainEqual({ outcome: 'skipped', reason: 'mail-sent-before', count: 2 });
    await api.call('POST', `bills/accounts/${numbers[WITHOUT_BILL]}/months/${MONTH}`, clerk, {}, { 'idempotency-key': 'mail-issue-late' });
    const { body: alone } = await post('bills/runs', { kind: 'mail', month: MONTH, account: numbers[WITHOUT_BILL] });
    await work(alone.id);
    expect([alone.planned, (await runOf(alone.id)).counts.done, letters.at(-1)?.to]).toEqual([1, 1, `holder${WITHOUT_BILL}@example.com`]);
  });
});
