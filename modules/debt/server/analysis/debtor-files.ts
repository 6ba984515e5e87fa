import { PassThrough, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type DbfField, type DbfRow, type FileColumn, type ListContent, listFile } from '@komplat/documents';
import { formatAccount } from '@komplat/kernel';
import { type Actor, Database, type Locale, Messages, readWholeList } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { DebtorsFileQuery } from '../../contract/analysis.schema.ts';
import { dbfStream } from './dbf-stream.ts';
import { fileSql } from './debtor-sql.ts';
import { Debtors, kopText } from './debtors.service.ts';
import { onlyProviders } from './scope.ts';

interface FileRow {
  readonly number: string;
  readonly full_name: string;
  readonly address: string;
  readonly district: number;
  readonly debt_kop: bigint;
  readonly months: number;
  readonly oldest: string;
  readonly expiring_kop: bigint;
  readonly last_paid: string | null;
}
interface Taker {
  readonly actor: Actor;
  readonly locale: Locale;
}
type Say = (key: string, params?: Readonly<Record<string, unknown>>) => string;
type Work = (content: ListContent<FileRow>) => Promise<void>;

const SUBJECT = 'debt/debtors';
const MOST_TEXT = 120;
const FIELDS: readonly DbfField[] = [
  { name: 'ACCOUNT', type: 'C', size: 10 },
  { name: 'HOLDER', type: 'C', size: MOST_TEXT },
  { name: 'ADDRESS', type: 'C', size: MOST_TEXT },
  { name: 'DISTRICT', type: 'N', size: 4 },
  { name: 'DEBT', type: 'N', size: 16, decimals: 2 },
  { name: 'MONTHS', type: 'N', size: 5 },
  { name: 'OLDEST', type: 'D', size: 8 },
  { name: 'EXPIRING', type: 'N', size: 16, decimals: 2 },
  { name: 'LAST_PAID', type: 'D', size: 8 },
];
const NOT_IN_FILTER = new Set(['sort', 'format', 'columns', 'ids']);

/** The whole filter of debtors as a file, written row by row. */
@Injectable()
export class DebtorFiles {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Debtors) private readonly debtors: Debtors,
  ) {}

  async file(query: DebtorsFileQuery, taker: Taker): Promise<Readable> {
    const { sort, format, columns, ids, ...filter } = query;
    const ask = await this.debtors.ask(filter, sort, taker.actor);
    const { def, params } = fileSql(ask, onlyProviders(taker.actor) === null);
    const read = (work: Work): Promise<void> =>
      readWholeList<FileRow>(this.database, def, params, { sort, ids }, { actor: taker.actor, subject: SUBJECT }, work);
    if (format === 'dbf') return dbf(read, ask.today);
    const say: Say = (key, values = {}) => this.messages.text(taker.locale, key, values);
    const word: Say = (key, values) => say(`debt.ui.debtors.${key}`, values);
    return listFile<FileRow, FileRow>(
      {
        title: word('title'),
        filter: Object.entries(query).flatMap(([name, value]) => (NOT_IN_FILTER.has(name) ? [] : [`${word(`f-${name}`)}: ${String(value)}`])),
        columns: columnsOf(word),
        toRow: (row) => row,
        ask: { format, columns, ids },
        by: taker.actor.fullName,
        say,
      },
      read,
    );
  }
}

const columnsOf = (word: Say): FileColumn<FileRow>[] => [
  { key: 'account', title: word('account'), kind: 'text', width: 16, value: ({ number }) => formatAccount(number) },
  { key: 'holder', title: word('holder'), kind: 'text', width: 36, value: ({ full_name: name }) => name },
  { key: 'address', title: word('address'), kind: 'text', width: 40, value: ({ address }) => address },
  { key: 'district', title: word('district'), kind: 'integer', width: 8, value: ({ district }) => district },
  { key: 'debt', title: word('debt'), kind: 'money', value: (row) => kopText(row.debt_kop) },
  { key: 'months', title: word('months'), kind: 'integer', width: 8, value: ({ months }) => months },
  { key: 'oldest', title: word('oldest'), kind: 'day', value: ({ oldest }) => oldest },
  { key: 'expiring', title: word('expiring'), kind: 'money', value: (row) => kopText(row.expiring_kop) },
  { key: 'lastPaid', title: word('last-paid'), kind: 'day', value: (row) => row.last_paid },
];

function dbf(read: (work: Work) => Promise<void>, day: string): Readable {
  const out = new PassThrough();
  read(({ rows, totals }) => pipeline(dbfStream(FIELDS, records(rows), totals.count, day), out)).catch((error: unknown) =>
    out.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return out;
}

async function* records(rows: AsyncIterable<FileRow>): AsyncGenerator<DbfRow> {
  for await (const row of rows) {
    yield {
      ACCOUNT: row.number,
      HOLDER: row.full_name,
      ADDRESS: row.address,
      DISTRICT: String(row.district),
      DEBT: kopText(row.debt_kop),
      MONTHS: String(row.months),
      OLDEST: row.oldest,
      EXPIRING: kopText(row.expiring_kop),
      LAST_PAID: row.last_paid,
    };
  }
}
