import { Migration } from '@mikro-orm/migrations';

/**
 * What both pages of the card share: the lines `line` and the accruals `charge` of the account from the first month of the window on,
 * its open items `item`, what it holds ahead and what a service stands at (`stand`), and the reversals that are known (`undone`).
 */
const ANSWER = `
    turn as materialized (
      select q.service_id, q.provider_id, q.period, sum(q.charged)::bigint as charged, sum(q.recalculated)::bigint as recalculated,
        sum(q.benefit)::bigint as benefit, sum(q.subsidy)::bigint as subsidy, sum(q.paid)::bigint as paid, sum(q.other)::bigint as other,
        bool_or(q.accrued) as accrued
      from (
        select c.service_id, c.provider_id, c.period, c.net_kop as charged, 0::bigint as recalculated, 0::bigint as benefit,
          0::bigint as subsidy, 0::bigint as paid, 0::bigint as other, true as accrued from charge c where c.net_kop <> 0
        union all
        select l.service_id, l.provider_id, l.period, case k.turnover_column when 'charged' then l.amount_kop else 0 end,
          case k.turnover_column when 'recalculated' then l.amount_kop else 0 end,
          case k.turnover_column when 'benefit' then l.amount_kop else 0 end,
          case k.turnover_column when 'subsidy' then l.amount_kop else 0 end,
          case k.turnover_column when 'paid' then l.amount_kop else 0 end,
          case k.turnover_column when 'other' then l.amount_kop else 0 end, l.kind = 1
        from line l join billing.entry_kind k on k.id = l.kind) q
      group by q.service_id, q.provider_id, q.period),
    used as materialized (
      select u.service_id, u.provider_id, bool_or(u.shown) as shown from (
        select s.service_id, s.provider_id, true as shown from tariffs.pub_supply_v1 s
          where s.account_id = v_account and s.valid && daterange(v_from, v_to)
        union all select i.service_id, i.provider_id, true from item i
        union all select x.service_id, x.provider_id, x.kop <> 0 from stand x
        union all select t.service_id, t.provider_id, t.period < v_to from turn t) u
      group by u.service_id, u.provider_id),
    pay as materialized (
      select m.payment_id, m.paid_on, m.received_on, m.booked_at, m.channel_name, m.amount_kop, m.import_id, m.import_line,
        min(l.period) as period, bool_or(u.reverses_id is not null) as reversed, array_agg(l.id) as ids,
        json_agg(json_build_array(l.service_id, l.provider_id, l.id, -l.amount_kop) order by l.service_id, l.provider_id) as lines
      from payments.pub_payment_v1 m join line l on l.posting_id = m.posting_id left join undone u on u.reverses_id = l.id
      where m.account_id = v_account and m.paid_on >= v_from and m.paid_on < v_to
      group by m.payment_id, m.paid_on, m.received_on, m.booked_at, m.channel_name, m.amount_kop, m.import_id, m.import_line)
    select json_build_object(
      'number', v_number, 'version', v_version, 'newest', v_newest, 'first', v_first,
      'services', (select json_agg(json_build_array(u.service_id, u.provider_id, s.code, s.name, p.code, p.short_name,
          coalesce(x.kop, 0), coalesce(d.months, 0), u.shown) order by s.pay_order, p.code)
        from used u join tariffs.pub_service_v1 s on s.id = u.service_id join tariffs.pub_provider_v1 p on p.id = u.provider_id
        left join stand x on x.service_id = u.service_id and x.provider_id = u.provider_id
        left join (select i.service_id, i.provider_id, count(*) as months from item i group by i.service_id, i.provider_id) d
          on d.service_id = u.service_id and d.provider_id = u.provider_id),
      'turnover', (select json_agg(json_build_array(t.service_id, t.provider_id, t.period, t.charged, t.recalculated, t.benefit,
          t.subsidy, t.paid, t.other, t.accrued)) from turn t),
      'lanes', (select json_agg(json_build_array(w.period, w.provider_id, LANE_STATE))
        from platform.period_lane w where w.period >= v_from and w.period < v_to
          and w.provider_id = any (array(select distinct u.provider_id from used u))),
      'items', (select json_agg(json_build_array(i.service_id, i.provider_id, i.debt_month, i.due_on, i.due_kop, i.outstanding_kop)
        order by i.debt_month, i.service_id, i.provider_id) from item i),
      'payments', (select json_agg(json_build_array(y.payment_id::text, y.paid_on, y.received_on, y.booked_at, y.channel_name,
          y.amount_kop, y.import_id, y.import_line, y.period, y.reversed, y.lines) order by y.paid_on desc, y.payment_id desc) from pay y),
      'allocations', (select json_agg(json_build_array(a.credit_id, a.debt_month, a.kop) order by a.debt_month)
        from (select a.credit_id, a.debt_month, sum(a.amount_kop)::bigint as kop from billing.allocation a
          where a.account_id = v_account and a.period >= v_from and ALLOCATED group by a.credit_id, a.debt_month
          having sum(a.amount_kop) > 0) a join (select unnest(y.ids) as id from pay y) y on y.id = a.credit_id),
      'entries', (select json_agg(json_build_array(l.period, l.for_period, k.code, l.service_id, l.provider_id, l.amount_kop, o.booked_at,
          o.booked_by, o.document_kind, o.document_id, o.note_key, o.note_params) order by l.period desc, l.id desc)
        from line l join billing.entry_kind k on k.id = l.kind join billing.posting o on o.id = l.posting_id
        where l.period < v_to and (l.kind <> 5 or l.reverses_id is not null)))
    into v_answer`;

