import { Money } from '@komplat/kernel';
import type { ListDef } from '@komplat/server';
import type { DebtorFilter } from '../../contract/analysis.schema.ts';
import type { LimitationWindow } from './limitation-calendar.ts';
import { type DebtReader, onlyProviders, Params, scoped } from './scope.ts';

/** A filter with what it rests on: the day, the window of limitation, the reader. */
export interface DebtorAsk {
  readonly filter: DebtorFilter;
  readonly sort: string | undefined;
  readonly today: string;
  readonly expiring: LimitationWindow;
  readonly reader: DebtReader;
}
export interface DebtorSql {
  readonly def: ListDef;
  readonly params: readonly unknown[];
}

const SORTS: ListDef['sorts'] = {
  account: { column: 'number', type: 'text' },
  debt: { column: 'debt_kop', type: 'int8' },
  months: { column: 'months', type: 'int4' },
  oldest: { column: 'oldest', type: 'date' },
  expiring: { column: 'expiring_kop', type: 'int8' },
};
const FIRST = '-debt';

const kop = (sum: string): bigint => Money.parse(sum).kop;

/**
 * Debt by account: open items past their due day. The items are stored account by account and month by month, so that
 * the months of an account are counted as they come, without a sort.
 */
function debtOf({ filter, today, expiring }: DebtorAsk, params: Params, items: string | null): string {
  const where = [
    `i.due_on < ${params.add(today, 'date')}`,
    items,
    filter.provider && `i.provider_id = (select p.id from tariffs.pub_provider_v1 p where p.code = ${params.add(filter.provider, 'text')})`,
    filter.service && `i.service_id = (select s.id from tariffs.pub_service_v1 s where s.code = ${params.add(filter.service, 'text')})`,
  ];
  const having = [
    filter.from && `sum(i.outstanding_kop) >= ${params.add(kop(filter.from), 'bigint')}`,
    filter.to && `sum(i.outstanding_kop) <= ${params.add(kop(filter.to), 'bigint')}`,
    filter.months && `count(distinct i.debt_month) >= ${params.add(filter.months, 'bigint')}`,
    filter.expires && `count(*) filter (where ${within(expiring, params)}) > 0`,
  ];
  const conditions = having.filter(Boolean).join(' and ');
  return `select i.account_id, sum(i.outstanding_kop)::bigint as debt_kop, count(distinct i.debt_month)::int as months, min(i.debt_month) as oldest,
      coalesce(sum(i.outstanding_kop) filter (where ${within(expiring, params)}), 0)::bigint as expiring_kop
    from billing.pub_open_item_v1 i where ${where.filter(Boolean).join(' and ')}
    group by i.account_id${conditions && ` having ${conditions}`}`;
}

/** Items that pass limitation in the window: by their due day, or month by month for accounts with an acknowledgement. */
function within({ from, to, due, interrupted }: LimitationWindow, params: Params): string {
  const spans = due.map((span) => `i.due_on between ${params.add(span.from, 'date')} and ${params.add(span.to, 'date')}`).join(' or ') || 'false';
  if (!interrupted) return spans;
  const acknowledged = 'select k.account_id from debt.acknowledgement k where k.withdrawn_at is null';
  return `((${spans}) and i.account_id not in (${acknowledged}))
    or (i.account_id, i.debt_month, i.service_id, i.provider_id) in (select c.account_id, c.debt_month, c.service_id, c.provider_id
      from debt.pub_claimable_v1 c where c.account_id in (${acknowledged}) and c.ends_on between ${params.add(from, 'date')} and ${params.add(to, 'date')})`;
}

/** Conditions over the account `a` and the debt `d`; each reads only what it needs. */
function conditionsOf({ filter, today, reader }: DebtorAsk, params: Params, accounts: string | null): string[] {
  const day = (): string => params.add(today, 'date');
  const { hold, moratorium, claimed } = filter;
  const only = onlyProviders(reader);
  const ofReader = (): string => (only ? ` and c.provider_id = any(array(select p.id from tariffs.pub_provider_v1 p where p.code = any(${params.add(only, 'text[]')})))` : '');
  const kind = (): string => (hold === 'any' || hold === 'none' ? '' : ` and h.kind = ${params.add(hold, 'text')}`);
  const name = filter.q && params.add(filter.q, 'text');
  return [
    accounts,
    filter.district && `a.district = ${params.add(filter.district, 'smallint')}`,
    filter.house &&
      `a.house_id in (select x.house_id from registry.pub_address_v1 x where x.house_code = ${params.add(filter.house, 'text')})`,
    filter.dwelling &&
      `exists (select from registry.pub_premises_fact_v1 f where f.premises_id = a.premises_id and f.valid @> ${day()}
        and f.dwelling_type = ${params.add(filter.dwelling, 'text')})`,
    filter.nobody &&
      `not exists (select from registry.pub_residence_v1 r where r.premises_id = a.premises_id and r.kind = 'registered' and r.valid @> ${day()})`,
    filter.unpaidSince &&
      `not exists (select from payments.pub_payment_v1 y where y.account_id = d.account_id
        and y.paid_on >= ${params.add(filter.unpaidSince, 'date')} and y.rolled_back_at is null)`,
    hold && `${hold === 'none' ? 'not ' : ''}exists (select from debt.hold h where h.account_id = d.account_id and h.period @> ${day()}${kind()})`,
    moratorium && `d.account_id ${moratorium === 'none' ? 'not ' : ''}in (select w.account_id from debt.pub_account_moratorium_v1 w
        where w.period @> ${day()}${moratorium === 'any' || moratorium === 'none' ? '' : ` and w.kind = ${params.add(moratorium, 'text')}`})`,
    claimed &&
      `d.account_id ${claimed === 'none' ? 'not ' : ''}in (select c.account_id from legal.pub_case_v1 c
        where c.filed_on is not null${claimed === 'open' ? ' and c.is_open' : ''}${ofReader()})`,
    name &&
      `(a.number like replace(${name}, ' ', '') || '%'
        or exists (select from registry.pub_holder_v1 n where n.account_id = a.account_id and n.full_name ilike '%' || ${name} || '%'))`,
  ].filter((condition): condition is string => Boolean(condition));
}

