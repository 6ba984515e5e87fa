import { notFound } from '@komplat/kernel';
import {
  audit,
  copyRows,
  Database,
  FileStore,
  Progress,
  sha256,
  systemActor,
  uuid7,
  withoutTimeLimit,
} from '@komplat/server';
import type { Cell, Tx } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { checkPaidOn, FileRefused, findPreset, kopText, readAmount, readRegister } from '../../domain/index.ts';
import type { PresetItem, RejectedItem, RowItem, TotalsItem } from '../../domain/index.ts';
import type { ImportFileRow } from './import-file.ts';
import { importOf, sourceOf } from './import-file.ts';
import { writeImportProgress } from './import-progress.ts';
import {
  FIND_EQUAL_ROWS,
  FIND_REPEATED_IDS,
  GUESS_PROVIDER,
  MARK_KNOWN,
  MARK_REPEATED_IDS,
  MATCH_BATCH,
  NUMBER_EQUAL_ROWS,
  STAGE_TABLE,
} from './import-sql.ts';

const BATCH = 10_000;
type LineItem = RowItem | RejectedItem;

interface Counted {
  rows: number;
  sum: bigint;
  totals: TotalsItem | undefined;
}

/** Another reader took the file over: this one has nothing more to say about it. */
class Superseded extends Error {}

/** Reads a stored file into rows: streams, in batches, with flat memory; a repeat begins from an empty table. */
@Injectable()
export class ImportReader {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FileStore) private readonly files: FileStore,
  ) {}

  /** Ends in `staged`, `mismatch` or `refused`. `beat` is called after every batch. */
  async stage(importId: string, beat: (rows: number) => void = () => undefined): Promise<void> {
    const reader = uuid7();
    const file = await this.claim(importId, reader);
    if (file === undefined) return;
    try {
      const counted = await this.readAll(file, reader, beat);
      await this.finish(file.id, reader, counted);
    } catch (error) {
      if (error instanceof Superseded) return;
      if (!(error instanceof FileRefused)) throw error;
      await this.refuse(file, reader, error);
    }
  }

  private async claim(importId: string, reader: string): Promise<ImportFileRow | undefined> {
    return this.database.transaction(async (tx) => {
      const file = await importOf(tx, importId, 'for update of f');
      if (file === undefined) throw notFound('payments.import.unknown', { id: importId });
      if (file.state !== 'reading') return undefined;
      await tx.query('update payments.import_file set reader = $2 where id = $1', [importId, reader]);
      await tx.query('delete from payments.import_row where import_id = $1', [importId]);
      await writeImportProgress(tx, file, 'read', 'running', 'payments.import.message.reading');
      return file;
    });
  }

  private async readAll(file: ImportFileRow, reader: string, beat: (rows: number) => void): Promise<Counted> {
    const preset = findPreset(file.preset);
    if (preset === undefined) throw new FileRefused('payments.import.preset-unknown', { preset: file.preset });
    const counted: Counted = { rows: 0, sum: 0n, totals: undefined };
    let batch: LineItem[] = [];
    const flush = async (): Promise<void> => {
      if (batch.length === 0) return;
      await this.stageBatch(file.id, reader, batch);
      batch = [];
      beat(counted.rows);
    };
    for await (const item of readRegister(preset, await this.files.open(file.file_hash))) {
      if (item.kind === 'totals') counted.totals = item;
      else {
        count(counted, item);
        batch.push(item);
        if (batch.length >= BATCH) await flush();
      }
    }
    await flush();
    return counted;
  }

  private async stageBatch(importId: string, reader: string, items: readonly LineItem[]): Promise<void> {
    await this.database.transaction(async (tx) => {
      await withoutTimeLimit(tx);
      const file = await this.mine(tx, importId, reader);
      const [day] = await tx.query<{ today: string }>('select platform.today() as today');
      await tx.query(STAGE_TABLE);
      await copyRows(tx, 'pg_temp.stage_in', cells(items, day?.today ?? ''));
      await tx.query('analyze stage_in');
      const provider = await this.providerOf(tx, file, items);
      await tx.query(MATCH_BATCH, [importId, provider]);
    });
  }

  /** The provider named at the upload; else the owner of the aliases that stand in the register. */
  private async providerOf(tx: Tx, file: ImportFileRow, items: readonly LineItem[]): Promise<string | null> {
    if (file.provider !== null) return file.provider;
    if (!items.some((item) => item.kind === 'row' && item.values.service !== null)) return null;
    const [best, second] = await tx.query<{ id: number; code: string; hits: number }>(GUESS_PROVIDER);
    if (best === undefined || (second !== undefined && second.hits === best.hits)) return null;
    await tx.query('update payments.import_file set provider_id = $2 where id = $1', [file.id, best.id]);
    return best.code;
  }

  private async mine(tx: Tx, importId: string, reader: string): Promise<ImportFileRow> {
    const file = await importOf(tx, importId, 'for update of f');
    const [held] = await tx.query<{ reader: string | null }>('select reader from payments.import_file where id = $1', [
      importId,
    ]);
    if (file === undefined || file.state !== 'reading' || held?.reader !== reader) throw new Superseded();
    return file;
  }

  /** Equal rows are numbered, known ones found, and the control totals compared to the kopeck. */
  private async finish(importId: string, reader: string, counted: Counted): Promise<void> {
    await this.database.transaction(async (tx) => {
      await withoutTimeLimit(tx);
      const file = await this.mine(tx, importId, reader);
      const { totals } = counted;
      const channel = await this.channelOf(tx, file, totals?.variant);
      await tx.query(FIND_EQUAL_ROWS, [importId]);
      await tx.query('analyze equal_rows');
      await tx.query(NUMBER_EQUAL_ROWS, [importId]);
      await tx.query(FIND_REPEATED_IDS, [importId]);
      await tx.query('analyze repeated_ids');
      await tx.query(MARK_REPEATED_IDS, [importId]);
      await tx.query(MARK_KNOWN, [importId, sourceOf({ ...file, ...channel })]);
      const stated = totals?.sum === undefined ? undefined : readStated(totals.sum);
      const differs =
        (totals?.rows !== undefined && totals.rows !== counted.rows) ||
        (stated !== undefined && stated !== counted.sum);
      const state = differs ? 'mismatch' : 'staged';
      await tx.query(
        `update payments.import_file set state = $2, encoding = $3, format_version = $4, register_id = $5, sender = $6, recipient = $7,
           stated_rows = $8, stated_sum_kop = $9, read_rows = $10, read_sum_kop = $11, channel_id = $12, version = version + 1,
           repeats_id = (select o.id from payments.import_file o where o.preset = $13 and o.id <> $1 and o.state in ('posting', 'posted')
             and (o.register_id = $5 and o.sender is not distinct from $6 or (o.read_rows = $10 and o.read_sum_kop = $11 and o.file_name = $14))
             order by o.uploaded_at desc limit 1)
         where id = $1`,
        [
          importId,
          state,
          totals?.encoding ?? null,
          totals?.formatVersion ?? null,
          totals?.registerId ?? null,
          totals?.sender ?? null,
          totals?.recipient ?? null,
          totals?.rows ?? null,
          stated ?? null,
          counted.rows,
          counted.sum,
          channel.channel_id,
          file.preset,
          file.file_name,
        ],
      );
      const key = `payments.import.message.${state}`;
      const params = {
        rows: counted.rows,
        sum: kopText(counted.sum),
        difference: stated === undefined ? '' : kopText(counted.sum - stated),
      };
      await writeImportProgress(tx, file, 'review', differs ? 'done' : 'waiting', key, params);
      await Progress.event(tx, file.workflow_id, key, params);
    });
  }

  private async channelOf(
    tx: Tx,
    file: ImportFileRow,
    variant: string | undefined,
  ): Promise<{ channel_id: number; channel: string; channel_kind: string }> {
    const preset = findPreset(file.preset);
    const code = file.channel ?? preset?.channels[variant ?? ''] ?? preset?.defaultChannel ?? '';
    const [row] = await tx.query<{ channel_id: number; channel: string; channel_kind: string }>(
      'select id as channel_id, code as channel, kind as channel_kind from payments.channel where code = $1',
      [code],
    );
    if (row === undefined) throw new FileRefused('payments.import.channel-unknown', { channel: code });
    return row;
  }

  private async refuse(file: ImportFileRow, reader: string, refusal: FileRefused): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.mine(tx, file.id, reader);
      await tx.query('delete from payments.import_row where import_id = $1', [file.id]);
      await tx.query(
        `update payments.import_file set state = 'refused', refusal_code = $2, refusal_params = $3, version = version + 1 where id = $1`,
        [file.id, refusal.code, JSON.stringify(refusal.params)],
      );
      await audit(tx, {
        actor: systemActor('import'),
        action: 'payments.import.refuse',
        subject: `import/${file.id}`,
        after: { code: refusal.code },
      });
      await writeImportProgress(tx, file, 'read', 'done', `error.${refusal.code}`, refusal.params);
      await Progress.event(tx, file.workflow_id, `error.${refusal.code}`, refusal.params);
    });
  }
}

