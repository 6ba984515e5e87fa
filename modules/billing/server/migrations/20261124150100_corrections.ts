import { Migration } from '@mikro-orm/migrations';

const TABLES = `
-- From what sum on a correction needs a second person, and how far back it reaches: dated parameters of the Centre.
create table billing.correction_limit (
  id int not null generated always as identity primary key,
  approval_kop bigint not null check (approval_kop >= 0),
  months smallint not null check (months between 1 and 36),
  account_months int not null check (account_months > 0),
  valid daterange not null,
  act text not null,
  mark text not null,
  exclude using gist (valid with &&)
);
insert into billing.correction_limit (approval_kop, months, account_months, valid, act, mark)
  values (500000, 36, 400000, '[1997-01-01,)', 'Параметр Центру: чотири ока понад 5 000 грн; строк позовної давності, ЦКУ ст. 257', 'proposal');

create table billing.correction (
  id uuid not null primary key,
  number text not null unique,
  reason text not null,
  decision text not null check (length(decision) between 3 and 300),
  scope jsonb not null,
  account_ids int[] not null check (cardinality(account_ids) > 0),
  service_ids smallint[] null,
  from_month date not null check (extract(day from from_month) = 1),
  to_month date not null check (extract(day from to_month) = 1),
  touched int not null,
  lines int not null,
  failed int not null,
  plus_kop bigint not null check (plus_kop >= 0),
  minus_kop bigint not null check (minus_kop <= 0),
  digest text not null,
  needs_approval boolean not null,
  state text not null default 'draft' check (state in ('draft', 'waiting', 'posted', 'refused', 'stale', 'reversed')),
  made_by text not null,
  made_at timestamptz not null default now(),
  approval_id uuid null,
  posted_by text null,
  approved_by text null,
  posted_at timestamptz null,
  posted_period date null,
  reversed_by text null,
  reversed_at timestamptz null,
  reversal_reason text null,
  check (from_month <= to_month and to_month < from_month + interval '36 months')
);
create index correction_made on billing.correction (made_at desc);

-- Lines of a document as they were shown: never changed. failed = why a month cannot be calculated now; such a line is not posted.
create table billing.correction_line (
  correction_id uuid not null references billing.correction (id),
  account_id int not null,
  service_id smallint not null,
  provider_id smallint not null,
  month date not null,
  before_kop bigint not null,
  after_kop bigint not null,
  difference_kop bigint not null,
  failed text null,
  primary key (correction_id, account_id, month, service_id, provider_id),
  check (difference_kop = case when failed is null then after_kop - before_kop else 0 end)
);
comment on table billing.correction_line is 'append-only';
create index correction_line_account on billing.correction_line (account_id, month);
create trigger correction_line_fixed before update or delete or truncate on billing.correction_line
  for each statement execute function platform.refuse_change();
create trigger correction_basis_fixed before update or delete or truncate on billing.correction_basis
  for each statement execute function platform.refuse_change();

-- The next number of a year: П-2026-000017. Held until the end of the transaction, so numbers have no gaps.
create function billing.next_correction(p_year int) returns text language plpgsql as $$
  declare v_last int;
  begin
    perform pg_advisory_xact_lock(731160000 + p_year);
    select coalesce(max(split_part(c.number, '-', 3)::int), 0) into v_last from billing.correction c where c.number like 'П-' || p_year || '-%';
    return 'П-' || p_year || '-' || lpad((v_last + 1)::text, 6, '0');
  end $$;
`;

