import type { Tx } from '@komplat/server';

/** Columns of a supply that a new one takes over. */
export const TERMS =
  'method, variant, equipment, provider_account, due_day, contract_number, contract_date, contract_kind, penalty_rate';

/**
 * Supplies end with a day: what begins later was never true, what was known of the rest is kept beside with a closed `known`, the rest
 * itself ends. Answers how many ended.
 */
export async function endSupplies(
  tx: Pick<Tx, 'query'>,
  of: { readonly column: 'account_id' | 'provider_id'; readonly id: number },
  lastDay: string,
  why: { readonly reason: string; readonly by: string },
): Promise<number> {
  const theirs = `${of.column} = $1 and upper_inf(known)`;
  const reaching = `${theirs} and (upper_inf(valid) or upper(valid) > $2::date + 1)`;
  const closed = 'tstzrange(lower(known), greatest(lower(known), now()))';
  const params = [of.id, lastDay];
  await tx.query(`update tariffs.supply set known = ${closed} where ${theirs} and lower(valid) > $2::date`, params);
  await tx.query(
    `insert into tariffs.supply (account_id, service_id, provider_id, ${TERMS}, valid, known, reason, recorded_by)
     select account_id, service_id, provider_id, ${TERMS}, valid, ${closed}, reason, recorded_by from tariffs.supply where ${reaching}`,
    params,
  );
  const [ended] = await tx.query<{ rows: number }>(
    `with ended as (update tariffs.supply set valid = daterange(lower(valid), $2::date + 1),
       known = tstzrange(greatest(lower(known), now()), null), reason = $3, recorded_by = $4 where ${reaching} returning 1)
     select count(*)::int as rows from ended`,
    [...params, why.reason, why.by],
  );
  return ended?.rows ?? 0;
}
