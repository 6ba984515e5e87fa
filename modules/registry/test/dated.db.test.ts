import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plugins } from '@komplat/all/server';
import { addDays } from '@komplat/kernel';
import { testDatabase, type TestDatabase } from '@komplat/testing';
import fc from 'fast-check';
import { type DatedTable, putDated } from '../server/changes/dated.ts';
import { buildAccount, buildHouse } from './builders.ts';

const TABLE: DatedTable = { name: 'registry.equipment', key: ['premises_id', 'kind'], values: ['value'] };
const FIRST = '2026-01-01';
const DAYS = 40;
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase(plugins);
  await buildHouse(database.owner);
  await buildAccount(database.owner, { id: 1 });
});
afterAll(() => database.drop());

const put = fc.record({
  from: fc.integer({ min: 0, max: DAYS - 1 }),
  length: fc.option(fc.integer({ min: 1, max: DAYS }), { nil: null }),
  value: fc.constantFrom('gas', 'electric', 'none', null),
});

describe('a truth put over a span', () => {
  /** The second implementation: one cell a day. */
  it('gives every day what a list of days would give, in any order of corrections, and forgets nothing that was known', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(put, { minLength: 1, maxLength: 8 }), async (puts) => {
        const days: (string | null)[] = Array.from({ length: DAYS + 1 }, () => null);
        await database.db.dryRun(async (tx) => {
          for (const { from, length, value } of puts) {
            const until = length === null ? null : addDays(FIRST, from + length);
            const span = { from: addDays(FIRST, from), until };
            const why = { reason: 'перевірка', document: null, by: 'test' };
            await putDated(tx, TABLE, { premises_id: 1, kind: 'stove' }, span, () => (value === null ? null : { value }), why);
            for (let day = from; day <= DAYS; day += 1) if (length === null || day < from + length) days[day] = value;
          }
          const rows = await tx.query<{ value: string | null }>(
            `select (select value from registry.equipment e where upper_inf(e.known) and e.valid @> ($1::date + n)) as value
             from generate_series(0, $2::int) n order by n`,
            [FIRST, DAYS],
          );
          expect(rows.map(({ value }) => value)).toEqual(days);
        });
      }),
      { numRuns: 60 },
    );
  });
});