function count(counted: Counted, item: PresetItem): void {
  if (item.kind === 'row') {
    counted.rows += 1;
    counted.sum += item.values.amountKop;
  } else if (item.kind === 'rejected') {
    counted.rows += 1;
    counted.sum += item.amountKop ?? 0n;
  }
}

function readStated(sum: string): bigint {
  const read = readAmount(sum, 'decimal');
  return read.kop ?? 0n;
}

/** Rows of the temporary table in the order of its columns. */
function* cells(items: readonly LineItem[], today: string): Generator<readonly Cell[]> {
  for (const item of items) yield item.kind === 'row' ? rowCells(item, today) : rejectedCells(item);
}

function rejectedCells(item: RejectedItem): readonly Cell[] {
  return [
    item.line,
    null,
    null,
    null,
    null,
    null,
    item.amountKop,
    null,
    null,
    null,
    item.raw,
    item.skipped ? 'skipped' : 'rejected',
    item.code,
    JSON.stringify(item.params),
  ];
}

function rowCells({ line, raw, values }: RowItem, today: string): readonly Cell[] {
  const problem = checkPaidOn(values.paidOn, today);
  const digits = values.account?.replaceAll(/\D/gu, '') ?? '';
  const fingerprint = sha256(
    [values.account ?? '', values.service ?? '', String(values.amountKop), values.paidOn, values.externalId ?? ''].join(
      '\u001f',
    ),
  );
  return [
    line,
    clean(values.account),
    digits.length === 10 ? digits : null,
    clean(values.service),
    clean(values.payerName),
    clean(values.payerAddress),
    values.amountKop,
    values.paidOn,
    clean(values.externalId),
    fingerprint,
    clean(raw),
    problem === null ? null : 'rejected',
    problem,
    problem === null ? null : JSON.stringify({ day: values.paidOn }),
  ];
}

/** PostgreSQL keeps no NUL in text. */
function clean(text: string | null): string | null {
  return text === null ? null : text.replaceAll('\u0000', ' ');
}
