import type { EventDef } from '@komplat/plugin-api';
import type { Tx } from './db/database.ts';
import { uuid7 } from './ids.ts';

/** Records a fact in the transaction that makes it true; the relay delivers it at least once. Ids only, no persons. */
export async function publish<T>(tx: Pick<Tx, 'query'>, event: EventDef<T>, aggregate: string, payload: T): Promise<string> {
  const id = uuid7();
  await tx.query(
    'insert into platform.outbox (id, type, version, aggregate, payload) values ($1, $2, $3, $4, $5)',
    [id, event.type, event.version, aggregate, JSON.stringify(payload)],
  );
  return id;
}

/** Once-only guard of a handler; false = this event was handled before. In the handler's own transaction. */
export async function firstTime(tx: Pick<Tx, 'query'>, handler: string, eventId: string): Promise<boolean> {
  const rows = await tx.query(
    'insert into platform.inbox (handler, event_id) values ($1, $2) on conflict do nothing returning handler',
    [handler, eventId],
  );
  return rows.length === 1;
}
