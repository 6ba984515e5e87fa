import { CloseCommandInput, CloseStatusInput } from '@komplat/billing/contract/close';
import type { Command, CommandContext, CommandDef } from '@komplat/plugin-api';
import { Inject, Injectable } from '@nestjs/common';
import { CloseService } from './close.service.ts';
import { BILLING_PERMISSIONS as P } from '@komplat/billing/contract';

/** `komplat close 2026-11`: starts the month, or goes on with it from the database when its process is gone. */
@Injectable()
export class CloseCommand implements Command {
  constructor(@Inject(CloseService) private readonly service: CloseService) {}

  async run(input: unknown, { actor, note }: CommandContext): Promise<unknown> {
    const { month, providers, dryRun } = CloseCommandInput.parse(input);
    const started = await this.service.start({ period: month, providers, dryRun }, actor.login);
    note(started.workflowId);
    return started;
  }
}

/** `komplat close status 2026-11` */
@Injectable()
export class CloseStatusCommand implements Command {
  constructor(@Inject(CloseService) private readonly service: CloseService) {}

  async run(input: unknown, { actor }: CommandContext): Promise<unknown> {
    const { month } = CloseStatusInput.parse(input);
    return this.service.view(month, actor);
  }
}

export const closeCommands: readonly CommandDef[] = [
  {
    id: 'billing.close-command', words: 'close', title: 'billing.command.close', permission: P.closeRun.id,
    args: ['month'], input: CloseCommandInput, provider: CloseCommand,
  },
  {
    id: 'billing.close-status-command', words: 'close status', title: 'billing.command.close-status', permission: P.closeRead.id,
    args: ['month'], input: CloseStatusInput, provider: CloseStatusCommand,
  },
];
