import type { DataCheck } from '@komplat/plugin-api';
import { sqlLaw } from '@komplat/server';
import { Injectable } from '@nestjs/common';

/** Parts of the cases `c` that break: claimed = awarded + refused, awarded = recovered + outstanding + written off, recovered = its receipts. */
const PARTS = `legal.case_file c join legal.case_part q on q.case_id = c.id
  cross join lateral (select coalesce(sum(s.amount_kop), 0) as kop from legal.case_receipt r join legal.case_receipt_part s on s.receipt_id = r.id and s.no = q.no
    where r.case_id = q.case_id and r.tied_on is not null and r.undone_on is null) t`;
const BROKEN = `((q.awarded_kop is not null and q.claimed_kop <> q.awarded_kop + q.refused_kop)
  or coalesce(q.awarded_kop, q.claimed_kop) <> q.recovered_kop + q.outstanding_kop + q.written_off_kop or q.recovered_kop <> t.kop)`;

/** What decisions in force awarded beyond the debt, and what was written off, against the ledger. */
const BOOKS = `legal.case_file c
  cross join lateral (select coalesce(sum(q.awarded_kop) filter (where q.part not in ('principal', 'fee') and c.awards_posted), 0) as award,
      coalesce(sum(q.awarded_kop) filter (where q.part = 'fee' and c.awards_posted), 0) as fee, coalesce(sum(q.written_off_kop), 0) as gone
    from legal.case_part q where q.case_id = c.id) w
  left join (select o.document_id, sum(e.amount_kop) filter (where e.kind = 'court-award') as award, sum(e.amount_kop) filter (where e.kind = 'court-fee') as fee,
      -sum(e.amount_kop) filter (where e.kind = 'write-off') as gone
    from billing.pub_posting_v1 o join billing.pub_ledger_v1 e on e.posting_id = o.id where o.document_kind = 'legal-case' group by 1) b on b.document_id = c.id::text`;
const DIFFERS = `(coalesce(b.award, 0) <> w.award or coalesce(b.fee, 0) <> w.fee or coalesce(b.gone, 0) <> w.gone)`;

/** Accounts of the range, and cases with an event in the month. */
const ASKED = `c.account_id between $2 and $3 and ($1::date is null or exists (select from legal.case_event e where e.case_id = c.id
  and e.happened_on >= $1 and e.happened_on < $1::date + interval '1 month'))`;
const counted = (from: string, broken: string): string =>
  `select count(*)::bigint as checked, count(*) filter (where ${broken})::bigint as violations from ${from} where ${ASKED}`;

/** L13: claimed = awarded + refused; awarded = recovered + outstanding + written off; recovered = receipts. */
export const CaseMoneyLaw = sqlLaw(counted(PARTS, BROKEN));
/** L14: what cases awarded and wrote off stands in the ledger. */
export const CaseLedgerLaw = sqlLaw(counted(BOOKS, DIFFERS));

const found = (from: string, broken: string): string =>
  `select 'case/' || c.number as subject, c.account_id, jsonb_build_object('number', c.number) as params from ${from}
   where ${broken} and ($1::int[] is null or c.account_id = any($1)) group by c.number, c.account_id`;

/** The same laws every night: a case whose money does not add up becomes a finding. */
@Injectable()
export class CaseMoneyCheck implements DataCheck {
  readonly sql = `${found(PARTS, BROKEN)} union ${found(BOOKS, DIFFERS)}`;
}
