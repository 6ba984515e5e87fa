import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isAccountNumber } from '@komplat/kernel';
import { Database, systemActor, Vault } from '@komplat/server';
import { type Answer, type Caller, type TestApi } from '@komplat/testing';
import type { Type } from '@nestjs/common';
import { AccountOps } from '../server/accounts/account-ops.service.ts';
import { AccountService } from '../server/services/account.service.ts';
import { buildAccount, type BuiltAccount, registryApi } from './builders.ts';

const chief: Caller = { login: 'chief', roles: ['manager'] };
const clerk: Caller = { login: 'clerk', roles: ['operator'] };
const WHY = 'рішення комісії № 12 від 20.11.2026';
const built: BuiltAccount[] = [];
let api: TestApi;
let keys = 0;

beforeAll(async () => {
  api = await registryApi();
  const { owner } = api.database;
  for (let id = 1; id <= 8; id += 1) built.push(await buildAccount(owner, { id, residents: [{ birth: '1990-01-01', from: '2015-01-01' }] }));
  await owner.query(`insert into tariffs.service values (1, 'MNT', 'Управління', 'Management', 'м²', 2, 'total area', 'housing', 1, '1', '{}', '[1997-01-01,)')`);
  await owner.query(`insert into tariffs.provider values (1, 'P08', 'ЖЕО', 'ЖЕО', 'enterprise', '71208193', '305299', 'UA', '[1997-01-01,)', null)`);
  await owner.query(
    `insert into tariffs.supply (id, account_id, service_id, provider_id, method, variant, valid, reason, recorded_by)
     values (1, 1, 1, 1, 'area', 'v', '[1997-01-01,)', 'load', 'test')`,
  );
  await api.scope('chief', 'all');
  await api.scope('clerk', 'all');
});
afterAll(() => api.close());

const at = (index: number): string => built[index]?.number ?? '';
const post = (path: string, body: object, as = chief): Promise<Answer> => {
  keys += 1;
  return api.call('POST', `registry/accounts${path}`, as, body, { 'idempotency-key': `account-${keys}` });
};
const head = (number: string): Promise<Answer> => api.call('GET', `registry/accounts/${number}`, chief);
async function act(number: string, what: string, body: object, as = chief): Promise<Answer> {
  const { version } = (await head(number)).body;
  return post(`/${number}/${what}`, { version, reason: WHY, ...body }, as);
}
const owe = (account: number, kop: number): Promise<unknown> =>
  api.database.owner.query(
    `insert into billing.open_item (account_id, service_id, provider_id, debt_month, due_on, due_kop, outstanding_kop)
     values ($1, 1, 1, '2026-10-01', '2026-11-20', $2, $2)`,
    [account, kop],
  );
const owed = async (): Promise<bigint> => {
  const [row] = await api.database.owner.query<{ sum: bigint }>('select coalesce(sum(balance_kop), 0)::bigint as sum from billing.pub_balance_v1');
  return row?.sum ?? 0n;
};
const area = async (): Promise<string> => {
  const [row] = await api.database.owner.query<{ sum: string }>(
    `select sum(total_area) as sum from registry.pub_premises_fact_v1 where valid @> date '2026-11-23'`,
  );
  return row?.sum ?? '';
};

describe('closing', () => {
  it('refuses while money stands there, then keeps the day and the reason', async () => {
    await owe(1, 12_345);
    const refused = await act(at(0), 'close', { lastDay: '2026-11-20' });
    expect([refused.status, refused.body.code, refused.body.params.balance]).toEqual([409, 'registry.close.balance', '123.45']);
    expect((await act(at(1), 'close', { lastDay: '2026-11-20' })).status).toBe(201);
    const { body } = await head(at(1));
    expect([body.closedOn, body.flags]).toEqual(['2026-11-20', ['closed', 'renamed-street']]);
    expect((await act(at(1), 'close', { lastDay: '2026-11-21' })).body.code).toBe('registry.account.is-closed');
  });
  it('is undone by opening again, not before the closing', async () => {
    expect((await act(at(1), 'reopen', { on: '2026-11-20' })).body.code).toBe('registry.account.reopens-early');
    expect((await act(at(1), 'reopen', { on: '2026-11-21' })).status).toBe(201);
    expect((await head(at(1))).body.closedOn).toBeNull();
  });
  it('needs the right to manage accounts', async () => {
    expect((await act(at(1), 'close', { lastDay: '2026-11-20' }, clerk)).status).toBe(403);
  });
});

