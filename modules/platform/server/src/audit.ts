import type { Actor } from './actor.ts';
import type { Tx } from './db/database.ts';
import { requestId } from './request-context.ts';

export interface AuditRecord {
  readonly actor: Pick<Actor, 'login'>;
  /** `<module>.<verb>`: `payments.import.post`. */
  readonly action: string;
  /** What was touched: `account/0421057316`. No names, phones or tax numbers. */
  readonly subject: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly reason?: string;
}

/** Leaves the trace of a write in the transaction of that write. */
export async function audit(tx: Pick<Tx, 'query'>, record: AuditRecord): Promise<void> {
  const { actor, action, subject, before, after, reason } = record;
  await tx.query(
    `insert into platform.audit_entry (actor, action, subject, before, after, reason, request_id)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [actor.login, action, subject, toJson(before), toJson(after), reason ?? null, requestId() ?? null],
  );
}

const toJson = (value: unknown): string | null =>
  value === undefined ? null : JSON.stringify(value, (_key, field: unknown) => (typeof field === 'bigint' ? field.toString() : field));
