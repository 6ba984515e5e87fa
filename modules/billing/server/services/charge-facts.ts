import { daysBetween, type Period } from '@komplat/kernel';
import type { ChargeFacts, Days, EntitlementInput, MeterInput, NormInput, TariffInput } from '../../domain/index.ts';
import { grouped, type Reader } from './fact-reader.ts';
import { gapOf, loadGaps, type GapWorld } from './gap-facts.ts';
import { absentOf, actsOf, loadPresence, type PresenceWorld } from './presence-facts.ts';
import { loadEntitlements } from './relief-facts.ts';

export type { Reader } from './fact-reader.ts';

export interface SupplyFacts {
  readonly supplyId: number;
  readonly accountId: number;
  readonly premisesId: number;
  readonly serviceId: number;
  readonly variant: string;
  readonly equipment: string | null;
  readonly facts: ChargeFacts;
}

interface SupplyRow {
  readonly supply_id: number;
  readonly account_id: number;
  readonly premises_id: number;
  readonly service_id: number;
  readonly provider_id: number;
  readonly method: ChargeFacts['method'];
  readonly variant: string;
  readonly equipment: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly scale: number;
  readonly linked: number[];
}
interface OfPremises {
  readonly premises_id: number;
}
interface World {
  readonly season: Days | 'none' | undefined;
  readonly areas: Map<number, (Days & { total: string; heated: string } & OfPremises)[]>;
  readonly residents: Map<number, (Days & OfPremises & { person: string })[]>;
  readonly meters: Map<string, MeterInput[]>;
  readonly norms: Map<string, NormInput[]>;
  readonly tariffs: Map<string, TariffInput[]>;
  readonly gaps: GapWorld;
  readonly presence: PresenceWorld;
  readonly rights: ReadonlyMap<string, EntitlementInput[]>;
}

const SUPPLIES = `
  select s.supply_id, s.account_id, a.premises_id, s.service_id, s.provider_id, s.method, s.variant, s.equipment,
    lower(s.valid) as "from", upper(s.valid) as "to", v.quantity_scale as scale, v.linked_services as linked
  from tariffs.pub_supply_v1 s join registry.pub_account_v1 a on a.account_id = s.account_id
  join tariffs.pub_service_v1 v on v.id = s.service_id
  where s.account_id = any($2::int[]) and s.valid && daterange($1::date, ($1::date + interval '1 month')::date)`;

/** Loads what the charges of one provider's accounts depend on in one month. */
export async function loadChargeFacts(
  db: Reader,
  period: Period,
  providerId: number,
  accounts: readonly number[],
): Promise<SupplyFacts[]> {
  const all = await db.query<SupplyRow>(SUPPLIES, [period.firstDay, accounts]);
  const own = all.filter((supply) => supply.provider_id === providerId);
  const world = await loadWorld(db, period, all, accounts);
  return own.map((supply) => ({
    supplyId: supply.supply_id,
    accountId: supply.account_id,
    premisesId: supply.premises_id,
    serviceId: supply.service_id,
    variant: supply.variant,
    equipment: supply.equipment,
    facts: factsOf(supply, all, world, period),
  }));
}

function factsOf(supply: SupplyRow, all: readonly SupplyRow[], world: World, period: Period): ChargeFacts {
  const isLinked = supply.method === 'linked';
  const others = isLinked
    ? all.filter(
        (other) =>
          other.account_id === supply.account_id &&
          supply.linked.includes(other.service_id) &&
          (other.method === 'meter' || other.method === 'norm'),
      )
    : [];
  const isVolume = supply.method === 'meter' || supply.method === 'norm';
  const gap = supply.method === 'meter' ? gapOf(world.gaps, supply) : undefined;
  const house = isVolume ? world.gaps.house.get(`${supply.premises_id}/${supply.service_id}`) : undefined;
  const rights = world.rights.get(`${supply.account_id}/${supply.service_id}`);
  return {
    method: supply.method,
    supply: { from: supply.from, to: supply.to },
    ...(supply.variant.includes('season') && world.season !== undefined ? { season: world.season } : {}),
    scale: supply.scale,
    areas: world.areas.get(supply.premises_id) ?? [],
    residents: (world.residents.get(supply.premises_id) ?? []).map(({ from, to, person }) => ({
      from,
      to,
      ...absentOf(world.presence, supply, person),
    })),
    meters: world.meters.get(`${supply.premises_id}/${supply.service_id}`) ?? [],
    norms: world.norms.get(`${supply.service_id}/${supply.equipment ?? ''}`) ?? [],
    tariffs: world.tariffs.get(`${supply.service_id}/${supply.provider_id}/${supply.variant}`) ?? [],
    linked: others.map((other) => factsOf(other, all, world, period)),
    ...(gap ? { gap } : {}),
    ...(house ? { house } : {}),
    ...actsOf(world.presence, supply),
    ...shareOf(supply, all, period),
    ...(rights ? { entitlements: rights } : {}),
  };
}

