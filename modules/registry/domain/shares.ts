/** A share of a dwelling: 1/2. */
export interface Share {
  readonly num: number;
  readonly den: number;
}

/** `1/2` → the share; the schema has refused everything else. */
export function parseShare(text: string): Share {
  const [num = '0', den = '1'] = text.split('/');
  return { num: Number(num), den: Number(den) };
}
export const shareText = ({ num, den }: Share): string => `${num}/${den}`;

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));

/** Sum of shares compared with the whole: −1 less, 0 the whole, 1 more. Exact: no floats. */
export function compareWithWhole(shares: readonly Share[]): -1 | 0 | 1 {
  const [num, den] = shares.reduce<readonly [bigint, bigint]>(
    ([n, d], share) => {
      const next = n * BigInt(share.den) + BigInt(share.num) * d;
      const down = d * BigInt(share.den);
      const common = gcd(next, down);
      return [next / common, down / common];
    },
    [0n, 1n],
  );
  return num === den ? 0 : num < den ? -1 : 1;
}
