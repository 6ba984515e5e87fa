import type { FindingLevel } from '../../contract/claim.schema.ts';
import { TARGET } from './target-sql.ts';

/**
 * Who answers for the debt: owners of the day with their shares, the holder, and with `household` the grown-up registered persons
 * (ЦКУ ст. 360, Закон 2189-VIII ст. 7). $3 debtors policy.
 */
export const DEBTORS = `
  with ${TARGET},
  found as (
    select t.item_id, w.person_id, 'owner' as role, 1 as rank, w.share_num, w.share_den
    from target t join registry.pub_ownership_v1 w on w.premises_id = t.premises_id and w.valid @> $2::date
    union all select t.item_id, t.holder_id, 'holder', 2, null, null from target t
    union all
    select t.item_id, r.person_id, 'resident', 3, null, null from target t
    join registry.pub_residence_v1 r on r.premises_id = t.premises_id and r.kind = 'registered' and r.valid @> $2::date
    where $3 = 'household')
  insert into legal.claim_debtor (item_id, person_id, role, share_num, share_den, minor)
  select distinct on (f.item_id, f.person_id) f.item_id, f.person_id, f.role, f.share_num, f.share_den,
    coalesce(p.birth_date > $2::date - interval '18 years', false)
  from found f join registry.pub_person_v1 p on p.person_id = f.person_id
  where f.role <> 'resident' or coalesce(p.birth_date <= $2::date - interval '18 years', true)
  order by f.item_id, f.person_id, f.rank`;

/** One pre-flight check: rows of (item_id, subject, params). Parameters beyond $1 items and $2 day are named in `uses`. */
export interface ClaimCheck {
  readonly code: string;
  readonly level: FindingLevel;
  readonly uses: readonly CheckValue[];
  readonly sql: string;
}
export type CheckValue = 'warningDays' | 'missingIndex';
const check = (code: string, level: FindingLevel, sql: string, uses: readonly CheckValue[] = []): ClaimCheck => ({ code, level, uses, sql });

const PERSON = `jsonb_build_object('name', p.full_name)`;
const HOLD = (kinds: string): string => `
  select distinct on (t.item_id) t.item_id, '' as subject, jsonb_build_object('kind', h.kind, 'reason', h.reason) as params
  from target t join debt.pub_hold_v1 h on h.account_id = t.account_id and (h.provider_id is null or h.provider_id = t.provider_id)
    and h.period @> $2::date and h.kind ${kinds} order by t.item_id, h.hold_id`;
const BY_DEBTOR = `from target t join legal.claim_debtor d on d.item_id = t.item_id join registry.pub_person_v1 p on p.person_id = d.person_id`;
/** Flats that somebody must own; in the others people live by order or contract and have no share. */
const OWNED = `('privatised', 'private', 'cooperative')`;
const SHARES = `
  shares as (
    select t.item_id, t.premises_id, count(w.person_id) as owners, coalesce(sum(w.share_num::numeric / w.share_den), 0) as total
    from target t left join registry.pub_ownership_v1 w on w.premises_id = t.premises_id and w.valid @> $2::date group by 1, 2)`;

