import { type Message, Money, Period } from '@komplat/kernel';
import {
  CorrectionItem,
  type CorrectionLine,
  type CorrectionReason,
  CorrectionScope,
  type CorrectionState,
  type CorrectionView,
} from '../../contract/recalculation.schema.ts';

export interface CorrectionRow {
  readonly id: string;
  readonly number: string;
  readonly state: CorrectionState;
  readonly reason: CorrectionReason;
  readonly decision: string;
  readonly scope: unknown;
  readonly services: string[] | null;
  readonly account_ids: number[];
  readonly service_ids: number[] | null;
  readonly from_month: string;
  readonly to_month: string;
  readonly touched: number;
  readonly lines: number;
  readonly failed: number;
  readonly plus_kop: bigint;
  readonly minus_kop: bigint;
  readonly digest: string;
  readonly needs_approval: boolean;
  readonly made_by: string;
  readonly made_at: Date;
  readonly approval_id: string | null;
  readonly posted_by: string | null;
  readonly approved_by: string | null;
  readonly posted_at: Date | null;
  readonly posted_period: string | null;
  readonly reversed_by: string | null;
  readonly reversed_at: Date | null;
  readonly reversal_reason: string | null;
}
export interface LineRow {
  readonly key: string;
  readonly account: string;
  readonly month: string;
  readonly service: string;
  readonly provider: string;
  readonly before_kop: bigint;
  readonly after_kop: bigint;
  readonly difference_kop: bigint;
  readonly failed: string | null;
  readonly reason: CorrectionReason;
  readonly decision: string;
  readonly document: string;
}
export interface SumRow {
  readonly lines: number;
  readonly before_kop: bigint;
  readonly after_kop: bigint;
}

const hryvnias = (kop: bigint): string => Money.ofKop(kop).toString();
const month = (day: string): string => Period.ofDay(day).toString();

export const itemOf = (row: CorrectionRow): CorrectionItem => ({
  id: row.id,
  number: row.number,
  state: row.state,
  reason: row.reason,
  decision: row.decision,
  scope: CorrectionScope.parse(row.scope),
  services: row.services,
  from: month(row.from_month),
  to: month(row.to_month),
  accounts: row.touched,
  lines: row.lines,
  failed: row.failed,
  plus: hryvnias(row.plus_kop),
  minus: hryvnias(row.minus_kop),
  total: hryvnias(row.plus_kop + row.minus_kop),
  needsApproval: row.needs_approval,
  madeBy: row.made_by,
  madeAt: row.made_at.toISOString(),
  postedBy: row.posted_by,
  approvedBy: row.approved_by,
  postedAt: row.posted_at?.toISOString() ?? null,
});

export const sumOf = ({ lines, before_kop: before, after_kop: after }: SumRow): Omit<CorrectionView['byMonth'][number], 'month'> => ({
  lines,
  before: hryvnias(before),
  after: hryvnias(after),
  difference: hryvnias(after - before),
});

/** A line as the document shows it, with the sentence that goes to the bill. */
export const lineOf = (row: LineRow): CorrectionLine => ({
  key: row.key,
  account: row.account,
  month: month(row.month),
  service: row.service,
  provider: row.provider,
  before: hryvnias(row.before_kop),
  after: hryvnias(row.failed === null ? row.after_kop : row.before_kop),
  difference: hryvnias(row.difference_kop),
  failed: row.failed === null ? null : { key: `billing.close.reason.${row.failed}`, params: {} },
  sentence: row.failed === null ? sentenceOf(row) : null,
});

/** The same key and values that the posting carries (post_correction_lines). */
const sentenceOf = (row: LineRow): Message => ({
  key: 'billing.note.recalculation',
  params: {
    month: month(row.month),
    m: String(Number(row.month.slice(5, 7))),
    year: row.month.slice(0, 4),
    reason: row.reason,
    decision: row.decision,
    document: row.document,
    before: hryvnias(row.before_kop),
    after: hryvnias(row.after_kop),
    difference: hryvnias(row.difference_kop),
  },
});
