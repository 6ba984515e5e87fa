import { conflict, DomainError, notFound } from '@komplat/kernel';
import type { EventDef } from '@komplat/plugin-api';
import { audit, Database, FileStore, publish, uuid7 } from '@komplat/server';
import type { Actor, Tx } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import type { ImportRef } from '../../contract/events.ts';
import { gateMoved, importOrdered, importUploaded } from '../../contract/events.ts';
import type { RowDecision, Uploaded, UploadQuery } from '../../contract/import.schema.ts';
import { statementImportId } from '../../contract/workflows.ts';
import { findPreset, recognisePreset } from '../../domain/index.ts';
import type { RegisterPreset } from '../../domain/index.ts';
import type { ImportFileRow, ImportState } from './import-file.ts';
import { importOf } from './import-file.ts';
import { writeImportProgress } from './import-progress.ts';

const HEAD = 4_096;
const NOT_KEPT = `('refused', 'cancelled', 'rolled-back', 'mismatch')`;

export interface UploadOptions extends UploadQuery {
  readonly limit: number;
  /** The caller goes on by itself; otherwise the process of the file is started. */
  readonly inline?: boolean;
}

/** What people order on the import desk. The work itself is done by reader and poster, in the file's process. */
@Injectable()
export class ImportDesk {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FileStore) private readonly files: FileStore,
  ) {}

  /** The same bytes under the same preset are one import, however many uploads there are. */
  async upload(content: Readable | Uint8Array, options: UploadOptions, actor: Actor): Promise<Uploaded> {
    const stored = await this.files
      .put(content, 'payment-register', 'application/octet-stream', options.limit)
      .catch((error: unknown) => {
        throw error instanceof DomainError && error.code === 'platform.file.too-large'
          ? tooLarge(options.limit)
          : error;
      });
    const preset = await this.presetOf(options, stored.sha256);
    return this.database.transaction(async (tx) => {
      const provider = await idByCode(tx, 'tariffs.pub_provider_v1', 'payments.provider.unknown', options.provider);
      const channel = await idByCode(tx, 'payments.channel', 'payments.channel.unknown', options.channel);
      const id = uuid7();
      const made = await tx.query(
        `insert into payments.import_file (id, preset, file_name, file_hash, size, provider_id, channel_id, state, workflow_id, uploaded_by)
         values ($1, $2, $3, $4, $5, $6, $7, 'reading', $8, $9)
         on conflict (preset, file_hash) where state not in ${NOT_KEPT} do nothing returning id`,
        [
          id,
          preset.id,
          options.name,
          stored.sha256,
          stored.size,
          provider,
          channel,
          statementImportId(id),
          actor.login,
        ],
      );
      if (made.length === 0) return { id: await this.earlier(tx, preset.id, stored.sha256), repeated: true };
      const file = await this.known(tx, id);
      await writeImportProgress(tx, file, 'read', 'running', 'payments.import.message.uploaded');
      await audit(tx, {
        actor,
        action: 'payments.import.upload',
        subject: `import/${id}`,
        after: { hash: stored.sha256, preset: preset.id },
      });
      if (options.inline !== true) await this.ring(tx, importUploaded, id, actor);
      return { id, repeated: false };
    });
  }

  async order(
    id: string,
    what: 'post' | 'cancel' | 'rollback',
    reason: string | undefined,
    actor: Actor,
    inline = false,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const file = await this.known(tx, id, 'for update of f');
      if (what === 'post') await this.orderPost(tx, file, actor);
      else if (what === 'cancel') await this.orderCancel(tx, file, reason);
      else await this.orderRollBack(tx, file, reason, actor);
      await audit(tx, {
        actor,
        action: `payments.import.${what}`,
        subject: `import/${id}`,
        before: { state: file.state },
        ...(reason === undefined ? {} : { reason }),
      });
      if (!inline) await this.ring(tx, importOrdered, id, actor);
    });
  }

  /** A person says what becomes of one row. */
  async decide(id: string, line: number, decision: RowDecision, actor: Actor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const file = await this.known(tx, id, 'for update of f');
      if (file.state !== 'staged' && file.state !== 'posted') throw wrongState(file);
      const [row] = await tx.query<{ outcome: string; posted_at: Date | null; account_id: number | null }>(
        'select outcome, posted_at, account_id from payments.import_row where import_id = $1 and line = $2',
        [id, line],
      );
      if (row === undefined) throw notFound('payments.row.unknown', { line });
      if (row.posted_at !== null) throw conflict('payments.row.posted', { line });
      if (!['matched', 'suspense', 'duplicate'].includes(row.outcome))
        throw conflict('payments.row.not-decidable', { line, outcome: row.outcome });
      const account = decision.account === undefined ? row.account_id : await accountId(tx, decision.account);
      if (decision.decision === 'post' && account === null)
        throw new DomainError('payments.row.account-needed', { line });
      await tx.query(
        `update payments.import_row set decision = $3, decided_by = $4, account_id = $5 where import_id = $1 and line = $2`,
        [id, line, decision.decision, actor.login, account],
      );
      await audit(tx, {
        actor,
        action: 'payments.import.decide',
        subject: `import/${id}/${line}`,
        reason: decision.reason,
        after: { decision: decision.decision, account: decision.account ?? null },
      });
      if (file.state === 'posted' && decision.decision !== 'skip') {
        await this.setState(tx, file, 'posting');
        await this.ring(tx, importOrdered, id, actor);
      }
    });
  }

  private async orderPost(tx: Tx, file: ImportFileRow, actor: Actor): Promise<void> {
    if (file.state === 'mismatch') throw conflict('payments.import.mismatch', {});
    if (file.state !== 'staged') throw wrongState(file);
    await tx.query(
      `update payments.import_file set state = 'posting', posted_by = $2, version = version + 1 where id = $1`,
      [file.id, actor.login],
    );
    await writeImportProgress(tx, file, 'post', 'running', 'payments.import.message.posting', {
      waiting: file.read_rows ?? 0,
    });
  }

  private async orderCancel(tx: Tx, file: ImportFileRow, reason: string | undefined): Promise<void> {
    if (file.state !== 'staged' && file.state !== 'mismatch') throw wrongState(file);
    await tx.query(
      `update payments.import_file set state = 'cancelled', reason = $2, version = version + 1 where id = $1`,
      [file.id, reason ?? null],
    );
    await writeImportProgress(tx, file, 'done', 'stopped', 'payments.import.message.cancelled');
    await publish(tx, gateMoved, `import/${file.id}`, { gate: 'payments.unposted-registers' });
  }

  private async orderRollBack(tx: Tx, file: ImportFileRow, reason: string | undefined, actor: Actor): Promise<void> {
    if (file.state !== 'posted') throw wrongState(file);
    if (reason === undefined || reason.length < 3) throw new DomainError('payments.import.reason-needed');
    const [answer] = await tx.query<{ may: boolean }>('select payments.may_roll_back($1) as may', [file.id]);
    if (answer?.may !== true) throw conflict('payments.import.rollback-period-closed', {});
    await tx.query(
      `update payments.import_file set state = 'rolling-back', rolled_back_by = $2, reason = $3, version = version + 1 where id = $1`,
      [file.id, actor.login, reason],
    );
    await writeImportProgress(tx, file, 'post', 'running', 'payments.import.message.rolling-back', {
      left: file.read_rows ?? 0,
    });
  }

  private async setState(tx: Tx, file: ImportFileRow, state: ImportState): Promise<void> {
    await tx.query('update payments.import_file set state = $2, version = version + 1 where id = $1', [file.id, state]);
  }

  private async ring(tx: Tx, event: EventDef<ImportRef>, importId: string, actor: Actor): Promise<void> {
    await publish(tx, event, `import/${importId}`, { importId, startedBy: actor.login });
  }

  private async known(tx: Tx, id: string, lock: '' | 'for update of f' = ''): Promise<ImportFileRow> {
    const file = await importOf(tx, id, lock);
    if (file === undefined) throw notFound('payments.import.unknown', { id });
    return file;
  }

  private async earlier(tx: Tx, preset: string, hash: string): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      `select id from payments.import_file where preset = $1 and file_hash = $2 and state not in ${NOT_KEPT}`,
      [preset, hash],
    );
    if (row === undefined) throw conflict('payments.import.try-again', {});
    return row.id;
  }

  private async presetOf(options: UploadOptions, hash: string): Promise<RegisterPreset> {
    if (options.preset !== undefined) {
      const preset = findPreset(options.preset);
      if (preset === undefined) throw new DomainError('payments.import.preset-unknown', { preset: options.preset });
      return preset;
    }
    const preset = recognisePreset(options.name, await this.head(hash));
    if (preset === undefined) throw new DomainError('payments.import.not-recognised', { name: options.name });
    return preset;
  }

  private async head(hash: string): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of await this.files.open(hash)) {
      const bytes = Buffer.from(part);
      parts.push(bytes);
      size += bytes.length;
      if (size >= HEAD) break;
    }
    return Buffer.concat(parts).subarray(0, HEAD);
  }
}

export const tooLarge = (limit: number): DomainError =>
  new DomainError('payments.import.too-large', { limit: Math.floor(limit / 1_048_576) }, 413);

const wrongState = (file: ImportFileRow): DomainError => conflict('payments.import.wrong-state', { state: file.state });

async function idByCode(tx: Tx, table: string, code: string, value: string | undefined): Promise<number | null> {
  if (value === undefined) return null;
  const [row] = await tx.query<{ id: number }>(`select id from ${table} where code = $1`, [value]);
  if (row === undefined) throw new DomainError(code, { code: value });
  return row.id;
}

async function accountId(tx: Tx, number: string): Promise<number> {
  const [row] = await tx.query<{ account_id: number }>(
    'select account_id from registry.pub_account_v1 where number = $1',
    [number.replaceAll(/\s/gu, '')],
  );
  if (row === undefined) throw new DomainError('payments.account.unknown', { account: number });
  return row.account_id;
}
