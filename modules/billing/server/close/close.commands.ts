import { CloseCommandInput, CloseStatusInput } from '@komplat/billing/contract/close';
import type { Command, CommandDef } from '@komplat/plugin-api';
import { systemActor } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { CloseService } from './close.service.ts';
import { P } from './close.permissions.ts';

/** `komplat close 2026-11`: starts the month, or goes on with it from the database when its process is gone. */
@Injectable()
export class CloseCommand implements Command {
  constructor(@Inject(CloseService) private readonly service: CloseService) {}

  async run(input: unknown, note: (message: string) => void): Promise<unknown> {
    const { month, providers, dryRun, by } = CloseCommandInput.parse(input);
    const started = await this.service.start({ period: month, providers, dryRun }, by);
    note(started.workflowId);
    return started;
  }
}

/** `komplat close status 2026-11` */
@Injectable()
export class CloseStatusCommand implements Command {
  constructor(@Inject(CloseService) private readonly service: CloseService) {}

  async run(input: unknown): Promise<unknown> {
    const { month } = CloseStatusInput.parse(input);
    return this.service.view(month, systemActor('cli'));
  }
}

export const closeCommands: readonly CommandDef[] = [
  {
    id: 'billing.close-command', words: 'close', title: 'billing.command.close', permission: P.closeRun.id,
    input: CloseCommandInput, provider: CloseCommand,
  },
  {
    id: 'billing.close-status-command', words: 'close status', title: 'billing.command.close-status', permission: P.closeRead.id,
    input: CloseStatusInput, provider: CloseStatusCommand,
  },
];
