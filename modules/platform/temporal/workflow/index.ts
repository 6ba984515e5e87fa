export { activitiesOf } from './activities-of.ts';
export { doorbell, pause, refusal, resume, retryFailed, stop, type PauseCommand, type ProcessCommand } from './commands.ts';
export { listenToCommands, type Commanded, type CommandName } from './listen.ts';
export { StepState } from './step-state.ts';
