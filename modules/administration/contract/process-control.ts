import type { ProcessCommand } from './process.schema.ts';

/** How a command of a person reaches a running process; the process refuses what its state forbids. */
export interface ProcessControl {
  command(workflowId: string, command: ProcessCommand, by: { readonly actor: string; readonly reason: string }): Promise<void>;
}
export const PROCESS_CONTROL = Symbol.for('komplat.process-control');
