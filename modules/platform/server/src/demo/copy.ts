import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Tx } from '../db/database.ts';

export type Cell = string | number | bigint | boolean | null | Uint8Array;

const CHUNK = 65_536;
const ESCAPED = /[\\\t\n\r]/;

function cellText(cell: Cell): string {
  if (cell === null) return '\\N';
  if (typeof cell === 'boolean') return cell ? 't' : 'f';
  if (typeof cell === 'number' || typeof cell === 'bigint') return String(cell);
  if (typeof cell !== 'string') return `\\\\x${Buffer.from(cell).toString('hex')}`;
  if (!ESCAPED.test(cell)) return cell;
  return cell.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
}

function* chunks(rows: Iterable<readonly Cell[]>): Generator<string> {
  let text = '';
  for (const row of rows) {
    text += row.map(cellText).join('\t') + '\n';
    if (text.length >= CHUNK) {
      yield text;
      text = '';
    }
  }
  if (text) yield text;
}

/** Streams rows into `schema.table (column, …)`; memory stays flat. */
export async function copyRows(tx: Tx, target: string, rows: Iterable<readonly Cell[]>): Promise<void> {
  const stream = await tx.copyIn(`copy ${target} from stdin`);
  await pipeline(Readable.from(chunks(rows)), stream);
}

/** Mass work has no time limit inside its transaction. */
export async function withoutTimeLimit(tx: Tx): Promise<void> {
  await tx.query(`select set_config('statement_timeout', '0', true), set_config('lock_timeout', '0', true)`);
}

/**
 * For the generated city only: no time limit; a commit does not wait for the disk, because a lost city is made again; no
 * parallel workers, because the sessions side by side keep the processors busy already.
 */
export async function generously(tx: Tx): Promise<void> {
  await withoutTimeLimit(tx);
  await tx.query(
    `select set_config('synchronous_commit', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)`,
  );
}

const SESSIONS = 2;

/** Two sessions take the pieces in their order, each the next one that is left; memory holds two pieces at a time. */
export async function sideBySide<T>(pieces: Iterable<T>, work: (piece: T) => Promise<void>): Promise<void> {
  const waiting = pieces[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: SESSIONS }, async () => {
      for (let next = waiting.next(); !next.done; next = waiting.next()) await work(next.value);
    }),
  );
}

/** `[first, last]` of every piece of the numbers from 1 to `count`, both included. */
export function* ranges(count: number, size: number): Generator<readonly [first: number, last: number]> {
  for (let first = 1; first <= count; first += size) yield [first, Math.min(count, first + size - 1)];
}
