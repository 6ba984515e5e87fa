export type TokenKind = 'number' | 'phone' | 'word';

/** Cuts what a person typed into words; a run of digits and spaces that is one number stays one. */
export function understand(text: string): { readonly token: string; readonly as: TokenKind }[] {
  const trimmed = text.trim().replaceAll(/\s+/g, ' ');
  const digits = trimmed.replaceAll(/[\s()+-]/g, '');
  if (/^(38)?0\d{9}$/.test(digits)) return [{ token: digits, as: digits.startsWith('38') || trimmed.startsWith('+') ? 'phone' : phoneOrNumber(trimmed) }];
  if (/^\d{4,10}$/.test(digits)) return [{ token: digits, as: 'number' }];
  return trimmed
    .split(/[\s,]+/)
    .filter((token) => token.length > 0)
    .map((token) => ({ token, as: /^\d/.test(token) ? 'number' : 'word' }));
}

/** Ten digits that begin with 0 are a phone when the second and third are an operator's code, else an account. */
const OPERATOR = /^0(39|50|63|66|67|68|7\d|9\d|44|40)/;
const phoneOrNumber = (text: string): TokenKind => (OPERATOR.test(text.replaceAll(/\D/g, '')) && /^0\d{2}/.test(text) && /^0\d{2}[ )-]/.test(text) ? 'phone' : 'number');