const ACCOUNT: readonly ClaimCheck[] = [
  check('account-merged', 'block', `
    select distinct on (t.item_id) t.item_id, '' as subject, jsonb_build_object('account', o.number, 'day', l.effective_on) as params
    from target t join registry.pub_account_lineage_v1 l on l.account_id = t.account_id and l.kind = 'merge'
    join registry.pub_account_v1 o on o.account_id = l.other_account_id where t.closed_on is not null order by t.item_id, l.event_id desc`),
  check('account-closed', 'lawyer', `
    select t.item_id, '' as subject, jsonb_build_object('day', t.closed_on) as params from target t
    where t.closed_on <= $2::date and not exists (select from registry.pub_account_lineage_v1 l where l.account_id = t.account_id and l.kind = 'merge')`),
  check('active-contract', 'block', HOLD(`in ('contract', 'promise')`)),
  check('duplicate-case', 'block', `
    select distinct on (t.item_id) t.item_id, '' as subject, jsonb_build_object('case', c.number) as params
    from target t join legal.case_file c on c.account_id = t.account_id and c.provider_id = t.provider_id and c.closed_on is null
    join legal.case_part q on q.case_id = c.id and q.part = 'principal'
    join legal.claim_item_month m on m.item_id = t.item_id and m.part <> 'left' and m.service_id = q.service_id and m.month = q.period
    where c.status not in ('pretension-unpaid', 'pack-prepared') and not (t.kind = 'claim' and c.status in ('order-refused', 'order-cancelled'))
      and not (m.part = 'penalty' and c.kind = 'order')
    order by t.item_id, c.number`),
  check('hold', 'block', HOLD(`not in ('contract', 'promise', 'case')`)),
  check('duplicate-claim', 'block', `
    select distinct on (t.item_id) t.item_id, '' as subject, jsonb_build_object('run', r.number) as params
    from target t join legal.claim_item o on o.account_id = t.account_id and o.provider_id = t.provider_id and o.kind = t.kind and o.run_id <> t.run_id
      and o.outcome in ('frozen', 'packed', 'submitted', 'approved', 'signed', 'filed')
    join legal.claim_run r on r.id = o.run_id
    where exists (select from legal.claim_item_month m join legal.claim_item_month n using (service_id, month)
      where m.item_id = t.item_id and n.item_id = o.id and m.part = n.part and m.part <> 'left') order by t.item_id, r.ordinal`),
  check('changed-account', 'warn', `
    select t.item_id, '' as subject, jsonb_build_object('count', count(*)) as params from target t
    join registry.pub_finding_v1 f on f.account_id = t.account_id and f.severity = 'blocks' and f.resolved_at is null group by 1`),
];

const DEBTOR: readonly ClaimCheck[] = [
  check('debtor-code-missing', 'lawyer', `
    select t.item_id, p.person_id::text as subject, ${PERSON} as params ${BY_DEBTOR}
    where p.tax_number_hash is null and not p.no_tax_number and not d.minor`),
  check('debtor-code-wrong', 'block', `
    select t.item_id, p.person_id::text as subject, ${PERSON} || jsonb_build_object('flaw', p.tax_number_flaw) as params ${BY_DEBTOR}
    where p.tax_number_flaw is not null`),
  check('debtor-code-shared', 'block', `
    select distinct on (t.item_id, p.person_id) t.item_id, p.person_id::text as subject, ${PERSON} || jsonb_build_object('other', o.full_name) as params
    ${BY_DEBTOR} join registry.pub_person_v1 o on o.tax_number_hash = p.tax_number_hash and o.person_id <> p.person_id
    order by t.item_id, p.person_id, o.person_id`),
  check('debtor-address-missing', 'lawyer', `
    select t.item_id, p.person_id::text as subject, ${PERSON} as params ${BY_DEBTOR}
    where not exists (select from registry.pub_residence_v1 r where r.person_id = p.person_id and r.kind = 'registered' and r.valid @> $2::date)`),
  check('debtor-died', 'block', `
    select t.item_id, p.person_id::text as subject, ${PERSON} || jsonb_build_object('day', p.died_on) as params ${BY_DEBTOR}
    where p.died_on <= $2::date`),
  check('minor-only-owner', 'lawyer', `
    select t.item_id, '' as subject, jsonb_build_object('name', min(p.full_name)) as params ${BY_DEBTOR}
    where d.role = 'owner' group by t.item_id having bool_and(d.minor)`),
  check('minor-co-owner', 'lawyer', `
    select t.item_id, p.person_id::text as subject, ${PERSON} as params ${BY_DEBTOR}
    where d.role = 'owner' and d.minor and exists (select from legal.claim_debtor g where g.item_id = t.item_id and g.role = 'owner' and not g.minor)`),
  check('minor-holder', 'lawyer', `
    select t.item_id, p.person_id::text as subject, ${PERSON} as params ${BY_DEBTOR} where d.minor and d.person_id = t.holder_id and d.role = 'holder'`),
  check('shares-incomplete', 'block', `
    select s.item_id, '' as subject, jsonb_build_object('percent', round(s.total * 100, 2)) as params from shares s where s.owners > 0 and s.total <> 1`),
  check('ownership-unknown', 'lawyer', `
    select s.item_id, '' as subject, jsonb_build_object('dwelling', f.dwelling_type) as params from shares s
    join registry.pub_premises_fact_v1 f on f.premises_id = s.premises_id and f.valid @> $2::date
    where s.owners = 0 and f.dwelling_type in ${OWNED}`),
  check('pretension-unserved', 'warn', `
    select t.item_id, '' as subject, '{}'::jsonb as params from target t
    where not exists (select from legal.case_file c where c.account_id = t.account_id and c.provider_id = t.provider_id and c.served_on is not null)`),
];

