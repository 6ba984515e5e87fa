/**
 * Months that are past their due day, with the end of their limitation and the paper that carries them.
 * $1 run or accounts, $2 as-of day, $3 creditors or null, $4 kind policy, $5 expired policy, $6 penalty policy.
 */
const SLICED = `
  open as materialized (
    select i.account_id, i.provider_id, i.service_id, i.debt_month, i.due_on, i.due_kop, i.outstanding_kop, i.ends_on as ends, i.ends_on < $2::date as expired
    from chosen c join debt.pub_claimable_v1 i on i.account_id = c.account_id
    where i.due_on < $2::date and ($3::smallint[] is null or i.provider_id = any($3))),
  contract as materialized (
    select s.account_id, s.provider_id, s.service_id, max(coalesce(k.penalty_rate, s.penalty_rate)) as penalty_rate
    from chosen c join tariffs.pub_supply_v1 s on s.account_id = c.account_id
    left join registry.pub_supply_contract_v1 k on k.supply_id = s.supply_id and k.valid @> $2::date
    where s.valid @> $2::date and $6 = 'claim' group by 1, 2, 3),
  sliced as materialized (
    select o.*, case when o.expired and $5 = 'leave' then 'left' else 'debt' end as part,
      case when $4 = 'claim' then 'claim' when o.expired and $5 = 'claim' and $4 = 'choose' then 'claim' else 'order' end as kind
    from open o where not (o.expired and $5 = 'claim' and $4 = 'order')
    union all
    select o.*, 'penalty', 'claim' from open o join contract k using (account_id, provider_id, service_id)
    where $6 = 'claim' and $4 = 'choose' and not o.expired and coalesce(k.penalty_rate, 0) > 0
    union all
    select o.*, 'left', 'order' from open o where o.expired and $5 = 'claim' and $4 = 'order')`;

const CHOSEN_RUN = 'chosen as (select account_id from legal.claim_run_account where run_id = $1)';
const CHOSEN_IDS = 'chosen as (select unnest($1::int[]) as account_id)';

/** One item an account, creditor and paper; what carries nothing but expired months is left out with the reason. $7 least principal. */
const GROUPED = `
  grouped as (
    select account_id, provider_id, kind, coalesce(sum(outstanding_kop) filter (where part = 'debt'), 0)::bigint as principal,
      count(*) filter (where part <> 'left') as claimed, (count(distinct debt_month) filter (where part = 'debt'))::int as months,
      coalesce(sum(outstanding_kop) filter (where part = 'left'), 0)::bigint as left_kop
    from sliced group by 1, 2, 3),
  judged as (
    select g.*, case when claimed = 0 then 'expired' when kind = 'order' and principal < $7::bigint then 'below-least' end as why
    from grouped g)`;

/** Items of a run; accounts that owe nothing past its due day get an item that says so. $8 who. */
export const PLAN_ITEMS = `
  with ${CHOSEN_RUN}, ${SLICED}, ${GROUPED},
  every as (
    select account_id, provider_id, kind, principal, why from judged
    union all
    select c.account_id, null, 'none', 0, 'nothing-overdue' from chosen c where not exists (select from judged j where j.account_id = c.account_id))
  insert into legal.claim_item (id, run_id, ordinal, account_id, provider_id, kind, outcome, reason_code, principal_kop, changed_by)
  select gen_random_uuid(), $1::uuid, row_number() over (order by e.provider_id nulls last, a.number, e.kind), e.account_id, e.provider_id, e.kind,
    case when e.why is null then 'planned' else 'skipped' end, e.why, e.principal, $8
  from every e join registry.pub_account_v1 a on a.account_id = e.account_id`;

/** The months of the items that stand in a run; $7 the items. */
export const PLAN_MONTHS = `
  with ${CHOSEN_RUN}, ${SLICED}
  insert into legal.claim_item_month (item_id, service_id, month, due_on, limitation_ends_on, charged_kop, covered_kop, debt_kop, part)
  select i.id, s.service_id, s.debt_month, s.due_on, s.ends, s.due_kop, s.due_kop - s.outstanding_kop, s.outstanding_kop, s.part
  from sliced s join legal.claim_item i on i.run_id = $1::uuid and i.account_id = s.account_id and i.provider_id = s.provider_id and i.kind = s.kind
  where $7::uuid[] is null or i.id = any($7)`;

/** Sums of items after their months were cut anew; what owes nothing any more is skipped. $1 items, $2 who. */
export const REPLANNED = `
  update legal.claim_item i set principal_kop = s.principal, outcome = case when s.claimed > 0 then 'planned' else 'skipped' end,
    reason_code = case when s.claimed > 0 then null when i.reason_code = 'account-merged' then 'account-merged' else 'paid' end, reason_params = null, changed_by = $2, changed_at = now()
  from (select i.id, coalesce(sum(m.debt_kop) filter (where m.part = 'debt'), 0)::bigint as principal,
      count(*) filter (where m.part in ('debt', 'penalty')) as claimed
    from legal.claim_item i left join legal.claim_item_month m on m.item_id = i.id where i.id = any($1::uuid[]) group by 1) s
  where i.id = s.id and i.outcome = 'stale'`;

/** $1 accounts; $8 day until which limitation is near. */
export const PREVIEW = `
  with ${CHOSEN_IDS}, ${SLICED}, ${GROUPED},
  near as (
    select account_id, provider_id, sum(outstanding_kop)::bigint as kop from sliced
    where part = 'debt' and ends <= $8::date and not expired group by 1, 2)
  select p.code as provider, p.short_name as "providerName", (count(*) filter (where j.why is null and j.kind = 'order'))::int as orders,
    (count(*) filter (where j.why is null and j.kind = 'claim'))::int as claims,
    coalesce(sum(j.principal) filter (where j.why is null), 0)::bigint as principal,
    coalesce(sum(j.months) filter (where j.why is null), 0)::int as months, coalesce(sum(j.left_kop), 0)::bigint as left_kop,
    coalesce(sum(n.kop) filter (where j.kind = case when $4 = 'claim' then 'claim' else 'order' end), 0)::bigint as expiring
  from judged j join tariffs.pub_provider_v1 p on p.id = j.provider_id
  left join near n on n.account_id = j.account_id and n.provider_id = j.provider_id
  group by p.code, p.short_name order by p.code`;
export const PREVIEW_NOTHING = `
  with ${CHOSEN_IDS}, ${SLICED}, ${GROUPED}
  select count(*)::int as count from chosen c where not exists (select from judged j where j.account_id = c.account_id and j.why is null)`;
