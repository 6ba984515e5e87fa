import { conflict, notFound } from '@komplat/kernel';
import { audit, Database, Progress, publish, withoutTimeLimit } from '@komplat/server';
import type { Tx } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { batchPosted, gateMoved } from '../../contract/events.ts';
import { kopText } from '../../domain/index.ts';
import type { ImportFileRow } from './import-file.ts';
import { importOf, sourceOf } from './import-file.ts';
import { writeImportProgress } from './import-progress.ts';
import { LEAVE_KNOWN, MARK_POSTED, POSTABLE, STRIPE_LEFT, TAKE_BATCH } from './import-sql.ts';

const BATCH = 10_000;
const ROLL_BACK_BATCH = 1_000;
/** A large file is accepted by so many sessions at once, each with accounts of its own. */
const STRIPES = 2;
/** After so long the process is asked whether it may go on. */
const TURN_MS = 5_000;

export interface BatchResult {
  readonly left: boolean;
  readonly posted: number;
}

/** Which rows come next: of one stripe of so many, behind a line of the file. */
interface Place {
  readonly stripe: number;
  readonly stripes: number;
  readonly line: number;
}

/** Accepts the rows of an import, and takes them back: a batch is one transaction, a restart goes on where it was. */
@Injectable()
export class ImportPoster {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Accepts batches for some seconds; `left` while there are more. */
  async postBatch(importId: string): Promise<BatchResult> {
    const file = await importOf(this.database, importId);
    if (file === undefined) throw notFound('payments.import.unknown', { id: importId });
    if (file.state !== 'posting') return { left: false, posted: 0 };
    const stripes = (file.read_rows ?? 0) > BATCH ? STRIPES : 1;
    const turns = await Promise.allSettled(
      Array.from({ length: stripes }, (_, stripe) => this.postStripe(importId, stripe, stripes)),
    );
    const failed = turns.find((turn) => turn.status === 'rejected');
    if (failed) throw failed.reason;
    const results = turns.flatMap((turn) => (turn.status === 'fulfilled' ? [turn.value] : []));
    const posted = results.reduce((sum, result) => sum + result.posted, 0);
    const left = results.some((result) => result.left) || !(await this.finishPosting(importId));
    return { left, posted };
  }

  private async postStripe(importId: string, stripe: number, stripes: number): Promise<BatchResult> {
    const until = performance.now() + TURN_MS;
    let [line, posted, left] = [0, 0, true];
    while (left && performance.now() < until) {
      const batch = await this.postSome(importId, { stripe, stripes, line });
      [line, left] = [batch.line, batch.left];
      posted += batch.posted;
    }
    return { left, posted };
  }

  private async postSome(importId: string, from: Place): Promise<BatchResult & { line: number }> {
    return this.database.transaction(async (tx) => {
      await withoutTimeLimit(tx);
      const file = await importOf(tx, importId, 'for share of f');
      if (file?.state !== 'posting') return { left: false, posted: 0, line: from.line };
      const line = await this.takeBatch(tx, file, from);
      const [result] = await tx.query<{ posted: number; suspended: number }>('select posted, suspended from payments.post_batch($1)', [
        file.posted_by ?? file.uploaded_by,
      ]);
      await tx.query(MARK_POSTED);
      const accepted = { posted: result?.posted ?? 0, suspended: result?.suspended ?? 0 };
      const posted = accepted.posted + accepted.suspended;
      if (posted > 0) await publish(tx, batchPosted, `import/${importId}`, { importId, ...accepted });
      const [rest] = await tx.query<{ left: boolean }>(STRIPE_LEFT, [importId, from.stripe, from.stripes, line]);
      return { left: rest?.left ?? false, posted, line };
    });
  }

