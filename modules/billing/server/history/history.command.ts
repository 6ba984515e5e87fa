import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { DomainError } from '@komplat/kernel';
import type { Command, CommandContext, CommandDef } from '@komplat/plugin-api';
import { Messages } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { HISTORY_KINDS, type HistoryView } from '../../contract/history.schema.ts';
import { BILLING_PERMISSIONS as P } from '../../contract/permissions.ts';
import { HistoryDesk } from './history-desk.ts';
import { HistoryLoader } from './history-loader.ts';

const FILE_LIMIT = 64 * 1024 ** 3;
const MAX_FILES = 12;
const SHOWN_PROBLEMS = 100;
const more = Array.from({ length: MAX_FILES - 1 }, (_, index) => `file${index + 2}`);

export const HistoryLoadInput = z
  .object({
    file: z.string().describe('path of a CSV or DBF file'),
    kind: z.enum(HISTORY_KINDS).default('balances').describe('what the files hold'),
    check: z.boolean().optional().describe('read and check; load nothing'),
    control: z.string().optional().describe('CSV of stated totals: provider, month, sums, rows'),
    withoutControl: z.string().min(3).optional().describe('why the months are locked without stated totals'),
    owner: z.string().default('former-centre').describe('whose numbers of accounts the file has'),
  })
  .catchall(z.string());

/** `komplat history load FILE…`: files one after another, each whole; started again it goes on where it stopped. */
@Injectable()
export class HistoryLoadCommand implements Command {
  constructor(
    @Inject(HistoryDesk) private readonly desk: HistoryDesk,
    @Inject(HistoryLoader) private readonly loader: HistoryLoader,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  async run(input: unknown, context: CommandContext): Promise<unknown> {
    const options = HistoryLoadInput.parse(input);
    const files = [options.file, ...more.flatMap((name) => options[name] ?? [])].map(String);
    const results: unknown[] = [];
    for (const file of files) results.push(await this.one(file, options, context));
    return { files: results };
  }

  private async one(path: string, options: z.infer<typeof HistoryLoadInput>, { actor, note }: CommandContext): Promise<unknown> {
    await stat(path).catch(() => {
      throw new DomainError('billing.history.no-file', { file: path });
    });
    const name = basename(path);
    const { id, repeated } = await this.desk.upload(createReadStream(path), { kind: options.kind, name, owner: options.owner, limit: FILE_LIMIT }, actor);
    const before = await this.desk.view(id);
    if (before.state !== 'loading' && before.state !== 'loaded') {
      if (options.control !== undefined) await this.desk.control(id, basename(options.control), await readFile(options.control), actor);
      await this.loader.check(id, actor, (rows) => note(`${name}: ${rows}`));
    }
    const checked = await this.desk.view(id);
    const isLoaded = options.check !== true && checked.state !== 'wrong';
    if (isLoaded) await this.loader.load(id, options.withoutControl, actor, (rows) => note(`${name}: ${rows}`));
    return this.shown(isLoaded ? await this.desk.view(id) : checked, repeated);
  }

  private shown({ id, kind, fileName, hash, state, rows, wrong, encoding, months, facts, digest, problems }: HistoryView, repeated: boolean): unknown {
    return {
      id, kind, file: fileName, hash, repeated, state, rows, wrong, encoding, digest, facts,
      months: months.map(({ month, provider, rows: count, closing, digest }) => ({ month, provider, rows: count, closing, digest })),
      problems: problems.slice(0, SHOWN_PROBLEMS).map(({ line, code, params }) => ({
        line, code, message: this.messages.text('uk', `error.${code}`, params),
      })),
    };
  }
}

export const historyLoadCommand: CommandDef = {
  id: 'billing.history-load-command', words: 'history load', title: 'billing.command.history-load', permission: P.historyLoad.id,
  args: ['file', ...more], input: HistoryLoadInput, provider: HistoryLoadCommand,
};