describe('merging', () => {
  it('refuses an account with a balance while nobody moves it; not a kopeck moves', async () => {
    const before = await owed();
    const find = <T>(token: Type<T>): T => api.app.get(token, { strict: false });
    const alone = new AccountOps(find(Database), find(Vault), find(AccountService), []);
    const { version } = (await head(at(0))).body;
    const order = { version, reason: WHY, into: at(1), on: '2026-11-22' };
    await expect(alone.merge(at(0), order, systemActor('test'))).rejects.toMatchObject({
      code: 'registry.merge.balance-first',
      params: { balance: '123.45' },
    });
    expect(await owed()).toBe(before);
    expect((await head(at(0))).body.mergedInto).toBeNull();
  });
  it('closes one, publishes the event, and every number leads to the account of today', async () => {
    expect((await act(at(2), 'merge', { into: at(3), on: '2026-11-22' })).status).toBe(201);
    expect((await act(at(3), 'merge', { into: at(4), on: '2026-11-22' })).status).toBe(201);
    expect((await head(at(2))).body).toMatchObject({ closedOn: '2026-11-22', mergedInto: at(3) });
    const { body } = await api.call('GET', `registry/accounts/${at(2)}/lineage`, clerk);
    expect(body.current).toBe(at(4));
    expect(body.items.map(({ kind, account, other }: Record<string, string>) => [kind, account, other])).toEqual([
      ['merge', at(3), at(4)],
      ['merge', at(2), at(3)],
    ]);
    const events = await api.database.owner.query<{ payload: object }>(`select payload from platform.outbox where type = 'registry.account-merged' order by seq`);
    expect(events.map(({ payload }) => payload)).toEqual([
      { accountId: 3, intoAccountId: 4, on: '2026-11-22', balanceKop: '0' },
      { accountId: 4, intoAccountId: 5, on: '2026-11-22', balanceKop: '0' },
    ]);
  });
  it('refuses circles, itself, and what is merged or closed already', async () => {
    const code = async (from: number, into: number) => (await act(at(from), 'merge', { into: at(into), on: '2026-11-22' })).body.code;
    expect(await code(4, 2)).toBe('registry.merge.circular');
    expect(await code(4, 3)).toBe('registry.merge.circular');
    expect(await code(5, 5)).toBe('registry.merge.into-itself');
    expect(await code(5, 2)).toBe('registry.merge.into-merged');
    expect(await code(2, 5)).toBe('registry.account.is-merged');
    await act(at(6), 'close', { lastDay: '2026-11-20' });
    expect(await code(5, 6)).toBe('registry.merge.into-closed');
  });
});

describe('a new number', () => {
  it('is right, never one of before, and the old one leads to it', async () => {
    const { status, body } = await act(at(5), 'renumber', { on: '2026-11-23' });
    expect([status, isAccountNumber(body.number)]).toEqual([201, true]);
    expect(built.map(({ number }) => number)).not.toContain(body.number);
    const old = await head(at(5));
    expect([old.status, old.body.code, old.body.params.now.replaceAll(' ', '')]).toEqual([404, 'registry.account.renumbered', body.number]);
    const found = await api.call('GET', `administration/search?q=${at(5)}`, chief);
    expect(JSON.stringify(found.body)).toContain(body.number);
    const twice = await act(body.number, 'renumber', { on: '2026-11-23' });
    expect([at(5), body.number]).not.toContain(twice.body.number);
    const { body: way } = await api.call('GET', `registry/accounts/${twice.body.number}/lineage`, clerk);
    expect(way.items.map(({ oldNumber, newNumber }: Record<string, string>) => [oldNumber, newNumber])).toEqual([
      [body.number, twice.body.number],
      [at(5), body.number],
    ]);
  });
});

