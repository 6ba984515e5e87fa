import { describe, expect, it } from '@jest/globals';
import { Period } from '@komplat/kernel';
import { IndexTable, type MissingIndex } from './index.ts';

const rows = [
  { month: '1999-10', value: '101.1', mark: 'general knowledge' },
  { month: '1999-11', value: '102.2', mark: 'general knowledge' },
  { month: '1999-12', value: '104.1', mark: 'general knowledge' },
  { month: '2000-01', value: '104.6', mark: 'confirmed' },
];
const table = (missing?: MissingIndex, own?: Record<string, string>): IndexTable => new IndexTable({ version: '7', rows }, missing, own);
const months = (...names: string[]): Period[] => names.map((name) => Period.parse(name));

describe('index table of one calculation', () => {
  it('a factor is the index by 100; a product takes all months', () => {
    expect(table().factor(Period.of(2000, 1)).toString()).toBe('1.046');
    expect(table().product(months('1999-11', '1999-12')).toString()).toBe('1.063902');
    expect(table().product([]).toString()).toBe('1');
  });
  it('an own index stands before that of the table, and alone where the table has none', () => {
    const own = table('refuse', { '2000-01': '110', '2030-05': '50' });
    expect([own.factor(Period.of(2030, 5)).toString(), own.factor(Period.of(2000, 1)).toString()]).toEqual(['0.5', '1.1']);
    expect(own.used()).toEqual([
      { id: 'debt.inflation-index', version: '7', mark: 'confirmed' },
      { id: 'parameters.indices', version: '2000-01, 2030-05', mark: 'override' },
    ]);
  });
  it('a missing month: refused by default, told when it counts as unchanged', () => {
    expect(() => table().factor(Period.of(2000, 2))).toThrow(expect.objectContaining({ code: 'debt.index-missing', params: { month: '2000-02', path: 'parameters.indices' } }));
    const unchanged = table('unchanged');
    expect(unchanged.product(months('2000-03', '2000-02', '2000-01')).toString()).toBe('1.046');
    expect(unchanged.used()).toEqual([
      { id: 'debt.inflation-index', version: '7', mark: 'confirmed' },
      { id: 'parameters.missingIndex', version: 'unchanged: 2000-02, 2000-03', mark: 'override' },
    ]);
  });
  it('months whose index is not verified carry their own mark and span', () => {
    const mixed = table();
    mixed.product(months('2000-01', '1999-12', '1999-10', '1999-11'));
    expect(mixed.used()).toEqual([
      { id: 'debt.inflation-index', version: '7', mark: 'confirmed' },
      { id: 'debt.inflation-index.unverified', version: '7: 1999-10..1999-12', mark: 'general knowledge' },
    ]);
    expect(table().used()).toEqual([{ id: 'debt.inflation-index', version: '7', mark: 'confirmed' }]);
  });
  it('an own index in the place of an unverified one leaves no unverified mark', () => {
    const own = table('refuse', { '1999-12': '100' });
    own.product(months('1999-12'));
    expect(own.used().map(({ id }) => id)).toEqual(['debt.inflation-index', 'parameters.indices']);
  });
});