const DRAFT = `
-- Lines of a recalculation with the sum of what they change, into the temporary table r_line; the digest names every one of them.
create function billing.correction_lines(p_accounts int[], p_from date, p_to date, p_services smallint[], out lines int, out failed int,
    out touched int, out plus_kop bigint, out minus_kop bigint, out digest text) language plpgsql as $$
  begin
    if to_regclass('pg_temp.r_line') is null then
      create temp table r_line (account_id int, service_id smallint, provider_id smallint, month date, before_kop bigint, after_kop bigint,
        difference_kop bigint, failed text) on commit delete rows;
    else
      truncate r_line;
    end if;
    insert into r_line select r.account_id, r.service_id, r.provider_id, r.month, r.before_kop, r.after_kop,
        case when r.failed is null then r.after_kop - r.before_kop else 0 end, r.failed
      from billing.recompute_lines(p_accounts, p_from, p_to, p_services) r;
    select count(*) filter (where l.failed is null), count(*) filter (where l.failed is not null),
        count(distinct l.account_id) filter (where l.failed is null), coalesce(sum(l.difference_kop) filter (where l.difference_kop > 0), 0),
        coalesce(sum(l.difference_kop) filter (where l.difference_kop < 0), 0),
        encode(sha256(convert_to(coalesce(string_agg(concat_ws('|', l.account_id, l.month, l.service_id, l.provider_id, l.before_kop,
          l.after_kop, coalesce(l.failed, '')), E'\\n' order by l.account_id, l.month, l.service_id, l.provider_id), ''), 'UTF8')), 'hex')
      into lines, failed, touched, plus_kop, minus_kop, digest from r_line l;
  end $$;

-- Where the volume charged ahead of the meters would stand differently: the next month goes on from here.
create function billing.correction_basis_store(p_id uuid, p_from date, p_to date, p_services smallint[]) returns void language plpgsql as $$
  begin
    insert into billing.correction_basis (correction_id, account_id, service_id, period, ahead, ahead_before)
      select p_id, q.account_id, q.service_id, q.period, q.ahead, q.known from (
        select coalesce(n.account_id, w.account_id) as account_id, coalesce(n.service_id, w.service_id) as service_id,
          coalesce(n.period, w.period) as period, coalesce(n.ahead, 0) as ahead, coalesce(w.ahead, 0) as known
        from (select distinct on (k.account_id, k.service_id, k.period) k.* from k_basis k join r_scope s on s.account_id = k.account_id
          where p_services is null or k.service_id = any (p_services)
          order by k.account_id, k.service_id, k.period, k.supply_id desc) n
        full join (select distinct on (b.account_id, b.service_id, b.period) b.account_id, b.service_id, b.period, b.ahead
          from billing.basis_known b join r_scope s on s.account_id = b.account_id
          where b.period between p_from and p_to and (p_services is null or b.service_id = any (p_services))
          order by b.account_id, b.service_id, b.period, b.place desc) w
        on w.account_id = n.account_id and w.service_id = n.service_id and w.period = n.period) q
      where q.ahead <> q.known order by 2, 3, 4;
  end $$;
`;

const SETTLE = `
-- Puts waiting credits of many services on their open items: oldest credit to oldest item. Keys stand in the temporary table
-- settle_in(account_id, service_id, provider_id, period); what billing.settle does for one of them, in one step for all.
create function billing.settle_many() returns void language plpgsql as $$
  begin
  with credit as materialized (
    select a.account_id, a.service_id, a.provider_id, s.period, a.credit_period, a.credit_id, a.amount_kop, sum(a.amount_kop) over w as upto
    from settle_in s join billing.advance a on a.account_id = s.account_id and a.service_id = s.service_id and a.provider_id = s.provider_id
    where a.amount_kop > 0
    window w as (partition by a.account_id, a.service_id, a.provider_id order by a.credit_period, a.credit_id)
  ), item as materialized (
    select i.account_id, i.service_id, i.provider_id, i.debt_month, i.outstanding_kop, sum(i.outstanding_kop) over w as upto
    from settle_in s join billing.open_item i on i.account_id = s.account_id and i.service_id = s.service_id and i.provider_id = s.provider_id
    where i.outstanding_kop > 0
    window w as (partition by i.account_id, i.service_id, i.provider_id order by i.debt_month)
  ), part as materialized (
    select c.account_id, c.service_id, c.provider_id, c.period, c.credit_period, c.credit_id, c.amount_kop as credit, i.debt_month,
      i.outstanding_kop as debt, (least(c.upto, i.upto) - greatest(c.upto - c.amount_kop, i.upto - i.outstanding_kop))::bigint as amount
    from credit c join item i on i.account_id = c.account_id and i.service_id = c.service_id and i.provider_id = c.provider_id
      and i.upto - i.outstanding_kop < c.upto and c.upto - c.amount_kop < i.upto
  ), allocated as (
    insert into billing.allocation (period, account_id, service_id, provider_id, debt_month, credit_period, credit_id, amount_kop)
    select p.period, p.account_id, p.service_id, p.provider_id, p.debt_month, p.credit_period, p.credit_id, p.amount from part p
    order by p.account_id, p.service_id, p.provider_id, p.debt_month, p.credit_period, p.credit_id
  ), of_item as (
    select account_id, service_id, provider_id, debt_month, debt, sum(amount)::bigint as amount from part group by 1, 2, 3, 4, 5
  ), of_credit as (
    select account_id, service_id, provider_id, credit_id, credit, sum(amount)::bigint as amount from part group by 1, 2, 3, 4, 5
  ), paid as (
    delete from billing.open_item i using of_item o where i.account_id = o.account_id and i.service_id = o.service_id
      and i.provider_id = o.provider_id and i.debt_month = o.debt_month and o.amount = o.debt
  ), reduced as (
    update billing.open_item i set outstanding_kop = i.outstanding_kop - o.amount from of_item o where i.account_id = o.account_id
      and i.service_id = o.service_id and i.provider_id = o.provider_id and i.debt_month = o.debt_month and o.amount < o.debt
  ), used as (
    delete from billing.advance a using of_credit o where a.account_id = o.account_id and a.service_id = o.service_id
      and a.provider_id = o.provider_id and a.credit_id = o.credit_id and o.amount = o.credit
  )
  update billing.advance a set amount_kop = a.amount_kop - o.amount from of_credit o where a.account_id = o.account_id
    and a.service_id = o.service_id and a.provider_id = o.provider_id and a.credit_id = o.credit_id and o.amount < o.credit;
  end $$;
`;

