import type { Tx } from '@komplat/server';

/** A row of payments.import_file as SQL gives it. */
export interface ImportFileRow {
  readonly id: string;
  readonly preset: string;
  readonly file_name: string;
  readonly file_hash: string;
  readonly size: bigint;
  readonly encoding: string | null;
  readonly format_version: string | null;
  readonly register_id: string | null;
  readonly sender: string | null;
  readonly recipient: string | null;
  readonly provider_id: number | null;
  readonly channel_id: number | null;
  readonly state: ImportState;
  readonly stated_rows: number | null;
  readonly stated_sum_kop: bigint | null;
  readonly read_rows: number | null;
  readonly read_sum_kop: bigint | null;
  readonly refusal_code: string | null;
  readonly refusal_params: Readonly<Record<string, string>> | null;
  readonly repeats_id: string | null;
  readonly workflow_id: string;
  readonly uploaded_by: string;
  readonly uploaded_at: Date;
  readonly posted_by: string | null;
  readonly posted_at: Date | null;
  readonly rolled_back_by: string | null;
  readonly reason: string | null;
  readonly version: number;
  readonly provider: string | null;
  readonly channel: string | null;
  readonly channel_kind: string | null;
}
export type ImportState =
  'reading' | 'staged' | 'mismatch' | 'refused' | 'posting' | 'posted' | 'cancelled' | 'rolling-back' | 'rolled-back';

const COLUMNS = `f.*, p.code as provider, c.code as channel, c.kind as channel_kind`;
export const IMPORT_FROM = `select ${COLUMNS} from payments.import_file f
  left join tariffs.pub_provider_v1 p on p.id = f.provider_id left join payments.channel c on c.id = f.channel_id`;

export async function importOf(
  sql: Pick<Tx, 'query'>,
  id: string,
  lock: '' | 'for update of f' | 'for share of f' = '',
): Promise<ImportFileRow | undefined> {
  const [row] = await sql.query<ImportFileRow>(`${IMPORT_FROM} where f.id = $1 ${lock}`, [id]);
  return row;
}

/** The partner whose transaction ids and equal rows are compared: a provider's own desk is a partner of its own. */
export function sourceOf(file: Pick<ImportFileRow, 'channel' | 'channel_kind' | 'provider'>): string {
  const channel = file.channel ?? '';
  return file.channel_kind === 'provider desk' && file.provider !== null ? `${channel}/${file.provider}` : channel;
}
