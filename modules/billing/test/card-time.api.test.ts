import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wholeApi } from '@komplat/all/test';
import { type Caller, type TestApi } from '@komplat/testing';
import { buildFixedCity, Chance, PROVIDER_OF } from './world.ts';

const operator: Caller = { login: 'operator', roles: ['operator', 'accountant'] };
const SERVICES = [1, 2, 7];
const ACCOUNTS = 6;
const MONTHS = ['2026-09', '2026-10'];
const OPERATIONS = 14;
let api: TestApi;
let numbers: readonly string[];

interface Line {
  readonly account: number;
  readonly kop: bigint;
  readonly effective: string;
  readonly booked: string;
}

/** Six accounts of three fixed fees; random payments, corrections and reversals between charges; each document booked on a day of its own. */
beforeAll(async () => {
  api = await wholeApi();
  const { owner, db } = api.database;
  await buildFixedCity(owner, SERVICES, ACCOUNTS);
  await owner.query(`insert into payments.channel values (1, 'CASH', 'Каса', 'desk', null, 0, 0, 0, 'payer', false, 3, '[1997-01-01,)') on conflict do nothing`);
  const chance = new Chance(20_261_123);
  for (const month of MONTHS) {
    await close(month);
    for (let turn = 0; turn < OPERATIONS; turn += 1) await act(chance);
  }
  await db.query('select 1');
  // documents were booked on days of their own: the test arranges that as the owner of the tables
  await owner.query(`update billing.posting set booked_at = (effective_on + (id % 40)::int) + time '09:00'`);
  numbers = (await owner.query<{ number: string }>('select number from registry.account order by id')).map(({ number }) => number);
  await api.scope('operator', 'all');
}, 60_000);
afterAll(() => api.close());

async function close(month: string): Promise<void> {
  for (const provider of new Set(SERVICES.map((service) => PROVIDER_OF[service] ?? 0))) {
    const { closeDb } = api.database;
    const move = (state: string): Promise<unknown> =>
      closeDb.query(
        `update platform.period_lane set state = $3, digest = case when $3 = 'locked' then billing.lane_digest(period, provider_id) end
         where period = $1 and provider_id = $2`,
        [`${month}-01`, provider, state],
      );
    await move('closing');
    await closeDb.transaction((tx) => tx.query(`select billing.accrue_batch($1, $2::smallint, 1, 100, 'test')`, [`${month}-01`, provider]));
    await closeDb.transaction((tx) => tx.query(`select billing.roll_batch($1, $2::smallint, 1, 100)`, [`${month}-01`, provider]));
    await move('locked');
  }
}

async function act(chance: Chance): Promise<void> {
  const { db } = api.database;
  const account = chance.int(1, ACCOUNTS);
  const day = chance.day(chance.pick(['2026-10', '2026-11']));
  const kind = chance.int(1, 10);
  await db.transaction(async (tx) => {
    if (kind <= 6) {
      await tx.query(
        `with p as (select nextval('platform.mass_id') as id), posted as (select p.id, billing.post_payment(p.id, $1, $2, $3, $3, 'test', null) as posting from p)
         insert into payments.payment (id, channel_id, source, external_id, request_hash, account_id, amount_kop, paid_on, received_on, booked_by, posting_id)
         select id, 1, 'CASH', id::text, 'h', $1, $2, $3, $3, 'test', posting from posted`,
        [account, chance.int(1, 40_000), day],
      );
    } else if (kind <= 8) {
      const service = chance.pick(SERVICES);
      await tx.query(`select billing.post_entry($1, $2::smallint, $3::smallint, 2::smallint, $4, $5, '2026-09-01', $5, 'test', 'act', $6)`, [
        account, service, PROVIDER_OF[service], chance.is(0.5) ? chance.int(1, 9_000) : -chance.int(1, 9_000), day, String(chance.int(1, 1e9)),
      ]);
    } else {
      const [found] = await tx.query<{ id: bigint; effective_on: string }>(
        `select o.id, o.effective_on from billing.posting o where o.document_kind = 'payment'
           and exists (select from billing.ledger_entry e where e.posting_id = o.id and e.account_id = $1)
           and not exists (select from billing.ledger_entry r join billing.ledger_entry e on e.id = r.reverses_id where e.posting_id = o.id)
         order by o.id limit 1`,
        [account],
      );
      if (found) await tx.query(`select billing.reverse_posting($1, 'test', 'payment-rollback', $2, '2026-11-05')`, [found.id, String(found.id)]);
    }
  });
}

