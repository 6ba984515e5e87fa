import { dayAfter, DemoRandom } from '@komplat/server';
import type { Consumer } from './consumption.ts';

/** A meter of a household as the generator follows it through the months. */
export interface MeterState {
  id: number;
  readonly account: number;
  readonly premises: number;
  readonly serviceId: number;
  readonly service: string;
  readonly consumer: Consumer;
  readonly digits: number;
  /** A dial of a two-zone meter. */
  readonly zoned: boolean;
  installedOn: string;
  /** What the dial shows, with the part behind the point. */
  dial: number;
  generation: number;
  /** Months that nobody will read it. */
  silent: number;
}
/** Every meter starts at zero. */
export interface MeterRow {
  readonly premises: number;
  readonly serviceId: number;
  readonly serial: string;
  readonly digits: number;
  readonly installedOn: string;
  readonly verificationDue: string;
}

const DIGITS: Readonly<Record<string, number>> = { CW: 5, HW: 5, EL: 6, ELN: 6, GAS: 5 };
const MAKES: Readonly<Record<string, string>> = { CW: 'ХВ', HW: 'ГВ', EL: 'Е', GAS: 'Г' };
/** The zones of a meter are its dials: one serial number, one verification. */
export const deviceOf = (service: string): string => (service === 'ELN' ? 'EL' : service);
const VERIFIED_YEARS: Readonly<Record<string, number>> = { CW: 4, HW: 4, EL: 16, GAS: 8 };
const OVERDUE = 0.09;

export const digitsOf = (service: string): number => DIGITS[service] ?? 5;

export function meterRow(meter: MeterState, today: string, seed: number): MeterRow {
  const device = deviceOf(meter.service);
  const random = new DemoRandom(seed, 'meter', device, meter.account, meter.generation);
  const serial = `${MAKES[device] ?? 'Л'}${String(random.int(10_000_000, 99_999_999))}`;
  const years = VERIFIED_YEARS[device] ?? 4;
  const due = random.chance(OVERDUE)
    ? dayAfter(today, -random.int(10, 500))
    : dayAfter(today, random.int(10, years * 365));
  const earliest = dayAfter(meter.installedOn, years * 365);
  return {
    premises: meter.premises,
    serviceId: meter.serviceId,
    serial,
    digits: meter.digits,
    installedOn: meter.installedOn,
    verificationDue: due < earliest ? earliest : due,
  };
}

/** Lets the dial run; it turns over after its last digit. */
export function advance(meter: MeterState, amount: number): number {
  meter.dial = (meter.dial + Math.max(0, amount)) % 10 ** meter.digits;
  return Math.floor(meter.dial);
}
