import { Migration } from '@mikro-orm/migrations';

const HELPERS = `
-- Where the money of a channel is until the bank's statement shows it.
create function payments.place_of(p_kind text) returns text language sql immutable parallel safe
  return case p_kind when 'own desk' then 'desk-cash' when 'bank transfer' then 'bank' else 'in-transit' end;

-- Days in which somebody must find out whose money it is.
create function payments.suspense_deadline(p_today date) returns date language sql immutable parallel safe
  return p_today + 10;

-- Money lines of one posted document: what providers are due (as billing.post_credit answers it) against the place of the money.
create function payments.book_due(p_due jsonb, p_amount bigint, p_day date, p_place text, p_channel smallint, p_document_kind text,
    p_document_id text) returns void language plpgsql as $$
  begin
    insert into payments.money_line (day, place, provider_id, channel_id, amount_kop, document_kind, document_id)
      select p_day, 'due-to-provider', (d.line->>'provider_id')::smallint, p_channel, (d.line->>'kop')::bigint, p_document_kind, p_document_id
      from jsonb_array_elements(p_due) d(line)
      union all
      select p_day, p_place, null, p_channel, -p_amount, p_document_kind, p_document_id;
  end $$;
`;

const BULK = `
-- Accepts all rows of the temporary table payment_in(ord int, payment_id bigint, channel_id smallint, place text, source text,
-- external_id text, request_hash text, account_id int, amount_kop bigint, service_id smallint, provider_id smallint,
-- paid_on date, received_on date, import_id uuid, import_line int, reason_code text, payer_text text): rows with an account
-- are posted, rows without one become suspense items. Money lines for both. One set-based step for the whole table.
create function payments.post_batch(p_by text) returns table(posted int, posted_kop bigint, suspended int, suspended_kop bigint)
  language plpgsql as $$
  begin
    drop table if exists credit_in;
    create temp table credit_in on commit drop as
      select i.ord, i.payment_id, i.account_id, i.amount_kop, i.service_id, case when i.service_id is not null then i.provider_id end as provider_id,
        date_trunc('month', i.paid_on)::date as nominal, i.paid_on as effective, 'payment'::text as document_kind,
        i.payment_id::text as document_id
      from payment_in i where i.account_id is not null;
    if exists (select from credit_in) then
      analyze credit_in;
      perform billing.post_payments(5::smallint, p_by);
    else
      drop table if exists credit_out;
      create temp table credit_out (ord int, posting_id bigint, provider_id smallint, amount_kop bigint) on commit drop;
    end if;
    insert into payments.payment (id, channel_id, source, external_id, request_hash, account_id, amount_kop, paid_on, received_on,
        booked_by, posting_id, import_id, import_line)
      select i.payment_id, i.channel_id, i.source, i.external_id, i.request_hash, i.account_id, i.amount_kop, i.paid_on, i.received_on,
        p_by, o.posting_id, i.import_id, i.import_line
      from payment_in i left join (select distinct on (ord) ord, posting_id from credit_out) o on o.ord = i.ord order by i.ord;
    insert into payments.money_line (day, place, provider_id, channel_id, amount_kop, document_kind, document_id)
      select i.received_on, 'due-to-provider', o.provider_id, i.channel_id, o.amount_kop, 'payment', i.payment_id::text
      from credit_out o join payment_in i on i.ord = o.ord
      union all
      select i.received_on, 'suspense', null, i.channel_id, i.amount_kop, 'payment', i.payment_id::text
      from payment_in i where i.account_id is null
      union all
      select i.received_on, i.place, null, i.channel_id, -i.amount_kop, 'payment', i.payment_id::text from payment_in i;
    insert into payments.suspense_item (payment_id, amount_kop, reason_code, payer_text, owner, deadline_on)
      select i.payment_id, i.amount_kop, coalesce(i.reason_code, 'payments.row.account-unknown'), i.payer_text, p_by,
        payments.suspense_deadline(i.received_on)
      from payment_in i where i.account_id is null;
    return query select count(*) filter (where i.account_id is not null)::int,
      coalesce(sum(i.amount_kop) filter (where i.account_id is not null), 0)::bigint,
      count(*) filter (where i.account_id is null)::int,
      coalesce(sum(i.amount_kop) filter (where i.account_id is null), 0)::bigint from payment_in i;
  end $$;
`;

