import { Migration } from '@mikro-orm/migrations';

/** Puts waiting credits of one service on its open items: oldest credit to oldest item. */
const SETTLE = `
create function billing.settle(p_account int, p_service smallint, p_provider smallint, p_period date) returns void
  language sql as $$
  with credit as materialized (
    select a.credit_period, a.credit_id, a.amount_kop, sum(a.amount_kop) over w as upto
    from billing.advance a
    where a.account_id = p_account and a.service_id = p_service and a.provider_id = p_provider and a.amount_kop > 0
    window w as (order by a.credit_period, a.credit_id)
  ), item as materialized (
    select i.debt_month, i.outstanding_kop, sum(i.outstanding_kop) over w as upto
    from billing.open_item i
    where i.account_id = p_account and i.service_id = p_service and i.provider_id = p_provider and i.outstanding_kop > 0
    window w as (order by i.debt_month)
  ), part as materialized (
    select c.credit_period, c.credit_id, c.amount_kop as credit, i.debt_month, i.outstanding_kop as debt,
      (least(c.upto, i.upto) - greatest(c.upto - c.amount_kop, i.upto - i.outstanding_kop))::bigint as amount
    from credit c join item i on i.upto - i.outstanding_kop < c.upto and c.upto - c.amount_kop < i.upto
  ), allocated as (
    insert into billing.allocation (period, account_id, service_id, provider_id, debt_month, credit_period, credit_id, amount_kop)
    select p_period, p_account, p_service, p_provider, p.debt_month, p.credit_period, p.credit_id, p.amount from part p
    order by p.debt_month, p.credit_period, p.credit_id
  ), of_item as (select debt_month, debt, sum(amount)::bigint as amount from part group by debt_month, debt
  ), of_credit as (select credit_id, credit, sum(amount)::bigint as amount from part group by credit_id, credit
  ), paid as (
    delete from billing.open_item i using of_item o where i.account_id = p_account and i.service_id = p_service
      and i.provider_id = p_provider and i.debt_month = o.debt_month and o.amount = o.debt
  ), reduced as (
    update billing.open_item i set outstanding_kop = i.outstanding_kop - o.amount from of_item o
    where i.account_id = p_account and i.service_id = p_service and i.provider_id = p_provider
      and i.debt_month = o.debt_month and o.amount < o.debt
  ), used as (
    delete from billing.advance a using of_credit o where a.account_id = p_account and a.service_id = p_service
      and a.provider_id = p_provider and a.credit_id = o.credit_id and o.amount = o.credit
  )
  update billing.advance a set amount_kop = a.amount_kop - o.amount from of_credit o
    where a.account_id = p_account and a.service_id = p_service and a.provider_id = p_provider
      and a.credit_id = o.credit_id and o.amount < o.credit
$$;

-- All that was ever charged to an item: mass accruals and positive entries that undo no credit.
create function billing.item_debits(p_account int, p_service smallint, p_provider smallint, p_month date) returns bigint
  language sql stable as $$
  select coalesce((select sum(a.net_kop) from billing.accrual a where a.account_id = p_account and a.period = p_month
        and a.service_id = p_service and a.provider_id = p_provider), 0)::bigint
    + coalesce((select sum(e.amount_kop) from billing.ledger_entry e where e.account_id = p_account
        and e.service_id = p_service and e.provider_id = p_provider and e.amount_kop > 0 and e.reverses_id is null
        and billing.debt_month(e.kind, e.period, e.for_period) = p_month), 0)::bigint
$$;

-- Adds to an open item, or opens it again, with the due day of the supply in the month that follows.
create function billing.add_to_item(p_account int, p_service smallint, p_provider smallint, p_month date, p_amount bigint)
  returns void language sql as $$
  insert into billing.open_item as i (account_id, debt_month, service_id, provider_id, due_on, due_kop, outstanding_kop)
  values (p_account, p_month, p_service, p_provider,
    (p_month + interval '1 month')::date + coalesce((select s.due_day from tariffs.pub_supply_v1 s
      where s.account_id = p_account and s.service_id = p_service and s.provider_id = p_provider
      order by lower(s.valid) desc limit 1), 20) - 1,
    greatest(billing.item_debits(p_account, p_service, p_provider, p_month), p_amount), p_amount)
  on conflict (account_id, debt_month, service_id, provider_id)
    do update set outstanding_kop = i.outstanding_kop + p_amount,
      due_kop = greatest(excluded.due_kop, i.outstanding_kop + p_amount)
$$;
`;

const ENTRY = `
-- One debit (positive) or credit (negative) of any kind on one service of one account.
create function billing.post_entry(p_account int, p_service smallint, p_provider smallint, p_kind smallint, p_amount bigint,
    p_nominal date, p_for_period date, p_effective date, p_by text, p_document_kind text, p_document_id text,
    p_note_key text default null, p_note_params jsonb default null) returns bigint language plpgsql as $$
  declare v_posting bigint; v_period date; v_entry bigint := nextval('platform.mass_id'); v_for date;
  begin
    perform billing.lock_account(p_account);
    v_period := platform.open_lane(date_trunc('month', p_nominal)::date, p_provider);
    v_for := date_trunc('month', p_for_period)::date;
    insert into billing.posting (document_kind, document_id, effective_on, booked_by, note_key, note_params)
      values (p_document_kind, p_document_id, p_effective, p_by, p_note_key, p_note_params) returning id into v_posting;
    insert into billing.ledger_entry (period, id, posting_id, account_id, service_id, provider_id, kind, for_period, amount_kop)
      values (v_period, v_entry, v_posting, p_account, p_service, p_provider, p_kind, v_for, p_amount);
    if p_amount > 0 then
      perform billing.add_to_item(p_account, p_service, p_provider, billing.debt_month(p_kind, v_period, v_for), p_amount);
    else
      insert into billing.advance values (p_account, p_service, p_provider, v_period, v_entry, -p_amount);
    end if;
    perform billing.settle(p_account, p_service, p_provider, v_period);
    return v_posting;
  end $$;
`;

