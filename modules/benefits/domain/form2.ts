import { Dec, fixed, Money, roundHalfAwayFromZero } from '@komplat/kernel';
import type { Form2, Form2Block, Form2Line, Form2Row } from '../contract/form2.ts';

const DAY_MS = 86_400_000;
const [VOLUME_DIGITS, TARIFF_DIGITS] = [6, 7];
const daysOf = ({ from, to }: Form2Row): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
const digits = (value: Dec, scale: number): string => fixed(roundHalfAwayFromZero(value, scale), scale);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function recordOf(row: Form2Row, code: string): Readonly<Record<string, string | null>> {
  return {
    CDPR: row.provider,
    IDCODE: row.taxNumber,
    FIO: row.fullName,
    PPOS: '0', // working programs write 0 here (formats.md 5.2)
    RS: row.account,
    YEARIN: String(row.month.year),
    MONTHIN: String(row.month.month),
    LGCODE: code,
    DATA1: row.from,
    DATA2: row.to,
    LGKOL: String(row.covered),
    LGKAT: row.edarpCode,
    LGPRC: digits(row.percent, 0),
    SUMM: row.sum.toString(),
    FACT: row.volume === null ? '0' : digits(row.volume, VOLUME_DIGITS),
    TARIF: digits(row.tariff, TARIFF_DIGITS),
    FLAG: row.sum.isNegative() ? '1' : '0',
  };
}

/**
 * Form 2-benefit of one provider and month (order of Minpratsi 535 of 04.10.2007, law.md 2.5): records of the DBF and the printed form,
 * two lines a person, blocks by category, totals. Every row of the ledger becomes a record, so the totals are those of the ledger.
 * A service or category without an established code stands in `problems`; its record has no code.
 */
export function makeForm2(rows: readonly Form2Row[], serviceCodes: Readonly<Record<string, string>>): Form2 {
  const sorted = rows.toSorted(
    (a, b) => compare(a.category, b.category) || compare(a.fullName, b.fullName) || compare(a.account, b.account) || compare(a.service, b.service),
  );
  const services = [...new Set(sorted.map(({ service }) => service))].toSorted(compare);
  const categories = [...new Set(sorted.map(({ category }) => category))];
  let number = 0;
  const blocks = categories.map((category): Form2Block => {
    const own = sorted.filter((row) => row.category === category);
    const people = [...groupBy(own, (row) => `${row.account}/${row.taxNumber}/${row.fullName}`).values()];
    const lines = people.map((person) => lineOf(person, (number += 1)));
    return {
      category,
      categoryName: own[0]?.categoryName ?? category,
      persons: lines.length,
      covered: lines.reduce((sum, line) => sum + line.first.covered, 0),
      total: Money.sum(own.map(({ sum }) => sum)),
      lines,
    };
  });
  return {
    records: sorted.map((row) => recordOf(row, serviceCodes[row.service] ?? '')),
    blocks,
    services,
    totals: sumsOf(sorted),
    total: Money.sum(sorted.map(({ sum }) => sum)),
    problems: problemsOf(sorted, serviceCodes),
  };
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}

function sumsOf(rows: readonly Form2Row[]): Readonly<Record<string, Money>> {
  const groups = groupBy(rows, ({ service }) => service);
  return Object.fromEntries([...groups].map(([service, own]) => [service, Money.sum(own.map(({ sum }) => sum))]));
}

function lineOf(rows: readonly Form2Row[], number: number): Form2Line {
  const [row] = rows;
  if (!row) throw new RangeError('a person without a line');
  const measured = rows.filter(({ volume }) => volume !== null);
  return {
    number,
    first: {
      fullName: row.fullName,
      covered: Math.max(...rows.map(({ covered }) => covered)),
      category: row.edarpCode ?? row.category,
      taxNumber: row.taxNumber,
      year: row.month.year,
      days: Math.max(...rows.map(daysOf)),
      sums: sumsOf(rows),
      total: Money.sum(rows.map(({ sum }) => sum)),
    },
    second: {
      address: row.address,
      percent: row.percent.toString(),
      account: row.account,
      month: row.month.toString(),
      volumes: Object.fromEntries(
        [...groupBy(measured, ({ service }) => service)].map(([service, own]) => [
          service,
          own.reduce((sum, { volume }) => sum.plus(volume ?? 0), new Dec(0)).toString(),
        ]),
      ),
    },
  };
}

function problemsOf(rows: readonly Form2Row[], codes: Readonly<Record<string, string>>): Form2['problems'] {
  const services = [...new Set(rows.filter(({ service }) => !(service in codes)).map(({ service }) => service))];
  const categories = [...new Set(rows.filter(({ edarpCode }) => edarpCode === null).map(({ category }) => category))];
  return [
    ...services.map((service) => ({ code: 'benefits.form2.service-code', params: { service } })),
    ...categories.map((category) => ({ code: 'benefits.form2.category-code', params: { category } })),
  ];
}
