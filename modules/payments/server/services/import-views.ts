import { notFound } from '@komplat/kernel';
import { Database, may, readList } from '@komplat/server';
import type { Actor } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type {
  ImportItem,
  ImportList,
  ImportRow,
  ImportRows,
  ImportsQuery,
  ImportView,
  PresetList,
  RowOutcome,
  RowsQuery,
  Share,
} from '../../contract/import.schema.ts';
import { ROW_OUTCOMES } from '../../contract/import.schema.ts';
import { PAYMENTS_PERMISSIONS as P } from '../../contract/permissions.ts';
import { kopText, PRESETS, sameSurname } from '../../domain/index.ts';
import type { ImportFileRow } from './import-file.ts';
import { importOf } from './import-file.ts';
import { POSTABLE } from './import-sql.ts';
import { IMPORTS, ROWS } from './list-sql.ts';

interface ShareRow {
  readonly key: string | null;
  readonly name?: string | null;
  readonly count: number;
  readonly sum: bigint;
}
export interface RowRow {
  readonly line: number;
  readonly account_text: string | null;
  readonly account: string | null;
  readonly holder: string | null;
  readonly service_text: string | null;
  readonly service: string | null;
  readonly payer_name: string | null;
  readonly payer_address: string | null;
  readonly amount_kop: bigint | null;
  readonly paid_on: string | null;
  readonly external_id: string | null;
  readonly raw: string;
  readonly outcome: RowOutcome;
  readonly reason_code: string | null;
  readonly reason_params: Readonly<Record<string, string | number | null>> | null;
  readonly decision: 'post' | 'skip' | 'suspense' | null;
  readonly decided_by: string | null;
  readonly payment_id: bigint | null;
  readonly posted_at: Date | null;
}

/** What the import desk shows; every number is a query over the rows. */
@Injectable()
export class ImportViews {
  constructor(@Inject(Database) private readonly database: Database) {}

  presets(): PresetList {
    return {
      items: PRESETS.map(({ id, title, defaultChannel }) => ({
        id,
        title: { key: title, params: {} },
        defaultChannel,
        encodings:
          id === 'oschadbank-dbf'
            ? ['cp866', 'cp1125']
            : id === 'ibank2ua-csv'
              ? ['windows-1251', 'utf-8']
              : ['windows-1251'],
      })),
    };
  }

  async list({ state, q, ...ask }: ImportsQuery): Promise<ImportList> {
    const { rows, ...rest } = await readList<ImportFileRow>(this.database, IMPORTS, [state ?? null, q ?? null], ask);
    return { items: rows.map(importItemOf), ...rest };
  }

  async view(id: string, actor: Actor): Promise<ImportView> {
    const file = await importOf(this.database, id);
    if (file === undefined) throw notFound('payments.import.unknown', { id });
    const [byDay, byService, outcomes, plan, posted] = await Promise.all([
      this.shares(id, 'r.paid_on::text', 'null', `r.amount_kop is not null and r.paid_on is not null`),
      this.shares(id, 's.code', 's.name', `r.outcome not in ('rejected', 'skipped')`),
      this.shares(id, 'r.outcome', 'null', 'true'),
      this.plan(id),
      this.shares(id, `'posted'`, 'null', 'r.posted_at is not null'),
    ]);
    return {
      ...importItemOf(file),
      registerId: file.register_id,
      sender: file.sender,
      recipient: file.recipient,
      difference: differenceOf(file),
      byDay: byDay.flatMap(({ key, count, sum }) => (key === null ? [] : [{ day: key, count, sum: kopText(sum) }])),
      byService: byService.map(({ key, name, count, sum }) => ({
        service: key,
        name: name ?? null,
        count,
        sum: kopText(sum),
      })),
      outcomes: outcomesOf(outcomes),
      plan,
      posted: shareOf(posted[0]),
      refusal:
        file.refusal_code === null ? null : { key: `error.${file.refusal_code}`, params: file.refusal_params ?? {} },
      repeats: file.repeats_id,
      reason: file.reason,
      process: file.workflow_id,
      may: allowed(file, actor),
      version: file.version,
    };
  }

  async rows(id: string, { outcome, q, ...ask }: RowsQuery): Promise<ImportRows> {
    const { rows, ...rest } = await readList<RowRow>(this.database, ROWS, [id, outcome ?? null, q ?? null], ask);
    return { items: rows.map(importRowOf), ...rest };
  }

  private async shares(id: string, key: string, name: string, condition: string): Promise<readonly ShareRow[]> {
    return this.database.query<ShareRow>(
      `select ${key} as key, ${name} as name, count(*)::int as count, coalesce(sum(r.amount_kop), 0)::bigint as sum
       from payments.import_row r left join tariffs.pub_service_v1 s on s.id = r.service_id
       where r.import_id = $1 and ${condition} group by 1, 2 order by 1 nulls last`,
      [id],
    );
  }

