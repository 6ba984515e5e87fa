import { Migration } from '@mikro-orm/migrations';

const DIGEST = `
alter table billing.close_batch add column digest_sums numeric[] null, drop column digest;

-- What the books of a range of accounts say, as four sums over accounts: each account's lines of the month, in an order of their
-- own, and its balances give a sha256, which is added up. Ranges add up to the lane, whatever they were cut into.
create function billing.digest_sums(p_period date, p_provider smallint, p_from int, p_to int) returns numeric[]
  language sql stable set enable_mergejoin = off as $$
  with hash as (
    select sha256(convert_to(a.account_id || ' accruals' || string_agg(concat_ws('|', e'\\n', a.service_id, a.version, a.net_kop,
      a.quantity, a.tariff_id), '' order by a.service_id, a.version), 'UTF8')) as h
    from billing.accrual a
    where a.period = p_period and a.provider_id = p_provider and a.account_id between p_from and p_to group by a.account_id
    union all
    select sha256(convert_to(e.account_id || ' entries' || string_agg(concat_ws('|', e'\\n', e.service_id, e.for_period, e.kind,
      e.amount_kop), '' order by e.service_id, e.for_period, e.kind, e.amount_kop), 'UTF8'))
    from billing.ledger_entry e
    where e.period = p_period and e.provider_id = p_provider and e.account_id between p_from and p_to group by e.account_id
    union all
    select sha256(convert_to(b.account_id || ' balances' || string_agg(concat_ws('|', e'\\n', b.service_id, b.opening_kop, b.charged_kop,
      b.recalculated_kop, b.benefit_kop, b.subsidy_kop, b.paid_kop, b.other_kop, b.closing_kop), '' order by b.service_id), 'UTF8'))
    from billing.period_balance b
    where b.period = p_period and b.provider_id = p_provider and b.account_id between p_from and p_to group by b.account_id)
  select array[count(*), coalesce(sum(substr(h, 1, 8)::bigint), 0), coalesce(sum(substr(h, 9, 8)::bigint), 0),
    coalesce(sum(substr(h, 17, 8)::bigint), 0), coalesce(sum(substr(h, 25, 8)::bigint), 0)] from hash
$$;

-- The signature of such sums.
create function billing.digest_of(p_sums numeric[]) returns text language sql immutable parallel safe
  return encode(sha256(convert_to('lane/2 ' || array_to_string(p_sums, ' '), 'UTF8')), 'hex');

-- The digest of a lane, counted from its rows.
create or replace function billing.lane_digest(p_period date, p_provider smallint) returns text language sql stable as $$
  select billing.digest_of(billing.digest_sums(p_period, p_provider, 0, 2147483647))
$$;

-- The digest of a lane in closing, from what its batches found when their balances were written; null while one is missing.
create function billing.batches_digest(p_period date, p_provider smallint) returns text language sql stable as $$
  select case when bool_and(rolled_at is not null) then billing.digest_of(array[sum(digest_sums[1]), sum(digest_sums[2]),
    sum(digest_sums[3]), sum(digest_sums[4]), sum(digest_sums[5])]) end
  from billing.close_batch where period = p_period and provider_id = p_provider
$$;
`;

/** A digest that batches count in parallel, each once. */
export class BillingDigest extends Migration {
  up(): void {
    this.addSql(DIGEST);
  }
}
