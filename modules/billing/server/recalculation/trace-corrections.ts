import type { TraceSource } from '../../contract/trace.schema.ts';
import type { Reader } from '../services/charge-facts.ts';

interface PostedRow {
  readonly document_id: string;
  readonly number: string;
  readonly effective_on: string;
  readonly note_key: string;
  readonly note_params: Record<string, string>;
  readonly amount_kop: bigint;
}
const POSTED = `
  select o.document_id, c.number, o.effective_on, o.note_key, o.note_params, e.amount_kop
  from billing.ledger_entry e join billing.posting o on o.id = e.posting_id
  join tariffs.pub_service_v1 s on s.id = e.service_id join tariffs.pub_provider_v1 p on p.id = e.provider_id
  join billing.correction c on c.id::text = o.document_id
  where e.account_id = $1 and e.period >= $2 and e.for_period = $2 and e.kind = 2 and s.code = $3 and p.code = $4
    and o.document_kind in ('correction', 'correction-reversal') order by e.id`;

/**
 * Corrections of a month of a service, each with its sentence and the way to its document. When they do not make up what the
 * calculation says now differs from the accrual (`difference`, kopecks), the last line is the way to a new one.
 */
export async function correctionSources(
  db: Reader,
  at: { readonly accountId: number; readonly number: string; readonly month: string; readonly service: string; readonly provider: string },
  difference: bigint,
): Promise<TraceSource[]> {
  const rows = await db.query<PostedRow>(POSTED, [at.accountId, `${at.month}-01`, at.service, at.provider]);
  const found = rows.map(
    (row): TraceSource => ({
      kind: 'entry',
      title: { key: row.note_key, params: row.note_params },
      date: row.effective_on,
      number: row.number,
      href: `/billing/corrections/${row.document_id}`,
    }),
  );
  if (rows.reduce((sum, row) => sum + row.amount_kop, 0n) === difference) return found;
  const title = { key: 'billing.trace.source.recalculate', params: { month: at.month } };
  return [...found, { kind: 'entry', title, href: `/billing/corrections?account=${at.number}&month=${at.month}` }];
}
