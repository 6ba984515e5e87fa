import type { ListDef } from '@komplat/server';
import type { ChangeItem } from '../../contract/change.schema.ts';
import type { ProposalItem } from '../../contract/proposal.schema.ts';
import { VISIBLE } from '../services/account-view.sql.ts';

export interface ProposalRow {
  readonly id: string;
  readonly number: string;
  readonly address: string;
  readonly side: ProposalItem['side'];
  readonly state: ProposalItem['state'];
  readonly wrapped_key: Buffer;
  readonly changes_enc: Buffer;
  readonly items: ChangeItem[];
  readonly items_hash: string;
  readonly reason: string;
  readonly document: string | null;
  readonly proposed_by: string;
  readonly proposed_at: Date;
  readonly due_at: Date;
  readonly escalate_at: Date;
  readonly expires_at: Date;
  readonly reminded_at: Date | null;
  readonly escalated_at: Date | null;
  readonly decided_by: string | null;
  readonly decided_at: Date | null;
  readonly decision_reason: string | null;
  readonly workflow_id: string;
  readonly overdue: boolean;
}

/** $1..$4 scope, $5 state, $6 side, $7 sides that wait for the reader, $8 account. */
export const PROPOSALS: ListDef = {
  sql: `select p.*, a.number, d.address, p.due_at < now() and p.state = 'waiting' as overdue
    from registry.proposal p join registry.pub_account_v1 a on a.account_id = p.account_id
    join registry.pub_address_v1 d on d.premises_id = a.premises_id
    where ${VISIBLE} and ($5::text is null or p.state = $5) and ($6::text is null or p.side = $6)
      and ($7::text[] is null or (p.side = any($7) and p.state = 'waiting')) and ($8::text is null or a.number = replace($8, ' ', ''))`,
  id: { column: 'id', type: 'uuid' },
  sorts: {
    due: { column: 'due_at', type: 'timestamptz' },
    made: { column: 'proposed_at', type: 'timestamptz' },
    account: { column: 'number', type: 'text' },
    state: { column: 'state', type: 'text' },
  },
  first: 'due',
};

export const itemOf = (row: ProposalRow): ProposalItem => ({
  id: row.id,
  account: row.number,
  address: row.address,
  side: row.side,
  state: row.state,
  fields: [...new Set(row.items.map(({ field }) => field))],
  reason: row.reason,
  document: row.document,
  proposedBy: row.proposed_by,
  proposedAt: row.proposed_at.toISOString(),
  dueAt: row.due_at.toISOString(),
  overdue: row.overdue,
  escalated: row.escalated_at !== null,
  decidedBy: row.decided_by,
  decidedAt: row.decided_at?.toISOString() ?? null,
  decisionReason: row.decision_reason,
});
