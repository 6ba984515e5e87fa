const TWO_32 = 4_294_967_296;

function mix(text: string): () => number {
  let hash = 1_779_033_703 ^ text.length;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 3_432_918_353);
    hash = (hash << 13) | (hash >>> 19);
  }
  return () => {
    hash = Math.imul(hash ^ (hash >>> 16), 2_246_822_507);
    hash = Math.imul(hash ^ (hash >>> 13), 3_266_489_909);
    hash ^= hash >>> 16;
    return hash >>> 0;
  };
}

/** Choices with weights, prepared once for many draws. */
export class Weighted<T> {
  readonly #items: readonly T[];
  readonly #sums: readonly number[];

  constructor(items: readonly T[], weight: (item: T) => number) {
    let sum = 0;
    this.#items = items;
    this.#sums = items.map((item) => (sum += weight(item)));
  }

  /** `share` from 0 to below 1. */
  at(share: number): T {
    const wanted = share * (this.#sums.at(-1) ?? 0);
    let [low, high] = [0, this.#sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sums[middle] ?? 0) > wanted) high = middle;
      else low = middle + 1;
    }
    const item = this.#items[low];
    if (item === undefined) throw new RangeError('a choice without items');
    return item;
  }
}

/** Chance of the demonstration city (sfc32): the same keys give the same draws, whatever was drawn elsewhere. */
export class DemoRandom {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(...keys: readonly (string | number)[]) {
    const word = mix(keys.join('/'));
    [this.#a, this.#b, this.#c, this.#d] = [word(), word(), word(), word()];
    for (let step = 0; step < 4; step += 1) this.word();
  }

  word(): number {
    const t = (((this.#a + this.#b) | 0) + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (this.#c << 21) | (this.#c >>> 11);
    this.#c = (this.#c + t) | 0;
    return t >>> 0;
  }
  /** From 0 to below 1. */
  next(): number {
    return this.word() / TWO_32;
  }
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }
  range(low: number, high: number): number {
    return low + this.next() * (high - low);
  }
  chance(share: number): boolean {
    return this.next() < share;
  }
  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.next() * items.length)];
    if (item === undefined) throw new RangeError('a choice without items');
    return item;
  }
  draw<T>(choice: Weighted<T>): T {
    return choice.at(this.next());
  }
  /** Mean 0, deviation 1 (sum of twelve: no logarithms, so the same on every processor). */
  normal(): number {
    let sum = -6;
    for (let step = 0; step < 12; step += 1) sum += this.next();
    return sum;
  }
  /** Uuid of version 7 with a fixed time, so that a city is the same twice. */
  uuid(millisecond: number): string {
    const hex = (value: number, size: number): string => value.toString(16).padStart(size, '0');
    const time = hex(millisecond, 12);
    const [a, b, c, d] = [this.word() & 0xfff, (this.word() & 0x3fff) | 0x8000, this.word(), this.word() & 0xffff];
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(a, 3)}-${hex(b, 4)}-${hex(c, 8)}${hex(d, 4)}`;
  }
}
