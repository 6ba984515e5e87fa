import { Dec, isDay, Money, Period, roundHalfAwayFromZero } from '@komplat/kernel';
import type { AwardLayout } from './dbf-layouts.ts';

export type DbfRecord = Readonly<Record<string, string | null>>;
export interface AwardPart {
  readonly service: string;
  /** Kopecks a month; negative = money given back. */
  readonly kop: bigint;
}
export interface AwardRead {
  readonly account: string;
  readonly caseNumber: string | null;
  readonly holder: string | null;
  /** Months that the sums are for: the first and how many. */
  readonly first: Period;
  readonly months: number;
  readonly parts: readonly AwardPart[];
}
/** A broken row: the code names the rule, the parameters what stands in the file. */
export interface AwardBroken {
  readonly account: string;
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
}
export type AwardItem = { readonly ok: true; readonly row: AwardRead } | { readonly ok: false; readonly broken: AwardBroken };

class Broken extends Error {
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
  constructor(code: string, params: Readonly<Record<string, string>> = {}) {
    super(code);
    this.code = code;
    this.params = params;
  }
}

const DECIMAL = /^-?\d+(\.\d+)?$/;
const text = (record: DbfRecord, field: string): string => (record[field] ?? '').trim();
const orNull = (value: string): string | null => (value === '' ? null : value);
/** Code page 866 has no Ukrainian і: files carry the Latin letter, people read the Ukrainian one. */
const ukrainian = (name: string): string => (/[А-я]/.test(name) ? name.replaceAll('I', 'І').replaceAll('i', 'і') : name);

function number(record: DbfRecord, field: string): Dec {
  const value = text(record, field) || '0';
  if (!DECIMAL.test(value)) throw new Broken('benefits.row.not-a-number', { field, value });
  return new Dec(value);
}
function kop(record: DbfRecord, field: string): bigint {
  const value = number(record, field);
  if (value.decimalPlaces() > 2) throw new Broken('benefits.row.not-money', { field, value: value.toString() });
  return Money.round(value).kop;
}
function day(record: DbfRecord, field: string): string {
  const value = text(record, field);
  if (!isDay(value)) throw new Broken('benefits.row.not-a-day', { field, value });
  return value;
}
const shown = (sum: bigint): string => Money.ofKop(sum).toString();
const total = (sums: readonly bigint[]): bigint => sums.reduce((sum, each) => sum + each, 0n);

/** An identity of the file: left and right side must be equal to the kopeck (law.md 3.4). */
function same(rule: string, stated: bigint, counted: bigint): void {
  if (stated !== counted) throw new Broken('benefits.row.identity', { rule, stated: shown(stated), counted: shown(counted) });
}

/** Services of SM1..SM8 and SB1..SB8 by their place (formats.md 5.2). */
export const PLACES = ['MNT', 'HEAT', 'HW', 'CW', 'GAS', 'EL', 'WASTE', 'SW'] as const;
const J_FIELDS: Readonly<Record<string, string>> = {
  KWART: 'MNT', OTOPL: 'HEAT', PODOGR: 'HW', WODA: 'CW', GAZ: 'GAS', ELEKTR: 'EL', STOKI: 'SW',
};
const J_OBLIGATORY = ['KWART_O', 'OTOPL_O', 'GORWODA_O', 'WODA_O', 'GAZ_O', 'ELEKTR_O', 'STOKI_O'] as const;
const S_FIELDS: Readonly<Record<string, string>> = {
  KWART: 'MNT', WODA: 'CW', OTOPL: 'HEAT', GORWODA: 'HW', STOKI: 'SW', GAZ: 'GAS', ELEKTR: 'EL', MUSOR: 'WASTE', LIFT: 'LIFT',
};
/** Services of the control table: the code is the place of the service. */
const serviceAt = (place: Dec): string => {
  const service = PLACES[place.toNumber() - 1];
  if (service === undefined) throw new Broken('benefits.row.service-code', { code: place.toString() });
  return service;
};

function parts(sums: readonly (readonly [service: string, kop: bigint])[]): readonly AwardPart[] {
  const found = sums.filter(([, sum]) => sum !== 0n).map(([service, sum]) => ({ service, kop: sum }));
  if (found.length === 0) throw new Broken('benefits.row.empty');
  if (found.some((part) => part.kop < 0n) && found.some((part) => part.kop > 0n)) throw new Broken('benefits.row.mixed-signs');
  return found;
}

function mustBe(month: Period, found: Period): void {
  if (!month.equals(found)) throw new Broken('benefits.row.other-month', { month: month.toString(), found: found.toString() });
}

/**
 * SUBSIDY: SB = a month, SM = all NUMM months, P = cost within norms. `SUBS = sum SB`, `SUMMA = sum SM`, `SUBS x NUMM = SUMMA`,
 * `NM_PAY = sum P`. NUMM 0 or 1 is the month of the file; more months are those of the term, or, when the term is longer, the ones
 * before the file's month (as the program that made the layout takes them).
 */
