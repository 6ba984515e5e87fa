import { Inject, Injectable } from '@nestjs/common';
import { Money, Period } from '@komplat/kernel';
import { type Actor, Database } from '@komplat/server';
import type { DifferencePart as PartView, DifferenceView } from '../../contract/difference.schema.ts';
import { type DifferencePart, explainDifference, type ServiceMonth } from '../../contract/explain-difference.ts';
import { seenAccount, seenProviders } from './visibility.ts';

interface Row {
  readonly now: boolean;
  readonly service: string;
  readonly service_name: string;
  readonly provider: string;
  readonly unit: string;
  readonly charged: bigint;
  readonly recalculated: bigint;
  readonly benefit: bigint;
  readonly subsidy: bigint;
  readonly accruals: number;
  readonly method: string | null;
  readonly quantity: string | null;
  readonly price: string | null;
  readonly tariff_id: number | null;
  readonly norm_id: number | null;
  readonly persons: number | null;
  readonly person_days: number | null;
  readonly area: string | null;
  readonly gross: bigint;
  /** The lane of the month is open and the charge is not there. */
  readonly awaited: boolean;
}

/** Sums and inputs of two months of one account. $1 account, $2 the month, $3 the month before, $4 codes of providers or null. */
const FACTS = `
  with line as materialized (
    select a.period, a.service_id, a.provider_id, a.net_kop as charged, 0::bigint as recalculated, 0::bigint as benefit,
      0::bigint as subsidy, 1 as accruals, a.method, a.quantity, a.tariff_id, a.norm_id, a.persons, a.person_days, a.area, a.gross_kop as gross
    from billing.accrual a where a.account_id = $1 and a.period in ($2, $3)
    union all
    select e.period, e.service_id, e.provider_id, case k.turnover_column when 'charged' then e.amount_kop else 0 end,
      case k.turnover_column when 'recalculated' then e.amount_kop else 0 end, case k.turnover_column when 'benefit' then e.amount_kop else 0 end,
      case k.turnover_column when 'subsidy' then e.amount_kop else 0 end, case k.turnover_column when 'charged' then 2 else 0 end,
      null, null, null, null, null, null, null, 0
    from billing.ledger_entry e join billing.entry_kind k on k.id = e.kind
    where e.account_id = $1 and e.period in ($2, $3) and k.turnover_column in ('charged', 'recalculated', 'benefit', 'subsidy')),
  month as (
    select l.period = $2::date as now, l.service_id, l.provider_id, sum(l.charged)::bigint as charged,
      sum(l.recalculated)::bigint as recalculated, sum(l.benefit)::bigint as benefit, sum(l.subsidy)::bigint as subsidy,
      sum(l.accruals)::int as accruals, min(l.method) as method, min(l.quantity) as quantity, min(l.tariff_id) as tariff_id,
      min(l.norm_id) as norm_id, min(l.persons)::int as persons, min(l.person_days) as person_days, min(l.area) as area,
      sum(l.gross)::bigint as gross
    from line l group by l.period, l.service_id, l.provider_id)
  select m.now, s.code as service, s.name as service_name, p.code as provider, s.unit, m.charged, m.recalculated, m.benefit,
    m.subsidy, m.accruals, m.method, m.quantity, t.price, m.tariff_id, m.norm_id, m.persons, m.person_days, m.area, m.gross,
    exists (select from platform.period_lane w where w.period = $2::date and w.provider_id = m.provider_id and w.state = 'open')
      and not exists (select from month n where n.now and n.accruals > 0 and n.service_id = m.service_id
        and n.provider_id = m.provider_id) as awaited
  from month m join tariffs.pub_service_v1 s on s.id = m.service_id join tariffs.pub_provider_v1 p on p.id = m.provider_id
  left join tariffs.pub_tariff_v1 t on t.id = m.tariff_id
  where $4::text[] is null or p.code = any ($4)
  order by s.pay_order, p.code`;

/** Why a month differs from the one before: facts of the database, words by the pure rule. */
@Injectable()
export class DifferenceService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Of one account, as far as the reader sees it; the last charged month when none is named. Null when nothing was charged. */
  async ofAccount(number: string, month: string | undefined, actor: Actor): Promise<DifferenceView | null> {
    const account = await seenAccount(this.database, number, actor);
    const asked = month === undefined ? await this.lastCharged(account.id) : Period.parse(month);
    if (!asked) return null;
    const rows = await this.database.query<Row>(FACTS, [account.id, asked.firstDay, asked.previous().firstDay, seenProviders(actor)]);
    return rows.length === 0 ? null : viewOf(rows, asked);
  }

  private async lastCharged(account: number): Promise<Period | undefined> {
    const [row] = await this.database.query<{ period: string | null }>(
      `select max(a.period) as period from billing.accrual a
       where a.account_id = $1 and a.period >= platform.current_period() - interval '12 months'`,
      [account],
    );
    return row?.period ? Period.ofDay(row.period) : undefined;
  }
}

function viewOf(rows: readonly Row[], month: Period): DifferenceView {
  const previous = month.previous();
  const compared = rows.filter((row) => !row.awaited);
  const of = (now: boolean): ServiceMonth[] => compared.filter((row) => row.now === now).map(toService);
  const { beforeKop, afterKop, parts } = explainDifference(
    { days: previous.days, services: of(false) },
    { days: month.days, services: of(true) },
  );
  const awaited = new Map(rows.filter((row) => row.awaited).map((row) => [`${row.service}/${row.provider}`, row]));
  return {
    month: month.toString(),
    previous: previous.toString(),
    before: text(beforeKop),
    after: text(afterKop),
    difference: text(afterKop - beforeKop),
    parts: parts.map((part) => partOf(part, rows)),
    awaited: [...awaited.values()].map((row) => ({ service: row.service, serviceName: row.service_name, provider: row.provider })),
  };
}

const text = (kop: bigint): string => Money.ofKop(kop).toString();

function toService(row: Row): ServiceMonth {
  const sums = {
    service: row.service,
    provider: row.provider,
    chargedKop: row.charged,
    recalculatedKop: row.recalculated,
    benefitKop: row.benefit,
    subsidyKop: row.subsidy,
  };
  if (row.accruals !== 1 || row.method === null || row.quantity === null) return sums;
  return {
    ...sums,
    inputs: {
      method: row.method,
      quantity: row.quantity,
      price: row.price,
      tariffId: row.tariff_id,
      normId: row.norm_id,
      persons: row.persons,
      personDays: row.person_days,
      area: row.area,
      grossKop: row.gross,
    },
  };
}

function partOf(part: DifferencePart, rows: readonly Row[]): PartView {
  const row = rows.find((candidate) => candidate.service === part.service && candidate.provider === part.provider);
  const name = row?.service_name ?? part.service;
  const params = { service: name, before: part.before ?? '', after: part.after ?? '', unit: row?.unit ?? '' };
  return {
    cause: part.cause,
    service: part.service,
    serviceName: name,
    provider: part.provider,
    amount: text(part.kop),
    text: { key: `billing.difference.${part.cause}`, params },
  };
}
