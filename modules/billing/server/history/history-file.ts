import { notFound } from '@komplat/kernel';
import type { Tx } from '@komplat/server';
import type { HISTORY_STATES, HistoryKind, HistoryMapping } from '../../contract/history.schema.ts';

/** A row of billing.history_file as SQL gives it. */
export interface HistoryFileRow {
  readonly id: string;
  readonly kind: HistoryKind;
  readonly file_name: string;
  readonly file_hash: string;
  readonly size: bigint;
  readonly format: 'csv' | 'dbf';
  readonly encoding: string;
  readonly columns: readonly string[];
  readonly mapping: HistoryMapping;
  readonly alias_owner: string;
  readonly state: (typeof HISTORY_STATES)[number];
  readonly row_count: number | null;
  readonly wrong_count: number | null;
  readonly control_name: string | null;
  readonly no_control_reason: string | null;
  readonly uploaded_by: string;
  readonly uploaded_at: Date;
  readonly loaded_by: string | null;
  readonly loaded_at: Date | null;
  readonly digest: string | null;
}

export async function historyFile(sql: Pick<Tx, 'query'>, id: string, lock: '' | 'for update' = ''): Promise<HistoryFileRow> {
  const [row] = await sql.query<HistoryFileRow>(`select * from billing.history_file where id = $1 ${lock}`, [id]);
  if (!row) throw notFound('billing.history.unknown', { id });
  return row;
}
