import { Migration } from '@mikro-orm/migrations';

const ACCEPT = `
-- The payment of a channel's own id. By its index whatever the statistics say: the table was perhaps empty when they were taken.
create function payments.known_payment(p_channel text, p_external text) returns payments.payment language plpgsql stable
  set enable_seqscan = off as $$
  declare known payments.payment;
  begin
    select * into known from payments.payment p where p.source = p_channel and p.external_id = p_external;
    return known;
  end $$;

-- One acceptance of money in real time: one call, one transaction. The same key with the same request gets the stored answer.
create or replace function payments.accept(p_channel text, p_external text, p_hash text, p_account text, p_amount bigint, p_paid_on date,
    p_named jsonb, p_by text) returns jsonb language plpgsql as $$
  declare
    v_known record; v_channel record; v_account int; v_today date; v_nominal date; v_payment bigint; v_credit record; v_answer jsonb;
  begin
    perform pg_advisory_xact_lock(hashtextextended(p_channel || chr(31) || p_external, 20261123));
    v_known := payments.known_payment(p_channel, p_external);
    if v_known.id is not null then
      if v_known.request_hash = p_hash and v_known.answer is not null then
        return v_known.answer;
      end if;
      raise exception 'payments.accept.key-reused' using errcode = 'KP020';
    end if;
    v_today := platform.today();
    select c.id, c.kind into v_channel from payments.channel c where c.code = p_channel and c.valid @> v_today;
    if not found then
      raise exception 'payments.channel.unknown' using errcode = 'KP021';
    end if;
    if coalesce(p_paid_on, v_today) > v_today then
      raise exception 'payments.row.future-date' using errcode = 'KP021';
    end if;
    v_account := registry.account_id_of(p_account);
    if v_account is null then
      raise exception 'payments.account.unknown' using errcode = 'KP021';
    end if;
    if p_named is not null and exists (select from billing.named_lines(p_named) n
        where n.service_id is null or n.amount_kop is null or n.amount_kop <= 0
          or billing.named_provider(v_account, n.service_id, n.provider_id) is null) then
      raise exception 'payments.accept.service-not-supplied' using errcode = 'KP021';
    end if;
    v_payment := nextval('platform.mass_id');
    v_nominal := date_trunc('month', coalesce(p_paid_on, v_today))::date;
    v_credit := billing.credit('payment', v_payment::text, v_account, p_amount, v_nominal, coalesce(p_paid_on, v_today), p_by, p_named,
      5::smallint);
    insert into payments.money_line (day, place, provider_id, channel_id, amount_kop, document_kind, document_id)
      select v_today, 'due-to-provider', d.provider_id, v_channel.id, d.kop, 'payment', v_payment::text
      from unnest(v_credit.due_providers, v_credit.due_kop) d(provider_id, kop)
      union all
      select v_today, payments.place_of(v_channel.kind), null, v_channel.id, -p_amount, 'payment', v_payment::text;
    v_answer := jsonb_build_object('paymentId', v_payment::text, 'account', p_account, 'amount', billing.kop_text(p_amount),
      'allocations', v_credit.allocations, 'advances', v_credit.advances);
    insert into payments.payment (id, channel_id, source, external_id, request_hash, account_id, amount_kop, paid_on, received_on,
        booked_by, posting_id, answer)
      values (v_payment, v_channel.id, p_channel, p_external, p_hash, v_account, p_amount, coalesce(p_paid_on, v_today), v_today,
        p_by, v_credit.posting, v_answer);
    insert into platform.outbox (id, type, version, aggregate, payload)
      values (uuidv7(), 'payments.received', 1, 'account/' || v_account,
        jsonb_build_object('paymentId', v_payment::text, 'accountId', v_account));
    return v_answer;
  end $$;
`;

/** Accepts a payment with one server-side call and few statements within. */
export class PaymentsAccept extends Migration {
  up(): void {
    this.addSql(ACCEPT);
  }
}