function readSubsidy(record: DbfRecord, month: Period): Omit<AwardRead, 'account' | 'caseNumber' | 'holder'> {
  const at = (name: string): readonly bigint[] => PLACES.map((_, index) => kop(record, `${name}${index + 1}`));
  const monthly = at('SB');
  same('SUBS = SB1 + … + SB8', kop(record, 'SUBS'), total(monthly));
  same('SUMMA = SM1 + … + SM8', kop(record, 'SUMMA'), total(at('SM')));
  const numm = number(record, 'NUMM').toNumber();
  const count = Math.max(1, numm);
  same('SUMMA = SUBS × NUMM', kop(record, 'SUMMA'), kop(record, 'SUBS') * BigInt(count));
  const norms = PLACES.reduce((sum, _, index) => sum.plus(number(record, `P${index + 1}`)), new Dec(0));
  same('NM_PAY = P1 + … + P8', kop(record, 'NM_PAY'), Money.round(roundHalfAwayFromZero(norms, 2)).kop);
  const [from, until] = [Period.ofDay(day(record, 'DAT1')), Period.ofDay(day(record, 'DAT2'))];
  const term = until.index - from.index + 1;
  if (term < count) throw new Broken('benefits.row.term', { months: String(count), term: String(Math.max(0, term)) });
  const sums = PLACES.map((service, index) => [service, monthly[index] ?? 0n] as const);
  if (numm <= 1) {
    if (month.index < from.index || month.index > until.index) mustBe(month, month.index < from.index ? from : until);
    return { first: month, months: 1, parts: parts(sums) };
  }
  const first = term === count ? from : month.plus(-count);
  if (first.index < from.index || first.index > month.index) mustBe(month, first);
  return { first, months: count, parts: parts(sums) };
}

function readControl(record: DbfRecord, month: Period): Omit<AwardRead, 'account' | 'caseNumber' | 'holder'> {
  const sum = (field: string): bigint => kop(record, field);
  const [year, number12] = [number(record, 'YEARIN').toNumber(), number(record, 'MONTHIN').toNumber()];
  if (!Number.isInteger(year) || year < 1995 || year > 2100 || number12 < 1 || number12 > 12) {
    throw new Broken('benefits.row.not-a-day', { field: 'MONTHIN', value: `${year}-${number12}` });
  }
  mustBe(month, Period.of(year, number12));
  same('dolg = zadol + perer − oplata − doplata', sum('DOLG'), sum('ZADOL') + sum('PERER') - sum('OPLATA') - sum('DOPLATA'));
  same('nachisleno = perer', sum('NACHISLENO'), sum('PERER'));
  same('fin = st − doplata', sum('FIN'), sum('ST') - sum('DOPLATA'));
  return { first: month, months: 1, parts: parts([[serviceAt(number(record, 'LGCODE')), sum('NACHISLENO')]]) };
}

function readByFields(record: DbfRecord, month: Period, layout: 'SUBSIDY_J_FILE' | 'SUBSIDY_S_FILE'): ReturnType<typeof readControl> {
  const isJ = layout === 'SUBSIDY_J_FILE';
  mustBe(month, Period.ofDay(day(record, isJ ? 'PERIOD' : 'DT')));
  const sums = Object.entries(isJ ? J_FIELDS : S_FIELDS).map(([field, service]) => [service, kop(record, field)] as const);
  const whole = total(sums.map(([, sum]) => sum));
  if (isJ) {
    same('TOT = KWART + … + STOKI', kop(record, 'TOT'), whole);
    same('TOT_O = KWART_O + … + STOKI_O', kop(record, 'TOT_O'), total(J_OBLIGATORY.map((field) => kop(record, field))));
  } else {
    same('TOTRASKLAD = KWART + … + LIFT', kop(record, 'TOTRASKLAD'), whole);
  }
  return { first: month, months: 1, parts: parts(sums) };
}

const FIELDS: Readonly<Record<AwardLayout, { readonly account: string; readonly case: string }>> = {
  SUBSIDY: { account: 'RASH', case: 'NUMB' },
  SUBSIDY_J_FILE: { account: 'LS', case: 'DELO' },
  SUBSIDY_S_FILE: { account: 'P_ACCOUNT', case: 'N_DEL' },
  CONTROL: { account: 'RS', case: 'DELO' },
};

/** One record of an award file; `month` is the month that the file was loaded for. */
export function readAwardRow(layout: AwardLayout, record: DbfRecord, month: Period): AwardItem {
  const fields = FIELDS[layout];
  const account = text(record, fields.account);
  try {
    if (account === '') throw new Broken('benefits.row.no-account');
    const read =
      layout === 'SUBSIDY'
        ? readSubsidy(record, month)
        : layout === 'CONTROL'
          ? readControl(record, month)
          : readByFields(record, month, layout);
    return { ok: true, row: { account, caseNumber: orNull(text(record, fields.case)), holder: orNull(ukrainian(text(record, 'FIO'))), ...read } };
  } catch (error) {
    if (error instanceof Broken) return { ok: false, broken: { account, code: error.code, params: error.params } };
    throw error;
  }
}

/** Month in the name of a file, `*MMYY.DBF`; undefined when the name has none. */
export function monthOfName(name: string): Period | undefined {
  const [, month, year] = /(\d{2})(\d{2})\.dbf$/i.exec(name) ?? [];
  const number12 = Number(month);
  if (month === undefined || year === undefined || number12 < 1 || number12 > 12) return undefined;
  const short = Number(year);
  return Period.of(short >= 95 ? 1900 + short : 2000 + short, number12);
}
