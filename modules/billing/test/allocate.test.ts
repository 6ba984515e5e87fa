import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allocate, type AllocateInput } from '../domain/index.ts';

const order = ['MNT', 'CW', 'SW', 'HEAT'];
const item = (month: string, service: string, outstanding: bigint) => ({ month, service, provider: null, outstanding });
const last = (service: string, amount: bigint) => ({ service, provider: null, amount });

describe('allocation of a payment (model.md 3.1)', () => {
  it('pays the oldest month first, inside it by the order of services', () => {
    const openItems = [item('2026-10', 'MNT', 300n), item('2026-09', 'CW', 200n), item('2026-09', 'MNT', 100n)];
    const result = allocate({ openItems, lastAccruals: [last('MNT', 300n)], amount: 350n, serviceOrder: order });
    expect(result.allocations.map(({ month, service, amount }) => [month, service, amount])).toEqual([
      ['2026-09', 'MNT', 100n],
      ['2026-09', 'CW', 200n],
      ['2026-10', 'MNT', 50n],
    ]);
    expect(result.advances).toEqual([]);
  });
  it('splits what remains by the last charges, the odd kopeck to the largest', () => {
    const result = allocate({
      openItems: [],
      lastAccruals: [last('MNT', 100n), last('CW', 100n), last('HEAT', 101n)],
      amount: 100n,
      serviceOrder: order,
    });
    // 100·100/301 = 33.2, 33.2, 33.5 → 33 + 33 + 33, one left for HEAT
    expect(result.advances.map(({ service, amount }) => [service, amount])).toEqual([
      ['MNT', 33n],
      ['CW', 33n],
      ['HEAT', 34n],
    ]);
  });
  it('keeps named lines where they were named', () => {
    const openItems = [item('2026-09', 'MNT', 500n), item('2026-10', 'HEAT', 100n)];
    const result = allocate({
      openItems,
      lastAccruals: [last('MNT', 1n)],
      amount: 150n,
      named: [last('HEAT', 150n)],
      serviceOrder: order,
    });
    expect(result.allocations).toEqual([{ month: '2026-10', service: 'HEAT', provider: null, amount: 100n }]);
    expect(result.advances).toEqual([{ service: 'HEAT', provider: null, amount: 50n }]);
  });
  it('in proportion: the month that cannot be paid in full is shared, the remainder to the largest debt', () => {
    const openItems = [item('2026-09', 'MNT', 100n), item('2026-09', 'CW', 201n)];
    const result = allocate({
      openItems,
      lastAccruals: [],
      amount: 100n,
      rule: 'oldest-then-proportional',
      serviceOrder: order,
    });
    expect(result.allocations.map(({ service, amount }) => [service, amount])).toEqual([
      ['MNT', 33n],
      ['CW', 67n],
    ]);
  });
  it('refuses named lines above the sum, and money of an account without services', () => {
    const base: AllocateInput = { openItems: [], lastAccruals: [], amount: 100n, serviceOrder: order };
    expect(() => allocate({ ...base, named: [last('MNT', 101n)] })).toThrow('billing.allocate.named-exceed');
    expect(() => allocate(base)).toThrow('billing.allocate.no-supply');
  });
  it('loses no kopeck under any rule, and covers no item above its debt', () => {
    const items = fc.array(
      fc.record({
        month: fc.constantFrom('2026-08', '2026-09', '2026-10'),
        service: fc.constantFrom(...order),
        kop: fc.integer({ min: 1, max: 99_999 }),
      }),
      { maxLength: 10 },
    );
    fc.assert(
      fc.property(
        items,
        fc.integer({ min: 1, max: 400_000 }),
        fc.constantFrom('oldest-then-service-order', 'oldest-then-proportional'),
        (list, sum, rule) => {
          const seen = new Map(
            list.map((line) => [`${line.month}/${line.service}`, item(line.month, line.service, BigInt(line.kop))]),
          );
          const openItems = [...seen.values()];
          const result = allocate({
            openItems,
            lastAccruals: [last('MNT', 7n), last('CW', 11n)],
            amount: BigInt(sum),
            rule: rule === 'oldest-then-proportional' ? rule : 'oldest-then-service-order',
            serviceOrder: order,
          });
          const total = [...result.allocations, ...result.advances].reduce((all, line) => all + line.amount, 0n);
          expect(total).toBe(BigInt(sum));
          for (const line of result.allocations)
            expect(line.amount <= (seen.get(`${line.month}/${line.service}`)?.outstanding ?? 0n)).toBe(true);
          const months = result.allocations.map((line) => line.month);
          const open = openItems.filter(
            (one) =>
              one.outstanding >
              (result.allocations.find((line) => line.month === one.month && line.service === one.service)?.amount ??
                0n),
          );
          for (const one of open) expect(months.every((month) => month <= one.month)).toBe(true);
        },
      ),
    );
  });
});
