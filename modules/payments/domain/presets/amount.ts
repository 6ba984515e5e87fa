/** Money of a file as kopecks, or the code of what is wrong with it. No float is ever made of it. */
export type AmountRead =
  | { readonly ok: true; readonly kop: bigint }
  | { readonly ok: false; readonly code: string; readonly kop: bigint | null };

/** `kopecks` = whole number of kopecks; `decimal` = hryvnias with a point or comma, spaces between thousands. */
export type AmountConvention = 'kopecks' | 'decimal';

const SPACES = /[\s\u00a0\u202f']/gu;
const MAX_DIGITS = 15;

export function readAmount(text: string, convention: AmountConvention): AmountRead {
  const plain = text.replaceAll(SPACES, '').replace(',', '.');
  const match = /^([+-]?)(\d+)(?:\.(\d*))?$/u.exec(plain);
  if (match === null) return { ok: false, code: 'payments.row.amount-format', kop: null };
  const [, sign = '', whole = '', fraction = ''] = match;
  if (whole.length > MAX_DIGITS) return { ok: false, code: 'payments.row.amount-too-large', kop: null };
  if (convention === 'kopecks') {
    if (plain.includes('.')) return { ok: false, code: 'payments.row.amount-not-kopecks', kop: null };
    return signed(sign, BigInt(whole));
  }
  if (fraction.length > 2) return { ok: false, code: 'payments.row.amount-decimals', kop: null };
  return signed(sign, BigInt(whole) * 100n + BigInt(fraction.padEnd(2, '0')));
}

const MAX_PAYMENT_KOP = 100_000_000n;

/** A payment is more than zero and at most a million hryvnias. */
export function checkPaymentAmount(kop: bigint): string | null {
  if (kop <= 0n) return 'payments.row.amount-not-positive';
  return kop > MAX_PAYMENT_KOP ? 'payments.row.amount-too-large' : null;
}

function signed(sign: string, kop: bigint): AmountRead {
  const value = sign === '-' ? -kop : kop;
  const code = checkPaymentAmount(value);
  return code === null ? { ok: true, kop: value } : { ok: false, code, kop: value };
}

/** Kopecks as `1234.56`. */
export function kopText(kop: bigint): string {
  const size = kop < 0n ? -kop : kop;
  return `${kop < 0n ? '-' : ''}${size / 100n}.${String(size % 100n).padStart(2, '0')}`;
}