const card = async (number: string, query = '') => {
  const { status, body } = await api.call('GET', `billing/accounts/${number}/card?months=6${query}`, operator);
  expect(status).toBe(200);
  return body;
};
const kop = (text: string): bigint => BigInt(text.replace('.', ''));
type Service = { readonly months: readonly { readonly month: string; readonly closing: string; readonly state: string }[]; readonly balance: string };
const sum = (values: readonly string[]): bigint => values.reduce((all, value) => all + kop(value), 0n);

/** The ledger as it lies in the tables, added up here. */
const lines = (): Promise<Line[]> =>
  api.database.owner.query<Line>(
    `select l.account_id as account, l.amount_kop as kop, o.effective_on as effective, (o.booked_at at time zone 'Europe/Kyiv')::date as booked
     from billing.pub_ledger_v1 l join billing.posting o on o.id = l.posting_id`,
  );

describe('the card of another day', () => {
  it('of the last day is the card of now: what is made from the whole history equals what is stored', async () => {
    for (const number of numbers) {
      const now = await card(number);
      const then = await card(number, '&asOf=2026-11-30&knownAt=2027-06-30');
      expect({ ...then, asOf: null, knownAt: null, openItems: [] }).toEqual({ ...now, openItems: [] });
      const owed = (items: readonly { month: string; service: string; outstanding: string }[]): string[] =>
        items.map(({ month, service, outstanding }) => `${month} ${service} ${outstanding}`).toSorted();
      expect(owed(then.openItems)).toEqual(owed(now.openItems));
    }
  });

  it.each(['2026-09-29', '2026-09-30', '2026-10-10', '2026-10-31', '2026-11-11', '2026-11-23'])(
    'on %s every balance is the sum of the documents effective until then',
    async (day) => {
      const all = await lines();
      for (const [index, number] of numbers.entries()) {
        const expected = all.filter((line) => line.account === index + 1 && line.effective <= day).reduce((total, line) => total + line.kop, 0n);
        const shown = await card(number, `&asOf=${day}`);
        expect(kop(shown.total.balance)).toBe(expected);
        expect(shown.months).toContain(day.slice(0, 7));
        expect(sum(shown.services.map((service: Service) => service.months[0]?.closing ?? '0.00'))).toBe(expected);
        expect(shown.asOf).toBe(day);
        // on that day the month had not ended: a charge of it was awaited, not zero
        const then = shown.services.map((service: Service) => service.months.find(({ month }) => month === day.slice(0, 7))?.state);
        expect(new Set(then)).toEqual(new Set(['open']));
        expect(shown.payments.every((payment: { paidOn: string }) => payment.paidOn <= day)).toBe(true);
      }
    },
  );

  it.each(['2026-10-05', '2026-10-31', '2026-11-20'])('as it was known on %s: nothing that was booked later', async (day) => {
    const all = await lines();
    for (const [index, number] of numbers.entries()) {
      const expected = all.filter((line) => line.account === index + 1 && line.booked <= day).reduce((total, line) => total + line.kop, 0n);
      const shown = await card(number, `&knownAt=${day}`);
      expect(kop(shown.total.balance)).toBe(expected);
    }
  });

  it('debts never exceed what the services owe and are never negative', async () => {
    for (const number of numbers) {
      const shown = await card(number, '&asOf=2026-10-20&knownAt=2026-11-05');
      const owed = sum(shown.openItems.map((item: { outstanding: string }) => item.outstanding));
      expect(owed).toBeGreaterThanOrEqual(kop(shown.total.balance));
      expect(shown.openItems.every((item: { outstanding: string; due: string }) => kop(item.outstanding) > 0n && kop(item.outstanding) <= kop(item.due))).toBe(true);
    }
  });
});

