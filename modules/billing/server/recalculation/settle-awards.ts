import { entitlementChanged } from '@komplat/benefits/contract';
import type { EventHandler } from '@komplat/plugin-api';
import { audit, Database, systemActor } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';

/**
 * A subsidy of a charged month was returned or came late: where it lowers bills (netted regime, law.md 3.4) the difference is posted in
 * the open month. The books are compared with the awards, so an event that comes twice posts once.
 */
@Injectable()
export class SettleAwards implements EventHandler {
  constructor(@Inject(Database) private readonly database: Database) {}

  async handle(event: { readonly id: string; readonly payload: unknown }): Promise<void> {
    const { accountIds, cause } = entitlementChanged.schema.parse(event.payload);
    if (cause !== 'award') return;
    const actor = systemActor('award-change');
    await this.database.transaction(async (tx) => {
      const [done] = await tx.query<{ posted: number }>('select billing.settle_awards($1::int[], $2, $3) as posted', [accountIds, actor.login, event.id]);
      if (!done?.posted) return;
      await audit(tx, { actor, action: 'billing.award.settle', subject: `event/${event.id}`, after: { accountIds, entries: done.posted } });
    });
  }
}
