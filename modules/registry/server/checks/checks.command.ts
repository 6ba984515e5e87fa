import { DomainError } from '@komplat/kernel';
import type { Command, CommandContext, CommandDef } from '@komplat/plugin-api';
import { Database } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { REGISTRY_PERMISSIONS as P } from '../../contract/permissions.ts';
import { CheckRunner } from './check-runner.ts';

export const ChecksInput = z.object({
  account: z.string().optional().describe('one account, 10 digits; the whole base when absent'),
});

/** `komplat checks run [--account N]`: all rules over the data, now. */
@Injectable()
export class ChecksCommand implements Command {
  constructor(
    @Inject(CheckRunner) private readonly runner: CheckRunner,
    @Inject(Database) private readonly database: Database,
  ) {}

  async run(input: unknown, { actor, note }: CommandContext): Promise<unknown> {
    const { account } = ChecksInput.parse(input);
    if (account === undefined) return this.runner.run({ startedBy: actor.login, note });
    const number = account.replaceAll(/\s/g, '');
    const [row] = await this.database.query<{ id: number }>('select id from registry.account where number = $1', [number]);
    if (!row) throw new DomainError('registry.account.unknown', { number }, 404);
    return this.runner.run({ accounts: [row.id], startedBy: actor.login, note });
  }
}

export const checksCommand: CommandDef = {
  id: 'registry.checks-run',
  words: 'checks run',
  title: 'registry.command.checks-run',
  permission: P.findingManage.id,
  input: ChecksInput,
  provider: ChecksCommand,
};