  async rollBackBatch(importId: string): Promise<BatchResult> {
    return this.database.transaction(async (tx) => {
      await withoutTimeLimit(tx);
      const file = await this.locked(tx, importId);
      if (file.state !== 'rolling-back') return { left: false, posted: 0 };
      const by = file.rolled_back_by ?? file.uploaded_by;
      const [result] = await tx.query<{ left: number }>('select payments.roll_back($1, $2, $3) as left', [
        importId,
        ROLL_BACK_BATCH,
        by,
      ]);
      const left = result?.left ?? 0;
      if (left > 0) {
        await writeImportProgress(tx, file, 'post', 'running', 'payments.import.message.rolling-back', { left });
        return { left: true, posted: 0 };
      }
      await tx.query(
        `update payments.import_file set state = 'rolled-back', rolled_back_at = now(), version = version + 1 where id = $1`,
        [importId],
      );
      await writeImportProgress(tx, file, 'done', 'done', 'payments.import.message.rolled-back');
      await Progress.event(tx, file.workflow_id, 'payments.import.message.rolled-back');
      await publish(tx, gateMoved, `import/${importId}`, { gate: 'payments.unposted-registers' });
      return { left: false, posted: 0 };
    });
  }

  private async locked(tx: Tx, importId: string): Promise<ImportFileRow> {
    const file = await importOf(tx, importId, 'for update of f');
    if (file === undefined) throw notFound('payments.import.unknown', { id: importId });
    return file;
  }

  /** Takes the next rows of a stripe; answers the last line taken. */
  private async takeBatch(tx: Tx, file: ImportFileRow, from: Place): Promise<number> {
    const [place] = await tx.query<{ place: string; today: string }>(
      'select payments.place_of($1) as place, platform.today() as today',
      [file.channel_kind],
    );
    if (place === undefined || file.channel_id === null)
      throw conflict('payments.import.channel-unknown', { channel: '' });
    await tx.query(TAKE_BATCH, [
      file.id,
      from.stripe,
      from.stripes,
      from.line,
      BATCH,
      file.channel_id,
      place.place,
      sourceOf(file),
      file.provider_id,
      place.today,
    ]);
    await tx.query('analyze payment_in');
    const [last] = await tx.query<{ line: number }>('select coalesce(max(import_line), $1::int) as line from payment_in', [from.line]);
    await tx.query(LEAVE_KNOWN);
    return last?.line ?? from.line;
  }

  /** The file is posted when no row waits, also none that a person decided about in the meantime; false while some do. */
  private async finishPosting(importId: string): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      await withoutTimeLimit(tx);
      const file = await this.locked(tx, importId);
      if (file.state !== 'posting') return true;
      const [rest] = await tx.query<{ waiting: number }>(
        `select count(*)::int as waiting from payments.import_row r where r.import_id = $1 and ${POSTABLE}`,
        [importId],
      );
      const waiting = rest?.waiting ?? 0;
      if (waiting > 0) {
        await writeImportProgress(tx, file, 'post', 'running', 'payments.import.message.posting', { waiting });
        return false;
      }
      await this.writePosted(tx, file);
      return true;
    });
  }

  private async writePosted(tx: Tx, file: ImportFileRow): Promise<void> {
    await tx.query(
      `update payments.import_file set state = 'posted', posted_at = now(), version = version + 1 where id = $1`,
      [file.id],
    );
    const [sum] = await tx.query<{ rows: number; kop: bigint }>(
      `select count(*)::int as rows, coalesce(sum(amount_kop), 0)::bigint as kop from payments.payment where import_id = $1 and rolled_back_at is null`,
      [file.id],
    );
    const params = { rows: sum?.rows ?? 0, sum: kopText(sum?.kop ?? 0n) };
    await audit(tx, {
      actor: { login: file.posted_by ?? file.uploaded_by },
      action: 'payments.import.posted',
      subject: `import/${file.id}`,
      after: params,
    });
    await writeImportProgress(tx, file, 'done', 'done', 'payments.import.message.posted', params);
    await Progress.event(tx, file.workflow_id, 'payments.import.message.posted', params);
    await publish(tx, gateMoved, `import/${file.id}`, { gate: 'payments.unposted-registers' });
  }
}