const PREPARED = `('frozen', 'packed', 'submitted', 'approved', 'signed')`;
const SNAPSHOT = `join lateral (select s.body, s.index_version from legal.claim_snapshot s where s.item_id = t.item_id order by s.ordinal desc limit 1) s on true`;

const LAW: readonly ClaimCheck[] = [
  check('limitation-near', 'warn', `
    select t.item_id, '' as subject, jsonb_build_object('day', min(m.limitation_ends_on), 'sum', (sum(m.debt_kop) / 100.0)::numeric(14,2)::text) as params
    from target t join legal.claim_item_month m on m.item_id = t.item_id and m.part = 'debt'
      and m.limitation_ends_on between $2::date and $2::date + $3::int group by 1`, ['warningDays']),
  check('limitation-left', 'warn', `
    select t.item_id, '' as subject, jsonb_build_object('months', count(*), 'sum', (sum(m.debt_kop) / 100.0)::numeric(14,2)::text) as params
    from target t join legal.claim_item_month m on m.item_id = t.item_id and m.part = 'left' group by 1`),
  check('limitation-expired', 'lawyer', `
    select t.item_id, '' as subject, jsonb_build_object('months', count(*), 'sum', (sum(m.debt_kop) / 100.0)::numeric(14,2)::text) as params
    from target t join legal.claim_item_month m on m.item_id = t.item_id and m.part = 'debt' and m.limitation_ends_on < $2::date group by 1`),
  check('territory-moratorium', 'block', `
    select distinct on (t.item_id) t.item_id, '' as subject, jsonb_build_object('territory', w.territory, 'ground', w.ground) as params
    from target t join debt.pub_account_moratorium_v1 w on w.account_id = t.account_id and w.kind in ('inflation-interest', 'charge') and w.period @> $2::date
    order by t.item_id, w.kind, w.ground`),
  check('index-missing', 'block', `
    select t.item_id, '' as subject, jsonb_build_object('months', string_agg(distinct to_char(n.month, 'YYYY-MM'), ', ')) as params from target t
    join (select item_id, min(due_on) as first from legal.claim_item_month where part = 'debt' group by 1) m on m.item_id = t.item_id
    cross join lateral generate_series(date_trunc('month', m.first) + interval '1 month', date_trunc('month', $2::date) - interval '1 month', '1 month') n(month)
    where $3 = 'refuse' and not exists (select from debt.pub_inflation_index_v1 x where x.month = n.month::date) group by 1`, ['missingIndex']),
  check('index-revised', 'block', `
    select t.item_id, '' as subject, jsonb_build_object('was', s.index_version, 'now', v.version) as params from target t
    ${SNAPSHOT} cross join (select max(version_id) as version from debt.pub_inflation_index_v1) v
    where t.outcome in ${PREPARED} and v.version > s.index_version`),
  check('cover-undated', 'warn', `
    select t.item_id, '' as subject, jsonb_build_object('sum', (sum(m.covered_kop - coalesce(a.kop, 0)) / 100.0)::numeric(14,2)::text) as params
    from target t join legal.claim_item_month m on m.item_id = t.item_id and m.part <> 'left'
    left join lateral (select sum(x.amount_kop)::bigint as kop from billing.pub_allocation_v1 x where x.account_id = t.account_id
      and x.provider_id = t.provider_id and x.service_id = m.service_id and x.debt_month = m.month) a on true
    where m.covered_kop <> coalesce(a.kop, 0) group by 1`),
  check('statement-missing', 'warn', `
    select t.item_id, '' as subject, '{}'::jsonb as params from target t where not exists (
      select from billing.pub_period_balance_v1 b where b.account_id = t.account_id and b.provider_id = t.provider_id and b.period <= $2::date
        and b.period >= (select min(m.month) from legal.claim_item_month m where m.item_id = t.item_id))`),
  check('tariffs-missing', 'warn', `
    select t.item_id, '' as subject, jsonb_build_object('service', string_agg(distinct s.name, ', ')) as params
    from target t join legal.claim_item_month m on m.item_id = t.item_id and m.part <> 'left' join tariffs.pub_service_v1 s on s.id = m.service_id
    where not exists (select from tariffs.pub_tariff_v1 f where f.service_id = m.service_id and f.provider_id = t.provider_id and f.valid @> m.month)
    group by 1`),
  check('creditor-unknown', 'block', `
    select t.item_id, '' as subject, jsonb_build_object('provider', p.short_name) as params from target t
    join tariffs.pub_provider_v1 p on p.id = t.provider_id
    where not exists (select from legal.creditor c where c.provider_id = t.provider_id and c.valid @> $2::date)`),
  check('authority-missing', 'block', `
    select t.item_id, '' as subject, jsonb_build_object('provider', p.short_name) as params from target t
    join tariffs.pub_provider_v1 p on p.id = t.provider_id join legal.creditor c on c.provider_id = t.provider_id and c.valid @> $2::date
    where c.authority_valid is null or not c.authority_valid @> $2::date`),
  check('fee-unmatched', 'warn', `
    select t.item_id, '' as subject, '{}'::jsonb as params from target t join legal.claim_item i on i.id = t.item_id
    where i.fee_import_id is null and coalesce(i.fee_kop, 1) > i.credited_kop`),
];

