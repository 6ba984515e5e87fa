import { sqlLaw } from '@komplat/server';

const OF_ACCOUNTS = 'c.account_id between $2 and $3';
/** Cases touched in the month: opened, or with an event in it. */
const IN_MONTH = `($1::date is null or exists (select from legal.case_event e where e.case_id = c.id
  and e.happened_on >= $1 and e.happened_on < $1::date + interval '1 month'))`;

/** L13: claimed = awarded + refused, awarded = recovered + outstanding + written off, part by part; what is recovered are its receipts. */
export const CaseMoneyLaw = sqlLaw(`
  with part as (
    select q.*, coalesce((select sum(s.amount_kop) from legal.case_receipt r join legal.case_receipt_part s on s.receipt_id = r.id and s.no = q.no
      where r.case_id = q.case_id and r.tied_on is not null and r.undone_on is null), 0) as receipts
    from legal.case_part q join legal.case_file c on c.id = q.case_id where ${OF_ACCOUNTS} and ${IN_MONTH}
  )
  select count(*)::bigint as checked, count(*) filter (where
      (awarded_kop is not null and claimed_kop <> awarded_kop + refused_kop)
      or coalesce(awarded_kop, claimed_kop) <> recovered_kop + outstanding_kop + written_off_kop
      or recovered_kop <> receipts)::bigint as violations
  from part`);

/** L14: what decisions in force awarded beyond the debt stands in the ledger, and what was written off is there as well. */
export const CaseLedgerLaw = sqlLaw(`
  with wanted as (
    select c.id, c.awards_posted,
      coalesce(sum(q.awarded_kop) filter (where q.part not in ('principal', 'fee')), 0) as award,
      coalesce(sum(q.awarded_kop) filter (where q.part = 'fee'), 0) as fee, sum(q.written_off_kop) as gone
    from legal.case_file c join legal.case_part q on q.case_id = c.id where ${OF_ACCOUNTS} and ${IN_MONTH} group by c.id
  ), booked as (
    select o.document_id, sum(e.amount_kop) filter (where e.kind = 'court-award') as award, sum(e.amount_kop) filter (where e.kind = 'court-fee') as fee,
      -sum(e.amount_kop) filter (where e.kind = 'write-off') as gone
    from billing.pub_posting_v1 o join billing.pub_ledger_v1 e on e.posting_id = o.id where o.document_kind = 'legal-case' group by 1
  )
  select count(*)::bigint as checked, count(*) filter (where
      coalesce(b.award, 0) <> case when w.awards_posted then w.award else 0 end
      or coalesce(b.fee, 0) <> case when w.awards_posted then w.fee else 0 end or coalesce(b.gone, 0) <> w.gone)::bigint as violations
  from wanted w left join booked b on b.document_id = w.id::text`);
