import { assert } from '@komplat/kernel';
import type { Tx } from '@komplat/server';

/** A table with both times: `key` names the thing, `values` are what is true of it. */
export interface DatedTable {
  readonly name: string;
  readonly key: readonly string[];
  readonly values: readonly string[];
}
export type Values = Readonly<Record<string, string | number | boolean | null>>;
/** First day and first day after; null = without an end. */
export interface Span {
  readonly from: string | null;
  readonly until: string | null;
}
export interface Why {
  readonly reason: string;
  readonly document: string | null;
  readonly by: string;
}
/** What stood over a span and what stands there now. */
export interface Piece extends Span {
  readonly before: Values | null;
  readonly after: Values | null;
}

type Row = Values & {
  readonly lo: string | null;
  readonly hi: string | null;
  readonly reason: string;
  readonly document: string | null;
  readonly recorded_by: string;
};

/** The later of two first days; null = always. */
const later = (a: string | null, b: string | null): string | null => (a === null ? b : b === null ? a : a > b ? a : b);
/** The earlier of two ends; null = never. */
const sooner = (a: string | null, b: string | null): string | null => (a === null ? b : b === null ? a : a < b ? a : b);

/**
 * Puts a new truth over a span: what was known is closed, the rest of it on both sides is written again, the middle gets
 * what `next` makes of the old values (null = nothing is true there). Where nothing stood `next` gets null.
 */
export async function putDated(
  tx: Pick<Tx, 'query'>,
  table: DatedTable,
  key: Values,
  span: Span,
  next: (old: Values | null) => Values | null,
  why: Why,
): Promise<Piece[]> {
  const old = await closeKnown(tx, table, key, span);
  const pieces = piecesOf(table, old, span, next);
  for (const row of old) {
    const kept: Why = { reason: row.reason, document: row.document, by: row.recorded_by };
    if (span.from !== null && (row.lo === null || row.lo < span.from)) {
      await insert(tx, table, key, pick(table, row), { from: row.lo, until: span.from }, kept);
    }
    if (span.until !== null && (row.hi === null || row.hi > span.until)) {
      await insert(tx, table, key, pick(table, row), { from: span.until, until: row.hi }, kept);
    }
  }
  for (const piece of pieces) if (piece.after) await insert(tx, table, key, piece.after, piece, why);
  return pieces;
}

async function closeKnown(tx: Pick<Tx, 'query'>, table: DatedTable, key: Values, span: Span): Promise<Row[]> {
  const where = table.key.map((column, at) => `${column} = $${at + 3}`).join(' and ');
  const rows = await tx.query<Row>(
    `update ${table.name} set known = tstzrange(lower(known), greatest(lower(known), now()))
     where ${where} and upper_inf(known) and valid && daterange($1::date, $2::date)
     returning ${table.values.join(', ')}, lower(valid)::text as lo, upper(valid)::text as hi, reason, document, recorded_by`,
    [span.from, span.until, ...table.key.map((column) => key[column] ?? null)],
  );
  return rows.toSorted((a, b) => ((a.lo ?? '') < (b.lo ?? '') ? -1 : 1));
}

const pick = (table: DatedTable, row: Values): Values =>
  Object.fromEntries(table.values.map((column) => [column, row[column] ?? null]));

function piecesOf(table: DatedTable, old: readonly Row[], span: Span, next: (old: Values | null) => Values | null): Piece[] {
  const pieces: Piece[] = [];
  const gap = (from: string | null, until: string | null): void => {
    const after = next(null);
    if (after) pieces.push({ from, until, before: null, after });
  };
  let at = span.from;
  for (const row of old) {
    const from = later(span.from, row.lo);
    if (from !== at) gap(at, from);
    const until = sooner(span.until, row.hi);
    const was = pick(table, row);
    pieces.push({ from, until, before: was, after: next(was) });
    if (until === span.until) return pieces;
    at = until;
  }
  gap(at, span.until);
  return pieces;
}

async function insert(tx: Pick<Tx, 'query'>, table: DatedTable, key: Values, values: Values, span: Span, why: Why): Promise<void> {
  assert(span.from === null || span.until === null || span.from < span.until, 'a span has a day');
  const columns = [...table.key, ...table.values];
  const given = [...table.key.map((column) => key[column] ?? null), ...table.values.map((column) => values[column] ?? null)];
  const places = columns.map((_, at) => `$${at + 6}`);
  await tx.query(
    `insert into ${table.name} (valid, known, reason, document, recorded_by, ${columns.join(', ')})
     values (daterange($1::date, $2::date), tstzrange(now(), null), $3, $4, $5, ${places.join(', ')})`,
    [span.from, span.until, why.reason, why.document, why.by, ...given],
  );
}
