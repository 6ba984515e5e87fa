import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { DomainError, zPeriod } from '@komplat/kernel';
import type { Command, CommandContext, CommandDef } from '@komplat/plugin-api';
import { Messages } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { BENEFITS_PERMISSIONS as P } from '../../contract/permissions.ts';
import { Awards } from '../services/awards.service.ts';
import { AwardViews } from '../services/award-views.ts';

const SHOWN = 200;
const AwardsInput = z.object({
  file: z.string().describe('path of the file'),
  month: zPeriod.describe('month that the file is for'),
  post: z.boolean().optional().describe('post what is ready; without it the file is checked and waits'),
  withoutRejected: z.boolean().optional().describe('post although rows are rejected: they stay in the error list'),
  reason: z.string().optional(),
});

/** `komplat awards import FILE --month M`: loads and checks a file of subsidies, posts it with `--post`. */
@Injectable()
export class AwardsCommand implements Command {
  constructor(
    @Inject(Awards) private readonly awards: Awards,
    @Inject(AwardViews) private readonly views: AwardViews,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  async run(input: unknown, { actor }: CommandContext): Promise<unknown> {
    const { file, month, post, withoutRejected, reason } = AwardsInput.parse(input);
    const bytes = await readFile(file).catch(() => {
      throw new DomainError('benefits.award.no-file', { file });
    });
    const { repeated, ...loaded } = await this.awards.upload(bytes, { name: basename(file), month }, actor);
    const because = reason ?? 'завантаження файлу командою';
    const order = { version: loaded.version, withoutRejected: withoutRejected ?? false, reason: because };
    const view = post && loaded.state === 'staged' ? await this.awards.post(loaded.id, order, actor) : loaded;
    const { items } = await this.views.rows(loaded.id, { outcome: 'rejected', limit: SHOWN });
    return {
      id: view.id,
      hash: view.fileHash,
      repeated,
      state: view.state,
      layout: view.layout,
      control: { rows: view.rows, sum: view.sum },
      refusal: view.refusal ? this.messages.text('uk', view.refusal.key, view.refusal.params) : null,
      rejected: items.map(({ line, problem }) => ({
        line,
        code: problem?.key.replace(/^error\./, '') ?? '',
        message: problem ? this.messages.text('uk', problem.key, problem.params) : '',
      })),
    };
  }
}

export const awardsCommand: CommandDef = {
  id: 'benefits.awards-import',
  words: 'awards import',
  title: 'benefits.command.awards-import',
  permission: P.awardPost.id,
  args: ['file'],
  input: AwardsInput,
  provider: AwardsCommand,
};
