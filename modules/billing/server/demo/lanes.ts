import type { Tx } from '@komplat/server';

export interface LaneProvider {
  readonly id: number;
  readonly code: string;
  /** Accounts that may have lines of this provider. */
  readonly from: number;
  readonly to: number;
}

const CAN_CHARGE = `
  select p.id, p.code, case p.kind when 'condominium' then r.first else 1 end as from,
    case p.kind when 'condominium' then r.last else $2::int end as to
  from tariffs.pub_provider_v1 p
  join lateral (select min(s.account_id) as first, max(s.account_id) as last, bool_or(s.valid && daterange($1::date,
    null)
      and lower(s.valid) < ($1::date + interval '1 month')::date) as active
    from tariffs.pub_supply_v1 s where s.provider_id = p.id) r on r.first is not null
  where r.active and lower(p.active) < ($1::date + interval '1 month')::date
    or p.id in (select i.provider_id from billing.open_item i where i.outstanding_kop > 0)
    or p.id in (select a.provider_id from billing.advance a where a.amount_kop > 0)
  order by p.id`;

/** Providers with supplies in the month, and former ones that are still owed something. */
export function laneProviders(tx: Tx, firstDay: string, accounts: number): Promise<LaneProvider[]> {
  return tx.query<LaneProvider>(CAN_CHARGE, [firstDay, accounts]);
}

export async function openLanes(tx: Tx, firstDay: string, lastDay: string, accounts: number): Promise<void> {
  const providers = await laneProviders(tx, firstDay, accounts);
  await tx.query('select platform.ensure_lanes($1, $2, $3)', [
    firstDay,
    lastDay,
    providers.map((provider) => provider.id),
  ]);
}

/**
 * A provider that ends hands its balances to the successor: what is owed keeps its months, what was paid ahead stays
 * paid ahead.
 */
export async function handOver(tx: Tx, firstDay: string): Promise<void> {
  await tx.query(HAND_OVER_DEBT, [firstDay]);
  await tx.query(HAND_OVER_ADVANCE, [firstDay]);
}

const POST = (account: string, provider: string, amount: string, month: string): string =>
  `billing.post_entry(${account}, q.service_id, ${provider}, 10::smallint, ${amount}, $1::date, ${month}, $1::date,
    'city',
    'provider-handover', q.code || '/' || to_char($1::date, 'YYYY'))`;

const ENDED = `tariffs.pub_provider_v1 p where upper(p.active) = $1::date and p.successor_id is not null`;

const HAND_OVER_DEBT = `
  with q as materialized (
    select i.*, p.code, p.successor_id,
      sum(i.outstanding_kop) over (partition by i.account_id, i.service_id, i.provider_id)::bigint as total,
      row_number() over (partition by i.account_id, i.service_id, i.provider_id order by i.debt_month) as place
    from billing.open_item i join (select * from ${ENDED}) p on p.id = i.provider_id where i.outstanding_kop > 0
    order by i.account_id, i.service_id, i.debt_month
  )
  select case when q.place = 1 then ${POST('q.account_id', 'q.provider_id', '-q.total', '$1::date')} end,
    ${POST('q.account_id', 'q.successor_id', 'q.outstanding_kop', 'q.debt_month')} from q`;

const HAND_OVER_ADVANCE = `
  with q as materialized (
    select a.account_id, a.service_id, a.provider_id, p.code, p.successor_id, sum(a.amount_kop)::bigint as total
    from billing.advance a join (select * from ${ENDED}) p on p.id = a.provider_id where a.amount_kop > 0
    group by a.account_id, a.service_id, a.provider_id, p.code, p.successor_id order by a.account_id, a.service_id
  )
  select ${POST('q.account_id', 'q.provider_id', 'q.total', '$1::date')},
    ${POST('q.account_id', 'q.successor_id', '-q.total', '$1::date')} from q`;
