import { notFound } from '@komplat/kernel';
import { type Reader, scopeValues, seesEverything } from '@komplat/server';

/** Codes of providers whose cases the reader sees; null = of all. One without providers in the scope sees none. */
export const seenProviders = (reader: Reader): readonly string[] | null => (seesEverything(reader) ? null : scopeValues(reader, 'provider'));

/** A case of another creditor does not exist for the reader. */
export function refuseForeign(row: { readonly id: string; readonly provider: string }, reader: Reader): void {
  const only = seenProviders(reader);
  if (only && !only.includes(row.provider)) throw notFound('legal.case.unknown', { id: row.id });
}
