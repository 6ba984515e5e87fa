const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const CODE_LENGTH = 12;

/** Number of a bill: month, account, supplementary part, version: `2610-0421057316-1`, `2610-0421057316-D1-1`. */
export const billNumber = (month: string, account: string, part: number, version: number): string =>
  `${month.slice(2, 4)}${month.slice(5)}-${account}-${part === 0 ? '' : `D${part}-`}${version}`;

/** Verification code of 60 random bits in Crockford's letters: nobody guesses one, and I, L, O, U cannot be misread. */
export function codeOf(random: Uint8Array): string {
  return Array.from(random.subarray(0, CODE_LENGTH), (byte) => LETTERS[byte & 31] ?? '0').join('');
}

/** What a person typed: small letters, spaces, O for 0, I and L for 1. */
export const readCode = (text: string): string =>
  text
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');

/** `9F4C 27E1 K3QX`. */
export const showCode = (code: string): string => code.replaceAll(/(.{4})(?=.)/g, '$1 ');