const REVERSE = `
-- The opposite of a credit: what it paid is open again, what waited is gone.
create function billing.undo_credit(p_entry billing.ledger_entry, p_period date) returns void language plpgsql as $$
  declare item record;
  begin
    for item in
      select a.debt_month, sum(a.amount_kop)::bigint as amount from billing.allocation a
      where a.account_id = p_entry.account_id and a.credit_id = p_entry.id and a.period >= p_entry.period
      group by a.debt_month having sum(a.amount_kop) > 0 order by a.debt_month
    loop
      insert into billing.allocation (period, account_id, service_id, provider_id, debt_month, credit_period, credit_id, amount_kop)
        values (p_period, p_entry.account_id, p_entry.service_id, p_entry.provider_id, item.debt_month, p_entry.period,
          p_entry.id, -item.amount);
      perform billing.add_to_item(p_entry.account_id, p_entry.service_id, p_entry.provider_id, item.debt_month, item.amount);
    end loop;
    delete from billing.advance a where a.account_id = p_entry.account_id and a.service_id = p_entry.service_id
      and a.provider_id = p_entry.provider_id and a.credit_id = p_entry.id;
  end $$;

-- The opposite of a debit is a credit; it goes to the item of that debit first.
create function billing.undo_debit(p_entry billing.ledger_entry, p_credit_id bigint, p_period date) returns void
  language plpgsql as $$
  declare v_month date := billing.debt_month(p_entry.kind, p_entry.period, p_entry.for_period); v_open bigint; v_part bigint;
  begin
    select i.outstanding_kop into v_open from billing.open_item i where i.account_id = p_entry.account_id
      and i.debt_month = v_month and i.service_id = p_entry.service_id and i.provider_id = p_entry.provider_id;
    v_part := least(coalesce(v_open, 0), p_entry.amount_kop);
    if v_part > 0 then
      insert into billing.allocation (period, account_id, service_id, provider_id, debt_month, credit_period, credit_id, amount_kop)
        values (p_period, p_entry.account_id, p_entry.service_id, p_entry.provider_id, v_month, p_period, p_credit_id, v_part);
      if v_part = v_open then
        delete from billing.open_item i where i.account_id = p_entry.account_id and i.debt_month = v_month
          and i.service_id = p_entry.service_id and i.provider_id = p_entry.provider_id;
      else
        update billing.open_item i set outstanding_kop = i.outstanding_kop - v_part where i.account_id = p_entry.account_id
          and i.debt_month = v_month and i.service_id = p_entry.service_id and i.provider_id = p_entry.provider_id;
      end if;
    end if;
    if v_part < p_entry.amount_kop then
      insert into billing.advance values (p_entry.account_id, p_entry.service_id, p_entry.provider_id, p_period, p_credit_id,
        p_entry.amount_kop - v_part);
    end if;
  end $$;

create function billing.reverse_posting(p_posting bigint, p_by text, p_document_kind text, p_document_id text, p_nominal date)
  returns bigint language plpgsql as $$
  declare entry billing.ledger_entry; v_posting bigint; v_period date; v_id bigint; v_account int; v_lines int := 0;
    v_nominal date := date_trunc('month', p_nominal)::date;
  begin
    if exists (select from billing.posting p where p.id = p_posting and p.document_kind = 'close-batch') then
      raise exception 'a mass accrual is corrected, never reversed' using errcode = 'KP011';
    end if;
    for v_account in select distinct e.account_id from billing.ledger_entry e where e.posting_id = p_posting order by 1 loop
      perform billing.lock_account(v_account);
    end loop;
    insert into billing.posting (document_kind, document_id, effective_on, booked_by)
      values (p_document_kind, p_document_id, coalesce(platform.today(), p_nominal), p_by) returning id into v_posting;
    for entry in select * from billing.ledger_entry e where e.posting_id = p_posting order by e.account_id, e.provider_id, e.id loop
      if entry.reverses_id is not null or exists (select from billing.ledger_entry r
          where r.account_id = entry.account_id and r.period >= entry.period and r.reverses_id = entry.id) then
        raise exception 'posting % is reversed already', p_posting using errcode = 'KP011';
      end if;
      v_period := platform.open_lane(greatest(v_nominal, entry.period), entry.provider_id);
      v_id := nextval('platform.mass_id');
      insert into billing.ledger_entry values (v_period, v_id, v_posting, entry.account_id, entry.service_id, entry.provider_id,
        entry.kind, entry.for_period, -entry.amount_kop, entry.period, entry.id);
      if entry.amount_kop < 0 then
        perform billing.undo_credit(entry, v_period);
      else
        perform billing.undo_debit(entry, v_id, v_period);
      end if;
      perform billing.settle(entry.account_id, entry.service_id, entry.provider_id, v_period);
      v_lines := v_lines + 1;
    end loop;
    if v_lines = 0 then
      raise exception 'posting % has no lines', p_posting using errcode = 'KP011';
    end if;
    return v_posting;
  end $$;
`;

/** Creates the functions for single entries of any kind and for reversals. */
export class BillingEntries extends Migration {
  up(): void {
    this.addSql(SETTLE);
    this.addSql(ENTRY);
    this.addSql(REVERSE);
  }
}