describe('the history in pages', () => {
  it('goes back to the first month, each month once, and joins where a page ends', async () => {
    const [number = ''] = numbers;
    const months: { month: string; opening: string; closing: string; services: Service[] }[] = [];
    const paid: string[] = [];
    for (let after: string | null = ''; after !== null; ) {
      const page = await api.call('GET', `billing/accounts/${number}/months?limit=2${after ? `&after=${after}` : ''}`, operator);
      const money = await api.call('GET', `billing/accounts/${number}/payments?limit=2${after ? `&after=${after}` : ''}`, operator);
      expect(money.body.next).toBe(page.body.next);
      months.push(...page.body.items);
      paid.push(...money.body.items.map(({ id }: { id: string }) => id));
      after = page.body.next;
    }
    expect(months.map(({ month }) => month)).toEqual(['2026-11', '2026-10', '2026-09', '2026-08']);
    for (const [index, month] of months.slice(1).entries()) expect(month.closing).toBe(months[index]?.opening);
    const whole = await card(number);
    expect(months[0]?.closing).toBe(whole.total.balance);
    expect(paid).toEqual(whole.payments.map(({ id }: { id: string }) => id));
  });
});

describe('why a month differs', () => {
  it('the parts add up to the difference, for every account and month', async () => {
    for (const number of numbers) {
      for (const month of ['2026-09', '2026-10', '2026-11']) {
        const { status, body } = await api.call('GET', `billing/accounts/${number}/difference?month=${month}`, operator);
        expect(status).toBe(200);
        if (body.difference === null) continue;
        const { before, after, difference, parts } = body.difference;
        expect(kop(after) - kop(before)).toBe(kop(difference));
        expect(sum(parts.map((part: { amount: string }) => part.amount))).toBe(kop(difference));
      }
    }
  });
  it('without a month it explains the last charged one; a charge that is awaited is not a difference', async () => {
    const { body } = await api.call('GET', `billing/accounts/${numbers[0]}/difference`, operator);
    expect(body.difference.month).toBe('2026-10');
    const { body: open } = await api.call('GET', `billing/accounts/${numbers[0]}/difference?month=2026-11`, operator);
    expect(open.difference.awaited).toHaveLength(SERVICES.length);
    expect(open.difference.parts.every((part: { cause: string }) => part.cause !== 'ended')).toBe(true);
  });
});

describe('an open card', () => {
  it('learns of a payment at once, and waits no longer than it asked when there is none', async () => {
    const [number = ''] = numbers;
    const { version } = await card(number);
    const quiet = await api.call('GET', `billing/accounts/${number}/changes?since=${version}&wait=1`, operator);
    expect(quiet.body).toEqual({ version, changed: false });
    const asked = api.call('GET', `billing/accounts/${number}/changes?since=${version}&wait=20`, operator);
    const started = performance.now();
    await api.database.db.transaction((tx) => tx.query(`select billing.post_payment(990001, 1, 777, '2026-11-20', '2026-11-20', 'test', null)`));
    const posted = performance.now();
    const { body } = await asked;
    expect(body.changed).toBe(true);
    expect(Number(body.version)).toBeGreaterThan(Number(version));
    expect(performance.now() - posted).toBeLessThan(1_000);
    expect(posted).toBeGreaterThan(started);
    expect((await card(number)).version).toBe(body.version);
  });
  it('tells nothing of an account outside of the scope', async () => {
    const { status } = await api.call('GET', `billing/accounts/${numbers[0]}/changes?since=0&wait=0`, { login: 'nobody', roles: ['operator'] });
    expect(status).toBe(404);
  });

  it('of a day before the first booking says since when there is something to see', async () => {
    const [first] = await api.database.owner.query<{ day: string }>(
      `select to_char(min(p.booked_at) at time zone 'Europe/Kyiv', 'YYYY-MM-DD') as day from billing.posting p
       where exists (select from billing.pub_ledger_v1 e where e.posting_id = p.id and e.account_id = 1)`,
    );
    const { body } = await api.call('GET', `billing/accounts/${numbers[0]}/card?knownAt=2003-01-01`, operator);
    expect(body).toMatchObject({ total: { balance: '0.00' }, payments: [], knownFrom: first?.day });
    const { body: now } = await api.call('GET', `billing/accounts/${numbers[0]}/card`, operator);
    expect(now.knownFrom).toBeNull();
  });
});
