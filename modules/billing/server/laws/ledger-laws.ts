import { Inject, Injectable, type Type } from '@nestjs/common';
import type { Law, LawDef } from '@komplat/plugin-api';
import { Database } from '@komplat/server';
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

interface Counts {
  readonly checked: bigint;
  readonly violations: bigint;
}

/** One law = one statement. The class is made for each of them, because a part of a plugin is a class. */
function lawOf(sql: string): Type<Law> {
  @Injectable()
  class SqlLaw implements Law {
    constructor(@Inject(Database) private readonly database: Database) {}

    async check(month?: string): Promise<{ checked: number; violations: number }> {
      // a law may read the whole base: it is not a request of a screen
      const [row] = await this.database.transaction(async (tx) => {
        await tx.query('set local statement_timeout = 0');
        return tx.query<Counts>(sql, [month === undefined ? null : `${month}-01`]);
      });
      return {
        checked: Number.parseInt(String(row?.checked ?? 0), 10),
        violations: Number.parseInt(String(row?.violations ?? 0), 10),
      };
    }
  }
  return SqlLaw;
}

export const TurnoverLaw = lawOf(TURNOVER_LAW);
export const AllocationLaw = lawOf(ALLOCATION_LAW);
export const ItemLaw = lawOf(ITEM_LAW);
export const OnceLaw = lawOf(ONCE_LAW);
export const LockLaw = lawOf(LOCK_LAW);
export const PennyLaw = lawOf(PENNY_LAW);
export const RebuildLaw = lawOf(REBUILD_LAW);
export const OrderLaw = lawOf(ORDER_LAW);

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
