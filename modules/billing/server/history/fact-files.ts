import { assert, DomainError } from '@komplat/kernel';
import { HISTORY_SQL_TYPES, type HistoryFacts, historyFacts } from '@komplat/registry/contract';
import { type Actor, audit, Database, sha256, type Tx, withoutTimeLimit } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { HistoryKind, HistoryView } from '../../contract/history.schema.ts';
import { FactReader } from './fact-reader.ts';
import { historyFile, type HistoryFileRow } from './history-file.ts';
import { HistoryStage, keepWrong } from './history-stage.ts';
import { BALANCE_FIELDS, guessMapping, placesOf, readLayout, splitLine } from './layout.ts';
import { monthOf } from './line-reader.ts';

const KEPT_ERRORS = 1_000;
const CONTROL_FIELDS = [
  { name: 'month', columns: /^(month|period|місяць|період)$/iu },
  { name: 'rows', columns: /^(rows|count|рядків|записів)$/iu },
  { name: 'sum', optional: true, columns: /^(sum|total|suma|сума|разом)$/iu },
] as const;
const NUMBER = /^-?\d{1,15}([.,]\d{1,3})?$/;
/** A stated month differs from the file: code, month, figures as text. */
const DIFFERENCES = `
select (-2000000000 + row_number() over (order by t.period, v.code))::int as line, v.code,
  jsonb_build_object('month', to_char(t.period, 'YYYY-MM'), 'want', v.want::text, 'have', v.have::text) as params
from billing.history_fact_total t cross join lateral (values ('fact-rows', t.stated_rows::numeric, t.row_count::numeric),
  ('fact-sum', t.stated_total, t.total)) v(code, want, have)
where t.file_id = $1 and (v.want <> v.have or (v.code = 'fact-rows' and t.stated_rows is null
  and exists (select from billing.history_fact_total s where s.file_id = $1 and s.stated_rows is not null)))`;

interface Finder {
  get<T>(token: symbol, options: { readonly strict: false }): T;
}

