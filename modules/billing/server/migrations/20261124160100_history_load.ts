import { Migration } from '@mikro-orm/migrations';

const LINES = `
-- Lines of a batch as entries: each figure that is not zero is one line, its id says file, line and column.
create function billing.history_lines(p_file uuid, p_from int, p_to int) returns void language plpgsql as $$
  declare v_first_id bigint;
  begin
    select first_id into strict v_first_id from billing.history_file where id = p_file;
    drop table if exists h_line, h_item, h_credit, h_part;
    create temp table h_line on commit drop as
      select s.account_id, s.service_id, s.provider_id, s.period, v_first_id + 8::bigint * s.line + v.place as id, t.posting_id, v.kind,
        case when v.kind = 14 then (s.period - interval '1 month')::date else s.period end as for_period, v.kop
      from billing.history_stage s
      join billing.history_total t on t.file_id = p_file and t.period = s.period and t.provider_id = s.provider_id
      join billing.history_span p on p.file_id = p_file and p.provider_id = s.provider_id
      cross join lateral (values
        (0, 14::smallint, case when s.period = p.first and not p.continued then s.opening_kop else 0 end),
        (1, 1::smallint, s.charged_kop), (2, 2::smallint, s.recalculated_kop), (3, 3::smallint, -s.benefit_kop),
        (4, 4::smallint, -s.subsidy_kop), (5, case when s.paid_kop < 0 then 6 else 5 end::smallint, -s.paid_kop)) v(place, kind, kop)
      where s.account_id between p_from and p_to and v.kop <> 0
      order by s.account_id, s.period, id;
    insert into billing.ledger_entry (period, id, posting_id, account_id, service_id, provider_id, kind, for_period, amount_kop)
      select period, id, posting_id, account_id, service_id, provider_id, kind, for_period, kop from h_line;
  end $$;

-- Debts and credits of the batch and of the book before it, each in its order.
create function billing.history_sides(p_file uuid, p_from int, p_to int) returns void language plpgsql as $$
  begin
    create temp table h_item on commit drop as
      select account_id, service_id, provider_id, month, sum(kop)::bigint as kop, sum(due)::bigint as due from (
        select account_id, service_id, provider_id, for_period as month, kop, kop as due from h_line where kop > 0
        union all
        select i.account_id, i.service_id, i.provider_id, i.debt_month, i.outstanding_kop, i.due_kop from billing.open_item i
          where i.account_id between p_from and p_to and i.outstanding_kop > 0
            and i.provider_id in (select provider_id from billing.history_span where file_id = p_file)) q
      group by account_id, service_id, provider_id, month;
    create temp table h_credit on commit drop as
      select account_id, service_id, provider_id, period, id, kop,
        row_number() over (order by account_id, service_id, provider_id, period, id)::int as n
      from (
        select account_id, service_id, provider_id, period, id, -kop as kop from h_line where kop < 0
        union all
        select a.account_id, a.service_id, a.provider_id, a.credit_period, a.credit_id, a.amount_kop from billing.advance a
          where a.account_id between p_from and p_to and a.amount_kop > 0
            and a.provider_id in (select provider_id from billing.history_span where file_id = p_file)) q;
  end $$;

-- The oldest credit pays the oldest debt: both are laid along one line, each piece between two marks belongs to one of each.
create function billing.history_parts() returns void language plpgsql as $$
  begin
  create temp table h_part on commit drop as
    with mark as (
      select account_id, service_id, provider_id, month, null::int as n,
        (sum(kop) over (partition by account_id, service_id, provider_id order by month rows unbounded preceding))::bigint as upto from h_item
      union all
      select account_id, service_id, provider_id, null, n,
        (sum(kop) over (partition by account_id, service_id, provider_id order by n rows unbounded preceding))::bigint from h_credit
    ), piece as (
      select account_id, service_id, provider_id, upto - coalesce(lead(upto) over w, 0) as kop, min(month) over w as month, min(n) over w as n
      from mark window w as (partition by account_id, service_id, provider_id order by upto desc)
    )
    select * from piece where kop > 0;
  end $$;
`;

