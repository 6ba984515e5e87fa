import { notFound } from '@komplat/kernel';
import { type Actor, scopeValues, seesEverything } from '@komplat/server';
import type { Reader } from './charge-facts.ts';

export interface SeenAccount {
  readonly id: number;
  readonly number: string;
  readonly version: string;
}

/** Codes of providers whose figures the reader sees; null = all of them. */
export function seenProviders(actor: Pick<Actor, 'kind' | 'scopes'>): string[] | null {
  if (seesEverything(actor)) return null;
  const providers = scopeValues(actor, 'provider');
  return providers.length > 0 ? providers : null;
}

/** Providers for figures of the whole city: a reader without a scope over providers sees none. */
export const seenInTotals = (actor: Pick<Actor, 'kind' | 'scopes'>): string[] | null =>
  seesEverything(actor) ? null : scopeValues(actor, 'provider');

/** The account, or 404 when it does not exist or lies outside of the reader's scopes. */
export async function seenAccount(
  db: Reader,
  number: string,
  actor: Pick<Actor, 'kind' | 'scopes'>,
): Promise<SeenAccount> {
  const all = seesEverything(actor);
  const [row] = await db.query<{ id: number; number: string; version: bigint }>(
    `select a.account_id as id, a.number, coalesce(t.version, 0)::bigint as version
     from registry.pub_account_v1 a left join billing.account_state t on t.account_id = a.account_id
     where a.number = $1 and ($2::boolean or a.district::text = any($3::text[]) or a.number = any($4::text[])
       or exists (select from registry.pub_address_v1 d where d.premises_id = a.premises_id and d.house_code = any($5::text[]))
       or exists (select from tariffs.pub_supply_v1 s join tariffs.pub_provider_v1 p on p.id = s.provider_id
         where s.account_id = a.account_id and p.code = any($6::text[])))`,
    [
      number,
      all,
      scopeValues(actor, 'district'),
      scopeValues(actor, 'account'),
      scopeValues(actor, 'house'),
      scopeValues(actor, 'provider'),
    ],
  );
  if (!row) throw notFound('billing.account.unknown', { number });
  return { id: row.id, number: row.number, version: row.version.toString() };
}
