import { DomainError, Money } from '@komplat/kernel';
import type { Actor } from './actor.ts';
import { audit } from './audit.ts';
import type { Database, Tx } from './db/database.ts';

export type SortType = 'text' | 'int4' | 'int8' | 'date' | 'timestamptz' | 'uuid';
export interface SortColumn {
  /** Column of the rows, `l` is their name. */
  readonly column: string;
  readonly type: SortType;
}
/** A list that is read by keyset, summed over its whole filter and written into a file by one description. */
export interface ListDef {
  /** All rows of the filter; its values are the parameters `$1`, `$2`. */
  readonly sql: string;
  /** The column that names a row and decides between equal ones. */
  readonly id: SortColumn;
  readonly sorts: Readonly<Record<string, SortColumn>>;
  /** Name of the order that stands when nobody asked for another; `-` in front turns it around. */
  readonly first: string;
  /** Sums by name: columns of kopecks. */
  readonly sums?: Readonly<Record<string, string>>;
  /** Counting costs a reading of the whole filter: a list that shows no count leaves it out. */
  readonly uncounted?: boolean;
}
export interface ListAsk {
  readonly sort?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}
export interface ListTotals {
  readonly count: number;
  readonly sums: Record<string, string>;
}
export interface ListRows<R> {
  readonly rows: readonly R[];
  readonly next: string | null;
  /** Of the whole filter; comes with the first page. */
  readonly totals?: ListTotals;
}
interface Keyed {
  readonly list_key: string | null;
  readonly list_id: string;
}
interface Order {
  readonly name: string;
  readonly key: string;
  readonly type: SortType;
  readonly down: boolean;
}

/** Rows without a value stand below all others. */
const LOWEST: Readonly<Record<SortType, string>> = {
  text: `''`,
  int4: '-2147483648',
  int8: '-9223372036854775808',
  date: `'-infinity'::date`,
  timestamptz: `'-infinity'::timestamptz`,
  uuid: `'00000000-0000-0000-0000-000000000000'::uuid`,
};
const FETCHED = 2_000;

const refused = (path: string): DomainError => new DomainError('platform.request.invalid', { path, message: path }, 400);

function orderOf(def: ListDef, sort: string | undefined): Order {
  const name = sort ?? def.first;
  const column = def.sorts[name.replace(/^-/, '')];
  if (!column) throw refused('query.sort');
  const own = `l.${column.column}`;
  return {
    name,
    key: column.column === def.id.column ? own : `coalesce(${own}, ${LOWEST[column.type]})`,
    type: column.type,
    down: name.startsWith('-'),
  };
}

function clauseOf(def: ListDef, order: Order): string {
  const way = order.down ? 'desc' : 'asc';
  const id = `l.${def.id.column}`;
  return order.key === id ? `${id} ${way}` : `${order.key} ${way}, ${id} ${way}`;
}

const encode = (name: string, row: Keyed): string =>
  Buffer.from(JSON.stringify([name, row.list_key, row.list_id])).toString('base64url');

function decode(cursor: string, order: Order): readonly [string, string] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    const [name, key, id]: readonly unknown[] = Array.isArray(parts) ? parts : [];
    if (name === order.name && typeof key === 'string' && typeof id === 'string') return [key, id];
  } catch {
    // not made by us: refused below
  }
  throw refused('query.after');
}

/** One page, and with the first one the totals of the whole filter. */
export async function readList<R extends object>(
  sql: Pick<Tx, 'query'>,
  def: ListDef,
  params: readonly unknown[],
  { sort, after, limit }: ListAsk,
): Promise<ListRows<R>> {
  const order = orderOf(def, sort);
  const at = params.length;
  const sign = order.down ? '<' : '>';
  const id = `l.${def.id.column}`;
  const from = after === undefined ? [] : decode(after, order);
  const past =
    after === undefined
      ? ''
      : order.key === id
        ? `where $${at + 1}::text is not null and ${id} ${sign} $${at + 2}::${def.id.type}`
        : `where (${order.key}, ${id}) ${sign} ($${at + 1}::${order.type}, $${at + 2}::${def.id.type})`;
  const found = await sql.query<R & Keyed>(
    `select l.*, (${order.key})::text as list_key, ${id}::text as list_id from (${def.sql}) l ${past}
     order by ${clauseOf(def, order)} limit ${limit + 1}`,
    [...params, ...from],
  );
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const next = found.length > limit && last !== undefined ? encode(order.name, last) : null;
  if (after !== undefined || def.uncounted) return { rows, next };
  return { rows, next, totals: await totalsOf(sql, def, params) };
}

async function totalsOf(
  sql: Pick<Tx, 'query'>,
  def: ListDef,
  params: readonly unknown[],
  where = '',
): Promise<ListTotals> {
  const names = Object.entries(def.sums ?? {});
  const sums = names.map(([, column], at) => `, coalesce(sum(l.${column}), 0)::bigint as s${at}`).join('');
  const [row] = await sql.query<Readonly<Record<string, bigint>>>(
    `select count(*)::bigint as count${sums} from (${def.sql}) l ${where}`,
    params,
  );
  return {
    count: Number(row?.count ?? 0n),
    sums: Object.fromEntries(names.map(([name], at) => [name, Money.ofKop(row?.[`s${at}`] ?? 0n).toString()])),
  };
}

export interface WholeList<R> {
  readonly rows: AsyncIterable<R>;
  readonly totals: ListTotals;
}

/** Who takes a whole list away, and what it is called in the audit. */
export interface ListTaker {
  readonly actor: Actor;
  readonly subject: string;
}
export interface WholeAsk {
  readonly sort?: string | undefined;
  readonly ids?: readonly string[] | undefined;
}

/**
 * The whole filter, or the named rows of it, as one moment saw it: rows come by pieces, memory stays small. Data that
 * leave the system leave a row in the audit first.
 */
export async function readWholeList<R extends object>(
  database: Database,
  def: ListDef,
  params: readonly unknown[],
  { sort, ids }: WholeAsk,
  taker: ListTaker,
  work: (list: WholeList<R>) => Promise<void>,
): Promise<void> {
  const order = orderOf(def, sort);
  const values = ids ? [...params, ids] : params;
  const where = ids ? `where l.${def.id.column}::text = any($${values.length})` : '';
  const { actor, subject } = taker;
  const after = { marked: ids?.length ?? 0 }; // words of the filter may be a person's name: not for the audit
  await database.transaction((tx) => audit(tx, { actor, action: 'platform.list.export', subject, after }));
  await database.transaction(async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    const totals = await totalsOf(tx, def, values, where);
    await tx.query(
      `declare whole_list no scroll cursor for select l.* from (${def.sql}) l ${where} order by ${clauseOf(def, order)}`,
      values,
    );
    await work({ rows: fetched<R>(tx), totals });
  });
}

async function* fetched<R extends object>(tx: Tx): AsyncGenerator<R> {
  for (;;) {
    const rows = await tx.query<R>(`fetch forward ${FETCHED} from whole_list`);
    yield* rows;
    if (rows.length < FETCHED) return;
  }
}
