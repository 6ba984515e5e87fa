import { Readable } from 'node:stream';
import { conflict, DomainError, Money } from '@komplat/kernel';
import { type Actor, audit, canonicalJson, Database, FileStore, sha256, uuid7 } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { HistoryItem, HistoryKind, HistoryList, HistoryMapping, HistoryProblem, HistoryUploaded, HistoryView } from '../../contract/history.schema.ts';
import { FactFiles } from './fact-files.ts';
import { historyFile, type HistoryFileRow } from './history-file.ts';
import { problemParams } from './history-loader.ts';
import { HistoryStage } from './history-stage.ts';
import { BALANCE_FIELDS, guessMapping, placesOf, readLayout, splitLine } from './layout.ts';
import { kopecks, monthOf } from './line-reader.ts';

const PREVIEW_ROWS = 20;
const SHOWN_PROBLEMS = 500;
export const CONTROL_LIMIT = 4_194_304;
const SUMS = ['opening', 'charged', 'recalculated', 'benefit', 'subsidy', 'paid', 'closing'] as const;
const money = (kop: bigint): string => Money.ofKop(kop).toString();

export interface HistoryUpload {
  readonly kind: HistoryKind;
  readonly name: string;
  readonly owner: string;
  readonly limit: number;
}

/** What people do with files of the old system before they are loaded: give, map, state totals, cancel, look. */
@Injectable()
export class HistoryDesk {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FileStore) private readonly files: FileStore,
    @Inject(HistoryStage) private readonly stage: HistoryStage,
    @Inject(FactFiles) private readonly facts: FactFiles,
  ) {}

  /** The same bytes are one file for ever, whatever it is called; a cancelled one may come again. */
  async upload(content: Readable | Uint8Array, { kind, name, owner, limit }: HistoryUpload, actor: Actor): Promise<HistoryUploaded> {
    const stored = await this.files.put(content, 'history', 'application/octet-stream', limit);
    const layout = readLayout(name, await this.stage.head(stored.sha256));
    return this.database.transaction(async (tx) => {
      const [saved] = await tx.query<{ mapping: HistoryMapping }>('select mapping from billing.history_mapping where head_hash = $1', [
        headHash(kind, layout.columns),
      ]);
      const id = uuid7();
      const made = await tx.query(
        `insert into billing.history_file (id, kind, file_name, file_hash, size, format, encoding, separator, columns, mapping, alias_owner,
           state, uploaded_by) values ($1, $12, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'new', $11)
         on conflict (file_hash) where state <> 'cancelled' do nothing returning id`,
        [
          id, name, stored.sha256, stored.size, layout.format, layout.encoding, layout.separator, JSON.stringify(layout.columns),
          JSON.stringify(saved?.mapping ?? guessMapping(layout.columns, this.facts.fields(kind))), owner, actor.login, kind,
        ],
      );
      if (made.length === 0) {
        const [known] = await tx.query<{ id: string }>(
          `select id from billing.history_file where file_hash = $1 and state <> 'cancelled'`, [stored.sha256],
        );
        return { id: known?.id ?? id, repeated: true };
      }
      await audit(tx, { actor, action: 'billing.history.upload', subject: `history/${id}`, after: { kind, hash: stored.sha256, name } });
      return { id, repeated: false };
    });
  }

  /** Which column is which; kept for the next file of the same layout. */
  async map(id: string, mapping: HistoryMapping, actor: Actor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const file = await waiting(await historyFile(tx, id, 'for update'));
      placesOf(mapping, file.columns, this.facts.fields(file.kind));
      await tx.query(`update billing.history_file set mapping = $2, state = 'new' where id = $1`, [id, JSON.stringify(mapping)]);
      await tx.query(
        `insert into billing.history_mapping (head_hash, mapping, saved_by) values ($1, $2, $3)
         on conflict (head_hash) do update set mapping = excluded.mapping, saved_by = excluded.saved_by, saved_at = now()`,
        [headHash(file.kind, file.columns), JSON.stringify(mapping), actor.login],
      );
      await audit(tx, { actor, action: 'billing.history.map', subject: `history/${id}`, before: file.mapping, after: mapping });
    });
  }

  /** Stated totals: a CSV of provider, month, sums and, where the sender counts them, rows. */
  async control(id: string, name: string, content: Uint8Array, actor: Actor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const file = await waiting(await historyFile(tx, id, 'for update'));
      if (file.kind !== 'balances') {
        await this.facts.control(tx, file, name, content, actor);
        return;
      }
      const providers = await tx.query<{ id: number; code: string }>('select id, code from tariffs.pub_provider_v1');
      const rows = controlRows(content, new Map(providers.map((provider) => [provider.code, provider.id])));
      await tx.query('delete from billing.history_control where file_id = $1', [id]);
      await tx.query(
        `insert into billing.history_control (file_id, period, provider_id, row_count, opening_kop, charged_kop, recalculated_kop,
           benefit_kop, subsidy_kop, paid_kop, closing_kop)
         select $1, r.* from jsonb_to_recordset($2) as r(period date, provider smallint, rows int, opening bigint, charged bigint,
           recalculated bigint, benefit bigint, subsidy bigint, paid bigint, closing bigint)`,
        [id, JSON.stringify(rows)],
      );
      await tx.query(`update billing.history_file set control_name = $2, state = 'new' where id = $1`, [id, name]);
      await audit(tx, { actor, action: 'billing.history.control', subject: `history/${id}`, after: { name, hash: sha256(content), months: rows.length } });
    });
  }

  async cancel(id: string, reason: string, actor: Actor): Promise<void> {
    await this.database.transaction(async (tx) => {
      await waiting(await historyFile(tx, id, 'for update'));
      await tx.query(`update billing.history_file set state = 'cancelled', cancel_reason = $2 where id = $1`, [id, reason]);
      await audit(tx, { actor, action: 'billing.history.cancel', subject: `history/${id}`, reason });
    });
  }

  async list(): Promise<HistoryList> {
    const rows = await this.database.query<HistoryFileRow>('select * from billing.history_file order by uploaded_at desc, id limit 500');
    return { items: rows.map(itemOf) };
  }

  async view(id: string): Promise<HistoryView> {
    const file = await historyFile(this.database, id);
    const [batches] = await this.database.query<{ all: number; done: number }>(
      'select count(*)::int as all, count(done_at)::int as done from billing.history_batch where file_id = $1', [id],
    );
    return {
      ...itemOf(file), format: file.format, encoding: file.encoding, columns: [...file.columns], mapping: file.mapping,
      fields: this.facts.fields(file.kind).map(({ name, optional }) => ({ name, optional: optional === true })),
      preview: await this.stage.preview(file, PREVIEW_ROWS), control: file.control_name, batches: batches ?? { all: 0, done: 0 },
      months: await this.months(id), facts: await this.facts.months(id), problems: await this.problems(id),
    };
  }

  private async months(id: string): Promise<HistoryView['months']> {
    const rows = await this.database.query<Record<(typeof SUMS)[number], bigint> & {
      month: string; provider: string; rows: number; state: string | null; digest: string | null;
    }>(
      `select to_char(t.period, 'YYYY-MM') as month, p.code as provider, t.row_count as rows, ${SUMS.map((name) => `t.${name}_kop as ${name}`).join(', ')},
         l.state, l.digest
       from billing.history_total t join tariffs.pub_provider_v1 p on p.id = t.provider_id
       left join platform.period_lane l on l.period = t.period and l.provider_id = t.provider_id
       where t.file_id = $1 order by t.period, p.code`, [id],
    );
    return rows.map(({ month, provider, rows: count, state, digest, ...sums }) => ({
      month, provider, rows: count, state, digest, opening: money(sums.opening), charged: money(sums.charged),
      recalculated: money(sums.recalculated), benefit: money(sums.benefit), subsidy: money(sums.subsidy), paid: money(sums.paid),
      closing: money(sums.closing),
    }));
  }

  private async problems(id: string): Promise<HistoryProblem[]> {
    const rows = await this.database.query<{ line: number; code: string; params: Record<string, string | null>; raw: string | null }>(
      `select line, code, params, raw from billing.history_error where file_id = $1 order by line limit ${SHOWN_PROBLEMS}`, [id],
    );
    return rows.map(({ line, code, params, raw }) => ({
      line: line > 0 ? line : null, code: `billing.history.${code}`, params: { line: String(line), ...problemParams(params) }, raw,
    }));
  }
}

