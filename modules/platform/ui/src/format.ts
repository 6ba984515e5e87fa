/** Money as the API writes it: `1234.56`. Arithmetic stays on the server, the client only shows. */
export type MoneyText = string;

/** Why a figure is not there. A missing figure is never shown as zero. */
export interface Missing {
  readonly missing: 'not-received' | 'hidden' | 'unchecked' | 'none';
}

/** A figure or the reason of its absence: a component must deal with both. */
export type MoneyValue = MoneyText | Missing;

/** Languages of the portal. */
export type Locale = 'uk' | 'en';

const NBSP = '\u00a0';
const MINUS = '\u2212';

/** Tells a figure from the reason of its absence. */
export const isMissing = (value: MoneyValue): value is Missing => typeof value !== 'string';

/** `12345` -> `12 345` with no-break spaces. */
export const groupDigits = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, NBSP);

/** A decimal text for people: no-break spaces, decimal comma (point in English), a real minus. */
export function formatDecimal(value: string, locale: Locale = 'uk'): string {
  const negative = value.startsWith('-');
  const [whole = '0', fraction] = (negative ? value.slice(1) : value).split('.');
  const point = locale === 'en' ? '.' : ',';
  return `${negative ? MINUS : ''}${groupDigits(whole)}${fraction ? point + fraction : ''}`;
}

/** Money with two decimals always. */
export function formatMoney(value: MoneyText, locale: Locale = 'uk'): string {
  const [whole = '0', fraction = ''] = value.split('.');
  return formatDecimal(`${whole}.${fraction.padEnd(2, '0')}`, locale);
}

/** Whether a money text is exactly zero. */
export const isZeroMoney = (value: MoneyText): boolean => /^-?0+(\.0+)?$/.test(value);

/** A whole number with grouped digits. */
export const formatCount = (value: number | string): string => {
  const text = String(value);
  return text.startsWith('-') ? MINUS + groupDigits(text.slice(1)) : groupDigits(text);
};

/** Share of `part` in `whole` in percent with one decimal; counts only, never money. */
export function formatPercent(part: number, whole: number, locale: Locale = 'uk'): string {
  if (whole === 0) return `0${NBSP}%`;
  const tenths = String(Math.floor((part * 1000) / whole)).padStart(2, '0');
  const text = `${tenths.slice(0, -1)}.${tenths.slice(-1)}`;
  return `${formatDecimal(text, locale)}${NBSP}%`;
}

/** `2026-11-23` -> `23.11.2026`. */
export function formatDay(day: string): string {
  const [year, month, date] = day.slice(0, 10).split('-');
  return `${date}.${month}.${year}`;
}

const partsOf = (iso: string): { day: string; time: string } => {
  const parts = new Intl.DateTimeFormat('uk-UA', {
    timeZone: 'Europe/Kyiv',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(iso));
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return { day: `${of('day')}.${of('month')}.${of('year')}`, time: `${of('hour')}:${of('minute')}` };
};

/** Instant for people in Kyiv time: `23.11.2026 14:08`. */
export function formatInstant(iso: string): string {
  const { day, time } = partsOf(iso);
  return `${day} ${time}`;
}

/** Only the time when the instant is of `today` (`2026-11-23`), else the whole instant. */
export function formatRecent(iso: string, today: string): string {
  const { day, time } = partsOf(iso);
  return day === formatDay(today) ? time : `${day} ${time}`;
}

/** Only the clock: `14:08`. */
export const formatTime = (iso: string): string => partsOf(iso).time;

/** `2026-11` -> `листопад 2026`. */
export function formatPeriod(period: string, locale: Locale = 'uk'): string {
  const [year, month] = period.slice(0, 7).split('-');
  const name = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'uk-UA', { month: 'long', timeZone: 'UTC' }).format(
    new Date(Date.UTC(Number(year), Number(month) - 1, 1)),
  );
  return `${name} ${year}`;
}

/** `2026-11` -> `11.26`, for narrow heads. */
export function formatPeriodShort(period: string): string {
  const [year = '', month = ''] = period.split('-');
  return `${month}.${year.slice(2)}`;
}

/** Moves a period by whole months. */
export function shiftPeriod(period: string, months: number): string {
  const [year = '0', month = '1'] = period.split('-');
  const index = Number(year) * 12 + Number(month) - 1 + months;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** `0421057316` -> `0421 0573 16`. */
export const formatAccount = (number: string): string =>
  /^\d{10}$/.test(number) ? [number.slice(0, 4), number.slice(4, 8), number.slice(8)].join(NBSP) : number;

/** Surname with initials: `Ткачук Наталія Іванівна` -> `Ткачук Н. І.`; two words stay as they are. */
export function shortName(fullName: string): string {
  const [surname = '', ...given] = fullName.trim().split(/\s+/);
  if (given.length < 2) return fullName.trim();
  return [surname, ...given.slice(0, 2).map((name) => `${name.charAt(0)}.`)].join(NBSP);
}

/** The name of a company without its legal form: `КП «Чисте місто»` -> `Чисте місто`. */
export const shortCompany = (name: string): string => /«([^»«]+)(?:»|$)/.exec(name)?.[1] ?? name;

/** Two letters for the round mark of a person. */
export function initialsOf(fullName: string): string {
  const [surname = '', given = ''] = fullName.trim().split(/\s+/);
  return (surname.charAt(0) + given.charAt(0)).toUpperCase();
}

const pad = (text: string): string => text.padStart(2, '0');

/** Reads a typed day: `23.11`, `231126`, `23.11.2026`, `сьогодні`; `today` gives what was left out. */
export function parseDay(typed: string, today: string): string | undefined {
  const text = typed.trim().toLowerCase();
  if (text === 'сьогодні' || text === 'today') return today;
  const match = /^(\d{1,2})[.,/ ]?(\d{1,2})(?:[.,/ ]?(\d{4}|\d{2}))?$/.exec(text);
  if (!match) return undefined;
  const [, date = '', month = '', year = today.slice(0, 4)] = match;
  const day = `${year.length === 2 ? `20${year}` : year}-${pad(month)}-${pad(date)}`;
  const real = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(real.getTime()) && real.toISOString().startsWith(day) ? day : undefined;
}

/** Reads typed money: `1250,5`, `1 250.50`; a third decimal is refused, not rounded. */
export function parseMoney(typed: string): MoneyText | undefined {
  const match = /^(-?)(\d+)(?:[.,](\d{1,2}))?$/.exec(typed.replace(/[\s\u00a0]/g, '').replace(MINUS, '-'));
  if (!match) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  return `${sign}${whole.replace(/^0+(?=\d)/, '')}.${fraction.padEnd(2, '0')}`;
}
