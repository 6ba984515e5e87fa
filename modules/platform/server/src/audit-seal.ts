import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database, Tx } from './db/database.ts';
import { canonicalJson, sha256 } from './ids.ts';

export interface SealedRange {
  readonly from: bigint;
  readonly to: bigint;
  readonly rows: number;
}
export interface SealBreach extends SealedRange {
  readonly seal: bigint;
  /** `rows`: what was sealed is not what stands there; `chain`: a seal is missing or was made anew; `signature`: not our key. */
  readonly what: 'rows' | 'chain' | 'signature';
}
export interface SealReport {
  readonly seals: number;
  readonly rows: number;
  readonly breaches: readonly SealBreach[];
}
export interface SealOptions {
  /** Rows younger than this wait for the next seal. */
  readonly settleMs?: number;
  /** How long to wait for transactions that are older than the rows. */
  readonly waitMs?: number;
}

interface AuditRow {
  readonly id: bigint;
  readonly at: string;
  readonly [column: string]: unknown;
}
interface SealRow {
  readonly id: bigint;
  readonly from_id: bigint;
  readonly to_id: bigint;
  readonly hash: string;
  readonly signature: string;
  readonly key_id: string;
}

const LOCK = 7_311_412;
const ROWS_PER_SEAL = 5_000;
const SETTLE_MS = 5_000;
const WAIT_MS = 20_000;
const START = '0'.repeat(64);
const ROWS = `
  select id, extract(epoch from at)::text as at, actor, action, subject, before, after, reason, request_id
  from platform.audit_entry where id between $1 and $2 order by id`;

/**
 * Seals closed ranges of the audit: the hash of a seal covers its rows and the seal before it, the signature is made with a
 * key that the database does not know. A row that is changed, added or removed later by whoever owns the database is found.
 */
export class AuditSealer {
  private readonly key: Buffer;

  constructor(
    private readonly database: Database,
    masterKey: Buffer,
    private readonly keyId: string,
  ) {
    this.key = createHmac('sha256', masterKey).update('audit-seal').digest();
  }

  /** Seals what is complete; answers the ranges. Two sealers at once do not disturb each other. */
  async seal({ settleMs = SETTLE_MS, waitMs = WAIT_MS }: SealOptions = {}): Promise<SealedRange[]> {
    const sealed: SealedRange[] = [];
    const last = await this.complete(settleMs, waitMs);
    for (;;) {
      const range = await this.database.transaction((tx) => this.next(tx, last));
      if (!range) return sealed;
      sealed.push(range);
    }
  }

  /** Counts every seal again from the rows. */
  async verify(): Promise<SealReport> {
    const seals = await this.database.query<SealRow>(
      'select id, from_id, to_id, hash, signature, key_id from platform.audit_seal order by to_id',
    );
    const breaches: SealBreach[] = [];
    let before = { hash: START, to: 0n };
    let rows = 0;
    for (const seal of seals) {
      const found = await this.database.query<AuditRow>(ROWS, [seal.from_id, seal.to_id]);
      rows += found.length;
      const breach = (what: SealBreach['what']): void => {
        breaches.push({ seal: seal.id, from: seal.from_id, to: seal.to_id, rows: found.length, what });
      };
      if (seal.from_id !== before.to + 1n) breach('chain');
      else if (hashOf(before.hash, found) !== seal.hash) breach('rows');
      if (this.keyId === seal.key_id && this.sign(seal.hash) !== seal.signature) breach('signature');
      before = { hash: seal.hash, to: seal.to_id };
    }
    return { seals: seals.length, rows, breaches };
  }

  /**
   * The last row before which none can appear any more: everything that was under way when it had settled has ended.
   * Numbers are drawn before the commit, so a lower one may come late.
   */
  private async complete(settleMs: number, waitMs: number): Promise<bigint> {
    const [mark] = await this.database.query<{ last: bigint; limit: string }>(
      `select coalesce(max(id), 0)::bigint as last, pg_snapshot_xmax(pg_current_snapshot())::text as limit
       from platform.audit_entry where at <= clock_timestamp() - make_interval(secs => $1)`,
      [settleMs / 1000],
    );
    if (!mark || mark.last === 0n) return 0n;
    const end = Date.now() + waitMs;
    for (;;) {
      const [row] = await this.database.query<{ over: boolean }>(
        'select pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8 as over',
        [mark.limit],
      );
      if (row?.over) return mark.last;
      if (Date.now() > end) return 0n;
      await pause(200);
    }
  }

  private async next(tx: Tx, last: bigint): Promise<SealedRange | null> {
    await tx.query('select pg_advisory_xact_lock($1)', [LOCK]);
    const [before] = await tx.query<{ to_id: bigint; hash: string }>('select to_id, hash from platform.audit_seal order by to_id desc limit 1');
    const from = (before?.to_id ?? 0n) + 1n;
    const [end] = await tx.query<{ id: bigint | null }>(
      `select max(id)::bigint as id from (select id from platform.audit_entry where id between $1 and $2 order by id limit ${ROWS_PER_SEAL}) r`,
      [from, last],
    );
    if (!end?.id) return null;
    const rows = await tx.query<AuditRow>(ROWS, [from, end.id]);
    const hash = hashOf(before?.hash ?? START, rows);
    await tx.query('insert into platform.audit_seal (from_id, to_id, hash, signature, key_id) values ($1, $2, $3, $4, $5)', [
      from, end.id, hash, this.sign(hash), this.keyId,
    ]);
    return { from, to: end.id, rows: rows.length };
  }

  private sign(hash: string): string {
    return createHmac('sha256', this.key).update(hash).digest('hex');
  }
}

const hashOf = (before: string, rows: readonly AuditRow[]): string =>
  sha256([before, ...rows.map((row) => canonicalJson({ ...row, id: row.id.toString() }))].join('\n'));
