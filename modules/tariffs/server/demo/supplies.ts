import { cityTable, type CityRow, DemoRandom } from '@komplat/server';
import { GAS_CAPACITIES } from './catalogue.ts';

export interface SupplyPlan {
  readonly service: string;
  readonly provider: string;
  readonly method: string;
  readonly variant: string;
  readonly equipment: string | null;
  readonly from: string;
  /** First day without the supply. */
  readonly until: string | null;
}
export interface SupplyFrame {
  readonly account: number;
  readonly openedOn: string;
  readonly house: CityRow;
  readonly houseCode: string;
  readonly area: number;
  readonly historyFrom: string;
  readonly seed: number;
}

type Shares = readonly (readonly [year: number, percent: number])[];
/** Share of accounts with an own meter on 1 January. */
const METERED: Readonly<Record<string, Shares>> = {
  CW: [
    [1997, 1],
    [2002, 9],
    [2007, 34],
    [2012, 61],
    [2017, 79],
    [2021, 87],
    [2026, 92],
  ],
  HW: [
    [1997, 0.5],
    [2002, 7],
    [2007, 31],
    [2012, 58],
    [2017, 77],
    [2021, 85],
    [2026, 90],
  ],
  /** Two-zone meters of electricity. */
  ELN: [
    [2002, 0],
    [2007, 0.5],
    [2012, 3],
    [2017, 6],
    [2021, 8],
    [2026, 11],
  ],
  'GAS-house': [
    [1997, 55],
    [2002, 78],
    [2007, 92],
    [2012, 97],
    [2017, 99],
    [2026, 100],
  ],
  'GAS-heater': [
    [1997, 3],
    [2002, 15],
    [2007, 40],
    [2012, 66],
    [2017, 84],
    [2021, 95],
    [2026, 97],
  ],
  'GAS-stove': [
    [1997, 0],
    [2002, 1],
    [2007, 4],
    [2012, 9],
    [2017, 24],
    [2021, 52],
    [2026, 68],
  ],
};
const PROVIDERS: Readonly<Record<string, readonly string[]>> = {
  CW: ['P01'],
  SW: ['P01'],
  HW: ['P02'],
  HEAT: ['P02'],
  WASTE: ['P03'],
  EL: ['P04', 'P05'],
  ELN: ['P04', 'P05'],
  GAS: ['P06', 'P07'],
  GASD: ['P06'],
  ABON_CW: ['P01'],
  ABON_SW: ['P01'],
  ABON_HEAT: ['P02'],
  ABON_HW: ['P02'],
  ABON_WASTE: ['P03'],
  LIFT: ['P11'],
  INTERCOM: ['P12'],
};

/** First month with an own meter; undefined = never. */
export function meteredSince(shares: Shares, percent: number): string | undefined {
  const [first, last] = [shares[0], shares.at(-1)];
  if (!first || !last || percent >= last[1]) return undefined;
  if (percent < first[1]) return `${first[0]}-01-01`;
  for (let index = 1; index < shares.length; index += 1) {
    const [before, after] = [shares[index - 1], shares[index]];
    if (!before || !after || percent >= after[1]) continue;
    const months = Math.floor(((percent - before[1]) / (after[1] - before[1])) * (after[0] - before[0]) * 12);
    return `${before[0] + Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`;
  }
  return undefined;
}

interface Span {
  readonly from: string;
  readonly until: string | null;
}
const later = (a: string, b: string): string => (a > b ? a : b);
const earlier = (a: string | null, b: string | null): string | null => (a === null ? b : b === null || a < b ? a : b);

/** Days in which a tariff of the series is in force. */
const series = new Map<string, Span>();
function seriesOf(service: string, provider: string, variant: string): Span | undefined {
  if (series.size === 0) {
    for (const row of cityTable('tariffs')) {
      const key = `${row.text('service_code')}/${row.text('provider_code')}/${row.text('variant')}`;
      const from = series.get(key)?.from ?? row.text('valid_from');
      const last = row.optional('valid_to');
      series.set(key, { from, until: last ? nextDay(last) : null });
    }
  }
  return series.get(`${service}/${provider}/${variant}`);
}
const nextDay = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

/** What an account gets from whom, from the equipment of its house; only what reaches into the history. */
export class SupplyPlanner {
  plan(frame: SupplyFrame): SupplyPlan[] {
    const { house } = frame;
    const flat = house.text('kind') !== 'private';
    const plans: SupplyPlan[] = [];
    const add = (
      service: string,
      method: string,
      variant: string,
      equipment: string | null = null,
      span?: Span,
    ): void => {
      for (const provider of PROVIDERS[service] ?? []) {
        const [priced, series] = [service === 'ELN' ? 'EL' : service, service === 'GASD' ? 'annual-capacity' : variant];
        const tariff = seriesOf(priced, provider, series);
        if (!tariff) continue;
        const from = [span?.from ?? frame.openedOn, tariff.from].reduce(later, frame.openedOn);
        const until = earlier(span?.until ?? null, tariff.until);
        if (until !== null && (until <= from || until <= frame.historyFrom)) continue;
        plans.push({ service, provider, method, variant, equipment, from, until });
      }
    };
    if (flat) plans.push(...maintenance(frame));
    this.water(frame, add);
    this.heat(frame, add);
    this.energy(frame, add);
    add('WASTE', 'per-person', flat ? 'apartment' : 'private');
    add('ABON_CW', 'fixed', 'account');
    add('ABON_WASTE', 'fixed', 'account');
    if (house.yes('lift')) add('LIFT', 'per-person', 'resident');
    const random = new DemoRandom(frame.seed, 'intercom', frame.houseCode);
    if (flat && random.chance(0.5))
      add('INTERCOM', 'fixed', 'flat', null, { from: `${random.int(2006, 2020)}-03-01`, until: null });
    return plans;
  }

