import { describe, expect, it } from '@jest/globals';
import { LIST_COLUMNS, missingColumn, readListLine } from './case-list.ts';

const COURT = { справа: 'С-2026/000001', стан: 'Наказ видано', дата: '23.11.2026', документ: 'н-1', 'номер суду': '2-н/501/1/26', сума: '1 234,50' };
const codeOf = (kind: 'court' | 'executor', cells: Readonly<Record<string, string>>): string => {
  const read = readListLine(kind, cells);
  return 'problem' in read ? `${read.problem.code} ${Object.values(read.problem.params).join(' ')}`.trim() : read.line.act;
};

describe('a row of a list of a court or an executor', () => {
  it('days and sums as Ukrainian offices write them', () => {
    expect(readListLine('court', COURT)).toEqual({
      line: {
        number: 'С-2026/000001', act: 'issue-order', on: '2026-11-23', document: 'н-1', sum: '1234.50', courtNumber: '2-н/501/1/26', hearingOn: null, executor: null,
      },
    });
    expect(codeOf('court', { ...COURT, дата: '2026-11-23', сума: '' })).toBe('issue-order');
  });
  it('enforcement lists: number of the proceedings, executor, state (law.md 5.6)', () => {
    const row = { справа: '78410226', стан: 'відкрито приватним', дата: '01.12.2026', документ: 'п-1', 'номер вп': '78410226', виконавець: 'Коваль Т. П.', сума: '' };
    expect(readListLine('executor', row)).toMatchObject({ line: { act: 'present-private', executor: { name: 'Коваль Т. П.', number: '78410226' } } });
    expect(codeOf('executor', { ...row, стан: 'надходження', сума: '500' })).toBe('receipt');
    expect(codeOf('executor', { ...row, стан: 'завершено' })).toBe('complete');
  });
  it.each([
    [{ дата: '31.02.2026' }, 'legal.list.cell-wrong дата 31.02.2026'],
    [{ дата: '1.2.26' }, 'legal.list.cell-wrong дата 1.2.26'],
    [{ сума: '12,345' }, 'legal.list.cell-wrong сума 12,345'],
    [{ сума: '-5' }, 'legal.list.cell-wrong сума -5'],
    [{ стан: 'надходження' }, 'legal.list.state-unknown надходження'],
    [{ документ: ' ' }, 'legal.list.cell-wrong документ'],
    [{ справа: '' }, 'legal.list.cell-wrong справа'],
    [{ засідання: 'завтра' }, 'legal.list.cell-wrong засідання завтра'],
  ])('%j is a problem of the row, never a guess', (change, expected) => {
    expect(codeOf('court', { ...COURT, ...change })).toBe(expected);
  });
  it('money of an executor has its sum; a header has its columns', () => {
    expect(codeOf('executor', { справа: '1', стан: 'надходження', дата: '01.12.2026', документ: 'п' })).toBe('legal.list.cell-wrong сума');
    expect(missingColumn('court', LIST_COLUMNS.court)).toBeUndefined();
    expect(missingColumn('executor', ['справа', 'дата', 'документ'])).toBe('стан');
  });
});
