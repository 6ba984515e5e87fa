import type { Command, CommandContext, CommandDef } from '@komplat/plugin-api';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { IndexLoad } from '../../contract/index-load.schema.ts';
import { DEBT_PERMISSIONS as P } from '../../contract/permissions.ts';
import { IndexLoader } from './index-loader.ts';

const AskInput = z.object({
  month: z.string().describe('2026-09'),
  value: z.string().describe('previous month = 100'),
  source: z.string().describe('publication'),
  published: z.string().describe('day of the publication'),
  reason: z.string().describe('why'),
});

/** `komplat index ask MONTH VALUE`: asks for one new or revised index; a second person agrees. */
@Injectable()
export class AskIndexCommand implements Command {
  constructor(@Inject(IndexLoader) private readonly loader: IndexLoader) {}

  async run(input: unknown, { actor }: CommandContext): Promise<unknown> {
    const { month, value, source, published, reason } = AskInput.parse(input);
    return this.loader.ask(IndexLoad.parse({ rows: [{ month, value }], source, stateOf: published, reason }), actor);
  }
}

export const indexCommands: readonly CommandDef[] = [
  {
    id: 'debt.index-ask',
    words: 'index ask',
    title: 'debt.command.index-ask',
    permission: P.lawTables.id,
    args: ['month', 'value'],
    input: AskInput,
    provider: AskIndexCommand,
  },
];