  private water(frame: SupplyFrame, add: Add): void {
    const { house } = frame;
    const hot = house.yes('hot_water');
    const dormitory = house.text('kind') === 'dormitory';
    const bath = hot ? 'bath, central hot water' : 'bath, no central hot water (gas heater)';
    metered(frame, 'CW', METERED.CW ?? [], (method, span) =>
      add('CW', method, 'population', dormitory ? 'dormitory, shared showers' : bath, span),
    );
    if (hot) {
      metered(frame, 'HW', METERED.HW ?? [], (method, span) => add('HW', method, 'population', 'bath', span));
      add('ABON_HW', 'fixed', 'account');
    }
    if (house.text('sewer') === 'central') {
      add('SW', 'linked', 'population');
      add('ABON_SW', 'fixed', 'account');
    }
  }

  private heat(frame: SupplyFrame, add: Add): void {
    if (frame.house.text('heating') !== 'central') return;
    add('ABON_HEAT', 'fixed', 'account');
    add('HEAT', 'heated-area', 'm2-year-round');
    add('HEAT', 'heated-area', 'm2-season');
  }

  private energy(frame: SupplyFrame, add: Add): void {
    const { house } = frame;
    add('EL', 'meter', house.text('stove') === 'electric' ? 'electric-stove' : 'ordinary');
    const zones = new DemoRandom(frame.seed, 'metered', 'ELN', frame.account).next() * 100;
    const since = meteredSince(METERED.ELN ?? [], zones);
    if (since !== undefined) add('ELN', 'meter', 'ordinary-night', null, { from: later(since, frame.openedOn), until: null });
    const heating = house.text('heating') === 'individual gas';
    if (!heating && house.text('stove') !== 'gas' && !house.yes('gas_water_heater')) return;
    const heater = house.yes('gas_water_heater');
    const equipment = heater
      ? 'stove + gas water heater'
      : house.yes('hot_water')
        ? 'stove + central hot water'
        : 'stove, no hot water, no heater';
    if (heating) add('GAS', 'meter', 'heating', equipment);
    else {
      metered(frame, 'GAS', METERED[heater ? 'GAS-heater' : 'GAS-stove'] ?? [], (method, span) =>
        add('GAS', method, method === 'meter' ? 'metered' : 'unmetered', equipment, span),
      );
    }
    add('GASD', 'fixed', `capacity-${capacityOf(frame.area, heating, heater)}`);
  }
}
type Add = (service: string, method: string, variant: string, equipment?: string | null, span?: Span) => void;

function metered(frame: SupplyFrame, service: string, shares: Shares, add: (method: string, span: Span) => void): void {
  const percent = new DemoRandom(frame.seed, 'metered', service, frame.account).next() * 100;
  const since = meteredSince(shares, percent);
  if (since === undefined || since > frame.openedOn) add('norm', { from: frame.openedOn, until: since ?? null });
  if (since !== undefined) add('meter', { from: later(since, frame.openedOn), until: null });
}

function capacityOf(area: number, heating: boolean, heater: boolean): number {
  if (!heating) return heater ? 180 : 60;
  const wanted = area * 12 * 0.75;
  return GAS_CAPACITIES.find((capacity) => capacity >= wanted) ?? 2400;
}

const VARIANTS: Readonly<Record<string, string>> = {
  apartment_2: 'floors-1-2',
  apartment_4: 'floors-3-5',
  apartment_5: 'floors-3-5',
  apartment_9: 'floors-9-plus-lift',
  apartment_16: 'floors-9-plus-lift',
  dormitory: 'dormitory',
};
const SPLIT = '2019-01-01';

/** The house is kept by its manager since the day of `houses.csv`, before that by the former one. */
function maintenance(frame: SupplyFrame): SupplyPlan[] {
  const { house } = frame;
  const variant = VARIANTS[house.text('kind')] ?? 'floors-3-5';
  const [manager, since, former] = [
    managerOf(house, frame.houseCode),
    house.text('manager_since'),
    house.optional('former_manager_code'),
  ];
  const spans: { provider: string; from: string; until: string | null }[] = [];
  const push = (provider: string, from: string, until: string | null): void => {
    if (provider === 'P09' && (until === null || until > SPLIT)) {
      spans.push({ provider: 'P09', from, until: SPLIT }, { provider: 'P10', from: SPLIT, until });
    } else spans.push({ provider, from, until });
  };
  if (former) push(former, frame.openedOn, since);
  push(manager, former ? since : frame.openedOn, null);
  return spans.flatMap(({ provider, from, until }) => {
    const start = later(from, frame.openedOn);
    if (until !== null && (until <= start || until <= frame.historyFrom)) return [];
    return [{ service: 'MNT', provider, method: 'area', variant, equipment: null, from: start, until }];
  });
}

/** A condominium has one house: its copies in further districts are kept by the managing companies. */
export function managerOf(house: CityRow, houseCode: string): string {
  const code = house.text('manager_code');
  return code.startsWith('O') && houseCode !== house.text('house_id') ? 'P08' : code;
}