  private async plan(id: string): Promise<ImportView['plan']> {
    const parts = await this.database.query<{
      part: 'post' | 'suspense' | 'leave';
      count: number;
      sum: bigint;
      undecided: number;
    }>(
      `select case when (${POSTABLE}) is not true then 'leave' when r.account_id is null or r.decision = 'suspense' then 'suspense' else 'post' end as part,
         count(*)::int as count, coalesce(sum(r.amount_kop), 0)::bigint as sum,
         count(*) filter (where r.outcome = 'duplicate' and r.decision is null)::int as undecided
       from payments.import_row r where r.import_id = $1 and r.posted_at is null group by 1`,
      [id],
    );
    const part = (name: string): Share => shareOf(parts.find((each) => each.part === name));
    return {
      post: part('post'),
      suspense: part('suspense'),
      leave: part('leave'),
      undecided: parts.reduce((all, each) => all + each.undecided, 0),
    };
  }
}

function shareOf(row: Pick<ShareRow, 'count' | 'sum'> | undefined): Share {
  return { count: row?.count ?? 0, sum: kopText(row?.sum ?? 0n) };
}

function outcomesOf(rows: readonly ShareRow[]): ImportView['outcomes'] {
  const share = (outcome: RowOutcome): Share => shareOf(rows.find((each) => each.key === outcome));
  const [matched, linked, suspense, duplicate, rejected, skipped] = ROW_OUTCOMES;
  return {
    matched: share(matched),
    linked: share(linked),
    suspense: share(suspense),
    duplicate: share(duplicate),
    rejected: share(rejected),
    skipped: share(skipped),
  };
}

function differenceOf(file: ImportFileRow): ImportView['difference'] {
  if (file.stated_rows === null && file.stated_sum_kop === null) return null;
  return {
    rows: file.stated_rows === null ? null : (file.read_rows ?? 0) - file.stated_rows,
    sum: file.stated_sum_kop === null ? null : kopText((file.read_sum_kop ?? 0n) - file.stated_sum_kop),
  };
}

function allowed(file: ImportFileRow, actor: Actor): ImportView['may'] {
  const list: ImportView['may'] = [];
  if (file.state === 'staged' && may(actor, P.importPost.id)) list.push('post');
  if ((file.state === 'staged' || file.state === 'mismatch') && may(actor, P.importLoad.id)) list.push('cancel');
  if (file.state === 'posted' && may(actor, P.importRollback.id)) list.push('rollback');
  return list;
}

export function importItemOf(file: ImportFileRow): ImportItem {
  const money = (kop: bigint | null): string | null => (kop === null ? null : kopText(kop));
  return {
    id: file.id,
    preset: file.preset,
    fileName: file.file_name,
    fileHash: file.file_hash,
    size: Number(file.size),
    encoding: file.encoding,
    formatVersion: file.format_version,
    provider: file.provider,
    channel: file.channel,
    state: file.state,
    stated: { rows: file.stated_rows, sum: money(file.stated_sum_kop) },
    read: { rows: file.read_rows, sum: money(file.read_sum_kop) },
    uploadedBy: file.uploaded_by,
    uploadedAt: file.uploaded_at.toISOString(),
    postedBy: file.posted_by,
    postedAt: file.posted_at?.toISOString() ?? null,
  };
}

export function importRowOf(row: RowRow): ImportRow {
  const params = row.reason_params ?? {};
  const earlier =
    params.paymentId === undefined || params.paymentId === null
      ? null
      : {
          importId: typeof params.importId === 'string' ? params.importId : null,
          line: typeof params.line === 'number' ? params.line : null,
          paymentId: String(params.paymentId),
        };
  return {
    line: row.line,
    accountText: row.account_text,
    account: row.account,
    holder: row.holder,
    nameDiffers: row.holder !== null && !sameSurname(row.payer_name, row.holder),
    serviceText: row.service_text,
    service: row.service,
    payerName: row.payer_name,
    payerAddress: row.payer_address,
    amount: row.amount_kop === null ? null : kopText(row.amount_kop),
    paidOn: row.paid_on,
    externalId: row.external_id,
    raw: row.raw,
    outcome: row.outcome,
    message: row.reason_code === null ? null : { key: `error.${row.reason_code}`, params },
    decision: row.decision,
    decidedBy: row.decided_by,
    paymentId: row.payment_id?.toString() ?? null,
    posted: row.posted_at !== null,
    earlier,
  };
}
