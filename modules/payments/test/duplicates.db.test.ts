import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plugins } from '@komplat/all/server';
import { testDatabase } from '@komplat/testing';
import type { TestDatabase } from '@komplat/testing';
import fc from 'fast-check';
import type { GeneratedPayment } from './register-generator.ts';
import { eircFile, ibankFile } from './register-generator.ts';
import type { Desk } from './world.ts';
import { brokenLaws, buildWorld, heatAlias, importFile, numberOf, openDesk, person } from './world.ts';

const FLATS = 60;
const FIRST = 34;
let database: TestDatabase;
let desk: Desk;
let run = 0;

beforeAll(async () => {
  database = await testDatabase(plugins);
  await buildWorld(database.owner, FLATS);
  desk = openDesk(database);
});
afterAll(() => database.drop());

/** What happened to the bytes on their way: whole, another order, a part, the same bytes again. */
type Way =
  | { readonly kind: 'whole' | 'again' }
  | { readonly kind: 'order'; readonly seed: number }
  | { readonly kind: 'part'; readonly from: number; readonly to: number };
const way: fc.Arbitrary<Way> = fc.oneof(
  fc.constant<Way>({ kind: 'whole' }),
  fc.constant<Way>({ kind: 'again' }),
  fc.record({ kind: fc.constant('order' as const), seed: fc.nat(1_000) }),
  fc.record({ kind: fc.constant('part' as const), from: fc.nat(8), to: fc.nat(8) }),
);
const rows = fc.array(fc.record({ flat: fc.nat(3), step: fc.nat(2) }), { minLength: 1, maxLength: 8 });

function turned(payments: readonly GeneratedPayment[], how: Way): readonly GeneratedPayment[] {
  if (how.kind === 'part') return payments.slice(Math.min(how.from, how.to), Math.max(how.from, how.to) + 1);
  if (how.kind !== 'order') return payments;
  return payments
    .map((payment, index) => ({ payment, place: (index * 7_919 + how.seed * 104_729) % 1_009 }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ payment }) => payment);
}

const keyOf = (payment: GeneratedPayment): string => `${payment.account}|${payment.kop}`;
function counts(payments: readonly GeneratedPayment[]): Map<string, number> {
  const map = new Map<string, number>();
  for (const payment of payments) map.set(keyOf(payment), (map.get(keyOf(payment)) ?? 0) + 1);
  return map;
}

/** Plain judge: the most that any one file says of a kind of row; two files never add up by themselves. */
function expectedOf(files: readonly (readonly GeneratedPayment[])[]): bigint {
  const most = new Map<string, { n: number; kop: bigint }>();
  for (const file of files) {
    for (const [key, n] of counts(file)) {
      const kop = file.find((payment) => keyOf(payment) === key)?.kop ?? 0n;
      most.set(key, { n: Math.max(n, most.get(key)?.n ?? 0), kop });
    }
  }
  return [...most.values()].reduce((sum, { n, kop }) => sum + BigInt(n) * kop, 0n);
}

async function posted(): Promise<bigint> {
  const [row] = await database.db.query<{ kop: bigint }>(
    'select coalesce(sum(amount_kop), 0)::bigint as kop from payments.payment',
  );
  return row?.kop ?? 0n;
}
const postedSince = async (before: bigint): Promise<bigint> => (await posted()) - before;

describe('one day of payments on any number of ways', () => {
  it('without ids: no duplicate, no lost twin, the rest waits for a person', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.array(way, { minLength: 1, maxLength: 4 }), async (day, ways) => {
        run += 1;
        const before = await posted();
        const payments = day.map(({ flat, step }) => ({
          account: heatAlias(FIRST + flat),
          service: '002',
          name: 'Коваленко',
          kop: BigInt(run * 10 + step + 1),
          day: '2026-11-20',
        }));
        const files = ways.map((how) => turned(payments, how)).filter((file) => file.length > 0);
        for (const [index, file] of files.entries()) {
          const registerId = ways[index]?.kind === 'again' ? `${run}` : `${run}${index}`;
          const view = await importFile(desk, eircFile(file, { registerId }), {
            provider: 'P02',
            name: `${index}.txt`,
          });
          expect(view.state).toBe('posted');
          expect(view.posted.count + view.outcomes.duplicate.count).toBe(file.length);
        }
        expect(await postedSince(before)).toBe(expectedOf(files));
      }),
      { numRuns: 25 },
    );
    expect(await brokenLaws(database)).toEqual([]);
  });

  it('with ids: every id once', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.array(way, { minLength: 1, maxLength: 4 }), async (day, ways) => {
        run += 1;
        const before = await posted();
        const payments = day.map(({ flat, step }, index) => ({
          account: numberOf(FIRST + flat),
          name: 'Коваленко',
          kop: BigInt(step + 1),
          day: '2026-11-20',
          id: `${run}-${index}`,
        }));
        const files = ways.map((how) => turned(payments, how)).filter((file) => file.length > 0);
        for (const file of files)
          expect((await importFile(desk, ibankFile(file, { ids: true }), { preset: 'ibank2ua-csv' })).state).toBe(
            'posted',
          );
        const seen = new Map(files.flat().map((payment) => [payment.id, payment.kop]));
        expect(await postedSince(before)).toBe([...seen.values()].reduce((sum, kop) => sum + kop, 0n));
      }),
      { numRuns: 25 },
    );
    expect(await brokenLaws(database)).toEqual([]);
  });

  it('a register cut at any byte of its last lines posts nothing, or only whole rows with right totals', async () => {
    run += 1;
    const payments = [1n, 2n].map((kop) => ({
      account: heatAlias(FIRST),
      service: '002',
      name: 'К',
      kop: kop + BigInt(run * 10),
      day: '2026-11-20',
    }));
    const whole = eircFile(payments, { registerId: String(run) });
    const before = await posted();
    for (let length = whole.length - 60; length < whole.length - 1; length += 7) {
      const view = await importFile(desk, whole.subarray(0, length), { preset: 'eirc-ree', provider: 'P02' });
      expect(['refused', 'mismatch']).toContain(view.state);
    }
    expect(await postedSince(before)).toBe(0n);
    await importFile(desk, whole, { provider: 'P02' });
    expect(await postedSince(before)).toBe(3n + BigInt(run * 20));
  });

  it('two files posted at the same moment do not take one row twice', async () => {
    run += 1;
    const payment = {
      account: heatAlias(FIRST + 5),
      service: '002',
      name: 'К',
      kop: BigInt(run * 10),
      day: '2026-11-20',
    };
    const ids = await Promise.all(
      ['7771', '7772', '7773'].map(
        async (registerId) =>
          (await importFile(desk, eircFile([payment], { registerId }), { provider: 'P02', post: false })).id,
      ),
    );
    const before = await posted();
    const finish = async (id: string): Promise<void> => {
      await desk.desk.order(id, 'post', undefined, person, true);
      // a batch that loses the race is tried again, as the process does it
      for (let left = true, tries = 0; left && tries < 5; tries += 1)
        left = await desk.poster.postBatch(id).then(
          (result) => result.left,
          () => true,
        );
    };
    await Promise.all(ids.map(finish));
    expect(await postedSince(before)).toBe(payment.kop);
    expect(await brokenLaws(database)).toEqual([]);
  });
});
