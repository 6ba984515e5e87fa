import { zDay } from '@komplat/kernel';

export interface TerritoryLine {
  readonly territory: string;
  readonly name: string;
  readonly from: string;
  readonly to?: string;
}
export interface TerritoryLines {
  readonly rows: readonly TerritoryLine[];
  /** Number of the first line that cannot be read, from 1. */
  readonly wrong: number | undefined;
}

const CODE = /^UA\d{17}$/;
const DOTTED = /^(\d{2})\.(\d{2})\.(\d{4})$/;

/** A list of territories as it is pasted, one a line: code; name; first day; last day or nothing. Days as 24.02.2022 or 2022-02-24. */
export function territoryLines(text: string): TerritoryLines {
  const lines = text.split(/\r?\n/).map((line) => line.split(/[;\t]/).map((cell) => cell.trim()));
  const read = lines.map((cells) => (cells.every((cell) => cell === '') ? null : lineOf(cells)));
  const wrong = read.indexOf(undefined);
  return { rows: read.filter((row) => row !== null && row !== undefined), wrong: wrong < 0 ? undefined : wrong + 1 };
}

function lineOf([territory = '', name = '', first = '', last = '']: readonly string[]): TerritoryLine | undefined {
  const [from, to] = [dayOf(first), dayOf(last)];
  if (!CODE.test(territory) || name === '' || from === undefined || (last !== '' && (to === undefined || to < from))) return undefined;
  return { territory, name, from, ...(to === undefined ? {} : { to }) };
}

function dayOf(text: string): string | undefined {
  const [, day, month, year] = DOTTED.exec(text) ?? [];
  const read = zDay.safeParse(year ? `${year}-${month}-${day}` : text);
  return read.success ? read.data : undefined;
}
