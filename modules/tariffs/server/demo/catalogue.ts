import { assert, dec, fixed, roundHalfAwayFromZero } from '@komplat/kernel';
import { type Cell, type CityRow, cityTable, dayRange } from '@komplat/server';

interface ServiceWords {
  readonly name: string;
  readonly scale: number;
}
const ENGLISH: Readonly<Record<string, ServiceWords>> = {
  MNT: { name: 'Building maintenance', scale: 6 },
  CW: { name: 'Cold water', scale: 3 },
  SW: { name: 'Sewage', scale: 3 },
  HW: { name: 'Hot water', scale: 3 },
  HEAT: { name: 'Heating', scale: 6 },
  WASTE: { name: 'Household waste', scale: 6 },
  EL: { name: 'Electricity', scale: 3 },
  GAS: { name: 'Natural gas', scale: 3 },
  GASD: { name: 'Gas distribution', scale: 3 },
  ABON_CW: { name: 'Subscriber service: cold water', scale: 3 },
  ABON_SW: { name: 'Subscriber service: sewage', scale: 3 },
  ABON_HEAT: { name: 'Subscriber service: heating', scale: 3 },
  ABON_HW: { name: 'Subscriber service: hot water', scale: 3 },
  ABON_WASTE: { name: 'Subscriber service: waste', scale: 3 },
  LIFT: { name: 'Lift', scale: 6 },
  INTERCOM: { name: 'Intercom', scale: 3 },
  ELN: { name: 'Electricity: night zone of a two-zone meter', scale: 3 },
};
const LINKED: Readonly<Record<string, readonly string[]>> = { SW: ['CW', 'HW'] };
/** Yearly capacity of gas distribution, m3, by what the flat burns. */
export const GAS_CAPACITIES = [60, 180, 600, 900, 1200, 1800, 2400] as const;
const [CAPACITY_IDS, CONDOMINIUM_IDS, CONDOMINIUMS] = [1_000, 10_000, 100];

/** The night zone of a two-zone meter is a service of its own: its own dial, its own price. */
const NIGHT = 'ordinary-night';
const serviceOf = (row: CityRow): string => (row.text('variant') === NIGHT ? 'ELN' : row.text('service_code'));

export const serviceIds = (): ReadonlyMap<string, number> =>
  new Map(cityTable('services').map((row, index) => [row.text('code'), index + 1]));

/** `P01` is 1, the condominium `O001` is 101. */
export function providerId(code: string): number {
  const number = Number(code.slice(1));
  assert(Number.isInteger(number) && number > 0, `not a provider of the city: ${code}`);
  return code.startsWith('O') ? CONDOMINIUMS + number : number;
}

export function serviceRows(): Cell[][] {
  const ids = serviceIds();
  return cityTable('services').map((row, index) => {
    const code = row.text('code');
    const words = ENGLISH[code];
    assert(words, `service ${code} has no English name`);
    const linked = (LINKED[code] ?? []).map((other) => ids.get(other) ?? 0);
    const exchange = row.optional('exchange_id');
    return [
      index + 1,
      code,
      row.text('name'),
      words.name,
      row.text('unit'),
      words.scale,
      row.text('charge_base'),
      row.text('kind'),
      index + 1,
      exchange,
      `{${linked.join(',')}}`,
      dayRange(row.text('valid_from'), row.optional('valid_to')),
    ];
  });
}

export function providerRows(condominiums: ReadonlySet<string>): Cell[][] {
  const enterprises = cityTable('providers').map((row): Cell[] => [
    providerId(row.text('provider_code')),
    row.text('provider_code'),
    row.text('name'),
    row.text('short_name'),
    'enterprise',
    row.text('edrpou'),
    row.text('mfo'),
    row.text('iban'),
    dayRange(row.text('active_from'), row.optional('active_to')),
    row.optional('successor') ? providerId(row.text('successor')) : null,
  ]);
  const houses = managers(condominiums).map((row): Cell[] => [
    providerId(row.text('manager_code')),
    row.text('manager_code'),
    `Об'єднання співвласників багатоквартирного будинку ${row.text('name').replace('ОСББ ', '')}`,
    row.text('name'),
    'condominium',
    row.text('edrpou'),
    row.text('mfo'),
    row.text('iban'),
    dayRange(row.text('valid_from'), row.optional('valid_to')),
    null,
  ]);
  return [...enterprises, ...houses];
}

