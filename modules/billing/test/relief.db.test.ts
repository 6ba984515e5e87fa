import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plugins } from '@komplat/all/server';
import { benefitAmount } from '@komplat/benefits/contract';
import { Dec, Period } from '@komplat/kernel';
import { uuid7 } from '@komplat/server';
import { testDatabase, type TestDatabase } from '@komplat/testing';
import { recompute, reliefOf } from '../domain/index.ts';
import { loadChargeFacts } from '../server/services/charge-facts.ts';
import { SecondCalculationService } from '../server/services/second-calculation.service.ts';
import { buildRandomCity } from './random-city.ts';
import { Chance, PROVIDERS } from './world.ts';

const [ACCOUNTS, SEED] = [120, 20_261_124];
const PERIOD = '2026-10';
const MONTH = Period.parse(PERIOD);
const EVERYONE = Array.from({ length: ACCOUNTS }, (_, index) => index + 1);
let database: TestDatabase;

interface Entry {
  readonly key: string;
  readonly kind: number;
  readonly kop: bigint;
}
const entries = (): Promise<Entry[]> =>
  database.db.query<Entry>(
    `select account_id || '/' || service_id as key, kind::int, sum(amount_kop)::bigint as kop from billing.ledger_entry
     where period = $1 and kind in (3, 4) group by 1, 2 order by 1, 2`,
    [MONTH.firstDay],
  );
const accrue = async (): Promise<void> => {
  for (const provider of PROVIDERS) {
    await database.closeDb.transaction((tx) =>
      tx.query('select * from billing.accrue_batch($1, $2::smallint, 1, $3, $4)', [MONTH.firstDay, provider, ACCOUNTS, 'test']),
    );
  }
};

/** Rights of every form: whole months and parts, with and without a norm, two at once, and monetised ones that must change nothing. */
async function grant(chance: Chance): Promise<void> {
  for (const account of EVERYONE.filter((id) => id % 2 === 0)) {
    for (const service of [1, 2, 3, 4, 5, 6, 7]) {
      for (const category of chance.is(0.2) ? ['1', '2'] : ['1']) {
        const from = chance.is(0.6) ? '1997-01-01' : chance.day(PERIOD);
        const to = chance.is(0.7) ? null : '2026-10-29';
        const norm = chance.is(0.3) ? null : chance.pick(['2.4', '21', '0.5', '75']);
        await database.owner.query(
          `insert into benefits.entitlement values ($1, $2, $3, $4, $5, $6, $7, $8, null, $9, 'plausible', daterange($10, $11))`,
          [account, service, uuid7(), category, chance.pick(['25', '50', '75', '100']), chance.int(1, 3), norm, norm === null ? '0' : chance.pick(['0', '10.5']),
            chance.is(0.85) ? 'netted' : 'monetised', from, to],
        );
      }
    }
  }
}

beforeAll(async () => {
  database = await testDatabase(plugins);
  await database.owner.transaction((tx) => buildRandomCity(tx, SEED, ACCOUNTS));
  await grant(new Chance(SEED));
  for (const account of [1, 3, 5]) {
    await database.owner.query(
      `insert into benefits.award (account_id, service_id, months, amount_kop, kind, regime, document, reason, recorded_by)
       values ($1, 1, '[2026-10-01,2026-11-01)', $2, 'award', $3, 'award/1', 'test', 'test')`,
      [account, account * 10_000, account === 5 ? 'monetised' : 'netted'],
    );
  }
  await accrue();
});
afterAll(() => database.drop());

