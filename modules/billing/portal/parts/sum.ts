/** Sum of decimal money texts over whole kopecks; only to add up what is on the screen. */
export function sumMoney(values: readonly (string | null | undefined)[]): string {
  const kopecks = values.reduce((sum, value) => sum + (value ? toKopecks(value) : 0n), 0n);
  const digits = (kopecks < 0n ? -kopecks : kopecks).toString().padStart(3, '0');
  return `${kopecks < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function toKopecks(value: string): bigint {
  const [whole = '0', fraction = ''] = value.split('.');
  const negative = whole.startsWith('-');
  const kopecks = BigInt(whole.replace('-', '') || '0') * 100n + BigInt(fraction.padEnd(2, '0').slice(0, 2));
  return negative ? -kopecks : kopecks;
}