const managers = (codes: ReadonlySet<string>): CityRow[] =>
  cityTable('managers').filter((row) => codes.has(row.text('manager_code')));

/** Tariffs of the list, capacity classes of gas distribution, and contributions of the condominiums. */
export function* tariffRows(condominiums: ReadonlySet<string>): Generator<readonly Cell[]> {
  const services = serviceIds();
  const rows = cityTable('tariffs');
  for (const row of rows) {
    const id = Number(row.text('tariff_id').slice(1));
    const base = {
      id,
      service: services.get(serviceOf(row)) ?? 0,
      provider: providerId(row.text('provider_code')),
    };
    if (row.text('service_code') !== 'GASD') {
      yield tariffRow(row, base, row.text('tariff_id'), row.text('variant'), row.text('price'));
      continue;
    }
    for (const [index, capacity] of GAS_CAPACITIES.entries()) {
      const price = fixed(roundHalfAwayFromZero(dec(row.text('price')).mul(capacity).div(12), 6), 6);
      const code = `${row.text('tariff_id')}-${capacity}`;
      yield tariffRow(row, { ...base, id: CAPACITY_IDS + id * 10 + index }, code, `capacity-${capacity}`, price);
    }
  }
  yield* contributionRows(
    condominiums,
    rows.filter((row) => row.text('service_code') === 'MNT'),
  );
}

/** Contribution = price of the managing company for the kind of house (to 2018 of the municipal one) x factor. */
function* contributionRows(condominiums: ReadonlySet<string>, prices: readonly CityRow[]): Generator<readonly Cell[]> {
  let id = CONDOMINIUM_IDS;
  for (const manager of managers(condominiums)) {
    const code = manager.text('manager_code');
    for (const row of prices) {
      const [source, until] = [row.text('provider_code'), row.text('valid_to') || '9999-12-31'];
      if (source !== 'P10' && !(source === 'P08' && row.text('valid_from') < '2019-01-01')) continue;
      if (until < manager.text('valid_from')) continue;
      id += 1;
      const price = fixed(roundHalfAwayFromZero(dec(row.text('price')).mul(dec(manager.text('fee_factor'))), 2), 2);
      const last = source === 'P08' && until > '2018-12-31' ? '2018-12-31' : row.optional('valid_to');
      const valid = dayRange(row.text('valid_from'), last);
      const base = { id, service: 1, provider: providerId(code), valid, body: 'загальні збори співвласників' };
      yield tariffRow(row, base, `${row.text('tariff_id')}-${code}`, row.text('variant'), price);
    }
  }
}

interface TariffBase {
  readonly id: number;
  readonly service: number;
  readonly provider: number;
  readonly valid?: string;
  readonly body?: string;
}
function tariffRow(row: CityRow, base: TariffBase, code: string, variant: string, price: string): readonly Cell[] {
  return [
    base.id,
    code,
    base.service,
    base.provider,
    variant,
    row.text('tier') || '1',
    row.text('tier_from') || '0',
    row.optional('tier_to'),
    row.text('tier_mode') || 'marginal',
    base.valid ?? dayRange(row.text('valid_from'), row.optional('valid_to')),
    price,
    row.text('unit'),
    base.body ?? row.text('decision_body'),
    row.text('decision_number') || 'б/н',
    row.optional('decision_date'),
    row.text('confidence'),
  ];
}

export function normRows(): Cell[][] {
  const services = serviceIds();
  return cityTable('norms').map((row) => [
    Number(row.text('norm_id').slice(1)),
    row.text('norm_id'),
    row.text('purpose'),
    services.get(row.text('service_code')) ?? 0,
    row.text('equipment'),
    row.text('unit'),
    row.text('per'),
    row.text('value'),
    dayRange(row.text('valid_from'), row.optional('valid_to')),
    row.text('act'),
    row.text('confidence'),
  ]);
}
