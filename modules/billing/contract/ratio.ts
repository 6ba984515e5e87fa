/** An exact fraction of whole numbers. The second calculation uses it so that it shares no arithmetic with the first. */
export class Ratio {
  readonly num: bigint;
  readonly den: bigint;

  private constructor(num: bigint, den: bigint) {
    this.num = num;
    this.den = den;
  }

  static of(num: bigint | number, den: bigint | number = 1): Ratio {
    const [n, d] = [BigInt(num), BigInt(den)];
    const divisor = gcd(n < 0n ? -n : n, d);
    return divisor === 0n ? new Ratio(0n, 1n) : new Ratio(n / divisor, d / divisor);
  }
  /** Reads `12.345`. */
  static parse(text: string): Ratio {
    const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
    if (!match) throw new RangeError(`not a decimal number: ${text}`);
    const fraction = match[3] ?? '';
    const whole = BigInt(`${match[2]}${fraction}`);
    return Ratio.of(match[1] ? -whole : whole, 10n ** BigInt(fraction.length));
  }

  plus(other: Ratio): Ratio {
    return Ratio.of(this.num * other.den + other.num * this.den, this.den * other.den);
  }
  minus(other: Ratio): Ratio {
    return Ratio.of(this.num * other.den - other.num * this.den, this.den * other.den);
  }
  times(other: Ratio): Ratio {
    return Ratio.of(this.num * other.num, this.den * other.den);
  }
  over(other: Ratio): Ratio {
    return other.num < 0n
      ? Ratio.of(-this.num * other.den, this.den * -other.num)
      : Ratio.of(this.num * other.den, this.den * other.num);
  }
  compare(other: Ratio): number {
    const difference = this.num * other.den - other.num * this.den;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }
  isZero(): boolean {
    return this.num === 0n;
  }

  /** Whole number of units of 10^-scale, half away from zero. */
  units(scale: number): bigint {
    const scaled = (this.num < 0n ? -this.num : this.num) * 10n ** BigInt(scale);
    const rounded = (2n * scaled + this.den) / (2n * this.den);
    return this.num < 0n ? -rounded : rounded;
  }
  round(scale: number): Ratio {
    return Ratio.of(this.units(scale), 10n ** BigInt(scale));
  }
  /** Decimal text with at most `scale` digits, trailing zeros removed. */
  text(scale: number): string {
    const units = this.units(scale);
    const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
    const fraction = scale === 0 ? '' : digits.slice(-scale).replace(/0+$/, '');
    const whole = scale === 0 ? digits : digits.slice(0, -scale);
    return `${units < 0n ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
  }
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}
export const ZERO = Ratio.of(0);
