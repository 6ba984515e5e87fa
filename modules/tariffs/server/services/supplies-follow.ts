import type { EventHandler } from '@komplat/plugin-api';
import { accountClosed, accountMerged, accountOpened, accountSplit } from '@komplat/registry/contract';
import { audit, Database, systemActor } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { endSupplies, TERMS } from './supply-sql.ts';

const OfAccount = z.object({
  accountId: z.number().int(),
  intoAccountId: z.number().int().optional(),
  newAccountId: z.number().int().optional(),
  on: z.string(),
});
const CLOSED = 'account-closed';

/** Supplies of another account from a day on, where this one has none of the service; a part has no meter of its own yet. */
const TAKE = `
  insert into tariffs.supply (account_id, service_id, provider_id, ${TERMS}, valid, reason, recorded_by)
  select $2, service_id, provider_id, case when $6 and method = 'meter' and equipment is not null then 'norm' else method end, variant, equipment,
    null, due_day, contract_number, contract_date, contract_kind, penalty_rate, daterange($3::date, null), $4, $5
  from tariffs.supply s where account_id = $1 and upper_inf(known) and valid @> ($3::date - 1)
    and not exists (select from tariffs.supply t where t.account_id = $2 and t.service_id = s.service_id and upper_inf(t.known)
      and t.valid && daterange($3::date, null)) returning id`;
/** What ended with the account goes on when it is opened again. */
const AGAIN = `
  insert into tariffs.supply (account_id, service_id, provider_id, ${TERMS}, valid, reason, recorded_by)
  select account_id, service_id, provider_id, ${TERMS}, daterange($2::date, null), 'рахунок відкрито знову', 'account-opened' from tariffs.supply s
  where account_id = $1 and upper_inf(known) and recorded_by = '${CLOSED}' and upper(valid) <= $2::date
    and upper(valid) = (select max(upper(l.valid)) from tariffs.supply l where l.account_id = $1 and upper_inf(l.known) and l.recorded_by = '${CLOSED}')
    and not exists (select from tariffs.supply t where t.account_id = $1 and t.service_id = s.service_id and upper_inf(t.known)
      and t.valid && daterange($2::date, null)) returning id`;

/** Supplies follow their accounts: they end, go over or are shared. Delivered twice, an event changes nothing more. */
@Injectable()
export class SuppliesFollow implements EventHandler {
  constructor(@Inject(Database) private readonly database: Database) {}

  async handle(event: { readonly id: string; readonly type: string; readonly payload: unknown }): Promise<void> {
    const { accountId, intoAccountId, newAccountId, on } = OfAccount.parse(event.payload);
    const actor = systemActor('supplies-follow');
    await this.database.transaction(async (tx) => {
      const rows = async (sql: string, params: readonly unknown[]): Promise<number> => (await tx.query(sql, params)).length;
      const after = { ended: 0, begun: 0, event: event.id };
      if (event.type === accountClosed.type) after.ended = await endSupplies(tx, { column: 'account_id', id: accountId }, on, { reason: 'рахунок закрито', by: CLOSED });
      if (event.type === accountOpened.type) after.begun = await rows(AGAIN, [accountId, on]);
      if (event.type === accountSplit.type) {
        after.begun = await rows(TAKE, [accountId, newAccountId, on, 'частина житла', 'account-split', true]);
      }
      if (event.type === accountMerged.type) {
        const [next] = await tx.query<{ day: string }>('select ($1::date + 1)::text as day', [on]);
        after.begun = await rows(TAKE, [accountId, intoAccountId, next?.day, `рахунок об'єднано`, 'account-merged', false]);
        after.ended = await endSupplies(tx, { column: 'account_id', id: accountId }, on, { reason: `рахунок об'єднано`, by: 'account-merged' });
      }
      if (after.ended + after.begun === 0) return;
      await audit(tx, { actor, action: 'tariffs.supply.follow', subject: `account/${accountId}`, after });
    });
  }
}
