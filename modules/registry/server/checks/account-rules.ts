import { ACCOUNTS, HIT, type SqlRule, TODAY } from './check-set.ts';

const ANY = `(select a.* from registry.account a where $1::int[] is null or a.id = any($1))`;
const CLOSED = `(select a.* from registry.account a where a.closed_on is not null and ($1::int[] is null or a.id = any($1)))`;
/** The check digit of the first nine figures, by Luhn. */
const LUHN = `(select (10 - sum(case when n % 2 = 0 then v else case when v * 2 > 9 then v * 2 - 9 else v * 2 end end) % 10) % 10
    from (select n, substr(a.number, n, 1)::int as v from generate_series(1, 9) n) d)`;

/** Rules over accounts, their numbers and their way. */
export const ACCOUNT_RULES: Readonly<Record<string, SqlRule>> = {
  'number-wrong': {
    severity: 'blocks',
    sql: `select ${HIT}, '{}'::jsonb as params from ${ANY} a where ${LUHN} <> substr(a.number, 10, 1)::int`,
  },
  'dwelling-twice': {
    severity: 'warns',
    sql: `select ${HIT}, jsonb_build_object('count', s.count) as params from ${ACCOUNTS} a join (
        select premises_id, count(*) as count from registry.account where closed_on is null group by premises_id having count(*) > 1) s
      on s.premises_id = a.premises_id`,
  },
  'opened-before-house': {
    severity: 'informs',
    sql: `select ${HIT}, jsonb_build_object('opened', a.opened_on, 'built', h.year_built) as params from ${ACCOUNTS} a
      join registry.house h on h.id = a.house_id where extract(year from a.opened_on) < h.year_built`,
  },
  'closed-with-balance': {
    severity: 'blocks',
    sql: `select ${HIT}, jsonb_build_object('balance', (sum(b.balance_kop) / 100)::numeric(14,2)) as params from ${CLOSED} a
      join billing.pub_balance_v1 b on b.account_id = a.id where a.merged_into is null group by a.id, a.number having bool_or(b.balance_kop <> 0)`,
  },
  'merged-with-balance': {
    severity: 'blocks',
    sql: `select ${HIT}, jsonb_build_object('balance', (sum(b.balance_kop) / 100)::numeric(14,2)) as params from ${CLOSED} a
      join billing.pub_balance_v1 b on b.account_id = a.id where a.merged_into is not null group by a.id, a.number having bool_or(b.balance_kop <> 0)`,
  },
  'closed-with-supply': {
    severity: 'blocks',
    sql: `select ${HIT}, jsonb_build_object('count', count(*)) as params from ${CLOSED} a join tariffs.pub_supply_v1 s on s.account_id = a.id
      where a.closed_on < ${TODAY} and s.valid && daterange(a.closed_on + 1, null) group by a.id, a.number`,
  },
  'merged-into-closed': {
    severity: 'warns',
    sql: `select ${HIT}, jsonb_build_object('into', m.number) as params from ${CLOSED} a join registry.account m on m.id = a.merged_into
      where m.closed_on is not null and m.merged_into is null`,
  },
  'account-without-supply': {
    severity: 'warns',
    sql: `select ${HIT}, '{}'::jsonb as params from ${ACCOUNTS} a where a.opened_on <= ${TODAY}
      and not exists (select from tariffs.pub_supply_v1 s where s.account_id = a.id and s.valid @> ${TODAY})`,
  },
  'proposal-overdue': {
    severity: 'informs',
    sql: `select ${HIT}, jsonb_build_object('due', min(p.due_at)::date) as params from ${ANY} a join registry.proposal p on p.account_id = a.id
      where p.state = 'waiting' and p.due_at < now() group by a.id, a.number`,
  },
};
