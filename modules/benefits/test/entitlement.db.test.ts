import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApi } from '@komplat/testing';
import fc from 'fast-check';
import { type HeldRight, placeHolders } from './place-holders.ts';
import { openWorld, personOf } from './world.ts';

const DAYS = ['2019-06-01', '2020-02-01', '2021-07-15', '2023-01-01', '2025-12-31'] as const;
const CATEGORIES = ['UBD', 'IV1', 'CH1', 'MIS9', 'VVSW', 'UV'] as const;
const FLATS = 40;
let api: TestApi;

interface Right {
  readonly account: number;
  readonly person: number;
  readonly category: (typeof CATEGORIES)[number];
  readonly covered: readonly number[];
  readonly from: string;
  readonly to: string | null;
  readonly proved: readonly [string, string] | null;
}
/** What the catalogue of the test says, by hand. */
const RULES: Readonly<Record<Right['category'], { percent: number; withinNorm: boolean; family: boolean; tested: boolean }>> = {
  UBD: { percent: 75, withinNorm: true, family: true, tested: false },
  IV1: { percent: 100, withinNorm: true, family: true, tested: false },
  CH1: { percent: 50, withinNorm: true, family: true, tested: false },
  MIS9: { percent: 50, withinNorm: false, family: true, tested: false },
  VVSW: { percent: 50, withinNorm: true, family: false, tested: false },
  UV: { percent: 50, withinNorm: true, family: true, tested: true },
};

beforeAll(async () => {
  api = await openWorld(FLATS);
  await api.database.owner.query(
    `insert into benefits.category (code, name, percent, norm_rule, income_rule, coverage, law, article, decision, mark, valid, reason, recorded_by)
     values ('MIS9', 'Програма', 50, 'no-norm', 'not-tested', 'family', 'рішення', '1', 'рішення', 'confirmed', '[1994-01-01,)', 'test', 'test')`,
  );
});
afterAll(() => api.close());

const day = fc.constantFrom('2018-01-01', '2020-02-01', '2021-07-01', '2022-12-31', '2024-03-03');
const rightOf = (account: number, person: number): fc.Arbitrary<Right> =>
  fc.record({
    account: fc.constant(account),
    person: fc.constant(person),
    category: fc.constantFrom(...CATEGORIES),
    covered: fc.subarray([0, 1, 2].filter((at) => at !== person)),
    from: day,
    to: fc.option(fc.constantFrom('2024-06-30', '2025-12-30'), { nil: null }),
    proved: fc.option(fc.constant(['2020-01-01', '2023-06-30'] as const), { nil: null }),
  });

async function write(rights: readonly Right[]): Promise<void> {
  const { owner, db } = api.database;
  await owner.query('delete from benefits.covered_person');
  await owner.query('delete from benefits.holding');
  for (const [at, right] of rights.entries()) {
    const id = `00000000-0000-7000-9000-${String(at).padStart(12, '0')}`;
    await owner.query(
      `insert into benefits.holding (holding_id, account_id, person_id, category, document, income_proved, valid, reason, recorded_by)
       values ($1, $2, $3, $4, 'ПС', case when $5::date is null then null else daterange($5::date, $6::date, '[]') end,
         daterange($7::date, $8::date, '[]'), 'test', 'test')`,
      [
        id, right.account, personOf(right.account, right.person), right.category, right.proved?.[0] ?? null, right.proved?.[1] ?? null, right.from,
        right.to,
      ],
    );
    for (const person of [right.person, ...right.covered]) {
      await owner.query(
        `insert into benefits.covered_person (holding_id, person_id, relation, valid, reason, recorded_by)
         values ($1, $2, $3, daterange($4::date, $5::date, '[]'), 'test', 'test')`,
        [id, personOf(right.account, person), person === right.person ? 'holder' : 'child', right.from, right.to],
      );
    }
  }
  await db.query('select benefits.refresh_entitlement(null)');
}

