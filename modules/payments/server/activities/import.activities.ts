import { audit, Database, Progress } from '@komplat/server';
import { activity, beating } from '@komplat/temporal/server';
import { Inject, Injectable } from '@nestjs/common';
import type { ImportActivities, ImportCommand, ImportSituation, ImportStep } from '../../contract/workflows.ts';
import type { ImportState } from '../services/import-file.ts';
import { importOf } from '../services/import-file.ts';
import { ImportPoster } from '../services/import-poster.ts';
import { writeImportProgress } from '../services/import-progress.ts';
import { ImportReader } from '../services/import-reader.ts';

const STEPS: Readonly<Record<ImportState, ImportStep>> = {
  reading: 'stage',
  staged: 'wait',
  posting: 'post',
  'rolling-back': 'roll-back',
  posted: 'end',
  mismatch: 'end',
  refused: 'end',
  cancelled: 'end',
  'rolled-back': 'end',
};
const HEARTBEAT_MS = 2_000;

/** Steps of the process of a file; each looks at the database first, so it may run twice. */
@Injectable()
export class ImportActivitiesImpl implements ImportActivities {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ImportReader) private readonly reader: ImportReader,
    @Inject(ImportPoster) private readonly poster: ImportPoster,
  ) {}

  async importSituation(importId: string): Promise<ImportSituation> {
    return guarded(async () => {
      const file = await importOf(this.database, importId);
      if (file === undefined) return { step: 'end', paused: false };
      const [progress] = await this.database.query<{ state: string }>(
        'select state from platform.process_progress where workflow_id = $1',
        [file.workflow_id],
      );
      return { step: STEPS[file.state], paused: progress?.state === 'paused' };
    });
  }

  async stageImport(importId: string): Promise<void> {
    await guarded(() => this.reader.stage(importId));
  }

  async postImportBatch(importId: string): Promise<{ readonly left: boolean }> {
    return guarded(async () => ({ left: (await this.poster.postBatch(importId)).left }));
  }

  async rollBackImportBatch(importId: string): Promise<{ readonly left: boolean }> {
    return guarded(async () => ({ left: (await this.poster.rollBackBatch(importId)).left }));
  }

  async recordImportCommand(record: {
    importId: string;
    command: ImportCommand;
    by: string;
    reason: string;
  }): Promise<void> {
    const { importId, command, by, reason } = record;
    await guarded(() =>
      this.database.transaction(async (tx) => {
        const file = await importOf(tx, importId);
        if (file === undefined) return;
        if (command === 'pause') await Progress.pause(tx, file.workflow_id, by, reason);
        else
          await tx.query(
            `update platform.process_progress set state = 'running', pause_reason = null, paused_by = null, updated_at = now() where workflow_id = $1`,
            [file.workflow_id],
          );
        if (command === 'stop') {
          await tx.query(
            `update payments.import_file set state = 'cancelled', reason = $2, version = version + 1 where id = $1 and state in ('staged', 'reading')`,
            [importId, reason],
          );
          await writeImportProgress(tx, file, 'done', 'stopped', 'payments.import.message.cancelled');
        }
        await Progress.event(tx, file.workflow_id, `payments.import.event.${command}`, {}, { actor: by, reason });
        await audit(tx, {
          actor: { login: by },
          action: `payments.import.${command}`,
          subject: `import/${importId}`,
          reason,
        });
      }),
    );
  }

  async markImportFailed(importId: string, code: string): Promise<void> {
    await guarded(() =>
      this.database.transaction(async (tx) => {
        const file = await importOf(tx, importId);
        if (file === undefined) return;
        await writeImportProgress(tx, file, file.state === 'reading' ? 'read' : 'post', 'failed', `error.${code}`);
        await Progress.event(tx, file.workflow_id, `error.${code}`);
      }),
    );
  }
}

/** A long step says that it lives; a refusal ends it for good. */
const guarded = <R>(work: () => Promise<R>): Promise<R> => beating(HEARTBEAT_MS, () => activity(work));
