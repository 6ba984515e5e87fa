const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function leap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** `2026-11-23` of its parts, or null when there is no such day. */
export function isoDay(year: string, month: string, day: string): string | null {
  const y = Number.parseInt(year, 10);
  const m = Number.parseInt(month, 10);
  const d = Number.parseInt(day, 10);
  if (!(y >= 1900 && y <= 2100) || !(m >= 1 && m <= 12) || d < 1) return null;
  const last = m === 2 && leap(y) ? 29 : (DAYS_IN_MONTH[m - 1] ?? 0);
  if (d > last) return null;
  return `${year.padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** ddMMyyyy or ddMMyyyyHHmmss of EIRC registers. */
export function dayOfDigits(text: string): string | null {
  const match = /^(\d{2})(\d{2})(\d{4})(?:([01]\d|2[0-3])[0-5]\d[0-5]\d)?$/u.exec(text);
  return match === null ? null : isoDay(match[3] ?? '', match[2] ?? '', match[1] ?? '');
}

/** dd.MM.yyyy with or without a time. */
export function dayOfDots(text: string): string | null {
  const match = /^(\d{2})\.(\d{2})\.(\d{4})(?: \d{1,2}:\d{2}(?::\d{2})?)?$/u.exec(text.trim());
  return match === null ? null : isoDay(match[3] ?? '', match[2] ?? '', match[1] ?? '');
}

/** yyyyMMdd of DBF type D. */
export function dayOfDbf(text: string): string | null {
  const match = /^(\d{4})(\d{2})(\d{2})$/u.exec(text.trim());
  return match === null ? null : isoDay(match[1] ?? '', match[2] ?? '', match[3] ?? '');
}

const FIRST_DAY = '1997-01-01';

/** Nothing is paid tomorrow, and nothing before the history of the Centre begins. */
export function checkPaidOn(paidOn: string, today: string): string | null {
  if (paidOn > today) return 'payments.row.future-date';
  return paidOn < FIRST_DAY ? 'payments.row.too-old' : null;
}
