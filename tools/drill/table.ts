import type { DrillResult } from './drill.ts';

export interface DrillRow {
  readonly drill: string;
  readonly seed: number;
  readonly result?: DrillResult;
  readonly failure?: string;
}

const HEAD = ['drill', 'seed', 'moment', 'lost', 'duplicates', 'laws', 'back, s', ''];

export const isGood = ({ result }: DrillRow): boolean =>
  result !== undefined && result.lost === 0 && result.duplicates === 0 && result.laws === 0;

/** One line a seed; what differs is told in the last column. */
export function tableOf(rows: readonly DrillRow[]): string {
  const lines = [HEAD, ...rows.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const text = lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd());
  const good = rows.filter(isGood).length;
  return `${text.join('\n')}\n${good} of ${rows.length} without a difference\n`;
}

function cells(row: DrillRow): string[] {
  const { result } = row;
  if (!result) return [row.drill, String(row.seed), '', '', '', '', '', `FAILED: ${row.failure ?? ''}`];
  const back = result.backMs === null ? '-' : (result.backMs / 1000).toFixed(1);
  const counts = [result.lost, result.duplicates, result.laws].map(String);
  return [result.drill, String(row.seed), result.moment, ...counts, back, isGood(row) ? 'ok' : 'DIFFERS'];
}
