/** Reads of a batch of items as one moment saw them; $1 items, $2 day. Every row names its item. */
const ITEMS = `
  with item as materialized (
    select i.id as item_id, i.account_id, i.provider_id, i.kind, i.ordinal, i.court_code, a.number, a.premises_id, $2::date as day,
      (select min(m.month) from legal.claim_item_month m where m.item_id = i.id) as first_month
    from legal.claim_item i join registry.pub_account_v1 a on a.account_id = i.account_id where i.id = any($1::uuid[]))`;
const JOINED = 'from item t';

export const HEADS = `${ITEMS}
  select t.item_id, t.account_id, t.provider_id::int as provider_id, t.kind, t.ordinal, t.court_code, t.number, x.address, x.postcode, f.total_area as area,
    coalesce(f.dwelling_type, 'unknown') as dwelling, p.code as provider, p.name as provider_name, p.edrpou, p.iban, c.address as creditor_address, c.phone, c.email,
    c.bank, c.head_surname, c.head_given_name, c.head_patronymic, c.head_sex, c.head_post, c.authority_number,
    lower(c.authority_valid) as authority_from, upper(c.authority_valid) - 1 as authority_until, w.territory
  ${JOINED} join registry.pub_address_v1 x on x.premises_id = t.premises_id
  left join registry.pub_premises_fact_v1 f on f.premises_id = t.premises_id and f.valid @> t.day
  join tariffs.pub_provider_v1 p on p.id = t.provider_id
  left join legal.creditor c on c.provider_id = t.provider_id and c.valid @> t.day
  left join debt.pub_account_territory_v1 w on w.account_id = t.account_id order by t.ordinal`;

export const MONTHS = `${ITEMS}
  select m.item_id, m.service_id::int as service_id, s.code as service, s.name as service_name, to_char(m.month, 'YYYY-MM') as month, m.due_on,
    m.limitation_ends_on, m.charged_kop, m.covered_kop, m.debt_kop, m.part
  ${JOINED} join legal.claim_item_month m on m.item_id = t.item_id join tariffs.pub_service_v1 s on s.id = m.service_id
  where m.part <> 'left' order by m.item_id, m.month, s.pay_order`;

/** Days on which months were covered: reversed credits cancel out. */
export const COVERS = `${ITEMS}
  select t.item_id, a.service_id::int as service_id, to_char(a.debt_month, 'YYYY-MM') as month, g.effective_on as "on", sum(a.amount_kop)::bigint as kop
  ${JOINED} join legal.claim_item_month m on m.item_id = t.item_id and m.part <> 'left' and m.covered_kop > 0
  join billing.pub_allocation_v1 a on a.account_id = t.account_id and a.provider_id = t.provider_id and a.service_id = m.service_id
    and a.debt_month = m.month
  join billing.pub_ledger_v1 e on e.account_id = a.account_id and e.period = a.credit_period and e.id = a.credit_id
  join billing.pub_posting_v1 g on g.id = e.posting_id and g.effective_on <= t.day
  group by 1, 2, 3, 4 having sum(a.amount_kop) > 0 order by 1, 2, 3, 4`;

const SEX = `case p.sex when 'm' then 'male' else 'female' end as sex`;
export const DEBTOR_ROWS = `${ITEMS}
  select t.item_id, d.person_id, d.role, case when d.share_num is not null then d.share_num || '/' || d.share_den end as share, d.minor, p.surname,
    p.given_name, p.patronymic, ${SEX}, p.birth_date,
    (select x.postcode || '|' || x.address from registry.pub_residence_v1 r join registry.pub_address_v1 x on x.premises_id = r.premises_id
      where r.person_id = d.person_id and r.kind = 'registered' and r.valid @> t.day order by (r.premises_id = t.premises_id) desc, x.premises_id limit 1) as registered
  ${JOINED} join legal.claim_debtor d on d.item_id = t.item_id join registry.pub_person_v1 p on p.person_id = d.person_id
  order by t.item_id, d.minor, case d.role when 'owner' then 1 when 'holder' then 2 else 3 end, p.surname, p.given_name, d.person_id`;

export const STATEMENT = `${ITEMS}
  select t.item_id, to_char(b.period, 'YYYY-MM') as month, s.code as service, b.opening_kop, b.charged_kop, b.recalculated_kop + b.other_kop as recalculated_kop,
    b.benefit_kop, b.subsidy_kop, b.paid_kop, b.closing_kop
  ${JOINED} join billing.pub_period_balance_v1 b on b.account_id = t.account_id and b.provider_id = t.provider_id
    and b.period between t.first_month and t.day
  join tariffs.pub_service_v1 s on s.id = b.service_id order by t.item_id, b.period, s.pay_order`;