/** Days of the supplies of one service by the same meters; nothing where one supply has them all. */
function shareOf(supply: SupplyRow, all: readonly SupplyRow[], period: Period): Pick<ChargeFacts, 'share'> {
  if (supply.method !== 'meter') return {};
  const spans = all
    .filter(
      (other) =>
        other.account_id === supply.account_id && other.service_id === supply.service_id && other.method === 'meter',
    )
    .map(({ from, to }) => ({
      first: from === null || from < period.firstDay ? period.firstDay : from,
      next: to === null || to > period.next().firstDay ? period.next().firstDay : to,
    }));
  if (spans.length < 2) return {};
  const first = supply.from === null || supply.from < period.firstDay ? period.firstDay : supply.from;
  const days = (of: typeof spans): number => of.reduce((sum, span) => sum + daysBetween(span.first, span.next), 0);
  return {
    share: {
      before: days(spans.filter((span) => span.first < first)),
      total: days(spans),
      last: spans.every((span) => span.first <= first),
    },
  };
}

async function loadWorld(
  db: Reader,
  period: Period,
  supplies: readonly SupplyRow[],
  accounts: readonly number[],
): Promise<World> {
  const premises = [...new Set(supplies.map((supply) => supply.premises_id))];
  const month = [period.firstDay, period.next().firstDay];
  const areas = await db.query<Days & { total: string; heated: string } & OfPremises>(
    `select premises_id, lower(valid) as "from", upper(valid) as "to", total_area as total, heated_area as heated
     from registry.pub_premises_fact_v1 where premises_id = any($3::int[]) and valid && daterange($1, $2)`,
    [...month, premises],
  );
  const residents = await db.query<Days & OfPremises & { person: string }>(
    `select premises_id, person_id::text as person, lower(valid) as "from", upper(valid) as "to" from registry.pub_residence_v1
     where premises_id = any($3::int[]) and kind <> 'owner' and valid && daterange($1, $2)`,
    [...month, premises],
  );
  return {
    season: await seasonOf(db, month),
    areas: grouped(areas, (row) => row.premises_id),
    residents: grouped(residents, (row) => row.premises_id),
    meters: await metersOf(db, month, premises),
    norms: await normsOf(db, month),
    tariffs: await tariffsOf(db, month, supplies),
    gaps: await loadGaps(db, period, accounts, premises),
    presence: await loadPresence(db, month, premises),
    rights: await loadEntitlements(db, month, accounts),
  };
}

async function seasonOf(db: Reader, month: readonly string[]): Promise<Days | 'none' | undefined> {
  const rows = await db.query<Days & { touches: boolean }>(
    `select lower(valid) as "from", upper(valid) as "to", valid && daterange($1, $2) as touches
     from tariffs.pub_parameter_v1 where code = 'heating-season' order by valid`,
    month,
  );
  return rows.length === 0 ? undefined : (rows.find((row) => row.touches) ?? 'none');
}

async function metersOf(
  db: Reader,
  month: readonly string[],
  premises: readonly number[],
): Promise<Map<string, MeterInput[]>> {
  const rows = await db.query<MeterInput & OfPremises & { service_id: number }>(
    `select m.premises_id, m.service_id, m.digits, m.initial_value as initial, c.value as current,
       (select r.value from metering.pub_reading_v1 r where r.meter_id = m.meter_id and r.period < $1 order by r.period desc limit 1) as previous
     from metering.pub_meter_v1 m left join metering.pub_reading_v1 c on c.meter_id = m.meter_id and c.period = $1
     where m.premises_id = any($3::int[]) and m.installed_on < $2 and (m.removed_on is null or m.removed_on >= $1)`,
    [...month, premises],
  );
  return grouped(rows, (row) => `${row.premises_id}/${row.service_id}`);
}

async function normsOf(db: Reader, month: readonly string[]): Promise<Map<string, NormInput[]>> {
  const rows = await db.query<NormInput & { service_id: number; equipment: string }>(
    `select id, service_id, equipment, value, per, lower(valid) as "from", upper(valid) as "to" from tariffs.pub_norm_v1
     where purpose = 'charge' and valid && daterange($1, $2)`,
    month,
  );
  return grouped(rows, (row) => `${row.service_id}/${row.equipment}`);
}

async function tariffsOf(
  db: Reader,
  month: readonly string[],
  supplies: readonly SupplyRow[],
): Promise<Map<string, TariffInput[]>> {
  const rows = await db.query<TariffInput & { service_id: number; provider_id: number; variant: string }>(
    `select id, service_id, provider_id, variant, tier, tier_from as "tierFrom", tier_to as "tierTo", tier_mode as mode, price,
       lower(valid) as "from", upper(valid) as "to"
     from tariffs.pub_tariff_v1 where valid && daterange($1, $2) and provider_id = any($3::smallint[])`,
    [...month, [...new Set(supplies.map((supply) => supply.provider_id))]],
  );
  return grouped(rows, (row) => `${row.service_id}/${row.provider_id}/${row.variant}`);
}
