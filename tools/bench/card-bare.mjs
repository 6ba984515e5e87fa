// Baseline of `npm run bench -- card`: a bare Fastify with `pg`, no token, no schema.
// /first/:n = the product's own SQL of the first screen, its answer sent on; /rows/:n = plain rows of the whole history
// as objects by the id of the account, /whole/:n = these with payments and what they paid: the content of the whole card.
import Fastify from 'fastify';
import pg from 'pg';

const [port, url] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url, max: 8 });
const fastify = Fastify();
const FIRST = 'select billing.card_page($1, true, $2, $2, $2, $2, null, $3) as card';
const ROWS = `
  select l.period, s.code as service, s.name as service_name, p.code as provider,
    coalesce(sum(l.amount_kop) filter (where l.turnover_column = 'charged'), 0)::bigint as charged,
    coalesce(sum(l.amount_kop) filter (where l.turnover_column = 'recalculated'), 0)::bigint as recalculated,
    coalesce(sum(l.amount_kop) filter (where l.turnover_column = 'benefit'), 0)::bigint as benefit,
    coalesce(sum(l.amount_kop) filter (where l.turnover_column = 'subsidy'), 0)::bigint as subsidy,
    coalesce(sum(l.amount_kop) filter (where l.turnover_column = 'paid'), 0)::bigint as paid
  from billing.pub_ledger_v1 l join tariffs.pub_service_v1 s on s.id = l.service_id join tariffs.pub_provider_v1 p on p.id = l.provider_id
  where l.account_id = $1 group by 1, 2, 3, 4 order by 1 desc, 2`;
const PAYMENTS = `
  select m.payment_id, m.paid_on, m.received_on, m.booked_at, m.channel_name, m.amount_kop from payments.pub_payment_v1 m
  where m.account_id = $1 order by m.paid_on desc`;
const PAID = `
  select x.credit_id, x.debt_month, s.code as service, p.code as provider, x.amount_kop from billing.allocation x
  join tariffs.pub_service_v1 s on s.id = x.service_id join tariffs.pub_provider_v1 p on p.id = x.provider_id
  where x.account_id = $1`;

fastify.get('/first/:n/:months', async ({ params }) => {
  const { rows } = await pool.query({ name: 'first', text: FIRST, values: [params.n, [], params.months] });
  return rows[0].card;
});
fastify.get('/rows/:n', async ({ params }) => {
  const { rows } = await pool.query(ROWS, [Number(params.n)]);
  return rows;
});
fastify.get('/whole/:n', async ({ params }) => {
  const { rows } = await pool.query(ROWS, [Number(params.n)]);
  const { rows: payments } = await pool.query(PAYMENTS, [Number(params.n)]);
  const { rows: paid } = await pool.query(PAID, [Number(params.n)]);
  return { rows, payments, paid };
});
await fastify.listen({ port: Number(port), host: '127.0.0.1' });
process.stdout.write('ready\n');