const LOAD = `
-- Loads the lines of a range of accounts: entries, what paid what, what is still owed or held, balances. Repeated it does nothing.
create function billing.history_load_batch(p_file uuid, p_batch int) returns int language plpgsql
  set plan_cache_mode = force_custom_plan set enable_mergejoin = off set work_mem = '128MB' as $$
  declare v_from int; v_to int; v_rows int;
  begin
    if not exists (select from billing.history_slot where file_id = p_file for share) then
      raise exception 'the lines of file % are not read', p_file using errcode = 'KP012';
    end if;
    select from_account, to_account into v_from, v_to from billing.history_batch
      where file_id = p_file and batch_no = p_batch and done_at is null for update;
    if not found then
      return 0;
    end if;
    perform billing.history_lines(p_file, v_from, v_to);
    perform billing.history_sides(p_file, v_from, v_to);
    perform billing.history_parts();
    insert into billing.allocation (period, account_id, service_id, provider_id, debt_month, credit_period, credit_id, amount_kop)
      select greatest(c.period, p.month), p.account_id, p.service_id, p.provider_id, p.month, c.period, c.id, p.kop
      from h_part p join h_credit c on c.n = p.n where p.month is not null order by p.account_id, 1;
    perform billing.history_rests(p_file, v_from, v_to);
    insert into billing.period_balance (period, account_id, service_id, provider_id, opening_kop, charged_kop, recalculated_kop, benefit_kop,
        subsidy_kop, paid_kop, other_kop, closing_kop)
      select s.period, s.account_id, s.service_id, s.provider_id, case when f.is_first then 0 else s.opening_kop end, s.charged_kop,
        s.recalculated_kop, -s.benefit_kop, -s.subsidy_kop, -s.paid_kop, case when f.is_first then s.opening_kop else 0 end, s.closing_kop
      from billing.history_stage s join billing.history_span p on p.file_id = p_file and p.provider_id = s.provider_id
      cross join lateral (select s.period = p.first and not p.continued as is_first) f
      where s.account_id between v_from and v_to
        and (s.opening_kop, s.charged_kop, s.recalculated_kop, s.benefit_kop, s.subsidy_kop, s.paid_kop, s.closing_kop) <> (0, 0, 0, 0, 0, 0, 0)
      order by s.period, s.account_id, s.service_id, s.provider_id;
    get diagnostics v_rows = row_count;
    insert into billing.account_state as s (account_id, version)
      select distinct account_id, 1 from h_line order by 1
      on conflict (account_id) do update set version = s.version + 1, changed_at = now();
    update billing.history_batch set done_at = now() where file_id = p_file and batch_no = p_batch;
    return v_rows;
  end $$;

-- What no credit paid stays owed in its month, what paid nothing yet is held ahead.
create function billing.history_rests(p_file uuid, p_from int, p_to int) returns void language plpgsql as $$
  begin
    delete from billing.open_item i where i.account_id between p_from and p_to
      and i.provider_id in (select provider_id from billing.history_span where file_id = p_file);
    delete from billing.advance a where a.account_id between p_from and p_to
      and a.provider_id in (select provider_id from billing.history_span where file_id = p_file);
    insert into billing.open_item (account_id, debt_month, service_id, provider_id, due_on, due_kop, outstanding_kop)
      select p.account_id, p.month, p.service_id, p.provider_id, (p.month + interval '1 month')::date + coalesce(s.due_day, 20) - 1, i.due, p.kop
      from (select account_id, service_id, provider_id, month, sum(kop)::bigint as kop from h_part where n is null
        group by account_id, service_id, provider_id, month) p
      join h_item i using (account_id, service_id, provider_id, month)
      left join (select distinct on (account_id, service_id, provider_id) account_id, service_id, provider_id, due_day
        from tariffs.pub_supply_v1 where account_id between p_from and p_to
        order by account_id, service_id, provider_id, lower(valid) desc) s using (account_id, service_id, provider_id)
      order by p.account_id, p.month, p.service_id, p.provider_id;
    insert into billing.advance (account_id, service_id, provider_id, credit_period, credit_id, amount_kop)
      select c.account_id, c.service_id, c.provider_id, c.period, c.id, p.kop
      from (select n, sum(kop)::bigint as kop from h_part where month is null group by n) p join h_credit c on c.n = p.n
      order by c.account_id, c.service_id, c.provider_id, c.id;
  end $$;

-- Lanes and documents of the months of a file, before its first batch.
create function billing.history_open(p_file uuid, p_by text) returns void language plpgsql as $$
  begin
    perform platform.ensure_lanes(t.period, t.period, array_agg(t.provider_id)) from billing.history_total t where t.file_id = p_file group by t.period;
    insert into billing.posting (id, document_kind, document_id, effective_on, booked_by, note_key, note_params)
      select t.posting_id, 'history', p_file::text, (t.period + interval '1 month')::date - 1, p_by, 'billing.history.note',
        jsonb_build_object('file', f.file_name, 'month', to_char(t.period, 'YYYY-MM'))
      from billing.history_total t join billing.history_file f on f.id = t.file_id where t.file_id = p_file order by t.posting_id;
  end $$;

-- Locks one loaded lane with its digest; the balances of the lane must be those of the file. For the login of the close.
create function billing.history_lock(p_file uuid, p_period date, p_provider smallint, p_by text) returns text language plpgsql as $$
  declare v_digest text; v_difference bigint;
  begin
    if exists (select from platform.period_lane where period = p_period and provider_id = p_provider and state = 'locked') then
      return null;
    end if;
    select coalesce(sum(b.closing_kop), 0) - max(t.closing_kop) into v_difference from billing.history_total t
      left join billing.period_balance b on b.period = t.period and b.provider_id = t.provider_id
      where t.file_id = p_file and t.period = p_period and t.provider_id = p_provider;
    if v_difference <> 0 then
      raise exception 'lane % of provider % differs by % kopecks', p_period, p_provider, v_difference using errcode = 'KP013';
    end if;
    update platform.period_lane set state = 'closing', changed_at = now() where period = p_period and provider_id = p_provider;
    v_digest := billing.lane_digest(p_period, p_provider);
    update platform.period_lane set state = 'locked', digest = v_digest, changed_at = now() where period = p_period and provider_id = p_provider;
    insert into billing.close_lane (period, provider_id, workflow_id, phase, state, planned, digest, started_by, message_key, message_params)
      select p_period, p_provider, 'history/' || p_file, 'locked', 'done', t.row_count, v_digest, p_by, 'billing.history.note',
        jsonb_build_object('file', f.file_name, 'month', to_char(p_period, 'YYYY-MM'))
      from billing.history_total t join billing.history_file f on f.id = t.file_id
      where t.file_id = p_file and t.period = p_period and t.provider_id = p_provider;
    return v_digest;
  end $$;
`;

/** Creates the set-based loading of months of the old system. */
export class BillingHistoryLoad extends Migration {
  up(): void {
    this.addSql(LINES);
    this.addSql(LOAD);
  }
}
