import type { LawDef } from '@komplat/plugin-api';
import { sqlLaw } from '@komplat/server';
import {
  ALLOCATION_LAW,
  ITEM_LAW,
  LOCK_LAW,
  ONCE_LAW,
  ORDER_LAW,
  PENNY_LAW,
  REBUILD_LAW,
  TURNOVER_LAW,
} from './law-queries.ts';

export const TurnoverLaw = sqlLaw(TURNOVER_LAW);
export const AllocationLaw = sqlLaw(ALLOCATION_LAW);
export const ItemLaw = sqlLaw(ITEM_LAW);
export const OnceLaw = sqlLaw(ONCE_LAW);
export const LockLaw = sqlLaw(LOCK_LAW);
export const PennyLaw = sqlLaw(PENNY_LAW);
export const RebuildLaw = sqlLaw(REBUILD_LAW);
export const OrderLaw = sqlLaw(ORDER_LAW);

/** Laws L1 to L8 of the ledger. */
export const ledgerLaws: readonly LawDef[] = [
  { id: 'billing.turnover', code: 'L1', title: 'billing.law.turnover', provider: TurnoverLaw },
  { id: 'billing.allocation', code: 'L2', title: 'billing.law.allocation', provider: AllocationLaw },
  { id: 'billing.items', code: 'L3', title: 'billing.law.items', provider: ItemLaw },
  { id: 'billing.once', code: 'L4', title: 'billing.law.once', provider: OnceLaw },
  { id: 'billing.locked', code: 'L5', title: 'billing.law.locked', provider: LockLaw },
  { id: 'billing.penny', code: 'L6', title: 'billing.law.penny', provider: PennyLaw },
  { id: 'billing.rebuild', code: 'L7', title: 'billing.law.rebuild', provider: RebuildLaw },
  { id: 'billing.order', code: 'L8', title: 'billing.law.order', provider: OrderLaw },
];
