import { assert } from './assert.ts';
import { Dec, roundHalfAwayFromZero } from './decimal.ts';
import { DomainError } from './domain-error.ts';

const MONEY = /^(-?)(\d{1,15})(?:\.(\d{1,2}))?$/;

/** An exact sum of money in hryvnias, kept as whole kopecks. JSON form: `"1234.56"`. */
export class Money {
  static readonly zero = new Money(0n);
  readonly kop: bigint;

  private constructor(kop: bigint) {
    this.kop = kop;
  }

  static ofKop(kop: bigint): Money {
    return new Money(kop);
  }

  /** Reads `1234.56` or `1234.5`. A third digit, a comma or a space is refused: `kernel.money.malformed`. */
  static parse(text: string): Money {
    const match = MONEY.exec(text);
    if (!match) throw new DomainError('kernel.money.malformed', { text: text.slice(0, 40) }, 400);
    const kop = BigInt(match[2] ?? '0') * 100n + BigInt((match[3] ?? '').padEnd(2, '0') || '0');
    return new Money(match[1] ? -kop : kop);
  }

  /** Rounds a decimal number of hryvnias to kopecks, half away from zero (law.md 1.3). */
  static round(hryvnias: Dec): Money {
    return new Money(BigInt(roundHalfAwayFromZero(hryvnias.times(100), 0).toFixed(0)));
  }

  static sum(parts: Iterable<Money>): Money {
    let kop = 0n;
    for (const part of parts) kop += part.kop;
    return new Money(kop);
  }

  add(other: Money): Money {
    return new Money(this.kop + other.kop);
  }
  sub(other: Money): Money {
    return new Money(this.kop - other.kop);
  }
  neg(): Money {
    return new Money(-this.kop);
  }
  cmp(other: Money): -1 | 0 | 1 {
    return this.kop < other.kop ? -1 : this.kop > other.kop ? 1 : 0;
  }
  isZero(): boolean {
    return this.kop === 0n;
  }
  isNegative(): boolean {
    return this.kop < 0n;
  }
  toDecimal(): Dec {
    return new Dec(this.kop.toString()).div(100);
  }

  /**
   * Splits in proportion to whole non-negative weights so that the parts sum to the whole. Parts are rounded down;
   * the kopecks that remain go one by one to the largest dropped fraction, then to the lowest index.
   */
  allocate(weights: readonly bigint[]): Money[] {
    const total = weights.reduce((sum, weight) => sum + weight, 0n);
    assert(weights.every((weight) => weight >= 0n) && total > 0n, 'weights must be non-negative and not all zero');
    const sign = this.kop < 0n ? -1n : 1n;
    const whole = this.kop * sign;
    const parts = weights.map((weight, index) => ({
      index,
      kop: (whole * weight) / total,
      dropped: (whole * weight) % total,
    }));
    let rest = whole - parts.reduce((sum, part) => sum + part.kop, 0n);
    const byFraction = parts.toSorted((a, b) => (a.dropped === b.dropped ? a.index - b.index : a.dropped > b.dropped ? -1 : 1));
    for (const part of byFraction) {
      if (rest === 0n) break;
      part.kop += 1n;
      rest -= 1n;
    }
    return parts.map((part) => new Money(part.kop * sign));
  }

  toString(): string {
    const digits = (this.kop < 0n ? -this.kop : this.kop).toString().padStart(3, '0');
    return `${this.kop < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
  }
  toJSON(): string {
    return this.toString();
  }
}