describe('dividing and opening', () => {
  const holder = { surname: 'Новосел', givenName: 'Ганна', patronymic: 'Юріївна', sex: 'f', birthDate: '1985-03-03' };

  it('areas add up to what was, residents move, money stays', async () => {
    const [whole, money] = [await area(), await owed()];
    const { body: facts } = await api.call('GET', `registry/accounts/${at(7)}/facts`, chief);
    const [{ personId }] = facts.residences;
    const part = { number: '8а', kind: 'room', totalArea: '20.05', heatedArea: '19', rooms: 1 };
    const large = await act(at(7), 'split', { part: { ...part, totalArea: '67.08' }, holder, residents: [], on: '2026-11-23' });
    expect([large.status, large.body.code]).toEqual([422, 'registry.split.too-large']);
    const { status, body } = await act(at(7), 'split', { part, holder, residents: [personId], on: '2026-11-23' });
    expect(status).toBe(201);
    expect([await area(), await owed()]).toEqual([whole, money]);
    const made = (await head(body.number)).body;
    expect(made).toMatchObject({ residentCount: 1, openedOn: '2026-11-23', premises: { totalArea: '20.05', kind: 'room' } });
    const rest = (await head(at(7))).body;
    expect(rest).toMatchObject({ residentCount: 0, premises: { totalArea: '47.03', rooms: 1 } });
    const { body: way } = await api.call('GET', `registry/accounts/${body.number}/lineage`, clerk);
    expect(way.items.map(({ kind }: { kind: string }) => kind)).toEqual(['split', 'open']);
  });
  it('one open account a dwelling, a free number in the house, an area within the limit', async () => {
    const taken = await post('', { premises: { id: 1 }, holder, on: '2026-11-23', reason: WHY });
    expect([taken.status, taken.body.code, taken.body.params.number]).toEqual([409, 'registry.account.premises-taken', at(0)]);
    const flat = { houseId: 1, number: '41', kind: 'flat', floor: 5, dwellingType: 'privatised', totalArea: '50', heatedArea: '48', rooms: 2 };
    const code = async (changed: object) => (await post('', { premises: { ...flat, ...changed }, holder, on: '2026-11-23', reason: WHY })).body.code;
    expect(await code({ number: '1' })).toBe('registry.premises.number-taken');
    expect(await code({ houseId: 99 })).toBe('registry.house.unknown');
    expect(await code({ totalArea: '10000' })).toBe('registry.rule.area-limit');
    const made = await post('', { premises: flat, holder, on: '2026-11-23', reason: WHY });
    expect([made.status, isAccountNumber(made.body.number)]).toEqual([201, true]);
    expect((await head(made.body.number)).body).toMatchObject({ address: 'вул. Соборна, 12а, кв. 41', holder: { fullName: 'Новосел Ганна Юріївна' } });
  });
});

describe('contracts of supply', () => {
  const contract = { supplyId: 1, number: '17/2024', signedOn: '2024-05-01', kind: 'individual', penaltyRate: '0.01', dueDay: 20, from: '2026-11-01' };

  it('has number, date, kind, penalty and day of payment from a day on', async () => {
    expect((await act(at(0), 'contracts', contract, clerk)).status).toBe(201);
    const { body } = await api.call('GET', `registry/accounts/${at(0)}/contracts`, clerk);
    expect(body.items).toEqual([
      {
        supplyId: 1, service: 'Управління', provider: 'ЖЕО', number: '17/2024', signedOn: '2024-05-01', kind: 'individual', penaltyRate: '0.010000',
        dueDay: 20, from: '2026-11-01', to: null,
      },
    ]);
    const before = await api.call('GET', `registry/accounts/${at(0)}/contracts?asOf=2026-10-31`, clerk);
    expect(before.body.items[0]).toMatchObject({ number: null, dueDay: 20 });
  });
  // Law 2189-VIII, article 26: the penalty is at most 0.01 % a day
  it('a penalty above the law, a foreign supply, a past without the right', async () => {
    const code = async (changed: object) => (await act(at(0), 'contracts', { ...contract, ...changed }, clerk)).body.code;
    expect(await code({ penaltyRate: '0.011' })).toBe('registry.contract.penalty-limit');
    expect(await code({ supplyId: 77 })).toBe('registry.contract.supply-unknown');
    expect(await code({ from: '2026-01-01' })).toBe('registry.change.correction-needs-right');
    expect(await code({ signedOn: '2027-01-01' })).toBe('registry.contract.signed-ahead');
  });
});