/** Balances keep the key that their saved mappings have. */
const headHash = (kind: HistoryKind, columns: readonly string[]): string => sha256(canonicalJson(kind === 'balances' ? columns : [kind, ...columns]));

function waiting(file: HistoryFileRow): HistoryFileRow {
  if (file.state === 'new' || file.state === 'wrong' || file.state === 'checked') return file;
  throw conflict('billing.history.wrong-state', { state: file.state });
}

const itemOf = (file: HistoryFileRow): HistoryItem => ({
  id: file.id, kind: file.kind, fileName: file.file_name, hash: file.file_hash, size: file.size.toString(), state: file.state, rows: file.row_count,
  wrong: file.wrong_count, uploadedBy: file.uploaded_by, uploadedAt: file.uploaded_at.toISOString(), loadedBy: file.loaded_by,
  loadedAt: file.loaded_at?.toISOString() ?? null, digest: file.digest,
});

function controlRows(content: Uint8Array, providers: ReadonlyMap<string, number>): Record<string, string | number | null>[] {
  const { separator, columns } = readLayout('control.csv', content);
  const mapping = guessMapping(columns, BALANCE_FIELDS);
  const rowsAt = columns.findIndex((column) => /^(rows|count|рядків|записів)$/iu.test(column));
  const bad = (line: number): DomainError => new DomainError('billing.history.control-line', { line });
  const lines = new TextDecoder().decode(content).split(/\r?\n/);
  return lines.flatMap((text, index) => {
    if (index === 0 || text === '') return [];
    const values = splitLine(text, separator ?? ';');
    const at = (field: string): string => values?.[columns.indexOf(mapping[field] ?? '')]?.trim() ?? '';
    const month = monthOf(at('month'));
    const provider = providers.get(at('provider'));
    const sums = SUMS.map((field) => [field, kopecks(at(field))] as const);
    if (month === null || provider === undefined || sums.some(([, kop]) => kop === null)) throw bad(index + 1);
    const count = rowsAt < 0 ? null : Number.parseInt(values?.[rowsAt] ?? '', 10);
    if (Number.isNaN(count)) throw bad(index + 1);
    return [{ period: month.day, provider, rows: count, ...Object.fromEntries(sums) }];
  });
}
