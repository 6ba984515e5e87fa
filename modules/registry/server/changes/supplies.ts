import { addDays } from '@komplat/kernel';
import type { SupplyChange, SupplyChanges } from '../../contract/supply-changes.ts';
import { putContract } from './contract-terms.ts';
import type { ChangeWork } from './context.ts';

const FIELDS = { method: 'supply-method', variant: 'supply-variant', equipment: 'supply-equipment', due_day: 'due-day' };

/** Supplies begin, change and end with those who keep them; the contract of a supply goes on with the row that follows it. */
export async function changeSupply(work: ChangeWork, change: SupplyChange, supplies: SupplyChanges): Promise<void> {
  const span = change.kind === 'supply-end' ? { from: addDays(change.lastDay, 1), until: null } : work.span(change.from, change.to);
  work.begin(span.from ?? work.today);
  const { account, why } = work;
  const order = { change, account, span: { from: span.from ?? work.today, until: span.until }, reason: why.reason, by: why.by };
  const { subject, pieces, begun } = await supplies.change(work.tx, order);
  for (const follow of pieces.flatMap(({ follows }) => follows)) await followContract(work, follow);
  work.differences(FIELDS, subject, pieces.map(({ before, after, ...piece }) => ({ ...piece, before: before && { ...before }, after: after && { ...after } })));
  if (change.kind === 'supply-add' && change.contract && begun !== null) {
    await putContract(work, begun, order.span, { ...change.contract, penaltyRate: null, dueDay: change.dueDay });
  }
}

async function followContract(work: ChangeWork, { supplyId, of }: { supplyId: number; of: number }): Promise<void> {
  await work.tx.query(
    `insert into registry.supply_contract (supply_id, number, signed_on, kind, penalty_rate, due_day, valid, known, reason, document, recorded_by)
     select $1, number, signed_on, kind, penalty_rate, due_day, valid, tstzrange(now(), null), reason, document, recorded_by
     from registry.supply_contract where supply_id = $2 and upper_inf(known)`,
    [supplyId, of],
  );
}