const COURT: readonly ClaimCheck[] = [
  check('court-missing', 'block', `
    select t.item_id, '' as subject, jsonb_build_object('address', i.court_place, 'court', t.court_code) as params
    from target t join legal.claim_item i on i.id = t.item_id
    where not exists (select from legal.court c where c.code = t.court_code and c.valid @> $2::date)`),
  check('court-by-property', 'warn', `
    select t.item_id, '' as subject, jsonb_build_object('address', i.court_place) as params from target t join legal.claim_item i on i.id = t.item_id
    where i.court_by = 'property'`),
  check('court-changed', 'block', `
    select t.item_id, '' as subject, jsonb_build_object('was', s.body->'court'->>'name', 'now', c.name) as params
    from target t ${SNAPSHOT} join legal.court c on c.code = t.court_code and c.valid @> $2::date
    where t.outcome in ${PREPARED} and (s.body->'court'->>'code', s.body->'court'->>'name', s.body->'court'->>'address', s.body->'fee'->'account'->>'iban')
      is distinct from (c.code, c.name, c.address, c.fee_iban)`),
  check('treasury-account', 'block', `
    select t.item_id, '' as subject, jsonb_build_object('court', c.name) as params
    from target t join legal.court c on c.code = t.court_code and c.valid @> $2::date where c.fee_iban !~ '^UA[0-9]{27}$'`),
];

/** Every check of a run, each a named code with its level and its own test. */
export const CLAIM_CHECKS: readonly ClaimCheck[] = [...ACCOUNT, ...DEBTOR, ...COURT, ...LAW];

/** Findings of one check: new ones are written, known ones keep who accepted them, gone ones are taken away. */
export const findingsOf = ({ code, sql }: ClaimCheck, level: FindingLevel): string => `
  with ${TARGET}, ${SHARES}, found as (${sql}),
  gone as (delete from legal.claim_finding f using target t where f.item_id = t.item_id and f.code = '${code}'
    and not exists (select from found n where n.item_id = f.item_id and n.subject = f.subject))
  insert into legal.claim_finding (item_id, code, subject, level, params)
  select item_id, '${code}', subject, '${level}', params from found
  on conflict (item_id, code, subject) do update set params = excluded.params, level = excluded.level`;
