import 'reflect-metadata';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { wholeApi } from '@komplat/all/test';
import type { Answer, Caller, TestApi } from '@komplat/testing';
import { brokenLaws, buildWorld, numberOf } from './world.ts';

const cashier: Caller = { login: 'cashier', roles: ['cashier'] };
let api: TestApi;

beforeAll(async () => {
  api = await wholeApi();
  await buildWorld(api.database.owner, 60);
  await api.scope('cashier', 'all');
});
afterEach(async () => expect(await brokenLaws(api.database)).toEqual([]));
afterAll(() => api.close());

const accept = (externalId: string, account: string, amount: string, channel = 'CASH'): Promise<Answer> =>
  api.call('POST', 'payments/accept', cashier, { channel, externalId, account, amount });
const shown = ({ status, body }: Answer): string => `${status} ${body.code ?? body.amount}`;
/** Money of the account by hand: what it owes less what it has ahead. */
const owes = async (account: string): Promise<bigint> => {
  const [row] = await api.database.db.query<{ kop: bigint }>(
    `select coalesce(sum(b.balance_kop), 0)::bigint as kop from billing.pub_balance_v1 b
     join registry.pub_account_v1 a on a.account_id = b.account_id where a.number = $1`,
    [account],
  );
  return row?.kop ?? 0n;
};

describe('payments that come at the same moment', () => {
  it('gives each its own answer or refusal, and takes from each account exactly its own sum', async () => {
    const numbers = Array.from({ length: 24 }, (_, index) => numberOf(index + 1));
    const before = await Promise.all(numbers.map(owes));
    const kop = numbers.map((_, index) => BigInt(100 + index * 37_511));
    const text = (sum: bigint): string => `${sum / 100n}.${String(sum % 100n).padStart(2, '0')}`;
    const good = numbers.map((number, index) => accept(`many-${index}`, number, text(kop[index] ?? 0n)));
    const bad = [accept('many-x', '9999999999', '1.00'), accept('many-y', numberOf(1), '1.00', 'NOPE')];
    const answers = await Promise.all([...good, ...bad]);
    expect(answers.map(shown)).toEqual([
      ...kop.map((sum) => `201 ${text(sum)}`),
      '422 payments.account.unknown',
      '422 payments.channel.unknown',
    ]);
    const again = [accept('many-1', numberOf(2), text(kop[1] ?? 0n)), accept('many-0', numberOf(2), '1.00'), accept('many-2', numberOf(4), '1.00')];
    const repeated = await Promise.all(again);
    expect(repeated.map(shown)).toEqual([
      `201 ${text(kop[1] ?? 0n)}`,
      '409 payments.accept.key-reused',
      '409 payments.accept.key-reused',
    ]);
    expect(repeated[0]?.body).toEqual(answers[1]?.body);
    const after = await Promise.all(numbers.map(owes));
    expect(after).toEqual(before.map((owed, index) => owed - (kop[index] ?? 0n)));
    expect(new Set(answers.slice(0, 24).map(({ body }) => body.paymentId)).size).toBe(24);
  });

  it('distributes as the preview of the account said', async () => {
    const numbers = Array.from({ length: 12 }, (_, index) => numberOf(30 + index));
    const amount = (index: number): string => `${700 + index * 431}.${10 + index}`;
    const said = await Promise.all(
      numbers.map((account, index) => api.call('POST', 'payments/preview', cashier, { account, amount: amount(index) })),
    );
    const done = await Promise.all(numbers.map((account, index) => accept(`preview-${index}`, account, amount(index))));
    for (const [index, answer] of done.entries()) {
      const lines: { outstanding?: string }[] = said[index]?.body.allocations;
      expect(answer.body.allocations).toEqual(lines.map(({ outstanding: _outstanding, ...line }) => line));
      expect(answer.body.advances).toEqual(said[index]?.body.advances);
    }
  });

  it('posts payments of one account one after another', async () => {
    const account = numberOf(45);
    const before = await owes(account);
    const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => accept(`one-${index}`, account, '333.33')));
    expect(new Set(answers.map(shown))).toEqual(new Set(['201 333.33']));
    expect(await owes(account)).toBe(before - 333_330n);
  });

  it('loses nothing of the others when one of them cannot be posted', async () => {
    await api.database.owner.query(
      `insert into registry.account (id, number, premises_id, holder_id, opened_on)
       select 900001, '9000000017', premises_id, holder_id, opened_on from registry.account order by id limit 1`,
    );
    const numbers = [50, 51, 52].map(numberOf);
    const answers = await Promise.all([...numbers, '9000000017'].map((number, index) => accept(`lone-${index}`, number, '5.00')));
    expect(answers.map(shown)).toEqual(['201 5.00', '201 5.00', '201 5.00', '422 payments.account.no-supply']);
    const [row] = await api.database.db.query<{ n: number }>(
      `select count(*)::int as n from payments.payment where external_id like 'lone-%'`,
    );
    expect(row?.n).toBe(3);
  });
});
