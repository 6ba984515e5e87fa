/** Items that are being prepared and are not filed. */
export const LIVE = `('planned', 'blocked', 'checked', 'frozen', 'packed', 'submitted', 'approved', 'signed')`;

/** Open months are no longer what the item claims: paid, corrected, written off. `i` is the item. */
export const DIFFERS = `exists (select from legal.claim_item_month m
  left join billing.pub_open_item_v1 o on o.account_id = i.account_id and o.provider_id = i.provider_id and o.service_id = m.service_id and o.debt_month = m.month
  where m.item_id = i.id and m.part <> 'left' and coalesce(o.outstanding_kop, 0) <> m.debt_kop)`;

/** $1 accounts, $2 why, $3 who: items that these accounts' money changed go back to planning. */
export const TOUCHED = `
  update legal.claim_item i set outcome = 'stale', reason_code = $2, reason_params = null, changed_by = $3, changed_at = now()
  from legal.claim_run r where r.id = i.run_id and r.state not in ('stopped', 'done') and i.account_id = any($1::int[]) and i.outcome in ${LIVE} and ${DIFFERS}
  returning i.run_id, r.created_by`;

/** $1 run, $2 who: what of a run is no longer true, and what a person may have mended. */
export const RECHECKED = `
  update legal.claim_item i set outcome = 'stale', reason_params = null, changed_by = $2, changed_at = now(),
    reason_code = case when i.outcome in ('blocked', 'failed') then 'recheck' when ${DIFFERS} then 'debt-changed' else 'finding' end
  where i.run_id = $1 and (i.outcome in ('blocked', 'failed') or (i.outcome in ${LIVE} and (${DIFFERS} or exists (
    select from legal.claim_finding f where f.item_id = i.id and (f.level = 'block' or (f.level = 'lawyer' and f.accepted_at is null))))))
  returning i.id`;
