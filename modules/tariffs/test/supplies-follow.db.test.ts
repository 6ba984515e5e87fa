import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { accountClosed, accountMerged, accountOpened, accountSplit } from '@komplat/registry/contract';
import type { TestApi } from '@komplat/testing';
import { SuppliesFollow } from '../server/services/supplies-follow.ts';
import { buildFlat, buildSupply, PROVIDER, SERVICE, tariffsApi } from './world.ts';

let api: TestApi;
let account = 0;
const happens = (type: string, payload: object): Promise<void> =>
  api.app.get(SuppliesFollow, { strict: false }).handle({ id: `${type}-${account}`, type, payload: { accountId: account, ...payload } });
/** Supplies as they are known now: service, method, first and last day. */
const known = async (of = account): Promise<string[]> => {
  const rows = await api.database.owner.query<{ line: string }>(
    `select concat_ws(' ', v.code, s.method, lower(s.valid), upper(s.valid) - 1) as line from tariffs.supply s join tariffs.service v on v.id = s.service_id
     where s.account_id = $1 and upper_inf(s.known) order by v.id, lower(s.valid)`,
    [of],
  );
  return rows.map(({ line }) => line);
};

beforeAll(async () => {
  api = await tariffsApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  account += 10;
  await buildFlat(api, account);
  await buildFlat(api, account + 1);
  await buildSupply(api, { account, service: SERVICE.MNT, provider: PROVIDER.P01, method: 'area' });
  await buildSupply(api, { account, service: SERVICE.CW, provider: PROVIDER.P02, method: 'meter', equipment: 'bath' });
});

describe('supplies of an account', () => {
  it('end with its last day, once, and what was known before is kept', async () => {
    await buildSupply(api, { account: account + 1, service: SERVICE.MNT, provider: PROVIDER.P01, method: 'area' });
    for (const _again of [1, 2]) await happens(accountClosed.type, { on: '2026-11-20' });
    expect(await known()).toEqual(['MNT area 1997-01-01 2026-11-20', 'CW meter 1997-01-01 2026-11-20']);
    const [before] = await api.database.owner.query<{ kept: number }>(
      'select count(*)::int as kept from tariffs.supply where account_id = $1 and not upper_inf(known) and upper_inf(valid)',
      [account],
    );
    expect(before?.kept).toBe(2);
    expect(await known(account + 1)).toEqual(['MNT area 1997-01-01']);
  });

  it('go on when the account is opened again, after the gap', async () => {
    await happens(accountClosed.type, { on: '2026-10-31' });
    for (const _again of [1, 2]) await happens(accountOpened.type, { on: '2026-11-10' });
    expect(await known()).toEqual([
      'MNT area 1997-01-01 2026-10-31', 'MNT area 2026-11-10', 'CW meter 1997-01-01 2026-10-31', 'CW meter 2026-11-10',
    ]);
  });

  it('go over to the account that it is merged into, but for services which that one has', async () => {
    await buildSupply(api, { account: account + 1, service: SERVICE.MNT, provider: PROVIDER.P01, method: 'area' });
    for (const _again of [1, 2]) await happens(accountMerged.type, { intoAccountId: account + 1, on: '2026-11-20' });
    expect(await known()).toEqual(['MNT area 1997-01-01 2026-11-20', 'CW meter 1997-01-01 2026-11-20']);
    expect(await known(account + 1)).toEqual(['MNT area 1997-01-01', 'CW meter 2026-11-21']);
  });

  it('are shared with a part that is divided off; the part has no meter of its own', async () => {
    for (const _again of [1, 2]) await happens(accountSplit.type, { newAccountId: account + 1, on: '2026-11-20' });
    expect(await known()).toEqual(['MNT area 1997-01-01', 'CW meter 1997-01-01']);
    expect(await known(account + 1)).toEqual(['MNT area 2026-11-20', 'CW norm 2026-11-20']);
  });

  it('that would begin after the last day never begin', async () => {
    await buildSupply(api, { account: account + 1, service: SERVICE.CW, provider: PROVIDER.P02, method: 'norm', equipment: 'bath', valid: '[2026-12-01,)' });
    account += 1;
    await happens(accountClosed.type, { on: '2026-11-20' });
    expect(await known()).toEqual([]);
    account -= 1;
  });
});
