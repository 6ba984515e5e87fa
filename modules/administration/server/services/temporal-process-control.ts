import { Inject, Injectable } from '@nestjs/common';
import { conflict, DomainError } from '@komplat/kernel';
import { Database } from '@komplat/server';
import { ProcessClient, ProcessNotRunning, ProcessRefusal } from '@komplat/temporal/server';
import type { ProcessControl } from '../../contract/process-control.ts';
import type { ProcessCommand } from '../../contract/process.schema.ts';

const UPDATES: Readonly<Record<ProcessCommand, string>> = { pause: 'pause', resume: 'resume', stop: 'stop', retry: 'retryFailed' };
const MAX_CHILDREN = 500;

/** A command reaches the process itself as an update; a process of processes hands it to those that run. */
@Injectable()
export class TemporalProcessControl implements ProcessControl {
  constructor(
    @Inject(ProcessClient) private readonly processes: ProcessClient,
    @Inject(Database) private readonly database: Database,
  ) {}

  async command(workflowId: string, command: ProcessCommand, by: { readonly actor: string; readonly reason: string }): Promise<void> {
    const children = await this.database.query<{ workflow_id: string }>(
      `select workflow_id from platform.process_progress where parent_id = $1 and state not in ('done', 'stopped') order by workflow_id limit ${MAX_CHILDREN}`,
      [workflowId],
    );
    if (children.length === 0) return this.one(workflowId, command, by);
    const refused: unknown[] = [];
    for (const { workflow_id: id } of children) {
      await this.one(id, command, by).catch((error: unknown) => {
        // nobody waits for every child when the service itself does not answer
        if (error instanceof DomainError && error.status === 503) throw error;
        refused.push(error);
      });
    }
    if (refused.length === children.length) throw refused[0];
  }

  private async one(workflowId: string, command: ProcessCommand, { actor, reason }: { readonly actor: string; readonly reason: string }): Promise<void> {
    try {
      await this.processes.update(workflowId, UPDATES[command], { by: actor, reason });
    } catch (error) {
      if (error instanceof ProcessRefusal) throw conflict(error.code, error.params);
      if (error instanceof ProcessNotRunning) throw conflict('administration.process.not-running', { id: workflowId });
      throw error;
    }
  }
}