const POST = `
-- Entries of the lines of r_line in the open month of each provider: one posting a line, because each has its own sentence.
create function billing.post_correction_lines(p_id uuid, p_by text) returns void language plpgsql as $$
  declare v_document billing.correction := (select c from billing.correction c where c.id = p_id); v_today date := platform.today();
  begin
    drop table if exists r_entry, settle_in;
    create temp table r_entry on commit drop as
      select l.account_id, l.service_id, l.provider_id, l.month, l.before_kop, l.after_kop, l.difference_kop, p.period,
        nextval('platform.mass_id') as posting_id, nextval('platform.mass_id') as entry_id
      from (select * from r_line where difference_kop <> 0 order by account_id, month, service_id, provider_id) l
      join (select d.provider_id, platform.open_lane(platform.current_period(), d.provider_id) as period
        from (select distinct provider_id from r_line where difference_kop <> 0 order by 1) d) p on p.provider_id = l.provider_id;
    insert into billing.posting (id, document_kind, document_id, effective_on, booked_by, note_key, note_params)
      select e.posting_id, 'correction', p_id::text, v_today, p_by, 'billing.note.recalculation',
        jsonb_build_object('month', to_char(e.month, 'YYYY-MM'), 'm', extract(month from e.month)::int::text, 'year', to_char(e.month, 'YYYY'),
          'reason', v_document.reason, 'decision', v_document.decision, 'document', v_document.number,
          'before', billing.kop_text(e.before_kop), 'after', billing.kop_text(e.after_kop),
          'difference', billing.kop_text(e.difference_kop))
      from r_entry e order by e.posting_id;
    insert into billing.ledger_entry (period, id, posting_id, account_id, service_id, provider_id, kind, for_period, amount_kop)
      select e.period, e.entry_id, e.posting_id, e.account_id, e.service_id, e.provider_id, 2, e.month, e.difference_kop
      from r_entry e order by e.account_id, e.period, e.entry_id;
    perform billing.add_to_item(d.account_id, d.service_id, d.provider_id, d.period, d.kop)
      from (select e.account_id, e.service_id, e.provider_id, e.period, sum(e.difference_kop)::bigint as kop from r_entry e
        where e.difference_kop > 0 group by 1, 2, 3, 4 order by 1, 2, 3) d;
    insert into billing.advance (account_id, service_id, provider_id, credit_period, credit_id, amount_kop)
      select e.account_id, e.service_id, e.provider_id, e.period, e.entry_id, -e.difference_kop from r_entry e
      where e.difference_kop < 0 order by e.account_id, e.service_id, e.provider_id, e.entry_id;
    create temp table settle_in on commit drop as
      select distinct e.account_id, e.service_id, e.provider_id, e.period from r_entry e;
    analyze settle_in;
    perform billing.settle_many();
    update billing.correction c set state = 'posted', posted_by = p_by, posted_at = now(), posted_period = (select min(period) from r_entry)
      where c.id = p_id;
  end $$;

-- Posts a document that was shown: computes again and refuses ('changed') when a single line came out otherwise.
create function billing.post_correction(p_id uuid, p_by text, p_approved_by text) returns text language plpgsql as $$
  declare c billing.correction; v_digest text;
  begin
    select * into c from billing.correction x where x.id = p_id for update;
    if c.state = 'posted' then
      return 'posted';
    elsif c.state not in ('draft', 'waiting') then
      return c.state;
    end if;
    insert into billing.account_state as s (account_id, version) select distinct a, 1 from unnest(c.account_ids) a order by 1
      on conflict (account_id) do update set version = s.version + 1, changed_at = now();
    select d.digest into v_digest from billing.correction_lines(c.account_ids, c.from_month, c.to_month, c.service_ids) d;
    if v_digest <> c.digest then
      return 'changed';
    end if;
    perform billing.post_correction_lines(p_id, p_by);
    perform billing.correction_basis_store(p_id, c.from_month, c.to_month, c.service_ids);
    update billing.correction x set approved_by = p_approved_by where x.id = p_id;
    return 'posted';
  end $$;
`;

