import { Verified } from '../../contract/index.ts';

/** What the API says of a code. */
export type VerifyAnswer = { readonly kind: 'found'; readonly bill: Verified } | { readonly kind: 'unknown' } | { readonly kind: 'busy' };

/** The public question to the API, in the name of who asks: its limit counts by address. No rights of anybody are used. */
export async function askVerify(api: string | undefined, code: string, caller: string): Promise<VerifyAnswer> {
  const url = new URL(`/api/v1/bills/verify/${encodeURIComponent(code)}`, api);
  const answer = await fetch(url, { headers: { 'x-forwarded-for': caller }, cache: 'no-store' });
  if (answer.status === 404) return { kind: 'unknown' };
  if (!answer.ok) return { kind: 'busy' };
  return { kind: 'found', bill: Verified.parse(await answer.json()) };
}