const HEAD = `
    select a.account_id, a.number, coalesce(t.version, 0) into v_account, v_number, v_version
    from registry.pub_account_v1 a left join billing.account_state t on t.account_id = a.account_id
    where a.number = p_number and (p_all or a.district::text = any (p_districts) or a.number = any (p_accounts)
      or exists (select from registry.pub_address_v1 d where d.premises_id = a.premises_id and d.house_code = any (p_houses))
      or exists (select from tariffs.pub_supply_v1 s join tariffs.pub_provider_v1 p on p.id = s.provider_id
        where s.account_id = a.account_id and p.code = any (p_providers)));
    if not found then
      return null;
    end if;
    v_now := coalesce(platform.current_period(), '1990-01-01');
    v_first := greatest(date '1997-01-01', (select w.period from platform.period_lane w order by w.period limit 1), date_trunc('month',
      (select min(lower(s.valid)) from tariffs.pub_supply_v1 s where s.account_id = v_account))::date);`;

const NOW = `
-- One page of the subscriber card as it stands now, in one statement by one plan kept in the session: months p_months back from the
-- one before p_before (null = from the newest). Null when the account is not there for this reader. Its cost does not depend on how
-- many years the account has, but on the months asked for and those after them.
create function billing.card_page(p_number text, p_all boolean, p_districts text[], p_accounts text[], p_houses text[],
    p_providers text[], p_before date, p_months int) returns json language plpgsql stable set plan_cache_mode = force_generic_plan as $$
  declare v_account int; v_number text; v_version bigint; v_now date; v_first date; v_newest date; v_from date; v_to date; v_answer json;
  begin
    ${HEAD}
    select greatest(v_now, max(x.period)) into v_newest from (
      select max(e.period) as period from billing.ledger_entry e where e.account_id = v_account and e.period >= v_now
      union all select max(c.period) from billing.accrual c where c.account_id = v_account and c.period >= v_now) x;
    v_to := coalesce(p_before, (v_newest + interval '1 month')::date);
    v_from := (v_to - make_interval(months => p_months))::date;
    with line as materialized (
      select e.period, e.id, e.posting_id, e.service_id, e.provider_id, e.kind, e.for_period, e.amount_kop, e.reverses_id
      from billing.ledger_entry e where e.account_id = v_account and e.period >= v_from),
    charge as materialized (
      select c.period, c.service_id, c.provider_id, c.net_kop from billing.accrual c where c.account_id = v_account and c.period >= v_from),
    undone as materialized (select distinct l.reverses_id from line l where l.reverses_id is not null),
    item as materialized (
      select i.service_id, i.provider_id, i.debt_month, i.due_on, i.due_kop, i.outstanding_kop from billing.open_item i
      where i.account_id = v_account and i.outstanding_kop > 0),
    stand as materialized (
      select q.service_id, q.provider_id, sum(q.kop)::bigint as kop from (
        select i.service_id, i.provider_id, i.outstanding_kop as kop from item i
        union all select h.service_id, h.provider_id, -h.amount_kop from billing.advance h where h.account_id = v_account and h.amount_kop > 0) q
      group by q.service_id, q.provider_id),
    ${ANSWER.replace('LANE_STATE', 'w.state').replace('ALLOCATED', 'true')};
    return v_answer;
  end $$;
`;

/** A month that had not ended on the day was open, and so was one that was closed after the moment of knowledge. */
const LANE_THEN = `case when (w.period + interval '1 month')::date > p_as_of or p_known is not null and w.changed_at >= p_known
          then 'open' else w.state end`;