/** The plain rule for one dwelling on one day. */
function expected(rights: readonly Right[], account: number, on: string): string {
  const held = rights.flatMap((right, at): (HeldRight & { category: string })[] => {
    const rule = RULES[right.category];
    const proved = !rule.tested || (right.proved !== null && right.proved[0] <= on && on <= right.proved[1]);
    if (right.account !== account || on < right.from || (right.to !== null && on > right.to) || !proved) return [];
    const persons = rule.family ? [right.person, ...right.covered] : [right.person];
    const id = `00000000-0000-7000-9000-${String(at).padStart(12, '0')}`;
    return [{ id, category: right.category, percent: rule.percent, withinNorm: rule.withinNorm, persons: persons.map(String) }];
  });
  return placeHolders(held)
    .map(({ id, covered, leads }) => `${held.find((each) => each.id === id)?.category ?? ''} ×${covered}${leads ? ' +10.5' : ''}`)
    .toSorted()
    .join(', ');
}

async function actual(account: number, on: string): Promise<string> {
  const rows = await api.database.db.query<{ text: string }>(
    `select category || ' ×' || covered || case when norm_addition > 0 then ' +' || trim_scale(norm_addition) else '' end as text
     from benefits.pub_entitlement_v1 where account_id = $1 and service_id = 1 and valid @> $2::date`,
    [account, on],
  );
  return rows.map(({ text }) => text).toSorted().join(', ');
}

describe('entitlements of the whole city by one statement', () => {
  it('equal the plain rule for one dwelling on every day: 40 dwellings of up to three holders', async () => {
    const dwelling = (account: number): fc.Arbitrary<Right[]> =>
      fc.tuple(...[0, 1, 2].map((person) => fc.option(rightOf(account, person), { nil: undefined }))).map((rights) => rights.filter((right) => right !== undefined));
    const city = fc.tuple(...Array.from({ length: FLATS }, (_, at) => dwelling(at + 1))).map((dwellings) => dwellings.flat());
    for (const rights of fc.sample(city, { numRuns: 3, seed: 20261124 })) {
      await write(rights);
      const accounts = Array.from({ length: FLATS }, (_, at) => at + 1);
      const pairs = accounts.flatMap((account) => DAYS.map((on) => [account, on] as const));
      const found = await Promise.all(pairs.map(async ([account, on]) => [account, on, await actual(account, on)]));
      expect(found).toEqual(pairs.map(([account, on]) => [account, on, expected(rights, account, on)]));
      expect(found.filter(([, , text]) => text !== '').length).toBeGreaterThan(50);
    }
  });

  it('one account made anew equals the whole city made anew', async () => {
    const whole = await api.database.db.query('select * from benefits.pub_entitlement_v1 order by account_id, service_id, holding_id, valid');
    expect(whole.length).toBeGreaterThan(100);
    for (let account = 1; account <= FLATS; account += 7) await api.database.db.query('select benefits.refresh_entitlement(array[$1::int])', [account]);
    expect(await api.database.db.query('select * from benefits.pub_entitlement_v1 order by account_id, service_id, holding_id, valid')).toEqual(whole);
  });

  it('days never overlap for one holding and service, the sum of covered is at most the residents', async () => {
    const bad = await api.database.db.query(
      `select 1 from benefits.pub_entitlement_v1 a join benefits.pub_entitlement_v1 b
         on a.account_id = b.account_id and a.service_id = b.service_id and a.holding_id = b.holding_id and a.valid && b.valid and a.valid <> b.valid`,
    );
    const [most] = await api.database.db.query<{ covered: number }>(
      `select max(covered)::int as covered from (
         select sum(e.covered) as covered from benefits.pub_entitlement_v1 e, unnest($1::date[]) d where e.valid @> d group by e.account_id, e.service_id, d) q`,
      [DAYS],
    );
    expect([bad.length, most?.covered]).toEqual([0, 3]);
  });
});
