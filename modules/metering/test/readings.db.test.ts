import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plugins } from '@komplat/all/server';
import { testDatabase, type TestDatabase } from '@komplat/testing';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase(plugins);
  await database.db.query(
    `insert into metering.meter (id, premises_id, service_id, serial, digits, installed_on, initial_value)
     values (1, 1, 1, 'A-001', 5, '2020-01-01', 0), (2, 1, 2, 'A-002', 5, '2020-01-01', 12.5)`,
  );
});
afterAll(() => database.drop());

const read = (meter: number, period: string, value: string, takenOn = `${period.slice(0, 8)}20`): Promise<object[]> =>
  database.db.query(
    `insert into metering.reading (period, meter_id, value, taken_on, source, recorded_by) values ($1, $2, $3, $4, 'call', 'operator')`,
    [period, meter, value, takenOn],
  );
const effective = (meter: number) =>
  database.db.query<{ period: string; value: string }>(
    'select period, value from metering.pub_reading_v1 where meter_id = $1 order by period',
    [meter],
  );

describe('readings', () => {
  it('one counts for a month; a second one is refused, whoever is first', async () => {
    const both = await Promise.allSettled([read(1, '2026-10-01', '100'), read(1, '2026-10-01', '101')]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'platform.already-exists', status: 409 },
    });
    expect(await effective(1)).toHaveLength(1);
  });

  it('a corrected one stays in the history, and the new one counts', async () => {
    await read(2, '2026-10-01', '1000.125');
    await database.db.transaction(async (tx) => {
      await tx.query('update metering.reading set superseded_at = now() where meter_id = 2 and superseded_at is null');
      await tx.query(
        `insert into metering.reading (period, meter_id, value, taken_on, source, recorded_by) values ('2026-10-01', 2, 999.5, '2026-10-21', 'act', 'operator')`,
      );
    });
    expect(await effective(2)).toEqual([{ period: '2026-10-01', value: '999.500' }]);
    expect(await database.db.query('select value from metering.reading where meter_id = 2 order by id')).toEqual([
      { value: '1000.125' },
      { value: '999.500' },
    ]);
  });

  it.each([
    ['a negative value', () => read(1, '2026-11-01', '-1'), '23514'],
    ['a month that does not begin on the first', () => read(1, '2026-11-02', '1'), '23514'],
    ['an unknown meter', () => read(99, '2026-11-01', '1'), '23503'],
    ['a year without a place to keep it', () => read(1, '1990-01-01', '1'), '23514'],
  ])('%s is refused and leaves nothing', async (_what, act, code) => {
    const before = await database.db.query('select count(*)::int as n from metering.reading');
    await expect(act()).rejects.toMatchObject({ code });
    expect(await database.db.query('select count(*)::int as n from metering.reading')).toEqual(before);
  });
});

describe('meters', () => {
  it.each([
    ['a dial of two digits', `values (1, 1, 'B', 2, '2020-01-01', null, 0)`],
    ['a meter that was removed before it came', `values (1, 1, 'B', 5, '2020-01-01', '2019-12-31', 0)`],
  ])('%s is refused', async (_what, values) => {
    const sql = `insert into metering.meter (premises_id, service_id, serial, digits, installed_on, removed_on, initial_value) ${values}`;
    await expect(database.db.query(sql)).rejects.toMatchObject({ code: '23514' });
  });
});
