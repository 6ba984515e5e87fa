import { ApplicationFailure, defineSignal, defineUpdate } from '@temporalio/workflow';

/** Who asks and why; stored with the process. */
export interface ProcessCommand {
  readonly by: string;
  readonly reason: string;
}

/** A business pause may end by itself. */
export interface PauseCommand extends ProcessCommand {
  /** ISO instant. */
  readonly until?: string;
}

/** A fact stands in the database: look there. */
export const doorbell = defineSignal<[]>('doorbell');
export const pause = defineUpdate<void, [PauseCommand]>('pause');
export const resume = defineUpdate<void, [ProcessCommand]>('resume');
export const stop = defineUpdate<void, [ProcessCommand]>('stop');
export const retryFailed = defineUpdate<void, [ProcessCommand]>('retryFailed');

/** The process forbids this command now: thrown by a validator, answered as 409 with the code. */
export function refusal(code: string, params: Record<string, string | number> = {}): ApplicationFailure {
  return ApplicationFailure.create({ message: code, type: 'ProcessRefusal', nonRetryable: true, details: [params] });
}