describe('netted relief of the mass accrual', () => {
  it('is the benefit of the second calculation on every charge, and nothing else', async () => {
    const expected = new Map<string, bigint>();
    const failed = new Set<string>();
    let [parts, ofMonth] = [0, 0];
    for (const provider of PROVIDERS) {
      for (const { accountId, serviceId, facts } of await loadChargeFacts(database.db, MONTH, provider, EVERYONE)) {
        const key = `${accountId}/${serviceId}`;
        const result = recompute(MONTH, facts);
        if ('failed' in result) {
          failed.add(key);
          continue;
        }
        const relief = reliefOf(MONTH, facts, result.done);
        parts += relief.parts.filter(({ days }) => days < MONTH.days).length;
        ofMonth += relief.parts.filter(({ days }) => days === MONTH.days).length;
        if (relief.kop > 0n) expected.set(key, (expected.get(key) ?? 0n) - relief.kop);
      }
    }
    for (const key of failed) expected.delete(key);
    const stored = (await entries()).filter(({ kind }) => kind === 3);
    expect(new Map(stored.map(({ key, kop }) => [key, kop]))).toEqual(expected);
    expect(expected.size).toBeGreaterThan(100);
    expect(Math.min(parts, ofMonth)).toBeGreaterThan(50);
  });

  it('equals the calculator benefits.amount where one right holds for a whole month of one tariff', async () => {
    let compared = 0;
    for (const provider of PROVIDERS) {
      for (const { facts } of await loadChargeFacts(database.db, MONTH, provider, EVERYONE)) {
        const result = recompute(MONTH, facts);
        const [right] = facts.entitlements ?? [];
        if (!('done' in result) || facts.entitlements?.length !== 1 || !right || facts.tariffs.length !== 1) continue;
        const { parts, kop } = reliefOf(MONTH, facts, result.done);
        const [part] = parts;
        if (!part || part.days !== MONTH.days || result.done.days !== MONTH.days || kop === result.done.kop) continue;
        const isVolume = facts.method === 'meter' || facts.method === 'norm' || facts.method === 'linked';
        if (!isVolume && result.done.quantity.text(6) !== result.done.quantity.text(12)) continue;
        const { value } = benefitAmount({
          quantity: new Dec(result.done.quantity.text(12)), quantityScale: isVolume ? facts.scale : null, covered: part.covered, persons: part.persons,
          norm: right.norm === null ? null : new Dec(right.norm), normAddition: new Dec(right.addition), tariff: new Dec(part.price.text(6)), percent: new Dec(right.percent),
        });
        expect([right.category, part.kop]).toEqual([right.category, value.benefit.kop]);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(20);
  });

  it('takes a netted subsidy off the bill once, a monetised one never', async () => {
    await accrue();
    const subsidies = (await entries()).filter(({ kind }) => kind === 4);
    const charged = await database.db.query<{ key: string }>(
      `select distinct account_id || '/' || service_id as key from billing.accrual where period = $1 and service_id = 1 and account_id in (1, 3)`,
      [MONTH.firstDay],
    );
    expect(subsidies).toEqual(charged.map(({ key }) => ({ key, kind: 4, kop: BigInt(key.split('/')[0] ?? '0') * -10_000n })));
    expect(subsidies.length).toBeGreaterThan(0);
  });

  it('keeps the sums: what is owed less what waits is the ledger, and the verification agrees', async () => {
    const wrong = await database.db.query(
      `select account_id from registry.account a
       left join lateral (select coalesce(sum(net_kop), 0) as kop from billing.accrual x where x.account_id = a.id) c on true
       left join lateral (select coalesce(sum(amount_kop), 0) as kop from billing.ledger_entry e where e.account_id = a.id) l on true
       left join lateral (select coalesce(sum(outstanding_kop), 0) as kop from billing.open_item i where i.account_id = a.id) o on true
       left join lateral (select coalesce(sum(amount_kop), 0) as kop from billing.advance v where v.account_id = a.id) w on true
       cross join lateral (select a.id as account_id) n where c.kop + l.kop <> o.kop - w.kop`,
    );
    expect(wrong).toEqual([]);
    const [mass] = await database.db.query<{ kop: bigint }>(
      `select (select sum(net_kop) from billing.accrual where period = $1)::bigint
         + (select sum(amount_kop) from billing.ledger_entry where period = $1 and kind = 3)::bigint as kop`,
      [MONTH.firstDay],
    );
    const second = new SecondCalculationService();
    let sum = 0n;
    for (const provider of PROVIDERS) {
      for (const { kop } of await second.recompute(database.db, PERIOD, provider, EVERYONE)) sum += kop;
    }
    expect(mass?.kop).toBe(sum);
  });
});

interface Line {
  readonly key: string;
  readonly before_kop: bigint;
  readonly after_kop: bigint;
  readonly failed: string | null;
}
/** Services whose charge of a month depends on that month alone: area, heated area, persons, a fixed fee. */
const BY_MONTH = [1, 5, 6, 8];
const linesOf = (services: readonly number[] | null, all: boolean): Promise<Line[]> =>
  database.db.transaction((tx) =>
    tx.query<Line>(
      `select account_id || '/' || service_id as key, before_kop, after_kop, failed
       from billing.recompute_lines($1::int[], $2, $2, $3::smallint[], $4)`,
      [EVERYONE, MONTH.firstDay, services, all],
    ),
  );

describe('recalculation of a month with netted benefits', () => {
  beforeAll(async () => {
    await database.owner.query("update platform.period_lane set state = 'locked' where period = $1", [MONTH.firstDay]);
  });

  it('changes nothing while no fact changed: the benefit stands in both sums', async () => {
    expect((await linesOf(null, false)).filter(({ failed }) => failed === null)).toEqual([]);
  });

  it('counts charge and benefit anew after areas, rights and their shares changed, as the second calculation does', async () => {
    const { owner, db } = database;
    await owner.query('update registry.premises_fact set total_area = total_area + 3.5, heated_area = heated_area + 3.5 where premises_id % 3 = 0');
    await owner.query("delete from benefits.entitlement where account_id % 4 = 0 and service_id in (1, 6)");
    await owner.query("update benefits.entitlement set percent = 100 where account_id % 6 = 2 and regime = 'netted'");
    const found = new Map((await linesOf(BY_MONTH, true)).map((line) => [line.key, line]));
    const expected = new Map<string, bigint>();
    for (const provider of PROVIDERS)
      for (const { accountId, serviceId, kop } of await new SecondCalculationService().recompute(db, PERIOD, provider, EVERYONE)) {
        const key = `${accountId}/${serviceId}`;
        if (BY_MONTH.includes(serviceId)) expected.set(key, (expected.get(key) ?? 0n) + kop);
      }
    for (const [key, kop] of expected) expect([key, found.get(key)?.after_kop]).toEqual([key, kop]);
    const changed = (await linesOf(BY_MONTH, false)).filter(({ failed }) => failed === null);
    expect(changed.length).toBeGreaterThan(60);
    expect(changed.every((line) => line.before_kop !== line.after_kop)).toBe(true);
  });
});

describe('a netted subsidy that changes after its month was charged', () => {
  const settle = async (): Promise<number> => {
    const [row] = await database.db.transaction((tx) => tx.query<{ posted: number }>('select billing.settle_awards($1::int[], $2, $3) as posted', [EVERYONE, 'test', uuid7()]));
    return row?.posted ?? -1;
  };
  const award = (account: number, kop: number, kind: string): Promise<unknown> =>
    database.owner.query(
      `insert into benefits.award (account_id, service_id, months, amount_kop, kind, regime, document, reason, recorded_by)
       values ($1, 1, '[2026-10-01,2026-11-01)', $2, $3, 'netted', 'return/1', 'test', 'test')`,
      [account, kop, kind],
    );
  const sumsOf = async (account: number): Promise<{ booked: bigint; owed: bigint }> => {
    const [row] = await database.db.query<{ booked: bigint; owed: bigint }>(
      `select (select coalesce(sum(amount_kop), 0) from billing.ledger_entry where account_id = $1 and service_id = 1 and kind = 4)::bigint as booked,
         ((select coalesce(sum(outstanding_kop), 0) from billing.open_item where account_id = $1 and service_id = 1)
           - (select coalesce(sum(amount_kop), 0) from billing.advance where account_id = $1 and service_id = 1))::bigint as owed`,
      [account],
    );
    return row ?? { booked: 0n, owed: 0n };
  };

  it('is a debit of the open month when it was returned, a credit when more came, and is posted once', async () => {
    expect(await settle()).toBe(0);
    const [first, third] = [await sumsOf(1), await sumsOf(3)];
    const has = (sums: { booked: bigint }): boolean => sums.booked !== 0n;
    await award(1, -4_000, 'return');
    await award(3, 2_500, 'award');
    expect(await settle()).toBe([first, third].filter(has).length);
    expect(await settle()).toBe(0);
    if (has(first)) expect(await sumsOf(1)).toEqual({ booked: first.booked + 4_000n, owed: first.owed + 4_000n });
    if (has(third)) expect(await sumsOf(3)).toEqual({ booked: third.booked - 2_500n, owed: third.owed - 2_500n });
    expect([first, third].some(has)).toBe(true);
    const [late] = await database.db.query<{ period: string; month: string }>(
      `select to_char(e.period, 'YYYY-MM') as period, to_char(e.for_period, 'YYYY-MM') as month from billing.ledger_entry e
       join billing.posting p on p.id = e.posting_id where p.document_kind = 'award-change' limit 1`,
    );
    expect(late).toEqual({ period: '2026-11', month: '2026-10' });
  });
});
