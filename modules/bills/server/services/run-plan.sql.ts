/**
 * Plans all items of a run in one statement, before any work. Postal order: postcode, street, house by its number, flat by
 * its number. Batches of postmen are cut between houses, jobs of one PDF inside a batch.
 * $1 run, $2 month, $3 district or null, $4 house code or null, $5 bills of a job, $6 bills of a batch, $7 accounts or null,
 * $8 number of one account or null.
 */
export const PLAN_ITEMS = `
with a as (
  select k.account_id, d.postcode, d.street, d.type_short, d.house, d.house_id, d.flat, k.number
  from registry.pub_account_v1 k join registry.pub_address_v1 d on d.premises_id = k.premises_id
  where k.opened_on < ($2::date + interval '1 month') and (k.closed_on is null or k.closed_on >= $2::date)
    and ($3::int is null or k.district = $3) and ($4::text is null or d.house_code = $4)
    and ($7::int[] is null or k.account_id = any($7)) and ($8::text is null or k.number = $8)),
o as (
  select a.*, row_number() over w as ordinal from a
  window w as (order by postcode, street, type_short, coalesce(substring(house from '^[0-9]+')::int, 0), house,
    coalesce(substring(flat from '^[0-9]+')::int, 0), flat, number)),
h as (select house_id, postcode, min(ordinal) as first, count(*) as bills from o group by house_id, postcode),
-- a house belongs to the batch in which its first bill falls; a new postcode begins a new batch
r as (select h.*, (sum(bills) over (partition by postcode order by first rows between unbounded preceding and 1 preceding)) as before from h),
g as (select house_id, postcode, coalesce(before, 0)::bigint / $6::int as step from r),
b as (select o.*, dense_rank() over (order by o.postcode, g.step) as batch_no from o join g on g.house_id = o.house_id and g.postcode = o.postcode),
j as (select b.*, (row_number() over (partition by batch_no order by ordinal) - 1) / $5::int as piece from b),
n as (select j.*, dense_rank() over (order by batch_no, piece) as job_no from j),
items as (
  insert into bills.run_item (run_id, account_id, ordinal, job_no)
  select $1, account_id, ordinal, job_no from n order by ordinal returning 1),
jobs as (
  insert into bills.run_job (run_id, job_no, batch_no, postcode, bills)
  select $1, job_no, min(batch_no), min(postcode), count(*) from n group by job_no returning 1)
select (select count(*) from items)::int as items, (select count(*) from jobs)::int as jobs`;

/** Runs with their outcomes: counts are queries, never counters. */
export const RUNS = `
select r.id, r.kind, r.period, r.state, r.reason, r.retry_of, r.requested_by, r.planned_at, r.finished_at, r.workflow_id,
  c.planned, c.done, c.failed, c.skipped, c.not_started, j.jobs, j.jobs_done, j.batches, j.pages
from bills.run r
cross join lateral (select count(*)::int as planned, (count(*) filter (where i.outcome = 'done'))::int as done,
    (count(*) filter (where i.outcome = 'failed'))::int as failed, (count(*) filter (where i.outcome = 'skipped'))::int as skipped,
    (count(*) filter (where i.outcome = 'not_started'))::int as not_started from bills.run_item i where i.run_id = r.id) c
cross join lateral (select count(*)::int as jobs, (count(*) filter (where b.state = 'done'))::int as jobs_done,
    count(distinct b.batch_no)::int as batches, coalesce(sum(b.pages), 0)::int as pages from bills.run_job b where b.run_id = r.id) j`;

/** Jobs of a run with the addresses at which they begin and end. $1 run. */
export const RUN_JOBS = `
select j.job_no, j.batch_no, j.postcode, j.bills, j.state, j.pages, j.error_code, f.address as first, l.address as last
from bills.run_job j
join lateral (select min(i.ordinal) as low, max(i.ordinal) as high from bills.run_item i where i.run_id = j.run_id and i.job_no = j.job_no) o on true
join bills.run_item a on a.run_id = j.run_id and a.job_no = j.job_no and a.ordinal = o.low
join registry.pub_account_v1 ka on ka.account_id = a.account_id join registry.pub_address_v1 f on f.premises_id = ka.premises_id
join bills.run_item z on z.run_id = j.run_id and z.job_no = j.job_no and z.ordinal = o.high
join registry.pub_account_v1 kz on kz.account_id = z.account_id join registry.pub_address_v1 l on l.premises_id = kz.premises_id
where j.run_id = $1 order by j.job_no limit 3000`;

/** Why bills did not go out, the most frequent reason first. $1 run. */
export const RUN_REASONS = `
select outcome, reason_code as reason, count(*)::int as count from bills.run_item
where run_id = $1 and reason_code is not null group by 1, 2 order by 3 desc, 2`;

/** What failed, then what was skipped, with its reason and the answer of the mail server. $1 run. */
export const RUN_FAILURES = `
select k.number as account, i.outcome, i.reason_code as reason, d.address,
  (select m.answer from bills.bill b join bills.mail m on m.bill_id = b.id where b.account_id = i.account_id and m.run_id = i.run_id
    and m.state = 'failed' order by m.sent_at desc limit 1) as answer
from bills.run_item i
join registry.pub_account_v1 k on k.account_id = i.account_id join registry.pub_address_v1 d on d.premises_id = k.premises_id
where i.run_id = $1 and i.outcome in ('failed', 'skipped') order by i.outcome = 'skipped', i.ordinal limit 500`;
