import { type Actor, type Database, scopeValues, seesEverything } from '@komplat/server';

/** Values of a statement, numbered in the order in which they are named. */
export class Params {
  readonly values: unknown[] = [];
  /** The place of the value, with its type. */
  add(value: unknown, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}

export type DebtReader = Pick<Actor, 'kind' | 'scopes'>;
interface Scoped {
  /** A condition over open items `i`; null when the reader sees all of them. */
  readonly items: string | null;
  /** A condition over accounts `a` (`registry.pub_account_v1`); null when every account is seen. */
  readonly accounts: string | null;
}

/** Codes of providers whose figures alone the reader sees; null = of all providers. */
export function onlyProviders(reader: DebtReader): readonly string[] | null {
  const providers = seesEverything(reader) ? [] : scopeValues(reader, 'provider');
  return providers.length > 0 ? providers : null;
}

/**
 * What of the debt the reader sees (model.md section 1): one who has providers sees the items of these providers on any
 * account, others see all items of the accounts of their districts, houses and accounts; one without a scope sees nothing.
 */
export function scoped(reader: DebtReader, params: Params): Scoped {
  if (seesEverything(reader)) return { items: null, accounts: null };
  const providers = onlyProviders(reader);
  if (providers) {
    const codes = params.add(providers, 'text[]');
    return { items: `i.provider_id = any(array(select p.id from tariffs.pub_provider_v1 p where p.code = any(${codes})))`, accounts: null };
  }
  const districts = params.add(scopeValues(reader, 'district'), 'text[]');
  const numbers = params.add(scopeValues(reader, 'account'), 'text[]');
  const houses = params.add(scopeValues(reader, 'house'), 'text[]');
  const inHouse = `a.house_id in (select d.house_id from registry.pub_address_v1 d where d.house_code = any(${houses}))`;
  return { items: null, accounts: `(a.district::text = any(${districts}) or a.number = any(${numbers}) or ${inHouse})` };
}

/** Ids of the creditors whose figures are added up, one of them when asked; null = of all. A reader without providers in the scope gets none. */
export async function seenProviderIds(database: Pick<Database, 'query'>, asked: string | undefined, reader: DebtReader): Promise<readonly number[] | null> {
  const all = seesEverything(reader);
  if (all && asked === undefined) return null;
  const rows = await database.query<{ id: number }>(
    'select id::int as id from tariffs.pub_provider_v1 where ($1::text is null or code = $1) and ($2::boolean or code = any($3::text[]))',
    [asked ?? null, all, scopeValues(reader, 'provider')],
  );
  return rows.map(({ id }) => id);
}
