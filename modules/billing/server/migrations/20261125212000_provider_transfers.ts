import { Migration } from '@mikro-orm/migrations';

const TABLE = `
-- Balances that go from a provider to its successor by a document: waiting until the books of the last month before the day are locked.
create table billing.provider_transfer (
  document_id uuid not null primary key,
  from_provider smallint not null,
  to_provider smallint not null,
  on_day date not null check (extract(day from on_day) = 1),
  document text not null,
  made_by text not null,
  state text not null default 'waiting' check (state in ('waiting', 'moved', 'reversed')),
  debt_kop bigint not null default 0 check (debt_kop >= 0),
  advance_kop bigint not null default 0 check (advance_kop >= 0),
  moved_at timestamptz null,
  check (from_provider <> to_provider)
);
create index provider_transfer_from on billing.provider_transfer (from_provider);
create index provider_transfer_to on billing.provider_transfer (to_provider);

create view billing.pub_provider_transfer_v1 as
  select document_id, from_provider, to_provider, on_day, state, debt_kop, advance_kop, moved_at from billing.provider_transfer;
`;

const PART = `
-- Entries that stand in the temporary table move_entry (account_id, service_id, provider_id, period, month, kop, due_on, posting_id, entry_id):
-- written, put on open items and advances, settled; one step for all of them.
create function billing.post_move_entries() returns void language plpgsql as $$
  begin
    insert into billing.ledger_entry (period, id, posting_id, account_id, service_id, provider_id, kind, for_period, amount_kop)
      select e.period, e.entry_id, e.posting_id, e.account_id, e.service_id, e.provider_id, 10, e.month, e.kop
      from move_entry e order by e.account_id, e.period, e.entry_id;
    insert into billing.open_item as i (account_id, debt_month, service_id, provider_id, due_on, due_kop, outstanding_kop)
      select e.account_id, e.month, e.service_id, e.provider_id, min(e.due_on), sum(e.kop)::bigint, sum(e.kop)::bigint from move_entry e
      where e.kop > 0 group by 1, 2, 3, 4 order by 1, 2, 3, 4
    on conflict (account_id, debt_month, service_id, provider_id)
      do update set outstanding_kop = i.outstanding_kop + excluded.outstanding_kop, due_kop = i.due_kop + excluded.due_kop;
    insert into billing.advance (account_id, service_id, provider_id, credit_period, credit_id, amount_kop)
      select e.account_id, e.service_id, e.provider_id, e.period, e.entry_id, -e.kop from move_entry e where e.kop < 0
      order by e.account_id, e.service_id, e.provider_id, e.entry_id;
    drop table if exists settle_in;
    create temp table settle_in on commit drop as select distinct e.account_id, e.service_id, e.provider_id, e.period from move_entry e;
    analyze settle_in;
    perform billing.settle_many();
  end $$;
`;

const MOVE = `
-- All that accounts owe to a provider or hold ahead with it goes to its successor, month by month and service by service, as transfers
-- (kind 10) in one posting an account: the sum over both stays what it was, a debt keeps its month and its due day. What came in later
-- (a payment that found its way to the old provider) goes over by the same document when this is asked again. Answers the lines.
create function billing.move_provider(p_document uuid) returns int language plpgsql as $$
  declare t billing.provider_transfer; v_today date := platform.today(); v_month date := platform.current_period();
    v_from date; v_to date; v_lines int; v_params jsonb;
  begin
    select * into t from billing.provider_transfer x where x.document_id = p_document for update;
    v_from := platform.open_lane(v_month, t.from_provider);
    v_to := platform.open_lane(v_month, t.to_provider);
    insert into billing.account_state as s (account_id, version)
      select b.account_id, 1 from (select account_id from billing.open_item where provider_id = t.from_provider and outstanding_kop > 0
        union select account_id from billing.advance where provider_id = t.from_provider and amount_kop > 0) b order by 1
      on conflict (account_id) do update set version = s.version + 1, changed_at = now();
    drop table if exists move_part, move_entry;
    create temp table move_part on commit drop as
      select account_id, service_id, debt_month as month, due_on, outstanding_kop as kop from billing.open_item
        where provider_id = t.from_provider and outstanding_kop > 0
      union all
      select account_id, service_id, v_month, v_month, -sum(amount_kop)::bigint from billing.advance
        where provider_id = t.from_provider and amount_kop > 0 group by account_id, service_id;
    select count(*) into v_lines from move_part;
    update billing.provider_transfer x set state = 'moved', moved_at = now(),
        debt_kop = x.debt_kop + coalesce((select sum(kop) from move_part where kop > 0), 0),
        advance_kop = x.advance_kop - coalesce((select sum(kop) from move_part where kop < 0), 0)
      where x.document_id = p_document;
    if v_lines = 0 then
      return 0;
    end if;
    select jsonb_build_object('from', (select short_name from tariffs.pub_provider_v1 where id = t.from_provider),
      'into', (select short_name from tariffs.pub_provider_v1 where id = t.to_provider), 'on', to_char(t.on_day, 'YYYY-MM-DD'),
      'document', t.document) into v_params;
    create temp table move_entry on commit drop as
      with posting as materialized (select account_id, nextval('platform.mass_id') as id from (select distinct account_id from move_part order by 1) a)
      select m.account_id, m.service_id, side.provider_id, side.period, m.month, m.kop * side.sign as kop, m.due_on, p.id as posting_id,
        nextval('platform.mass_id') as entry_id
      from (select * from move_part order by account_id, month, service_id) m join posting p on p.account_id = m.account_id
      cross join (values (t.from_provider, v_from, -1), (t.to_provider, v_to, 1)) side (provider_id, period, sign);
    insert into billing.posting (id, document_kind, document_id, effective_on, booked_by, note_key, note_params)
      select distinct e.posting_id, 'provider-succession', p_document::text, v_today, t.made_by, 'billing.note.provider-succession', v_params
      from move_entry e order by e.posting_id;
    perform billing.post_move_entries();
    return v_lines;
  end $$;

-- Carries out what waits for the books of a provider: every document whose old provider has locked all months before the day.
-- Answers how many documents.
create function billing.move_providers_due(p_provider smallint) returns int language sql as $$
  select count(billing.move_provider(d.document_id))::int from (
    select t.document_id from billing.provider_transfer t
    where t.state <> 'reversed' and p_provider in (t.from_provider, t.to_provider)
      and not exists (select from platform.period_lane l where l.provider_id = t.from_provider and l.period < t.on_day and l.state <> 'locked')
      and (t.on_day <= platform.today() or exists (select from platform.period_lane l where l.provider_id = t.from_provider
        and l.period = (t.on_day - interval '1 month')::date))
    order by t.document_id) d
$$;
`;

