import { Inject, Injectable } from '@nestjs/common';
import type { Command, CommandContext, CommandDef } from '@komplat/plugin-api';
import { Messages } from '@komplat/server';
import { z } from 'zod';
import { ADMINISTRATION_PERMISSIONS as P } from '../../contract/permissions.ts';
import { ProcessCommand, ProcessQuery, ProcessReason } from '../../contract/process.schema.ts';
import { ProcessService } from '../services/process.service.ts';

const ListInput = ProcessQuery.extend({ limit: z.coerce.number().int().min(1).max(200).default(50) });
const ShowInput = z.strictObject({ id: z.string().max(200) });
const ActInput = ShowInput.extend(ProcessReason.shape);

@Injectable()
export class ProcessListCommand implements Command {
  constructor(
    @Inject(ProcessService) private readonly processes: ProcessService,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  async run(input: unknown, { actor }: CommandContext): Promise<unknown> {
    const { items, counts, next } = await this.processes.list(ListInput.parse(input), actor);
    const rows = items.map(({ id, state, phase, phaseNo, phases, message, updatedAt }) => ({
      id,
      state,
      phase: `${phase} ${phaseNo}/${phases}`,
      updatedAt,
      says: message ? this.messages.text('uk', message.key, message.params) : '',
    }));
    return { processes: rows, counts, next };
  }
}

@Injectable()
export class ProcessShowCommand implements Command {
  constructor(@Inject(ProcessService) private readonly processes: ProcessService) {}

  run(input: unknown, { actor }: CommandContext): Promise<unknown> {
    return this.processes.view(ShowInput.parse(input).id, actor);
  }
}

const acting = (command: ProcessCommand) => {
  @Injectable()
  class ActCommand implements Command {
    constructor(@Inject(ProcessService) private readonly processes: ProcessService) {}

    async run(input: unknown, { actor }: CommandContext): Promise<unknown> {
      const { id, reason } = ActInput.parse(input);
      const { state, phase } = await this.processes.command(id, command, reason, actor);
      return { id, state, phase };
    }
  }
  return ActCommand;
};
const ACTS = (['pause', 'resume', 'retry', 'stop'] as const).map((command) => ({ command, provider: acting(command) }));

export const PROCESS_COMMANDS: readonly CommandDef[] = [
  {
    id: 'administration.process-list', words: 'process list', title: 'administration.command.process-list', permission: P.processRead.id,
    input: ListInput, provider: ProcessListCommand,
  },
  {
    id: 'administration.process-show', words: 'process show', title: 'administration.command.process-show', permission: P.processRead.id,
    args: ['id'], input: ShowInput, provider: ProcessShowCommand,
  },
  ...ACTS.map(({ command, provider }) => ({
    id: `administration.process-${command}`, words: `process ${command}`, title: `administration.command.process-${command}`,
    permission: P.processControl.id, args: ['id'], input: ActInput, provider,
  })),
];
export const PROCESS_COMMAND_PROVIDERS = [ProcessListCommand, ProcessShowCommand, ...ACTS.map(({ provider }) => provider)];
