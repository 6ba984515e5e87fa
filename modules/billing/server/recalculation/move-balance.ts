import type { EventHandler } from '@komplat/plugin-api';
import { audit, Database, systemActor } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';

/** The event of the registry that an account goes on as another; what is read of it. */
export const ACCOUNT_MERGED = 'registry.account-merged';
const merged = z.object({ accountId: z.number().int(), intoAccountId: z.number().int(), on: z.string() });

/**
 * An account goes on as another: its open months and its advances are moved by transfers (kind 10), so that the sum over both stays
 * what it was. The event is the document: delivered twice, it moves once.
 */
@Injectable()
export class MoveBalance implements EventHandler {
  constructor(@Inject(Database) private readonly database: Database) {}

  async handle(event: { readonly id: string; readonly payload: unknown }): Promise<void> {
    const { accountId, intoAccountId, on } = merged.parse(event.payload);
    const actor = systemActor('account-merge');
    await this.database.transaction(async (tx) => {
      const [moved] = await tx.query<{ kop: bigint }>('select billing.move_balance($1, $2, $3, $4, $5) as kop', [
        accountId, intoAccountId, on, actor.login, event.id,
      ]);
      const after = { into: intoAccountId, movedKop: String(moved?.kop ?? 0n), event: event.id };
      await audit(tx, { actor, action: 'billing.balance.move', subject: `account/${accountId}`, after });
    });
  }
}
