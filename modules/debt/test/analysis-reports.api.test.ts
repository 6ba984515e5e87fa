import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestApi } from '@komplat/testing';
import { limitation } from '../domain/index.ts';
import { debtCity, districtUser, type Item, ITEMS, lawyer, monthBack, providerUser, text, TODAY } from './analysis-world.ts';

let api: TestApi;
beforeAll(async () => {
  api = await debtCity();
});
afterAll(() => api.close());

const get = (path: string, as = lawyer) => api.call('GET', `debt/reports/${path}`, as);
const OVERDUE = ITEMS.filter(({ due }) => due < TODAY);
const sum = (items: readonly Item[]): string => text(items.reduce((total, { kop }) => total + kop, 0n));
const codeOf = (provider: number): string => `P0${provider}`;

describe('debt by years', () => {
  it('each year and provider, against the list of items', async () => {
    const { status, body } = await get('years');
    expect([status, body.total]).toEqual([200, sum(OVERDUE)]);
    for (const { year, provider, debt, items } of body.rows) {
      const own = OVERDUE.filter((item) => item.month.startsWith(`${year}`) && codeOf(item.provider) === provider);
      expect([debt, items]).toEqual([sum(own), own.length]);
    }
    expect(body.years.map(({ year }: { year: number }) => year)).toEqual([2026, 2019, 2018]);
  });
  it('a provider has its own figures, a district none: they are of the city', async () => {
    expect((await get('years', providerUser)).body.total).toBe(sum(OVERDUE.filter(({ provider }) => provider === 2)));
    expect((await get('years?provider=P08', providerUser)).body.total).toBe('0.00');
    expect((await get('years', districtUser)).body.total).toBe('0.00');
    expect((await get('years?service=MNT')).body.total).toBe(sum(OVERDUE.filter(({ service }) => service === 1)));
  });
});

describe('ageing', () => {
  /** Whole months past the due day, by plain counting. */
  const ageOf = (item: Item): string => {
    const [y = 0, m = 0, d = 0] = item.due.split('-').map(Number);
    const whole = (2026 - y) * 12 + (11 - m) - (d > 23 ? 1 : 0) + 1;
    return [[1, '1'], [3, '2-3'], [6, '4-6'], [12, '7-12'], [24, '13-24'], [36, '25-36']].find(([most]) => whole <= Number(most))?.[1]?.toString() ?? '37+';
  };
  it('every age has its sum and its accounts; an account is once in the total', async () => {
    const { body } = await get('ageing');
    for (const { age, debt, accounts } of body.rows) {
      const own = OVERDUE.filter((item) => ageOf(item) === age);
      expect([age, debt, accounts]).toEqual([age, sum(own), new Set(own.map(({ account }) => account)).size]);
    }
    expect(body.total).toEqual({ debt: sum(OVERDUE), accounts: new Set(OVERDUE.map(({ account }) => account)).size });
  });
});

describe('limitation ahead', () => {
  const STOPS = [{ from: '2020-04-02', to: '2025-09-03', ground: 'stop' }];
  const endOf = ({ due }: Item): string => limitation({ dueOn: due, startsAfter: 1, asOf: TODAY, years: 3, stops: STOPS, interruptions: [] }).value.endsOn;

  it('equals the pure rule run over every item', async () => {
    const { body } = await get('limitation');
    const ending = ITEMS.filter((item) => endOf(item) >= TODAY && endOf(item) <= '2027-11-30');
    const expected = new Map<string, Item[]>();
    for (const item of ending) {
      const key = `${endOf(item).slice(0, 7)} ${codeOf(item.provider)}`;
      expected.set(key, [...(expected.get(key) ?? []), item]);
    }
    expect(body.rows.map(({ month, provider }: { month: string; provider: string }) => `${month} ${provider}`)).toEqual([...expected.keys()].sort());
    for (const row of body.rows) {
      const own = expected.get(`${row.month} ${row.provider}`) ?? [];
      expect(row).toMatchObject({ debt: sum(own), accounts: new Set(own.map(({ account }) => account)).size, lastDay: own.map(endOf).sort()[0] });
    }
    expect(body.rows.length).toBeGreaterThan(0);
    expect(body.expired).toBe(sum(ITEMS.filter((item) => endOf(item) < TODAY)));
    expect(body.parameters).toContainEqual(expect.objectContaining({ id: 'debt.limitation.stop', mark: 'needs a lawyer' }));
  });
});

