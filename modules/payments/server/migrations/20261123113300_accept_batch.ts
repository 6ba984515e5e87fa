import { Migration } from '@mikro-orm/migrations';

const ACCEPT_BATCH = `
-- Payments that wait at the same moment, of different keys and accounts, accepted by one call: what payments.accept does to each.
-- A row answers with the stored text, or with the code of its refusal; "again" asks for a call of its own.
create function payments.accept_batch(p_channels text[], p_externals text[], p_hashes text[], p_numbers text[], p_amounts bigint[],
    p_paid_on date[], p_by text[]) returns table(place int, answer text, refusal text) language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
  declare
    r record; v_today date := platform.today(); places int[] := '{}'; accounts int[] := '{}'; amounts bigint[] := '{}'; days date[] := '{}';
    actors text[] := '{}'; ids bigint[] := '{}'; documents text[] := '{}'; channels smallint[] := '{}'; money text[] := '{}';
  begin
    perform pg_advisory_xact_lock(q.key) from (select hashtextextended(c || chr(31) || e, 20261123) as key
      from unnest(p_channels, p_externals) k(c, e) order by 1) q;
    for r in
      select q.place::int as place, k.id as known, k.request_hash, k.answer, q.hash, c.id as channel_id, payments.place_of(c.kind) as money,
        registry.account_id_of(q.number) as account_id, q.amount, coalesce(q.paid_on, v_today) as paid_on, q.actor
      from unnest(p_channels, p_externals, p_hashes, p_numbers, p_amounts, p_paid_on, p_by)
        with ordinality q(channel, external, hash, number, amount, paid_on, actor, place)
      left join payments.payment k on k.source = q.channel and k.external_id = q.external
      left join payments.channel c on c.code = q.channel and c.valid @> v_today
    loop
      place := r.place;
      answer := null;
      refusal := case
        when r.known is not null and (r.request_hash <> r.hash or r.answer is null) then 'payments.accept.key-reused'
        when r.known is not null then null
        when r.channel_id is null then 'payments.channel.unknown'
        when r.paid_on > v_today then 'payments.row.future-date'
        when r.account_id is null then 'payments.account.unknown'
        when r.account_id = any (accounts) then 'again' end;
      if r.known is not null or refusal is not null then
        if refusal is null then
          answer := r.answer::text;
        end if;
        return next;
      else
        places := places || r.place;
        accounts := accounts || r.account_id;
        amounts := amounts || r.amount;
        days := days || r.paid_on;
        actors := actors || r.actor;
        ids := ids || nextval('platform.mass_id');
        documents := documents || ids[array_length(ids, 1)]::text;
        channels := channels || r.channel_id;
        money := money || r.money;
      end if;
    end loop;
    if array_length(places, 1) is null then
      return;
    end if;
    return query
    with credit as materialized (
      select places[c.ord] as place, ids[c.ord] as id, documents[c.ord] as document, channels[c.ord] as channel_id, money[c.ord] as money,
        accounts[c.ord] as account_id, amounts[c.ord] as amount, days[c.ord] as paid_on, actors[c.ord] as actor, c.posting_id,
        c.due_providers, c.due_kop,
        jsonb_build_object('paymentId', documents[c.ord], 'account', p_numbers[places[c.ord]], 'amount', billing.kop_text(amounts[c.ord]),
          'allocations', c.allocations, 'advances', c.advances) as answer
      from billing.credit_batch('payment', documents, accounts, amounts, days, actors, 5::smallint) c
    ), lines as (
      insert into payments.money_line (day, place, provider_id, channel_id, amount_kop, document_kind, document_id)
      select v_today, 'due-to-provider', d.provider_id, c.channel_id, d.kop, 'payment', c.document
      from credit c cross join lateral unnest(c.due_providers, c.due_kop) d(provider_id, kop)
      union all
      select v_today, c.money, null, c.channel_id, -c.amount, 'payment', c.document from credit c
    ), kept as (
      insert into payments.payment (id, channel_id, source, external_id, request_hash, account_id, amount_kop, paid_on, received_on,
        booked_by, posting_id, answer)
      select c.id, c.channel_id, p_channels[c.place], p_externals[c.place], p_hashes[c.place], c.account_id, c.amount, c.paid_on, v_today,
        c.actor, c.posting_id, c.answer
      from credit c
    ), told as (
      insert into platform.outbox (id, type, version, aggregate, payload)
      select uuidv7(), 'payments.received', 1, 'account/' || c.account_id,
        jsonb_build_object('paymentId', c.document, 'accountId', c.account_id)
      from credit c
    )
    select c.place, c.answer::text, null::text from credit c;
  end $$;
`;

/** Payments that arrive at the same moment share one call; each keeps its own key, answer and refusal. */
export class PaymentsAcceptBatch extends Migration {
  up(): void {
    this.addSql(ACCEPT_BATCH);
  }
}
