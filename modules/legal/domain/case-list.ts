import { isDay } from '@komplat/kernel';
import type { CaseAct } from '../contract/case-words.ts';

/** A row of a list as its cells, by the words of the header. */
export type ListCells = Readonly<Record<string, string>>;
export interface ListProblem {
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
}
/** What a row says: which case, what happened, when, with which paper. */
export interface ListLine {
  /** Number of the case: ours, the court's or the executor's. */
  readonly number: string;
  readonly act: CaseAct | 'receipt';
  readonly on: string;
  readonly document: string;
  /** `1234.56`; null: not given. */
  readonly sum: string | null;
  readonly courtNumber: string | null;
  readonly hearingOn: string | null;
  readonly executor: { readonly name: string; readonly number: string } | null;
}
type Kind = 'court' | 'executor';

/** Columns of each list; the first four have to be there. */
export const LIST_COLUMNS: Readonly<Record<Kind, readonly string[]>> = {
  court: ['справа', 'стан', 'дата', 'документ', 'номер суду', 'сума', 'засідання'],
  executor: ['справа', 'стан', 'дата', 'документ', 'номер вп', 'виконавець', 'сума'],
};
const NEEDED = 4;
const STATES: Readonly<Record<Kind, Readonly<Record<string, ListLine['act']>>>> = {
  court: {
    'наказ видано': 'issue-order', 'відмовлено у видачі': 'refuse-order', 'наказ скасовано': 'cancel-order', 'наказ набрав сили': 'order-in-force',
    'без руху': 'leave-without-motion', 'призначено засідання': 'schedule-hearing', рішення: 'decide', 'заочне рішення': 'decide-in-absence',
  },
  executor: {
    'відкрито державним': 'present-state', 'відкрито приватним': 'present-private', надходження: 'receipt', повернуто: 'return-document',
    завершено: 'complete',
  },
};

/** The first missing column of a header. */
export const missingColumn = (kind: Kind, header: readonly string[]): string | undefined =>
  LIST_COLUMNS[kind].slice(0, NEEDED).find((column) => !header.includes(column));

const problem = (code: string, params: ListProblem['params']): { readonly problem: ListProblem } => ({ problem: { code: `legal.list.${code}`, params } });

/** Reads one row; never guesses: what cannot be read is a problem of the row. */
export function readListLine(kind: Kind, cells: ListCells): { readonly line: ListLine } | { readonly problem: ListProblem } {
  const text = (column: string): string => (cells[column] ?? '').trim();
  const state = text('стан').toLowerCase();
  const act = STATES[kind][state];
  if (!act) return problem('state-unknown', { state: text('стан') });
  const on = dayOf(text('дата'));
  if (!on) return problem('cell-wrong', { column: 'дата', value: text('дата') });
  const hearing = text('засідання');
  const hearingOn = hearing === '' ? null : dayOf(hearing);
  if (hearing !== '' && !hearingOn) return problem('cell-wrong', { column: 'засідання', value: hearing });
  const sum = text('сума') === '' ? null : sumOf(text('сума'));
  if (sum === undefined || (sum === null && act === 'receipt')) return problem('cell-wrong', { column: 'сума', value: text('сума') });
  if (text('справа') === '') return problem('cell-wrong', { column: 'справа', value: '' });
  const executor = text('номер вп') === '' || text('виконавець') === '' ? null : { name: text('виконавець'), number: text('номер вп') };
  const line = { number: text('справа'), act, on, document: text('документ'), sum, courtNumber: text('номер суду') || null, hearingOn, executor };
  return line.document === '' ? problem('cell-wrong', { column: 'документ', value: '' }) : { line };
}

/** `23.11.2026` or `2026-11-23`. */
function dayOf(text: string): string | null {
  const day = /^\d{2}\.\d{2}\.\d{4}$/.test(text) ? text.split('.').toReversed().join('-') : text;
  return isDay(day) ? day : null;
}
/** `1 234,56` or `1234.56`; undefined: not a sum. */
function sumOf(text: string): string | undefined {
  const plain = text.replaceAll(/[\s\u00a0]/g, '').replace(',', '.');
  return /^\d{1,12}(\.\d{1,2})?$/.test(plain) ? plain : undefined;
}
