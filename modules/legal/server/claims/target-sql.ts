/** Items that are checked, with the account behind each. $1 items, $2 day. */
export const TARGET = `
  target as materialized (
    select i.id as item_id, i.run_id, i.account_id, i.provider_id, i.kind, i.outcome, i.court_code, a.premises_id, a.holder_id, a.number, a.closed_on
    from legal.claim_item i join registry.pub_account_v1 a on a.account_id = i.account_id where i.id = any($1::uuid[]))`;
