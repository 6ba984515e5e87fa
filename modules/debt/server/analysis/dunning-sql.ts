/**
 * What a step would do. $1 day, $2 providers or null, $3 least debt, $4 least months, $5 step, $6 the step before or null, $7 first day
 * after which the step was not taken, $8 the latest day of the step before, $9 its earliest day.
 */
export const JUDGED = `
  with owed as materialized (
    select i.account_id, i.provider_id, sum(i.outstanding_kop)::bigint as debt_kop, count(distinct i.debt_month)::int as months, min(i.debt_month) as oldest
    from billing.pub_open_item_v1 i where i.due_on < $1::date and ($2::smallint[] is null or i.provider_id = any($2))
    group by 1, 2 having sum(i.outstanding_kop) >= $3::bigint and count(distinct i.debt_month) >= $4::int),
  own as (
    select distinct n.account_id, n.provider_id from debt.dunning_notice n join debt.dunning_run r on r.id = n.run_id
    where r.code = $5 and n.outcome = 'done' and r.as_of > $7::date),
  prepared as (
    select distinct n.account_id, n.provider_id from debt.dunning_notice n join debt.dunning_run r on r.id = n.run_id
    where r.code = $6::text and n.outcome = 'done' and r.as_of <= $8::date and r.as_of > $9::date),
  standing as materialized (select h.account_id, h.provider_id, min(h.id::text)::uuid as id from debt.hold h where h.period @> $1::date group by 1, 2),
  judged as (
    select o.account_id, o.provider_id, o.debt_kop, o.months, o.oldest, coalesce(hp.id, ha.id) as hold_id,
      case when coalesce(hp.id, ha.id) is not null then 'held' when w.account_id is not null then 'repeated'
        when $6::text is null or b.account_id is not null then 'done' else 'waiting' end as outcome
    from owed o
    left join standing hp on hp.account_id = o.account_id and hp.provider_id = o.provider_id
    left join standing ha on ha.account_id = o.account_id and ha.provider_id is null
    left join own w on w.account_id = o.account_id and w.provider_id = o.provider_id
    left join prepared b on b.account_id = o.account_id and b.provider_id = o.provider_id)`;

export const COUNTS = `count(*)::int as planned, (count(*) filter (where outcome = 'done'))::int as done,
  (count(*) filter (where outcome = 'held'))::int as held, (count(*) filter (where outcome = 'waiting'))::int as waiting,
  (count(*) filter (where outcome = 'repeated'))::int as repeated, coalesce(sum(debt_kop) filter (where outcome = 'done'), 0)::bigint as debt_kop`;

export const PREVIEW = `${JUDGED}
  select p.code as provider, p.short_name as name, j.* from (select provider_id, ${COUNTS} from judged group by provider_id) j
  join tariffs.pub_provider_v1 p on p.id = j.provider_id order by p.code`;

/** $10 the run. */
export const NOTICE = `${JUDGED}
  insert into debt.dunning_notice (run_id, account_id, provider_id, outcome, debt_kop, months, oldest, hold_id)
  select $10::uuid, account_id, provider_id, outcome, debt_kop, months, oldest, hold_id from judged order by account_id, provider_id`;

export const RUNS = `select r.id, r.code, r.as_of, p.code as provider, r.planned, r.done, r.held, r.waiting, r.repeated, r.debt_kop, r.reason, r.made_by, r.made_at
  from debt.dunning_run r left join tariffs.pub_provider_v1 p on p.id = r.provider_id
  where ($1::text is null or r.code = $1) and ($2::smallint[] is null or r.provider_id = any($2))`;

/** $1 run, $2 outcome, $3 providers. */
export const NOTICES = `select n.account_id::text || '.' || n.provider_id as id, a.number, h.full_name, p.code as provider, n.outcome, n.debt_kop, n.months,
    n.oldest, d.kind as hold
  from debt.dunning_notice n join registry.pub_account_v1 a on a.account_id = n.account_id
  join registry.pub_holder_v1 h on h.account_id = n.account_id join tariffs.pub_provider_v1 p on p.id = n.provider_id
  left join debt.hold d on d.id = n.hold_id
  where n.run_id = $1 and ($2::text is null or n.outcome = $2) and ($3::smallint[] is null or n.provider_id = any($3))`;

/** $1 first month, $2 last month, $3 providers or null: balances of closed months of every account and creditor, oldest first. */
export const HISTORY = `
  select b.account_id, b.provider_id, array_agg(to_char(b.period, 'YYYY-MM') order by b.period) as months, array_agg(b.closing order by b.period) as closing,
    array_agg(b.charged order by b.period) as charged
  from (select account_id, provider_id, period, sum(closing_kop)::bigint as closing,
      sum(charged_kop + recalculated_kop + benefit_kop + subsidy_kop)::bigint as charged
    from billing.pub_period_balance_v1 where period between $1::date and $2::date
      and ($3::smallint[] is null or provider_id = any($3)) group by 1, 2, 3) b
  group by 1, 2`;
