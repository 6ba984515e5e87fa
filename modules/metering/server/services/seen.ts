import { notFound } from '@komplat/kernel';
import { type Actor, scopeValues, seesEverything } from '@komplat/server';

/** Anything that runs SQL: a database or a transaction. */
export interface Reader {
  query<R extends object>(sql: string, params?: readonly unknown[]): Promise<R[]>;
}
export interface SeenDwelling {
  readonly id: number;
  readonly number: string;
  readonly premisesId: number;
  readonly houseId: number;
  readonly closedOn: string | null;
}

/** The account with its dwelling, or 404 when there is none or it lies outside of the reader's scopes. */
export async function seenDwelling(
  db: Reader,
  number: string,
  actor: Pick<Actor, 'kind' | 'scopes'>,
): Promise<SeenDwelling> {
  const scoped = ['district', 'account', 'house', 'provider'] as const;
  const [row] = await db.query<SeenDwelling>(
    `select a.account_id as id, a.number, a.premises_id as "premisesId", a.house_id as "houseId", a.closed_on as "closedOn"
     from registry.pub_account_v1 a where a.number = $1 and ($2::boolean or a.district::text = any($3::text[]) or a.number = any($4::text[])
       or exists (select from registry.pub_address_v1 d where d.premises_id = a.premises_id and d.house_code = any($5::text[]))
       or exists (select from tariffs.pub_supply_v1 s join tariffs.pub_provider_v1 p on p.id = s.provider_id
         where s.account_id = a.account_id and p.code = any($6::text[])))`,
    [number, seesEverything(actor), ...scoped.map((kind) => scopeValues(actor, kind))],
  );
  if (!row) throw notFound('metering.account.unknown', { number });
  return row;
}

/** What a list of many accounts is cut to: parameters for `SEEN`; null = no limit. */
export const seenParams = (actor: Pick<Actor, 'kind' | 'scopes'>): readonly (string[] | null)[] =>
  seesEverything(actor)
    ? [null, null, null]
    : [scopeValues(actor, 'district'), scopeValues(actor, 'house'), scopeValues(actor, 'provider')];

/** Condition on account `a` and address `d`; the parameters start at `first`. */
export const seenSql = (first: number): string =>
  `($${first}::text[] is null or a.district::text = any($${first}) or d.house_code = any($${first + 1}::text[])
    or exists (select from tariffs.pub_supply_v1 x join tariffs.pub_provider_v1 y on y.id = x.provider_id
      where x.account_id = a.account_id and y.code = any($${first + 2}::text[])))`;
