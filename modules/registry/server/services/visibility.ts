import { type Reader, scopeValues, seesEverything } from '@komplat/server';

export type VisibleParams = readonly [string[] | null, number[] | null, string[] | null, string[] | null];

/** Parameters $1..$4 of `VISIBLE` for a reader: what no scope allows is not there (404, not 403). */
export function visibleParams(actor: Reader): VisibleParams {
  if (seesEverything(actor)) return [null, null, null, null];
  const list = (values: string[]): string[] | null => (values.length > 0 ? values : null);
  const providers = list(scopeValues(actor, 'provider'));
  const districts = list(scopeValues(actor, 'district'));
  const houses = list(scopeValues(actor, 'house'));
  const accounts = list(scopeValues(actor, 'account'));
  const nothing = providers === null && districts === null && houses === null && accounts === null;
  return [providers, districts?.map(Number) ?? null, houses, nothing ? [] : accounts];
}

/** A provider's user sees holder and address, never residents, documents or contacts (model.md section 1). */
export const seesPersons = (actor: Reader): boolean => scopeValues(actor, 'provider').length === 0 || seesEverything(actor);

/** Whether a district lies in the scope of the reader. */
export const seesDistrict = (actor: Reader, district: number): boolean =>
  seesEverything(actor) || scopeValues(actor, 'district').includes(String(district));
