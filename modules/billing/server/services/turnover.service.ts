import { Inject, Injectable } from '@nestjs/common';
import { Money, Period } from '@komplat/kernel';
import { type Actor, Database } from '@komplat/server';
import type { Turnover, TurnoverGroup, TurnoverQuery, TurnoverRow } from '../../contract/turnover.schema.ts';
import { seenInTotals } from './visibility.ts';

type Figure = 'opening' | 'charged' | 'recalculated' | 'benefit' | 'subsidy' | 'paid' | 'other' | 'closing';
type Row = Readonly<Record<Figure, bigint>> & {
  /** Null in the row of the totals. */
  readonly key: string | null;
  readonly title: string;
  readonly provider: string;
  readonly provider_name: string;
  readonly state: string;
  readonly accounts: number;
};

/**
 * Locked lanes from the balances of the month; a lane that is not rolled yet from its lines, with the opening balance as
 * the balance of today less everything from this month on. $1 month, $2 providers, $3 one provider.
 */
const LINES = `
  lane as (
    select l.period, l.provider_id, l.state, l.state in ('locked', 'released', 'verified')
      and exists (select from billing.period_balance b where b.period = $1 and b.provider_id = l.provider_id) as rolled
    from platform.period_lane l join tariffs.pub_provider_v1 p on p.id = l.provider_id
    where l.period = $1 and ($2::text[] is null or p.code = any($2)) and ($3::text is null or p.code = $3)
  ), line as (
    select b.account_id, b.service_id, b.provider_id, b.opening_kop as opening, b.charged_kop as charged, b.recalculated_kop as recalculated,
      b.benefit_kop as benefit, b.subsidy_kop as subsidy, b.paid_kop as paid, b.other_kop as other
    from billing.period_balance b join lane l on l.provider_id = b.provider_id and l.rolled where b.period = $1
    union all
    select e.account_id, e.service_id, e.provider_id, case when e.period >= $1 then -e.amount_kop else 0 end,
      case when e.period = $1 and e.turnover_column = 'charged' then e.amount_kop else 0 end,
      case when e.period = $1 and e.turnover_column = 'recalculated' then e.amount_kop else 0 end,
      case when e.period = $1 and e.turnover_column = 'benefit' then e.amount_kop else 0 end,
      case when e.period = $1 and e.turnover_column = 'subsidy' then e.amount_kop else 0 end,
      case when e.period = $1 and e.turnover_column = 'paid' then e.amount_kop else 0 end,
      case when e.period = $1 and e.turnover_column = 'other' then e.amount_kop else 0 end
    from billing.pub_ledger_v1 e join lane l on l.provider_id = e.provider_id and not l.rolled where e.period >= $1
    union all
    select b.account_id, b.service_id, b.provider_id, b.balance_kop, 0, 0, 0, 0, 0, 0
    from billing.pub_balance_v1 b join lane l on l.provider_id = b.provider_id and not l.rolled
  )`;
const SUMS = `count(distinct n.account_id)::int as accounts, sum(n.opening)::bigint as opening, sum(n.charged)::bigint as charged,
    sum(n.recalculated)::bigint as recalculated, sum(n.benefit)::bigint as benefit, sum(n.subsidy)::bigint as subsidy, sum(n.paid)::bigint as paid,
    sum(n.other)::bigint as other, sum(n.opening + n.charged + n.recalculated + n.benefit + n.subsidy + n.paid + n.other)::bigint as closing`;
const SQL: Readonly<Record<TurnoverGroup, string>> = {
  service: `with ${LINES}
    select s.code as key, s.name as title, p.code as provider, p.short_name as provider_name, l.state, ${SUMS} from line n join lane l on l.provider_id = n.provider_id
    join tariffs.pub_service_v1 s on s.id = n.service_id join tariffs.pub_provider_v1 p on p.id = n.provider_id
    group by grouping sets ((s.code, s.name, s.pay_order, p.code, p.short_name, l.state), ()) order by s.pay_order, p.code`,
  provider: `with ${LINES}
    select p.code as key, p.short_name as title, p.code as provider, p.short_name as provider_name, l.state, ${SUMS} from line n join lane l on l.provider_id = n.provider_id
    join tariffs.pub_provider_v1 p on p.id = n.provider_id group by grouping sets ((p.code, p.short_name, l.state), ()) order by p.code`,
  house: `with ${LINES}
    select d.house_code as key, min(d.type_short || ' ' || d.street || ', ' || d.house) as title, '' as provider, '' as provider_name, '' as state, ${SUMS}
    from line n join registry.pub_account_v1 a on a.account_id = n.account_id
    join registry.pub_address_v1 d on d.premises_id = a.premises_id group by grouping sets ((d.house_code), ()) order by d.house_code`,
};

const toText = (row: Readonly<Record<Figure, bigint>>): Record<Figure, string> => ({
  opening: Money.ofKop(row.opening).toString(),
  charged: Money.ofKop(row.charged).toString(),
  recalculated: Money.ofKop(row.recalculated).toString(),
  benefit: Money.ofKop(row.benefit).toString(),
  subsidy: Money.ofKop(row.subsidy).toString(),
  paid: Money.ofKop(row.paid).toString(),
  other: Money.ofKop(row.other).toString(),
  closing: Money.ofKop(row.closing).toString(),
});

const NOTHING = {
  opening: 0n,
  charged: 0n,
  recalculated: 0n,
  benefit: 0n,
  subsidy: 0n,
  paid: 0n,
  other: 0n,
  closing: 0n,
};

/** Turnover of a month by service, provider or house. */
@Injectable()
export class TurnoverService {
  constructor(@Inject(Database) private readonly database: Database) {}

  async turnover(query: TurnoverQuery, actor: Pick<Actor, 'kind' | 'scopes'>): Promise<Turnover> {
    const period = Period.parse(query.period);
    const rows = await this.database.query<Row>(SQL[query.groupBy], [
      period.firstDay,
      seenInTotals(actor),
      query.provider ?? null,
    ]);
    const total = rows.find((row) => row.key === null);
    return {
      period: query.period,
      groupBy: query.groupBy,
      rows: rows.flatMap(({ key, title, provider, provider_name: providerName, state, accounts, ...figures }): TurnoverRow[] =>
        key === null ? [] : [{ key, title, provider, providerName, state, accounts, ...toText(figures) }],
      ),
      totals: { accounts: total?.accounts ?? 0, ...toText(total && total.accounts > 0 ? total : NOTHING) },
    };
  }
}
