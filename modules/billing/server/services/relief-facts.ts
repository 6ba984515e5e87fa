import type { EntitlementInput } from '../../domain/index.ts';
import { grouped, type Reader } from './fact-reader.ts';

const RIGHTS = `
  select account_id, service_id, holding_id::text as holding, category, percent, covered, norm, norm_addition as addition, lower(valid) as "from", upper(valid) as "to"
  from benefits.pub_entitlement_v1 where account_id = any($3::int[]) and regime = 'netted' and valid && daterange($1::date, $2::date)
  order by account_id, service_id, valid, category`;

/** Rights that lower bills in the month, by `account/service`. */
export async function loadEntitlements(
  db: Reader,
  month: readonly string[],
  accounts: readonly number[],
): Promise<ReadonlyMap<string, EntitlementInput[]>> {
  const rows = await db.query<EntitlementInput & { account_id: number; service_id: number }>(RIGHTS, [...month, accounts]);
  return grouped(rows, (row) => `${row.account_id}/${row.service_id}`);
}
