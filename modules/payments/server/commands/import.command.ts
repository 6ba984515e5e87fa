import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { basename } from 'node:path';
import { DomainError } from '@komplat/kernel';
import type { Command, CommandContext, CommandDef } from '@komplat/plugin-api';
import { Database, Messages } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { PAYMENTS_PERMISSIONS as P } from '../../contract/permissions.ts';
import { kopText } from '../../domain/index.ts';
import { ImportDesk } from '../services/import-desk.ts';
import type { ImportFileRow } from '../services/import-file.ts';
import { importOf } from '../services/import-file.ts';
import { ImportPoster } from '../services/import-poster.ts';
import { ImportReader } from '../services/import-reader.ts';

const FILE_LIMIT = 4 * 1024 ** 3;
const SHOWN_REJECTED = 1_000;

export const ImportCommandInput = z.object({
  preset: z.string().describe('eirc-ree, ibank2ua-csv, oschadbank-dbf'),
  file: z.string().describe('path of the file'),
  provider: z.string().optional().describe('code of the provider whose register it is'),
  channel: z.string().optional().describe("code of the channel, when it is not the preset's own"),
  dryRun: z.boolean().optional().describe('stage, check and count; post nothing'),
});

interface RejectedRow {
  readonly line: number;
  readonly code: string;
  readonly params: Readonly<Record<string, string>> | null;
}

/** `komplat import PRESET FILE`: the code of the import desk, without waiting for a person. */
@Injectable()
export class ImportCommand implements Command {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(ImportDesk) private readonly desk: ImportDesk,
    @Inject(ImportReader) private readonly reader: ImportReader,
    @Inject(ImportPoster) private readonly poster: ImportPoster,
  ) {}

  async run(input: unknown, { actor, note }: CommandContext): Promise<unknown> {
    const { preset, file, provider, channel, dryRun } = ImportCommandInput.parse(input);
    await access(file).catch(() => {
      throw new DomainError('payments.import.no-file', { file });
    });
    const uploaded = await this.desk.upload(
      createReadStream(file),
      {
        preset,
        name: basename(file),
        limit: FILE_LIMIT,
        inline: true,
        ...(provider === undefined ? {} : { provider }),
        ...(channel === undefined ? {} : { channel }),
      },
      actor,
    );
    await this.reader.stage(uploaded.id, (rows) =>
      note(this.messages.text('uk', 'payments.import.message.read-so-far', { rows })),
    );
    const staged = await this.known(uploaded.id);
    if (staged.state === 'refused')
      throw new DomainError(staged.refusal_code ?? 'payments.import.unknown', staged.refusal_params ?? {});
    if (staged.state === 'mismatch') throw mismatch(staged);
    if (staged.state === 'staged' && dryRun === true && !uploaded.repeated)
      await this.desk.order(uploaded.id, 'cancel', 'dry run', actor, true);
    else if (staged.state === 'staged' && dryRun !== true)
      await this.desk.order(uploaded.id, 'post', undefined, actor, true);
    const posted = dryRun === true ? 0 : await this.post(uploaded.id);
    return this.answer(uploaded.id, uploaded.repeated, posted);
  }

  /** Rows accepted by this run: a repeated file that is posted already gives none. */
  private async post(id: string): Promise<number> {
    for (let posted = 0; ;) {
      const batch = await this.poster.postBatch(id);
      posted += batch.posted;
      if (!batch.left) return posted;
    }
  }

  private async known(id: string): Promise<ImportFileRow> {
    const file = await importOf(this.database, id);
    if (file === undefined) throw new DomainError('payments.import.unknown', { id });
    return file;
  }

  private async answer(id: string, repeated: boolean, posted: number): Promise<unknown> {
    const file = await this.known(id);
    const counts = await this.database.query<{ outcome: string; count: number }>(
      'select outcome, count(*)::int as count from payments.import_row where import_id = $1 group by outcome',
      [id],
    );
    const rejected = await this.database.query<RejectedRow>(
      `select line, reason_code as code, reason_params as params from payments.import_row
       where import_id = $1 and outcome = 'rejected' order by line limit ${SHOWN_REJECTED}`,
      [id],
    );
    const count = (outcome: string): number => counts.find((each) => each.outcome === outcome)?.count ?? 0;
    return {
      id,
      hash: file.file_hash,
      repeated,
      state: file.state,
      encoding: file.encoding,
      formatVersion: file.format_version,
      provider: file.provider,
      control: { rows: file.read_rows, sum: kopText(file.read_sum_kop ?? 0n) },
      matched: count('matched'),
      linked: count('linked'),
      suspense: count('suspense'),
      duplicates: count('duplicate'),
      skipped: count('skipped'),
      rejected: rejected.map(({ line, code, params }) => ({
        line,
        code,
        message: this.messages.text('uk', `error.${code}`, params ?? {}),
      })),
      posted,
    };
  }
}

const mismatch = (file: ImportFileRow): DomainError =>
  new DomainError('payments.import.mismatch-found', {
    stated: file.stated_sum_kop === null ? '' : kopText(file.stated_sum_kop),
    read: kopText(file.read_sum_kop ?? 0n),
    difference: file.stated_sum_kop === null ? '' : kopText((file.read_sum_kop ?? 0n) - file.stated_sum_kop),
    statedRows: file.stated_rows ?? 0,
    readRows: file.read_rows ?? 0,
  });

export const importCommand: CommandDef = {
  id: 'payments.import-command',
  words: 'import',
  title: 'payments.command.import',
  permission: P.importPost.id,
  args: ['preset', 'file'],
  input: ImportCommandInput,
  provider: ImportCommand,
};