const LATER = `
-- Money on hold finds its account: the same payment is posted, under the day on which it became known whose it is.
create function payments.assign_suspense(p_item bigint, p_account text, p_by text, p_reason text) returns jsonb language plpgsql as $$
  declare v_item payments.suspense_item; v_payment payments.payment; v_account int; v_today date := platform.today(); v_nominal date; v_posting bigint; v_credit jsonb;
  begin
    select * into v_item from payments.suspense_item s where s.id = p_item for update;
    if not found then
      raise exception 'payments.suspense.unknown' using errcode = 'KP021';
    end if;
    if v_item.state <> 'open' then
      raise exception 'payments.suspense.not-open' using errcode = 'KP022';
    end if;
    select a.account_id into v_account from registry.pub_account_v1 a where a.number = p_account;
    if not found then
      raise exception 'payments.account.unknown' using errcode = 'KP021';
    end if;
    select * into v_payment from payments.payment p where p.id = v_item.payment_id;
    v_nominal := date_trunc('month', v_payment.paid_on)::date;
    v_credit := billing.post_credit('payment', v_payment.id::text, v_account, v_payment.amount_kop, v_nominal, v_payment.paid_on, p_by, null,
      5::smallint);
    v_posting := (v_credit->>'posting')::bigint;
    update payments.payment set account_id = v_account, posting_id = v_posting where id = v_payment.id;
    perform payments.book_due(v_credit->'due', v_payment.amount_kop, v_today, 'suspense', v_payment.channel_id, 'suspense-assign',
      v_payment.id::text);
    update payments.suspense_item set state = 'resolved', resolved_at = now(), resolved_by = p_by,
      resolution = jsonb_build_object('account', p_account, 'reason', p_reason) where id = p_item;
    insert into platform.outbox (id, type, version, aggregate, payload)
      values (gen_random_uuid(), 'payments.received', 1, 'account/' || v_account,
        jsonb_build_object('paymentId', v_payment.id::text, 'accountId', v_account));
    return jsonb_build_object('paymentId', v_payment.id::text, 'account', p_account,
      'amount', (v_payment.amount_kop::numeric / 100)::numeric(18,2)::text, 'allocations', v_credit->'allocations',
      'advances', v_credit->'advances');
  end $$;

-- True while every line of the import's payments stands in a month that is still open.
create function payments.may_roll_back(p_import uuid) returns boolean language sql stable as $$
  select not exists (
    select from payments.payment p
    join billing.pub_ledger_v1 e on e.posting_id = p.posting_id and e.kind = 'payment'
    join platform.period_lane l on l.period = e.period and l.provider_id = e.provider_id
    where p.import_id = p_import and p.rolled_back_at is null and l.state <> 'open');
$$;

-- Takes back up to so many payments of an import by opposite entries; answers how many are left.
create function payments.roll_back(p_import uuid, p_limit int, p_by text) returns int language plpgsql as $$
  declare v_today date := platform.today(); v_left int;
  begin
    drop table if exists roll_back_now;
    create temp table roll_back_now on commit drop as
      select p.id, p.account_id, p.posting_id from payments.payment p
      where p.import_id = p_import and p.rolled_back_at is null order by p.account_id nulls first, p.id limit p_limit;
    perform billing.reverse_posting(r.posting_id, p_by, 'payment-rollback', r.id::text, v_today)
      from (select * from roll_back_now where posting_id is not null order by account_id, id) r;
    insert into payments.money_line (day, place, provider_id, channel_id, amount_kop, document_kind, document_id)
      select v_today, m.place, m.provider_id, m.channel_id, -sum(m.amount_kop)::bigint, 'payment-rollback', m.document_id
      from roll_back_now r join payments.money_line m on m.document_id = r.id::text
        and m.document_kind in ('payment', 'suspense-assign')
      group by m.place, m.provider_id, m.channel_id, m.document_id having sum(m.amount_kop) <> 0;
    update payments.suspense_item s set state = 'returned', resolved_at = now(), resolved_by = p_by
      from roll_back_now r where s.payment_id = r.id and s.state = 'open';
    update payments.payment p set rolled_back_at = now(), external_id = p.external_id || '~' || p_import::text
      from roll_back_now r where p.id = r.id;
    select count(*)::int into v_left from payments.payment p where p.import_id = p_import and p.rolled_back_at is null;
    return v_left;
  end $$;
`;

/** Creates the functions that accept money: one payment in real time, many from a register, later decisions. */
export class PaymentsIntake extends Migration {
  up(): void {
    this.addSql(HELPERS);
    this.addSql(BULK);
    this.addSql(LATER);
  }
}