/** One page: count and sums of the whole filter come with its rows, out of the same reading. */
export function pageSql(ask: DebtorAsk, withTotals: boolean): DebtorSql {
  const params = new Params();
  const scope = scoped(ask.reader, params);
  const debt = debtOf(ask, params, scope.items);
  const conditions = conditionsOf(ask, params, scope.accounts);
  const byNumber = ask.sort?.replace('-', '') === 'account';
  const joined = byNumber || conditions.some((condition) => condition.includes('a.'));
  const totals = withTotals
    ? `, count(*) over () as whole_count, (sum(d.debt_kop) over ())::bigint as whole_debt, (sum(d.expiring_kop) over ())::bigint as whole_expiring`
    : '';
  const account = joined ? ' join registry.pub_account_v1 a on a.account_id = d.account_id' : '';
  const where = conditions.length > 0 ? ` where ${conditions.join(' and ')}` : '';
  const sql = `select d.*${joined ? ', a.number' : ''}${totals} from (${debt}) d${account}${where}`;
  const { account: byAccount, ...sorts } = SORTS;
  return {
    def: {
      sql,
      id: { column: 'account_id', type: 'int4' },
      sorts: joined && byAccount ? { ...sorts, account: byAccount } : sorts,
      first: FIRST,
      uncounted: true,
    },
    params: params.values,
  };
}

/** The whole filter with everything that stands in the file. The last payment is read only for rows that are written. */
export function fileSql(ask: DebtorAsk, withPayments: boolean): DebtorSql {
  const params = new Params();
  const scope = scoped(ask.reader, params);
  const debt = debtOf(ask, params, scope.items);
  const conditions = conditionsOf(ask, params, scope.accounts);
  const where = conditions.length > 0 ? ` where ${conditions.join(' and ')}` : '';
  const sql = `select d.*, a.number, a.premises_id, a.district, n.full_name, x.address, ${withPayments ? LAST_PAID : 'null::date'} as last_paid
    from (${debt}) d join registry.pub_account_v1 a on a.account_id = d.account_id
    join registry.pub_holder_v1 n on n.account_id = d.account_id
    join registry.pub_address_v1 x on x.premises_id = a.premises_id${where}`;
  const sums = { debt: 'debt_kop', expiring: 'expiring_kop' };
  return { def: { sql, id: { column: 'number', type: 'text' }, sorts: SORTS, first: FIRST, sums }, params: params.values };
}

const LAST_PAID = `(select y.paid_on from payments.pub_payment_v1 y where y.account_id = d.account_id and y.rolled_back_at is null
  order by y.paid_on desc limit 1)`;

/** $1 accounts of a page, $2 today, $3 codes of the reader's providers, null = of all, and payments too: who and where they are. */
export const PEOPLE = `select d.account_id, a.number, a.district, n.full_name, x.address, f.dwelling_type,
    case when $3::text[] is null then ${LAST_PAID} end as last_paid,
    array(select distinct h.kind from debt.hold h where h.account_id = d.account_id and h.period @> $2::date order by 1) as holds,
    (select coalesce(jsonb_agg(jsonb_build_object('id', c.case_id, 'number', c.number, 'open', c.is_open) order by c.filed_on desc, c.number desc), '[]')
      from legal.pub_case_v1 c join tariffs.pub_provider_v1 p on p.id = c.provider_id
      where c.account_id = d.account_id and c.filed_on is not null and ($3::text[] is null or p.code = any($3))) as cases
  from unnest($1::int[]) d(account_id) join registry.pub_account_v1 a on a.account_id = d.account_id
  join registry.pub_holder_v1 n on n.account_id = d.account_id
  join registry.pub_address_v1 x on x.premises_id = a.premises_id
  left join registry.pub_premises_fact_v1 f on f.premises_id = a.premises_id and f.valid @> $2::date`;