/** Lines of a day and of a knowledge: by the day that the document names, and by the moment of booking. */
const THEN = `
-- The same page of another day: lines whose documents are effective until p_as_of and were booked before p_known (null = no limit).
-- A document of a day may stand in the books of a later month: then the page goes on until that month.
-- Balances and unpaid months are made from the lines and allocations of the whole history, for nothing is stored of the past.
create function billing.card_page_at(p_number text, p_all boolean, p_districts text[], p_accounts text[], p_houses text[],
    p_providers text[], p_before date, p_months int, p_as_of date, p_known timestamptz) returns json
  language plpgsql stable set plan_cache_mode = force_generic_plan as $$
  declare v_account int; v_number text; v_version bigint; v_now date; v_first date; v_newest date; v_from date; v_to date; v_answer json;
  begin
    ${HEAD}
    select greatest(date_trunc('month', least(p_as_of, (v_now + interval '1 month')::date - 1))::date, max(x.period)) into v_newest from (
      select max(e.period) as period from billing.ledger_entry e join billing.posting o on o.id = e.posting_id where e.account_id = v_account
        and e.period > p_as_of and o.effective_on <= p_as_of and (p_known is null or o.booked_at < p_known)) x;
    v_to := coalesce(p_before, (v_newest + interval '1 month')::date);
    v_from := (v_to - make_interval(months => p_months))::date;
    with every_line as materialized (
      select e.period, e.id, e.posting_id, e.service_id, e.provider_id, e.kind, e.for_period, e.amount_kop, e.reverses_id
      from billing.ledger_entry e join billing.posting o on o.id = e.posting_id
      where e.account_id = v_account and o.effective_on <= p_as_of and (p_known is null or o.booked_at < p_known)),
    every_charge as materialized (
      select c.period, c.service_id, c.provider_id, c.net_kop from billing.accrual c join billing.posting o on o.id = c.posting_id
      where c.account_id = v_account and o.effective_on <= p_as_of and (p_known is null or o.booked_at < p_known)),
    line as materialized (select * from every_line e where e.period >= v_from),
    charge as materialized (select * from every_charge c where c.period >= v_from),
    undone as materialized (select distinct l.reverses_id from every_line l where l.reverses_id is not null),
    covered as materialized (
      select a.service_id, a.provider_id, a.debt_month, sum(a.amount_kop)::bigint as kop from billing.allocation a
      join every_line e on e.id = a.credit_id left join undone u on u.reverses_id = a.credit_id
      where a.account_id = v_account and (a.amount_kop > 0 or u.reverses_id is not null)
      group by a.service_id, a.provider_id, a.debt_month),
    owed as materialized (
      select q.service_id, q.provider_id, q.debt_month, sum(q.kop)::bigint as kop from (
        select c.service_id, c.provider_id, c.period as debt_month, c.net_kop as kop from every_charge c where c.net_kop > 0
        union all select e.service_id, e.provider_id, billing.debt_month(e.kind, e.period, e.for_period), e.amount_kop from every_line e
          where e.amount_kop > 0 and e.reverses_id is null) q
      group by q.service_id, q.provider_id, q.debt_month),
    item as materialized (
      select w.service_id, w.provider_id, w.debt_month, (w.debt_month + interval '1 month')::date + coalesce(s.due_day, 20) - 1 as due_on,
        w.kop as due_kop, w.kop - coalesce(c.kop, 0) as outstanding_kop
      from owed w left join covered c using (service_id, provider_id, debt_month)
      left join (select x.service_id, x.provider_id, max(x.due_day) as due_day from tariffs.pub_supply_v1 x where x.account_id = v_account
        group by x.service_id, x.provider_id) s on s.service_id = w.service_id and s.provider_id = w.provider_id
      where w.kop > coalesce(c.kop, 0)),
    stand as materialized (
      select q.service_id, q.provider_id, sum(q.kop)::bigint as kop from (
        select e.service_id, e.provider_id, e.amount_kop as kop from every_line e
        union all select c.service_id, c.provider_id, c.net_kop from every_charge c) q group by q.service_id, q.provider_id),
    ${ANSWER.replace('LANE_STATE', LANE_THEN).replace(
      'ALLOCATED',
      '(a.amount_kop > 0 or exists (select from undone u where u.reverses_id = a.credit_id))',
    )};
    return v_answer;
  end $$;
`;

/** The card by one call of the database, now and as of a day. */
export class BillingCard extends Migration {
  up(): void {
    this.addSql(NOW);
    this.addSql(THEN);
  }
}
