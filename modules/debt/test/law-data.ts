import { readFileSync } from 'node:fs';
import { Dec, Money, Period } from '@komplat/kernel';
import { parse } from 'csv-parse/sync';
import { type ActMonth, type Holiday, IndexTable, type IndexTableData, type MissingIndex, WorkingCalendar } from '../domain/index.ts';

/** The published tables of law.md, as files: what the tests expect of the tables in the database. */
const table = (name: string): Record<string, string>[] =>
  parse(readFileSync(new URL(`data/${name}.csv`, import.meta.url), 'utf8'), { columns: true });

export const publishedIndices = table('inflation')
  .filter((row) => row.cpi_prev_month_pct !== '')
  .map((row) => ({
    month: `${row.year}-${String(row.month).padStart(2, '0')}`,
    value: row.cpi_prev_month_pct ?? '',
    mark: row.status === 'OFFICIAL' ? 'confirmed' : 'general knowledge',
  }));
export const publishedHolidays: Holiday[] = table('holidays').map((row) => ({
  day: row.date ?? '',
  suspended: row.suspended_by_martial_law === 'yes',
}));

export const data: IndexTableData = { version: '1', rows: publishedIndices };
export const official = (missing?: MissingIndex, own?: Record<string, string>): IndexTable => new IndexTable(data, missing, own);
export const labour = new WorkingCalendar('labour', publishedHolidays);
export const everyHoliday = new WorkingCalendar('calendar', publishedHolidays);
export const money = (text: string): Money => Money.parse(text);
export const three = new Dec(3);

/** Vector set A: charges of a flat of 67.08 m², 2021-11..2025-06, and its payments (law.md 4.5.1). */
const PAID: Readonly<Record<string, string>> = {
  '2022-10': '500', '2023-01': '352.17', '2023-05': '2000', '2023-06': '1000', '2023-07': '1000', '2024-02': '500',
  '2024-07': '500', '2024-09': '500', '2024-12': '1000', '2025-01': '1000', '2025-04': '420', '2025-06': '500',
};
export const actMonths: ActMonth[] = Period.range(Period.of(2021, 11), Period.of(2025, 6)).map((month) => ({
  month,
  charged: Money.round(new Dec('67.08').times(month.toString() >= '2024-07' ? '6.25' : '5.25')),
  paid: money(PAID[month.toString()] ?? '0'),
}));
