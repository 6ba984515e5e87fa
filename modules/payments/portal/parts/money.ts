const toKopecks = (value: string): bigint => {
  const [whole = '0', fraction = ''] = value.split('.');
  const size = BigInt(whole.replace('-', '') || '0') * 100n + BigInt(fraction.padEnd(2, '0').slice(0, 2));
  return whole.startsWith('-') ? -size : size;
};

const toText = (kopecks: bigint): string => {
  const digits = (kopecks < 0n ? -kopecks : kopecks).toString().padStart(3, '0');
  return `${kopecks < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/** Difference of two money texts over whole kopecks; only for what is shown while typing. */
export const difference = (left: string, right: string): string => toText(toKopecks(left) - toKopecks(right));

/** Sum of money texts over whole kopecks. */
export const total = (values: readonly string[]): string =>
  toText(values.reduce((sum, value) => sum + toKopecks(value), 0n));

/** Share of `part` in `whole` in percent, 0 to 100. */
export const percent = (part: string, whole: string): number => {
  const all = toKopecks(whole);
  return all <= 0n ? 0 : Number((toKopecks(part) * 100n) / all);
};
