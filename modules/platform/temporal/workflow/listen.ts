import { setHandler } from '@temporalio/workflow';
import { doorbell, pause, type PauseCommand, type ProcessCommand, refusal, resume, retryFailed, stop } from './commands.ts';

/** What a person did to a process, as it is written down. */
export type CommandName = 'pause' | 'resume' | 'stop' | 'retry-failed';

/** The part of a process's state that answers to people: what it may do now (null, or the code of the refusal), and the doing. */
export interface Commanded {
  ring(): void;
  pause(): void;
  resume(): void;
  stop(): void;
  /** Looks again at what failed. */
  retry(): void;
  mayPause(): string | null;
  mayResume(): string | null;
  mayStop(): string | null;
  mayRetry(): string | null;
}

/**
 * Lets a process hear its doorbell and the four commands of the console. A pause holds from the moment it is accepted; the other
 * commands count once `record` has them in the database. `params` stand in the words of a refusal.
 */
export function listenToCommands(
  state: Commanded,
  record: (command: CommandName, request: ProcessCommand) => Promise<void>,
  params: Readonly<Record<string, string | number>> = {},
): void {
  const allow = (code: string | null): void => {
    if (code) throw refusal(code, params);
  };
  setHandler(doorbell, () => state.ring());
  const onPause = async (request: PauseCommand): Promise<void> => {
    state.pause();
    await record('pause', request);
  };
  const onResume = async (request: ProcessCommand): Promise<void> => {
    await record('resume', request);
    state.resume();
  };
  const onStop = async (request: ProcessCommand): Promise<void> => {
    await record('stop', request);
    state.stop();
  };
  const onRetry = async (request: ProcessCommand): Promise<void> => {
    await record('retry-failed', request);
    state.retry();
  };
  setHandler(pause, onPause, { validator: (_request: PauseCommand) => allow(state.mayPause()) });
  setHandler(resume, onResume, { validator: (_request: ProcessCommand) => allow(state.mayResume()) });
  setHandler(stop, onStop, { validator: (_request: ProcessCommand) => allow(state.mayStop()) });
  setHandler(retryFailed, onRetry, { validator: (_request: ProcessCommand) => allow(state.mayRetry()) });
}