/** Files of payments, readings and residents: read and locked here, judged and written by the module that owns the facts. */
@Injectable()
export class FactFiles {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(HistoryStage) private readonly stage: HistoryStage,
    @Inject(ModuleRef) private readonly refs: Finder,
  ) {}

  fields(kind: HistoryKind): readonly { readonly name: string; readonly optional?: boolean; readonly columns: RegExp }[] {
    return kind === 'balances' ? BALANCE_FIELDS : this.facts(kind).fields;
  }

  /** Reads the whole file, counts its months, asks the owner of the facts what is wrong. Writes no fact. */
  async check(file: HistoryFileRow, actor: Actor): Promise<HistoryFileRow> {
    await this.database.transaction(async (tx) => {
      await withoutTimeLimit(tx);
      const reader = await this.fill(tx, file);
      await keepWrong(tx, file.id, reader.wrong);
      await this.count(tx, file);
      const wrong = reader.wrongCount + (await this.keepProblems(tx, file));
      const state = wrong > 0 ? 'wrong' : 'checked';
      await tx.query('update billing.history_file set state = $2, line_count = $3, row_count = $4, wrong_count = $5 where id = $1', [
        file.id, state, reader.lastLine, reader.rows, wrong,
      ]);
      await audit(tx, { actor, action: 'billing.history.check', subject: `history/${file.id}`, after: { state, wrong } });
    });
    return historyFile(this.database, file.id);
  }

  /** All rows of the file or none, in one transaction: a stop in the middle leaves nothing, started again it is whole. */
  async load(file: HistoryFileRow, actor: Actor): Promise<HistoryFileRow> {
    await this.database.transaction(async (tx) => {
      await withoutTimeLimit(tx);
      if ((await historyFile(tx, file.id, 'for update')).state !== 'loading') return;
      const reader = await this.fill(tx, file);
      const wrong = await this.keepProblems(tx, file);
      if (wrong > 0) {
        // the book has changed since the check
        await tx.query(`update billing.history_file set state = 'wrong', wrong_count = $2 where id = $1`, [file.id, wrong]);
        return;
      }
      const { rows, digest } = await this.facts(file.kind).load(tx, {
        id: file.id, name: file.file_name, hash: file.file_hash, size: file.size, by: actor.login,
      });
      assert(rows === reader.rows, `${rows} of ${reader.rows} rows of ${file.file_name} were written`);
      await tx.query(`update billing.history_file set state = 'loaded', loaded_at = now(), digest = $2 where id = $1`, [file.id, digest]);
      await audit(tx, { actor, action: 'billing.history.loaded', subject: `history/${file.id}`, after: { kind: file.kind, rows, digest } });
    });
    return historyFile(this.database, file.id);
  }

  /** Stated totals of facts: a CSV of month, rows and, where it makes sense, a sum. */
  async control(tx: Tx, file: HistoryFileRow, name: string, content: Uint8Array, actor: Actor): Promise<void> {
    const rows = controlRows(content);
    await tx.query('delete from billing.history_fact_total where file_id = $1', [file.id]);
    await tx.query(
      `insert into billing.history_fact_total (file_id, period, stated_rows, stated_total)
       select $1, r.period, r.rows, r.sum from jsonb_to_recordset($2) as r(period date, rows int, sum numeric)`,
      [file.id, JSON.stringify(rows)],
    );
    await tx.query(`update billing.history_file set control_name = $2, state = 'new' where id = $1`, [file.id, name]);
    await audit(tx, { actor, action: 'billing.history.control', subject: `history/${file.id}`, after: { name, hash: sha256(content), months: rows.length } });
  }

  async months(id: string): Promise<HistoryView['facts']> {
    return this.database.query(
      `select to_char(period, 'YYYY-MM') as month, row_count as rows, trim_scale(total)::text as sum, stated_rows as "statedRows",
         trim_scale(stated_total)::text as "statedSum" from billing.history_fact_total where file_id = $1 order by period`,
      [id],
    );
  }

  private facts(kind: HistoryKind): HistoryFacts {
    return this.refs.get<HistoryFacts>(historyFacts(kind), { strict: false });
  }

  /** The rows of the file in a temporary table of this transaction. */
  private async fill(tx: Tx, file: HistoryFileRow): Promise<FactReader> {
    const { fields, personal } = this.facts(file.kind);
    const layout = await this.stage.layout(file);
    const places = placesOf(file.mapping, layout.columns, fields);
    const reader = new FactReader(await this.stage.names(tx, file.alias_owner), fields, places, { keep: KEPT_ERRORS, personal });
    const columns = fields.map(({ name, type }) => `${name} ${HISTORY_SQL_TYPES[type]}`).join(', ');
    await tx.query(`create temp table history_fact (line int not null primary key, raw text, ${columns}) on commit drop`);
    await this.stage.copy(file, layout, reader, await tx.copyIn('copy history_fact from stdin'));
    await tx.query('analyze history_fact');
    return reader;
  }

  private async count(tx: Tx, file: HistoryFileRow): Promise<void> {
    const { month, sum } = this.facts(file.kind);
    await tx.query('delete from billing.history_fact_total where file_id = $1 and stated_rows is null', [file.id]);
    await tx.query('update billing.history_fact_total set row_count = 0, total = 0 where file_id = $1', [file.id]);
    await tx.query(
      `insert into billing.history_fact_total as t (file_id, period, row_count, total)
       select $1, ${month}, count(*), sum(${sum}) from history_fact f group by 2
       on conflict (file_id, period) do update set row_count = excluded.row_count, total = excluded.total`,
      [file.id],
    );
  }

  private async keepProblems(tx: Tx, file: HistoryFileRow): Promise<number> {
    const [row] = await tx.query<{ wrong: number }>(
      `with wrong as materialized (${this.facts(file.kind).problems} union all ${DIFFERENCES}),
       kept as (insert into billing.history_error (file_id, line, code, params)
         select $1, line, code, (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each_text(params)) from wrong
         order by line limit ${KEPT_ERRORS} on conflict do nothing)
       select count(*)::int as wrong from wrong`,
      [file.id],
    );
    return row?.wrong ?? 0;
  }
}

function controlRows(content: Uint8Array): { readonly period: string; readonly rows: number; readonly sum: string | null }[] {
  const { separator, columns } = readLayout('control.csv', content);
  const [monthAt = -1, rowsAt = -1, sumAt = -1] = placesOf(guessMapping(columns, CONTROL_FIELDS), columns, CONTROL_FIELDS);
  return new TextDecoder().decode(content).split(/\r?\n/).flatMap((text, index) => {
    if (index === 0 || text === '') return [];
    const values = splitLine(text, separator ?? ';') ?? [];
    const month = monthOf(values[monthAt]?.trim() ?? '')?.day;
    const [rows = '', sum = ''] = [values[rowsAt]?.trim(), values[sumAt]?.trim()];
    if (month === undefined || !/^\d{1,9}$/.test(rows) || (sum !== '' && !NUMBER.test(sum))) throw new DomainError('billing.history.control-line', { line: index + 1 });
    return [{ period: month, rows: Number(rows), sum: sum === '' ? null : sum.replace(',', '.') }];
  });
}