const REVERSE = `
-- Undoes the transfers of a document, line by line of its postings: credits give back what they paid, debits are paid by their opposite
-- first. Set-based; the sum over both providers stays what it was. Answers the lines.
create function billing.reverse_provider_move(p_document uuid, p_by text, p_reason text) returns int language plpgsql as $$
  declare v_today date := platform.today(); v_month date := platform.current_period(); v_lines int;
  begin
    perform from billing.provider_transfer x where x.document_id = p_document and x.state <> 'reversed' for update;
    if not found then
      return 0;
    end if;
    drop table if exists undo_entry, undo_debit, settle_in;
    create temp table undo_entry on commit drop as
      select e.*, nextval('platform.mass_id') as undo_id, null::bigint as undo_posting, null::date as undo_period
      from billing.posting p join billing.ledger_entry e on e.posting_id = p.id
      where p.document_id = p_document::text and p.document_kind = 'provider-succession' order by e.account_id, e.provider_id, e.id;
    get diagnostics v_lines = row_count;
    insert into billing.account_state as s (account_id, version) select distinct account_id, 1 from undo_entry order by 1
      on conflict (account_id) do update set version = s.version + 1, changed_at = now();
    update undo_entry u set undo_posting = p.id from (select posting_id, nextval('platform.mass_id') as id
      from (select distinct posting_id from undo_entry order by 1) q) p where p.posting_id = u.posting_id;
    update undo_entry u set undo_period = l.period from (select provider_id, platform.open_lane(v_month, provider_id) as period
      from (select distinct provider_id from undo_entry order by 1) q) l where l.provider_id = u.provider_id;
    insert into billing.posting (id, document_kind, document_id, effective_on, booked_by, note_key, note_params)
      select distinct on (u.undo_posting) u.undo_posting, 'provider-succession-undone', p_document::text, v_today, p_by,
        'billing.note.provider-succession-undone', p.note_params || jsonb_build_object('why', p_reason)
      from undo_entry u join billing.posting p on p.id = u.posting_id order by u.undo_posting;
    insert into billing.ledger_entry (period, id, posting_id, account_id, service_id, provider_id, kind, for_period, amount_kop, reverses_period, reverses_id)
      select undo_period, undo_id, undo_posting, account_id, service_id, provider_id, kind, for_period, -amount_kop, period, id
      from undo_entry order by account_id, undo_period, undo_id;
    perform billing.undo_moved_credits();
    perform billing.undo_moved_debits();
    create temp table settle_in on commit drop as
      select distinct u.account_id, u.service_id, u.provider_id, u.undo_period as period from undo_entry u;
    analyze settle_in;
    perform billing.settle_many();
    update billing.provider_transfer x set state = 'reversed' where x.document_id = p_document;
    return v_lines;
  end $$;

-- Credits of undo_entry: what they paid is open again on its due day, what waited is gone.
create function billing.undo_moved_credits() returns void language plpgsql as $$
  begin
    drop table if exists undo_paid;
    create temp table undo_paid on commit drop as
      select u.account_id, u.service_id, u.provider_id, u.undo_period, u.period as credit_period, u.id as credit_id, a.debt_month,
        sum(a.amount_kop)::bigint as kop
      from undo_entry u join billing.allocation a on a.account_id = u.account_id and a.credit_id = u.id and a.period >= u.period
      where u.amount_kop < 0 group by 1, 2, 3, 4, 5, 6, 7 having sum(a.amount_kop) > 0;
    insert into billing.allocation (period, account_id, service_id, provider_id, debt_month, credit_period, credit_id, amount_kop)
      select undo_period, account_id, service_id, provider_id, debt_month, credit_period, credit_id, -kop from undo_paid
      order by account_id, service_id, provider_id, debt_month, credit_id;
    drop table if exists undo_back;
    create temp table undo_back on commit drop as select account_id, service_id, provider_id, debt_month, sum(kop)::bigint as kop from undo_paid group by 1, 2, 3, 4;
    analyze undo_back;
    insert into billing.open_item as i (account_id, debt_month, service_id, provider_id, due_on, due_kop, outstanding_kop)
      select b.account_id, b.debt_month, b.service_id, b.provider_id,
        coalesce(n.due_on, (b.debt_month + interval '1 month')::date + coalesce(s.due_day, 20) - 1), greatest(coalesce(c.kop, 0), b.kop), b.kop
      from undo_back b
      left join (select account_id, debt_month, service_id, min(due_on) as due_on from billing.open_item
        where account_id in (select account_id from undo_back) group by 1, 2, 3) n using (account_id, debt_month, service_id)
      left join (select distinct on (account_id, service_id, provider_id) account_id, service_id, provider_id, due_day from tariffs.pub_supply_v1
        where account_id in (select account_id from undo_back) order by account_id, service_id, provider_id, lower(valid) desc) s
        using (account_id, service_id, provider_id)
      left join (select account_id, service_id, provider_id, debt_month, sum(kop)::bigint as kop from (
          select account_id, service_id, provider_id, period as debt_month, net_kop as kop from billing.accrual
            where provider_id in (select provider_id from undo_back) and period in (select debt_month from undo_back)
          union all
          select account_id, service_id, provider_id, billing.debt_month(kind, period, for_period), amount_kop from billing.ledger_entry
            where amount_kop > 0 and reverses_id is null and provider_id in (select provider_id from undo_back)) d group by 1, 2, 3, 4) c
        using (account_id, service_id, provider_id, debt_month)
      order by b.account_id, b.debt_month, b.service_id, b.provider_id
    on conflict (account_id, debt_month, service_id, provider_id)
      do update set outstanding_kop = i.outstanding_kop + excluded.outstanding_kop, due_kop = greatest(excluded.due_kop, i.outstanding_kop + excluded.outstanding_kop);
    delete from billing.advance a using undo_entry u where u.amount_kop < 0 and a.account_id = u.account_id and a.service_id = u.service_id
      and a.provider_id = u.provider_id and a.credit_id = u.id;
  end $$;

-- Debits of undo_entry: their opposites pay the item of the debit as far as it is open; the rest waits as an advance.
create function billing.undo_moved_debits() returns void language plpgsql as $$
  begin
    create temp table undo_debit on commit drop as
      select q.*, greatest(0, least(q.amount_kop, q.open_kop - (q.upto - q.amount_kop)))::bigint as paid from (
        select u.account_id, u.service_id, u.provider_id, u.undo_period, u.undo_id, u.for_period as debt_month, u.amount_kop,
          coalesce(i.outstanding_kop, 0) as open_kop, sum(u.amount_kop) over (partition by u.account_id, u.service_id, u.provider_id, u.for_period
            order by u.id rows unbounded preceding) as upto
        from undo_entry u left join billing.open_item i on i.account_id = u.account_id and i.debt_month = u.for_period
          and i.service_id = u.service_id and i.provider_id = u.provider_id
        where u.amount_kop > 0) q;
    insert into billing.allocation (period, account_id, service_id, provider_id, debt_month, credit_period, credit_id, amount_kop)
      select undo_period, account_id, service_id, provider_id, debt_month, undo_period, undo_id, paid from undo_debit where paid > 0
      order by account_id, service_id, provider_id, debt_month, undo_id;
    update billing.open_item i set outstanding_kop = i.outstanding_kop - d.paid
      from (select account_id, service_id, provider_id, debt_month, sum(paid)::bigint as paid from undo_debit where paid > 0 group by 1, 2, 3, 4) d
      where i.account_id = d.account_id and i.debt_month = d.debt_month and i.service_id = d.service_id and i.provider_id = d.provider_id;
    delete from billing.open_item i using undo_debit d where i.account_id = d.account_id and i.debt_month = d.debt_month
      and i.service_id = d.service_id and i.provider_id = d.provider_id and i.outstanding_kop = 0;
    insert into billing.advance (account_id, service_id, provider_id, credit_period, credit_id, amount_kop)
      select account_id, service_id, provider_id, undo_period, undo_id, amount_kop - paid from undo_debit where paid < amount_kop
      order by account_id, service_id, provider_id, undo_id;
  end $$;
`;

/** Balances of a provider follow its succession, and come back when it is undone. */
export class BillingProviderTransfers extends Migration {
  up(): void {
    this.addSql(TABLE);
    this.addSql(PART);
    this.addSql(MOVE);
    this.addSql(REVERSE);
  }
}