export const PAYMENTS = `${ITEMS}
  select t.item_id, g.effective_on as "on", -sum(e.amount_kop)::bigint as kop, coalesce(max(y.channel_name), '') as channel
  ${JOINED} join billing.pub_ledger_v1 e on e.account_id = t.account_id and e.provider_id = t.provider_id and e.kind in ('payment', 'payment-return')
    and e.period between t.first_month and t.day
  join billing.pub_posting_v1 g on g.id = e.posting_id left join payments.pub_payment_v1 y on y.posting_id = e.posting_id
  group by t.item_id, g.effective_on, e.posting_id having sum(e.amount_kop) <> 0 order by t.item_id, g.effective_on, e.posting_id`;

export const TARIFFS = `${ITEMS}
  select distinct t.item_id, s.code as service, lower(f.valid) as "from", f.price, f.unit,
    f.decision_body || ' № ' || f.decision_number || coalesce(' від ' || to_char(f.decision_date, 'DD.MM.YYYY'), '') as decision
  ${JOINED} join tariffs.pub_supply_v1 u on u.account_id = t.account_id and u.provider_id = t.provider_id and u.valid && daterange(t.first_month, t.day)
  join tariffs.pub_tariff_v1 f on f.service_id = u.service_id and f.provider_id = u.provider_id and f.variant = u.variant
    and f.valid && daterange(t.first_month, t.day)
  join tariffs.pub_service_v1 s on s.id = u.service_id
  where exists (select from legal.claim_item_month m where m.item_id = t.item_id and m.service_id = u.service_id) order by 1, 2, 3, 4`;

export const RESIDENTS = `${ITEMS}
  select t.item_id, p.surname, p.given_name, p.patronymic, ${SEX}, p.birth_date, r.kind as relation, lower(r.valid) as "from",
    case when upper_inf(r.valid) then null else upper(r.valid) - 1 end as "to"
  ${JOINED} join registry.pub_residence_v1 r on r.premises_id = t.premises_id and r.kind in ('registered', 'temporary')
    and r.valid && daterange(t.first_month, t.day, '[]')
  join registry.pub_person_v1 p on p.person_id = r.person_id order by t.item_id, p.surname, p.given_name, lower(r.valid)`;

export const GROUNDS = `${ITEMS}
  select distinct t.item_id, k.number, k.signed_on, k.kind
  ${JOINED} join tariffs.pub_supply_v1 u on u.account_id = t.account_id and u.provider_id = t.provider_id and u.valid @> t.day
  join registry.pub_supply_contract_v1 k on k.supply_id = u.supply_id and k.valid @> t.day order by 1, 3, 2`;

/** Penalty a day by the contract of a supply. */
export const RATES = `${ITEMS}
  select t.item_id, u.service_id::int as service_id, max(coalesce(k.penalty_rate, u.penalty_rate))::text as rate
  ${JOINED} join tariffs.pub_supply_v1 u on u.account_id = t.account_id and u.provider_id = t.provider_id and u.valid @> t.day
  left join registry.pub_supply_contract_v1 k on k.supply_id = u.supply_id and k.valid @> t.day
  where t.kind = 'claim' group by 1, 2 having max(coalesce(k.penalty_rate, u.penalty_rate)) > 0`;

export const ACCEPTED = `${ITEMS}
  select t.item_id, f.code, f.accepted_by, f.accepted_reason ${JOINED} join legal.claim_finding f on f.item_id = t.item_id
  where f.accepted_at is not null order by 1, 2`;

export const FEES = `${ITEMS}
  select t.item_id, i.fee_paid_on, i.fee_import_id, i.fee_import_line ${JOINED} join legal.claim_item i on i.id = t.item_id
  where i.fee_import_id is not null`;

/** $1 snapshots as rows, $2 who. */
export const FROZEN = `
  with made as (
    select r.* from jsonb_to_recordset($1::jsonb) r(item_id uuid, sha256 text, body jsonb, trace jsonb, index_version int, principal bigint,
      inflation bigint, interest bigint, penalty bigint, fee bigint, credited bigint)
    join legal.claim_item i on i.id = r.item_id and i.outcome = 'checked'),
  kept as (
    insert into legal.claim_snapshot (item_id, ordinal, sha256, body, trace, index_version)
    select m.item_id, 1 + coalesce((select max(s.ordinal) from legal.claim_snapshot s where s.item_id = m.item_id), 0), m.sha256, m.body, m.trace, m.index_version
    from made m)
  update legal.claim_item i set outcome = 'frozen', reason_code = null, reason_params = null, snapshot_sha256 = m.sha256, principal_kop = m.principal,
    inflation_kop = m.inflation, interest_kop = m.interest, penalty_kop = m.penalty, fee_kop = m.fee, credited_kop = m.credited, changed_by = $2,
    changed_at = now()
  from made m where i.id = m.item_id`;
