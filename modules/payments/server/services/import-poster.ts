import { conflict, notFound } from '@komplat/kernel';
import { audit, Database, Progress, publish, withoutTimeLimit } from '@komplat/server';
import type { Tx } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { batchPosted } from '../../contract/events.ts';
import { kopText } from '../../domain/index.ts';
import type { ImportFileRow } from './import-file.ts';
import { importOf, sourceOf } from './import-file.ts';
import { writeImportProgress } from './import-progress.ts';
import { LEAVE_KNOWN, MARK_POSTED, POSTABLE, TAKE_BATCH } from './import-sql.ts';

const BATCH = 5_000;
const ROLL_BACK_BATCH = 1_000;

export interface BatchResult {
  readonly left: boolean;
  readonly posted: number;
}

/** Accepts the rows of an import, and takes them back: a batch is one transaction, a restart goes on where it was. */
@Injectable()
export class ImportPoster {
  constructor(@Inject(Database) private readonly database: Database) {}

  async postBatch(importId: string): Promise<BatchResult> {
    return this.database.transaction(async (tx) => {
      await withoutTimeLimit(tx);
      const file = await this.locked(tx, importId);
      if (file.state !== 'posting') return { left: false, posted: 0 };
      const by = file.posted_by ?? file.uploaded_by;
      await this.takeBatch(tx, file);
      const [result] = await tx.query<{ posted: number; suspended: number }>(
        'select posted, suspended from payments.post_batch($1)',
        [by],
      );
      await tx.query(MARK_POSTED);
      const accepted = { posted: result?.posted ?? 0, suspended: result?.suspended ?? 0 };
      if (accepted.posted + accepted.suspended > 0)
        await publish(tx, batchPosted, `import/${importId}`, { importId, ...accepted });
      const [rest] = await tx.query<{ waiting: number }>(
        `select count(*)::int as waiting from payments.import_row r where r.import_id = $1 and ${POSTABLE}`,
        [importId],
      );
      const waiting = rest?.waiting ?? 0;
      if (waiting === 0) await this.finishPosting(tx, file, by);
      else await writeImportProgress(tx, file, 'post', 'running', 'payments.import.message.posting', { waiting });
      return { left: waiting > 0, posted: accepted.posted + accepted.suspended };
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
      return { left: false, posted: 0 };
    });
  }

  private async locked(tx: Tx, importId: string): Promise<ImportFileRow> {
    const file = await importOf(tx, importId, 'for update of f');
    if (file === undefined) throw notFound('payments.import.unknown', { id: importId });
    return file;
  }

  private async takeBatch(tx: Tx, file: ImportFileRow): Promise<void> {
    const [place] = await tx.query<{ place: string; today: string }>(
      'select payments.place_of($1) as place, platform.today() as today',
      [file.channel_kind],
    );
    if (place === undefined || file.channel_id === null)
      throw conflict('payments.import.channel-unknown', { channel: '' });
    await tx.query(TAKE_BATCH, [
      file.id,
      BATCH,
      file.channel_id,
      place.place,
      sourceOf(file),
      file.provider_id,
      place.today,
    ]);
    await tx.query('analyze payment_in');
    await tx.query(LEAVE_KNOWN);
  }

  private async finishPosting(tx: Tx, file: ImportFileRow, by: string): Promise<void> {
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
      actor: { login: by },
      action: 'payments.import.posted',
      subject: `import/${file.id}`,
      after: params,
    });
    await writeImportProgress(tx, file, 'done', 'done', 'payments.import.message.posted', params);
    await Progress.event(tx, file.workflow_id, 'payments.import.message.posted', params);
  }
}
