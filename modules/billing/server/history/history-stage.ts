import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { conflict } from '@komplat/kernel';
import { Database, FileStore, type Tx, withoutTimeLimit } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { HistoryFileRow } from './history-file.ts';
import { BALANCE_FIELDS, type Layout, placesOf, readLayout } from './layout.ts';
import { LineReader, type Names, type WrongLine } from './line-reader.ts';
import { type FileRow, readRows } from './rows.ts';

const HEAD = 65_536;
const KEPT_ERRORS = 1_000;
const AMBIGUOUS = -1;
/** Ids of loaded lines stand above every id that the book gives itself, and below what JSON carries exactly. */
const FIRST_ID = 4_000_000_000_000_000n;
const LOAD_LOCK = 731_140_160;

/** Reads a stored file into the stage: one stream from the file to COPY, memory stays flat. */
@Injectable()
export class HistoryStage {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FileStore) private readonly files: FileStore,
  ) {}

  async layout(file: Pick<HistoryFileRow, 'file_name' | 'file_hash'>): Promise<Layout> {
    return readLayout(file.file_name, await this.head(file.file_hash));
  }

  async head(hash: string): Promise<Uint8Array> {
    const parts: Buffer[] = [];
    let size = 0;
    for await (const part of await this.files.open(hash)) {
      const bytes = Buffer.from(part);
      parts.push(bytes);
      size += bytes.length;
      if (size >= HEAD) break;
    }
    return Buffer.concat(parts).subarray(0, HEAD);
  }

  async preview(file: HistoryFileRow, rows: number): Promise<string[][]> {
    const head = await this.head(file.file_hash);
    const layout = readLayout(file.file_name, head);
    const found: string[][] = [];
    for await (const group of readRows(Readable.from([head]), layout)) {
      for (const [, values] of group) if (values !== null && found.length < rows) found.push([...values]);
    }
    return found;
  }

  /** The lines of the file stand in the stage, those of another one are gone. True when they were there already. */
  async fill(file: HistoryFileRow, note: (rows: number) => void): Promise<boolean> {
    const layout = await this.layout(file);
    const places = placesOf(file.mapping, layout.columns, BALANCE_FIELDS);
    return this.database.transaction(async (tx) => {
      await withoutTimeLimit(tx);
      const [lock] = await tx.query<{ got: boolean }>(`select pg_try_advisory_xact_lock(${LOAD_LOCK}) as got`);
      if (lock?.got !== true) throw conflict('billing.history.busy', {});
      const [slot] = await tx.query<{ here: boolean }>(
        `select file_id = $1 and exists (select from billing.history_stage) as here from billing.history_slot for update`,
        [file.id],
      );
      if (slot?.here === true) return true;
      const [other] = await tx.query<{ file_name: string }>(
        `select file_name from billing.history_file where state = 'loading' and kind = 'balances' and id <> $1 limit 1`, [file.id],
      );
      if (other) throw conflict('billing.history.other-loading', { file: other.file_name });
      await tx.query('select billing.history_clear()');
      const reader = new LineReader(await this.names(tx, file.alias_owner), places, KEPT_ERRORS);
      const stream = await tx.copyIn('copy billing.history_stage (line, account_id, service_id, provider_id, month, period, opening_kop, ' +
        'charged_kop, recalculated_kop, benefit_kop, subsidy_kop, paid_kop, closing_kop) from stdin');
      await this.copy(file, layout, reader, stream, note);
      await tx.query('analyze billing.history_stage');
      await this.finish(tx, file, reader);
      return false;
    });
  }

  /** The rows of a stored file into a stream of COPY. */
  async copy(file: HistoryFileRow, layout: Layout, reader: Reader, stream: NodeJS.WritableStream, note: (rows: number) => void = () => undefined): Promise<void> {
    await pipeline(Readable.from(copied(await this.files.open(file.file_hash), layout, reader, note)), stream);
  }

  private async finish(tx: Tx, file: HistoryFileRow, reader: LineReader): Promise<void> {
    await tx.query('update billing.history_slot set file_id = $1', [file.id]);
    await keepWrong(tx, file.id, reader.wrong);
    await tx.query(
      `update billing.history_file f set line_count = $2, row_count = $3, wrong_count = $4, first_id = coalesce(f.first_id, (
         select greatest(${FIRST_ID}, max(o.first_id + 8 * (o.line_count::bigint + 2))) from billing.history_file o))
       where id = $1`,
      [file.id, reader.lastLine, reader.rows, reader.wrongCount],
    );
  }

  /** Numbers and codes that a file of an old owner may have. */
  async names(tx: Tx, owner: string): Promise<Names> {
    const accounts = new Map<string, number>();
    const own = await tx.query<{ number: string; id: number }>('select number, account_id as id from registry.pub_account_v1');
    for (const { number, id } of own) accounts.set(number, id);
    const aliases = await tx.query<{ number: string; id: number }>(
      'select number, account_id as id from registry.pub_alias_v1 where owner = $1', [owner],
    );
    for (const { number, id } of aliases) accounts.set(number, (accounts.get(number) ?? id) === id ? id : AMBIGUOUS);
    const codes = (view: string): Promise<{ code: string; id: number }[]> => tx.query(`select code, id from tariffs.${view}`);
    const map = (rows: readonly { code: string; id: number }[]): Map<string, number> => new Map(rows.map(({ code, id }) => [code, id]));
    return { accounts, services: map(await codes('pub_service_v1')), providers: map(await codes('pub_provider_v1')) };
  }
}

interface Reader {
  readonly rows: number;
  take(rows: readonly FileRow[]): string;
}

/** What was wrong with the rows of a file, in place of what was before. */
export async function keepWrong(tx: Tx, id: string, wrong: readonly WrongLine[]): Promise<void> {
  await tx.query('delete from billing.history_error where file_id = $1', [id]);
  await tx.query(
    `insert into billing.history_error (file_id, line, code, params, raw)
     select $1, e.line, e.code, e.params, e.raw from jsonb_to_recordset($2) as e(line int, code text, params jsonb, raw text)`,
    [id, JSON.stringify(wrong)],
  );
}

const NOTED_EVERY = 500_000;

async function* copied(content: Readable, layout: Layout, reader: Reader, note: (rows: number) => void): AsyncGenerator<string> {
  let noted = 0;
  for await (const rows of readRows(content, layout)) {
    const text = reader.take(rows);
    if (text !== '') yield text;
    if (reader.rows - noted < NOTED_EVERY) continue;
    noted = reader.rows;
    note(noted);
  }
}