describe('payments and movement', () => {
  const PAID = [
    { account: 9, month: '2026-11', service: 1, provider: 8, kop: 30_000n },
    { account: 10, month: '2026-11', service: 2, provider: 2, kop: 10_000_000n },
  ];
  beforeAll(async () => {
    for (const { account, month, service, provider, kop } of PAID) {
      await api.database.owner.query(
        `select billing.post_entry($1, $2::smallint, $3::smallint, 5::smallint, $4, $5, $5, $5, 'test', 'payment', $6)`,
        [account, service, provider, (-kop).toString(), `${month}-01`, `P${account}`],
      );
    }
    await api.database.owner.query(
      `insert into billing.period_balance (period, account_id, service_id, provider_id, opening_kop, charged_kop, paid_kop, other_kop, closing_kop)
       values ('2026-09-01', 1, 1, 8, 0, 5000, 0, 0, 5000), ('2026-09-01', 2, 1, 8, 4000, 1000, -6000, 0, -1000), ('2026-09-01', 3, 2, 2, 700, 0, 0, 300, 1000),
         ('2026-10-01', 1, 1, 8, 5000, 5000, 0, 0, 10000)`,
    );
  });

  it('paid = what covered the last month, the year, older months, and what is ahead', async () => {
    const { body } = await get('paid?from=2026-01&to=2026-11');
    const covered = { last: 0n, year: 0n, older: 0n };
    for (const { account, service, kop } of PAID) {
      let left = kop;
      for (const item of ITEMS.filter((each) => each.account === account && each.service === service).toSorted((a, b) => (a.month < b.month ? -1 : 1))) {
        const part = left < item.kop ? left : item.kop;
        left -= part;
        covered[item.month >= monthBack('2026-11', 1) ? 'last' : item.month >= monthBack('2026-11', 12) ? 'year' : 'older'] += part;
      }
    }
    const paid = PAID.reduce((total, { kop }) => total + kop, 0n);
    expect(body.rows).toEqual([
      {
        month: '2026-11', paid: text(paid), lastMonth: text(covered.last), year: text(covered.year), older: text(covered.older),
        ahead: text(paid - covered.last - covered.year - covered.older),
      },
    ]);
    expect(covered.year).toBeGreaterThan(0n);
  });

  it('movement closes: opening + charged + other - paid = closing = debt - advance', async () => {
    const { body } = await get('movement?from=2026-08&to=2026-10');
    expect(body.rows).toEqual([
      { month: '2026-10', opening: '50.00', charged: '50.00', other: '0.00', paid: '0.00', closing: '100.00', debt: '100.00', advance: '0.00', came: 0, left: 0 },
      { month: '2026-09', opening: '47.00', charged: '60.00', other: '3.00', paid: '60.00', closing: '50.00', debt: '60.00', advance: '10.00', came: 1, left: 1 },
    ]);
    expect((await get('movement?from=2026-08&to=2026-10', providerUser)).body.rows).toEqual([
      { month: '2026-09', opening: '7.00', charged: '0.00', other: '3.00', paid: '0.00', closing: '10.00', debt: '10.00', advance: '0.00', came: 0, left: 0 },
    ]);
  });
  it('refuses months in the wrong order and more than five years', async () => {
    for (const query of ['paid?from=2026-11&to=2026-10', 'movement?from=2015-01&to=2026-10']) expect((await get(query)).status).toBe(400);
  });
});
