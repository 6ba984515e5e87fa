import { sqlLaw } from '@komplat/server';

const ALL_ACCOUNTS = '$3 = 2147483647';
const IN_DAYS = (column: string): string =>
  `($1::date is null or ${column} >= $1 and ${column} < $1::date + interval '1 month')`;
/** Documents of money are payments: the number of the payment as text. */
const OF_ACCOUNTS = (document: string): string =>
  `(${ALL_ACCOUNTS} or ${document} in (select id::text from payments.payment where account_id between $2 and $3))`;

/** L9: money that was accepted by a channel or found its account has one event, and no event speaks of other money. */
export const OutboxLaw = sqlLaw(`
  with part as (
    select p.id::text as payment, 1 as accepted, 0 as told from payments.payment p
    where p.answer is not null and ${IN_DAYS('p.received_on')} and p.account_id between $2 and $3
    union all
    select p.id::text, 1, 0 from payments.suspense_item s join payments.payment p on p.id = s.payment_id
    where s.resolution->>'account' is not null and ${IN_DAYS('p.received_on')} and p.account_id between $2 and $3
    union all
    select o.payload->>'paymentId', 0, 1 from platform.outbox o where o.type = 'payments.received'
      and (($1::date is null and ${ALL_ACCOUNTS}) or o.payload->>'paymentId' in (
        select p.id::text from payments.payment p where ${IN_DAYS('p.received_on')} and p.account_id between $2 and $3))
  )
  select count(*)::bigint as checked, count(*) filter (where accepted <> 1 or told <> 1)::bigint as violations
  from (select sum(accepted) as accepted, sum(told) as told from part group by payment) q`);

/** L11: the money lines of every document sum to zero. */
export const MoneyLinesLaw = sqlLaw(`
  select count(*)::bigint as checked, count(*) filter (where total <> 0)::bigint as violations from (
    select sum(amount_kop) as total from payments.money_line where ${IN_DAYS('day')} and ${OF_ACCOUNTS('document_id')}
    group by document_kind, document_id) d`);

/** L12: what providers are due by the money lines = minus the payment lines of the ledger, document by document. */
export const DueToProvidersLaw = sqlLaw(`
  with docs as (
    select m.document_id, m.document_kind = 'payment-rollback' as back from payments.money_line m
    where $1::date is not null and m.document_kind in ('payment', 'suspense-assign', 'payment-rollback') and ${IN_DAYS('m.day')}
    union
    select p.id::text, false from payments.payment p
    where $1::date is not null and p.posting_id is not null and ${IN_DAYS('p.received_on')}
  ), part as (
    select m.document_id, m.document_kind = 'payment-rollback' as back, m.provider_id, m.amount_kop as kop
    from payments.money_line m
    where m.place = 'due-to-provider' and m.document_kind in ('payment', 'suspense-assign', 'payment-rollback')
    union all
    select o.document_id, o.document_kind = 'payment-rollback', e.provider_id, e.amount_kop
    from billing.pub_posting_v1 o join billing.pub_ledger_v1 e on e.posting_id = o.id and e.kind = 'payment'
    where o.document_kind in ('payment', 'payment-rollback')
  )
  select count(*)::bigint as checked, count(*) filter (where kop <> 0)::bigint as violations from (
    select sum(kop) as kop from part
    where ($1::date is null or (document_id, back) in (select document_id, back from docs)) and ${OF_ACCOUNTS('document_id')}
    group by document_id, back, provider_id) q`);
