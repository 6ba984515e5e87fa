import type { CityRow, DemoRandom } from '@komplat/server';

export interface Consumer {
  readonly house: CityRow;
  readonly persons: number;
  readonly area: number;
  /** Multiplier of the household for the whole history. */
  readonly habit: number;
  /** First month in which the night has its own dial. */
  readonly nightFrom: string | null;
}

const BY_SIZE = [0.2, 1.35, 1.1, 1, 0.9];
const ELECTRICITY = [20, 95, 150, 190, 225, 255];
/** Shares of the year's gas for heating by month, January first. */
const HEATING = [0.22, 0.19, 0.14, 0.07, 0, 0, 0, 0, 0, 0.06, 0.13, 0.19];
const SPREAD: Readonly<Record<string, number>> = { CW: 0.35, HW: 0.35, EL: 0.45, ELN: 0.45, GAS: 0.35 };
/** Who has a two-zone meter uses a third at night. */
const NIGHT = 0.34;
const MONTHLY_SPREAD = 0.18;

const at = (values: readonly number[], index: number): number => values[Math.min(index, values.length - 1)] ?? 0;
const winter = (month: number): boolean => month === 12 || month <= 2;
const summer = (month: number): boolean => month >= 6 && month <= 8;

/** How much a household differs from the average, for a service. */
export function habitOf(service: string, random: DemoRandom): number {
  return Math.exp((SPREAD[service] ?? 0.35) * random.normal());
}

/** Consumption of one month in units of the meter (profiles of the city, section 5). */
export function consumption(
  service: string,
  consumer: Consumer,
  year: number,
  month: number,
  random: DemoRandom,
): number {
  return mean(service, consumer, year, month) * consumer.habit * Math.exp(MONTHLY_SPREAD * random.normal());
}

function mean(service: string, consumer: Consumer, year: number, month: number): number {
  const people = Math.max(1, consumer.persons) * at(BY_SIZE, consumer.persons);
  switch (service) {
    case 'CW':
      return coldWater(consumer, people, month);
    case 'HW':
      return 1.5 * people * (month === 7 ? 0.7 : winter(month) ? 1.05 : 1);
    case 'EL':
      return electricity(consumer, year, month) * (hasNight(consumer, year, month) ? 1 - NIGHT : 1);
    case 'ELN':
      return electricity(consumer, year, month) * NIGHT;
    case 'GAS':
      return gas(consumer, year, month);
    default:
      throw new RangeError(`service ${service} has no meter`);
  }
}

function coldWater({ house }: Consumer, people: number, month: number): number {
  const garden = house.text('kind') === 'private' && month >= 5 && month <= 9 ? 2.2 : 1;
  return (house.yes('hot_water') ? 3.1 : 4.3) * people * garden * (summer(month) ? 1.12 : winter(month) ? 0.95 : 1);
}

function electricity({ house, persons }: Consumer, year: number, month: number): number {
  const boiler = !house.yes('hot_water') && !house.yes('gas_water_heater') ? 55 : 0;
  const base = at(ELECTRICITY, persons) + (persons > 0 ? boiler + (house.text('stove') === 'electric' ? 60 : 0) : 0);
  const season = month === 12 || month === 1 ? 1.25 : month === 6 ? 0.82 : month === 7 || month === 8 ? 0.95 : 1;
  return base * season * outages(year, month);
}

function hasNight({ nightFrom }: Consumer, year: number, month: number): boolean {
  return nightFrom !== null && nightFrom <= `${year}-${String(month).padStart(2, '0')}-01`;
}

function outages(year: number, month: number): number {
  if ((year === 2022 && month >= 11) || (year === 2023 && month <= 2)) return 0.78;
  return year === 2024 && month >= 5 && month <= 8 ? 0.85 : 1;
}

function gas({ house, persons, area }: Consumer, year: number, month: number): number {
  const heater = house.yes('gas_water_heater');
  const season = heater ? (winter(month) ? 1.2 : summer(month) ? 0.8 : 1) : winter(month) ? 1.1 : 1;
  const cooking = (heater ? 9.5 : 3.6) * persons * season;
  if (house.text('heating') !== 'individual gas') return cooking;
  return cooking + area * 12 * at(HEATING, month - 1) * (year >= 2016 ? 0.75 : 1);
}
