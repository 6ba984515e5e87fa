import { Money, notFound } from '@komplat/kernel';
import { Database, readList } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { AwardFileList, AwardFileQuery, AwardFileView, AwardRowList, AwardRowQuery, AwardRowView } from '../../contract/award.schema.ts';
import { FILE_ROWS, FILES } from './award-sql.ts';

type Params = Readonly<Record<string, string | number>>;
interface FileRow {
  readonly id: string;
  readonly layout: string;
  readonly file_name: string;
  readonly file_hash: string;
  readonly month: string;
  readonly regime: AwardFileView['regime'];
  readonly state: AwardFileView['state'];
  readonly rows: number;
  readonly rejected: number;
  readonly sum_kop: bigint;
  readonly refusal_code: string | null;
  readonly refusal_params: Params | null;
  readonly uploaded_by: string;
  readonly uploaded_at: Date;
  readonly decided_by: string | null;
  readonly decided_at: Date | null;
  readonly version: number;
}
interface LineRow {
  readonly line: number;
  readonly account_text: string;
  readonly number: string | null;
  readonly case_number: string | null;
  readonly holder: string | null;
  readonly first_day: string | null;
  readonly last_day: string | null;
  readonly sum_kop: bigint | null;
  readonly outcome: AwardRowView['outcome'];
  readonly code: string | null;
  readonly params: Params | null;
  readonly parts: readonly { readonly service: string; readonly kop: string }[];
}

/** Files of awards and their rows, as people see them. */
@Injectable()
export class AwardViews {
  constructor(@Inject(Database) private readonly database: Database) {}

  async file(id: string): Promise<AwardFileView> {
    const [row] = await this.database.query<FileRow>('select * from benefits.award_file where id = $1', [id]);
    if (!row) throw notFound('benefits.award.unknown', {});
    return toFile(row);
  }

  async list({ state, ...ask }: AwardFileQuery): Promise<AwardFileList> {
    const { rows, next, totals } = await readList<FileRow>(this.database, FILES, [state ?? null], ask);
    return { items: rows.map(toFile), next, ...(totals ? { totals } : {}) };
  }

  async rows(id: string, { outcome, ...ask }: AwardRowQuery): Promise<AwardRowList> {
    const { rows, next, totals } = await readList<LineRow>(this.database, FILE_ROWS, [id, outcome ?? null], ask);
    return { items: rows.map(toLine), next, ...(totals ? { totals } : {}) };
  }
}

const message = (code: string | null, params: Params | null): AwardFileView['refusal'] =>
  code === null ? null : { key: `error.${code}`, params: params ?? {} };

const toFile = (row: FileRow): AwardFileView => ({
  id: row.id,
  layout: row.layout,
  fileName: row.file_name,
  fileHash: row.file_hash,
  month: row.month.slice(0, 7),
  regime: row.regime,
  state: row.state,
  rows: row.rows,
  rejected: row.rejected,
  sum: Money.ofKop(row.sum_kop).toString(),
  refusal: message(row.refusal_code, row.refusal_params),
  uploadedBy: row.uploaded_by,
  uploadedAt: row.uploaded_at.toISOString(),
  decidedBy: row.decided_by,
  decidedAt: row.decided_at?.toISOString() ?? null,
  version: row.version,
});

const toLine = (row: LineRow): AwardRowView => ({
  line: row.line,
  accountText: row.account_text,
  account: row.number,
  caseNumber: row.case_number,
  holder: row.holder,
  from: row.first_day,
  to: row.last_day,
  sum: row.sum_kop === null ? null : Money.ofKop(row.sum_kop).toString(),
  parts: row.parts.map(({ service, kop }) => ({ service, amount: Money.ofKop(BigInt(kop)).toString() })),
  outcome: row.outcome,
  problem: message(row.code, row.params),
});
