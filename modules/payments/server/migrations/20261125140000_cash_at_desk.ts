import { Migration } from '@mikro-orm/migrations';

const ACCEPT_CASH = `
-- A payment in cash at the Centre's own desk (law.md 1.7): the account gets the exact sum, the desk takes the rounded one by the rule
-- of today, the difference is a line of its own in the Centre's book. The same key gets the stored answer, as in payments.accept.
create function payments.accept_cash(p_channel text, p_external text, p_hash text, p_account text, p_amount bigint, p_paid_on date,
    p_named jsonb, p_by text) returns jsonb language plpgsql as $$
  declare
    v_known payments.payment; v_channel smallint; v_step smallint; v_taken bigint; v_answer jsonb;
  begin
    perform pg_advisory_xact_lock(hashtextextended(p_channel || chr(31) || p_external, 20261123));
    v_known := payments.known_payment(p_channel, p_external);
    v_answer := payments.accept(p_channel, p_external, p_hash, p_account, p_amount, p_paid_on, p_named, p_by);
    if v_known.id is not null then
      return v_answer;
    end if;
    select c.id into v_channel from payments.channel c
      where c.code = p_channel and c.valid @> platform.today() and payments.place_of(c.kind) = 'desk-cash';
    if not found then
      raise exception 'payments.accept.cash-elsewhere' using errcode = 'KP021';
    end if;
    select r.step_kop into v_step from payments.cash_rounding r where r.valid @> platform.today();
    if not found then
      raise exception 'payments.cash-rounding.no-rule' using errcode = 'KP021';
    end if;
    v_taken := (2 * p_amount + v_step) / (2 * v_step) * v_step;
    if v_taken = 0 then
      raise exception 'payments.accept.cash-too-small' using errcode = 'KP021';
    end if;
    if v_taken <> p_amount then
      insert into payments.money_line (day, place, provider_id, channel_id, amount_kop, document_kind, document_id) values
        (platform.today(), 'desk-cash', null, v_channel, p_amount - v_taken, 'payment', v_answer->>'paymentId'),
        (platform.today(), 'rounding', null, v_channel, v_taken - p_amount, 'payment', v_answer->>'paymentId');
    end if;
    v_answer := v_answer || jsonb_build_object('cash', jsonb_build_object('taken', billing.kop_text(v_taken),
      'rounding', round((v_taken - p_amount)::numeric / 100, 2)::text));
    update payments.payment set answer = v_answer where id = (v_answer->>'paymentId')::bigint;
    return v_answer;
  end $$;
`;

/** Cash at the desk is rounded when it is accepted. */
export class PaymentsCashAtDesk extends Migration {
  up(): void {
    this.addSql(ACCEPT_CASH);
  }
}
