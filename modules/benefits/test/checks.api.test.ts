import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApi } from '@komplat/testing';
import { benefitChecks } from '../server/checks/benefit-checks.ts';
import { CLERK, numberOf, once, openWorld, personOf } from './world.ts';

const REASON = 'посвідчення подано у відділ';
let api: TestApi;

beforeAll(async () => {
  api = await openWorld(8);
});
afterAll(() => api.close());

const add = (account: number, body: object) =>
  api.call('POST', `benefits/accounts/${numberOf(account)}/holdings`, CLERK, { document: 'ПС 1', from: '2026-01-01', reason: REASON, ...body }, once());

async function found(accounts: readonly number[] | null = null): Promise<readonly string[]> {
  const hits: string[] = [];
  for (const { id, provider } of benefitChecks) {
    const { sql } = new provider();
    const rows = await api.database.db.query<{ subject: string; account_id: number }>(sql ?? '', [accounts]);
    hits.push(...rows.map((row) => `${id} ${row.account_id}`));
  }
  return hits.toSorted();
}

describe('rules over benefits', () => {
  it('find nothing in a clean dwelling', async () => {
    await add(1, { personId: personOf(1, 0), category: 'UBD', covered: [{ personId: personOf(1, 1), relation: 'spouse' }] });
    expect(await found()).toEqual([]);
  });

  it('find a holder who moved, one who died, a family member who moved, an income whose proof ended, a subsidy on a closed account', async () => {
    const { owner, db } = api.database;
    await add(2, { personId: personOf(2, 0), category: 'UBD' });
    await add(3, { personId: personOf(3, 0), category: 'UBD' });
    await add(4, { personId: personOf(4, 0), category: 'UBD', covered: [{ personId: personOf(4, 1), relation: 'child' }] });
    await add(5, { personId: personOf(5, 0), category: 'UV', incomePerPerson: '4660.00', incomeTo: '2026-06-30' });
    const moveOut = (person: string) => owner.query(`update registry.residence set valid = '[2000-01-01,2026-10-01)' where person_id = $1`, [person]);
    await moveOut(personOf(2, 0));
    await owner.query(`update registry.person set died_on = '2026-09-01' where id = $1`, [personOf(3, 0)]);
    await moveOut(personOf(4, 1));
    await owner.query(`update registry.account set closed_on = '2026-03-31' where id = 6`);
    await owner.query(
      `insert into benefits.award (account_id, service_id, months, amount_kop, kind, regime, document, reason, recorded_by)
       values (6, 3, '[2026-01-01,2026-05-01)', 100, 'award', 'monetised', 'файл', 'test', 'test')`,
    );
    const expected = ['benefits.covered-away 4', 'benefits.holder-away 2', 'benefits.holder-dead 3', 'benefits.income-ended 5', 'benefits.subsidy-closed 6'];
    expect(await found()).toEqual(expected);
    expect(await found([2, 6])).toEqual(['benefits.holder-away 2', 'benefits.subsidy-closed 6']);
    // a dwelling that the registry emptied without telling: entitlements still count the persons of before
    await owner.query(`update registry.residence set valid = '[2000-01-01,2026-10-01)' where premises_id = 1`);
    expect(await found([1])).toEqual(['benefits.covered-away 1', 'benefits.holder-away 1', 'benefits.more-covered 1']);
    await db.query('select benefits.refresh_entitlement(array[1])');
    expect(await found([1])).toEqual(['benefits.covered-away 1', 'benefits.holder-away 1']);
  });
});
