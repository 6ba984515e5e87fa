import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plugins } from '@komplat/all/server';
import { testDatabase, type TestDatabase } from '@komplat/testing';
import fc from 'fast-check';
import { allocate } from '../domain/index.ts';
import { buildAccount, buildCity, buildSupply, PROVIDER_OF } from './world.ts';

const CODES: Readonly<Record<number, string>> = { 1: 'MNT', 2: 'CW', 3: 'SW', 8: 'ABON_CW' };
const SERVICES = Object.keys(CODES).map((id) => Number.parseInt(id, 10));
const MONTHS = ['2026-05', '2026-06', '2026-07'];
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase(plugins);
  await database.owner.transaction(async (tx) => {
    await buildCity(tx);
    await buildAccount(tx, 1);
    for (const service of SERVICES) await buildSupply(tx, { account: 1, service, method: 'fixed' });
  });
});
afterAll(() => database.drop());

const kop = fc.bigInt({ min: 1n, max: 50_000n });
const items = fc.uniqueArray(
  fc.record({ month: fc.constantFrom(...MONTHS), service: fc.constantFrom(...SERVICES), kop }),
  {
    selector: (item) => `${item.month}/${item.service}`,
    maxLength: 9,
  },
);
const charges = fc.uniqueArray(fc.record({ service: fc.constantFrom(...SERVICES), kop }), {
  selector: (line) => line.service,
  minLength: 1,
  maxLength: 4,
});
const named = fc.option(
  fc.array(fc.record({ service: fc.constantFrom(...SERVICES), share: fc.bigInt({ min: 1n, max: 40n }) }), {
    minLength: 1,
    maxLength: 2,
  }),
  { nil: undefined },
);

describe('the preview of the database against the pure function', () => {
  it('covers the same months and splits the same advances for random accounts', async () => {
    await fc.assert(
      fc.asyncProperty(items, charges, kop, named, async (open, last, sum, lines) => {
        const parts = lines
          ?.map(({ service, share }) => ({ service, amount: (sum * share) / 100n }))
          .filter(({ amount }) => amount > 0n);
        const expected = allocate({
          openItems: open.map((item) => ({
            month: item.month,
            service: CODES[item.service] ?? '',
            provider: `P0${PROVIDER_OF[item.service]}`,
            outstanding: item.kop,
          })),
          lastAccruals: last.map((line) => ({
            service: CODES[line.service] ?? '',
            provider: `P0${PROVIDER_OF[line.service]}`,
            amount: line.kop,
          })),
          amount: sum,
          named: parts?.map(({ service, amount }) => ({
            service: CODES[service] ?? '',
            provider: `P0${PROVIDER_OF[service]}`,
            amount,
          })),
          serviceOrder: SERVICES.map((id) => CODES[id] ?? ''),
        });
        await database.owner.dryRun(async (tx) => {
          for (const line of last) {
            await tx.query(
              `insert into billing.accrual (period, account_id, service_id, provider_id, posting_id, method, quantity, tariff_id, supply_id, gross_kop, net_kop)
               values ('2026-10-01', 1, $1, $2, 1, 'fixed', 1, 1, 1, $3, $3)`,
              [line.service, PROVIDER_OF[line.service], line.kop],
            );
          }
          for (const item of open) {
            await tx.query(`insert into billing.open_item values (1, $1, $2, $3, '2026-11-20', $4, $4)`, [
              `${item.month}-01`,
              item.service,
              PROVIDER_OF[item.service],
              item.kop,
            ]);
          }
          const json =
            parts &&
            JSON.stringify(
              parts.map(({ service, amount }) => ({ service: CODES[service], amount_kop: amount.toString() })),
            );
          const plan = await tx.query<{ month: string | null; service: string; covered: bigint; advance: bigint }>(
            `select to_char(r.debt_month, 'YYYY-MM') as month, s.code as service, r.covered_kop as covered, r.advance_kop as advance
             from billing.preview_payment(1, $1, $2::jsonb) r join tariffs.pub_service_v1 s on s.id = r.service_id order by r.debt_month nulls last, s.pay_order`,
            [sum, json ?? null],
          );
          const key = (line: { service: string }): string => line.service;
          expect(
            plan.filter((line) => line.month !== null).map((line) => [line.month, key(line), line.covered]),
          ).toEqual(expected.allocations.map((line) => [line.month, key(line), line.amount]));
          expect(plan.filter((line) => line.month === null).map((line) => [key(line), line.advance])).toEqual(
            expected.advances.map((line) => [key(line), line.amount]),
          );
        });
      }),
      { numRuns: 120, seed: 7 },
    );
  });
});

it('a sum in kopecks is written as hryvnias with the sign before it', async () => {
  const sums: readonly (readonly [bigint, string])[] = [
    [0n, '0.00'], [2n, '0.02'], [-2n, '-0.02'], [-30n, '-0.30'], [-150n, '-1.50'], [-123_456_789n, '-1234567.89'], [123_405n, '1234.05'],
  ];
  const rows = await database.db.query<{ shown: string }>(
    'select billing.kop_text(kop) as shown from unnest($1::bigint[]) with ordinality q(kop, at) order by at', [sums.map(([kop]) => String(kop))],
  );
  expect(rows.map(({ shown }) => shown)).toEqual(sums.map(([, shown]) => shown));
});
