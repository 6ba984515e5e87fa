import type { AccountRange, Law } from '@komplat/plugin-api';
import { Inject, Injectable, type Type } from '@nestjs/common';
import { Database } from './db/database.ts';

/** Every account there can be: ids are `int`. */
export const ALL_ACCOUNTS: AccountRange = { from: 0, to: 2_147_483_647 };

/** Values of `$1` (first day of the month or null), `$2` and `$3` (first and last account) of a law. */
export const lawParams = (month?: string, accounts: AccountRange = ALL_ACCOUNTS): readonly unknown[] => [
  month === undefined ? null : `${month}-01`,
  accounts.from,
  accounts.to,
];

/**
 * One law = one statement that answers a row of `checked` and `violations`. A law may read the whole base, so it has no
 * time limit and memory for its sums. Its plan is the plain one: joins by hash, whatever the planner believes of fresh rows, and no
 * workers, because `laws` keeps both cores busy with two laws at once.
 */
export function sqlLaw(sql: string): Type<Law> {
  @Injectable()
  class SqlLaw implements Law {
    constructor(@Inject(Database) private readonly database: Database) {}

    async check(month?: string, accounts?: AccountRange): Promise<{ checked: number; violations: number }> {
      const [row] = await this.database.transaction(async (tx) => {
        await tx.query(SETTINGS);
        return tx.query<{ checked: bigint; violations: bigint }>(sql, lawParams(month, accounts));
      });
      return { checked: Number(row?.checked ?? 0n), violations: Number(row?.violations ?? 0n) };
    }
  }
  return SqlLaw;
}

const SETTINGS = `select set_config('statement_timeout', '0', true), set_config('lock_timeout', '0', true),
  set_config('work_mem', '256MB', true), set_config('max_parallel_workers_per_gather', '0', true),
  set_config('enable_nestloop', 'off', true)`;