const REVERSE = `
-- Undoes a posted document line by line; the sentence of each line says so. Months are again what they were in the books before.
create function billing.reverse_correction(p_id uuid, p_by text, p_reason text) returns text language plpgsql as $$
  declare c billing.correction; entry billing.ledger_entry; v_posting bigint; v_period date; v_id bigint;
  begin
    select * into c from billing.correction x where x.id = p_id for update;
    if c.state <> 'posted' then
      return c.state;
    end if;
    perform billing.lock_account(a.account_id) from (select distinct l.account_id from billing.correction_line l
      where l.correction_id = p_id order by 1) a;
    for entry in select e.* from billing.posting p join billing.ledger_entry e on e.posting_id = p.id
      where p.document_id = p_id::text and p.document_kind = 'correction' order by e.account_id, e.provider_id, e.id
    loop
      v_period := platform.open_lane(greatest(platform.current_period(), entry.period), entry.provider_id);
      insert into billing.posting (document_kind, document_id, effective_on, booked_by, note_key, note_params)
        select 'correction-reversal', p_id::text, platform.today(), p_by, 'billing.note.recalculation-undone',
          o.note_params || jsonb_build_object('difference', billing.kop_text(-entry.amount_kop), 'why', p_reason)
        from billing.posting o where o.id = entry.posting_id returning id into v_posting;
      v_id := nextval('platform.mass_id');
      insert into billing.ledger_entry values (v_period, v_id, v_posting, entry.account_id, entry.service_id, entry.provider_id,
        entry.kind, entry.for_period, -entry.amount_kop, entry.period, entry.id);
      if entry.amount_kop < 0 then
        perform billing.undo_credit(entry, v_period);
      else
        perform billing.undo_debit(entry, v_id, v_period);
      end if;
      perform billing.settle(entry.account_id, entry.service_id, entry.provider_id, v_period);
    end loop;
    insert into billing.correction_basis (correction_id, account_id, service_id, period, ahead, ahead_before)
      select b.correction_id, b.account_id, b.service_id, b.period, b.ahead_before, b.ahead from billing.correction_basis b
      where b.correction_id = p_id order by b.id;
    update billing.correction x set state = 'reversed', reversed_by = p_by, reversed_at = now(), reversal_reason = p_reason where x.id = p_id;
    return 'reversed';
  end $$;
`;

/** Correction documents: drafts with a digest, posting that equals them, reversal. */
export class BillingCorrections extends Migration {
  up(): void {
    this.addSql(TABLES);
    this.addSql(DRAFT);
    this.addSql(SETTLE);
    this.addSql(POST);
    this.addSql(REVERSE);
  }
}
