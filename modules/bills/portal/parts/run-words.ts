import type { IconName, PillKind } from '@komplat/ui';
import type { RunView } from '../../contract/index.ts';

/** How the state of a run looks. */
export function runLook(state: RunView['state']): { readonly kind: PillKind; readonly icon: IconName } {
  switch (state) {
    case 'done':
      return { kind: 'ok', icon: 'done' };
    case 'halted':
      return { kind: 'bad', icon: 'failed' };
    case 'stopped':
      return { kind: 'warn', icon: 'paused' };
    case 'running':
    case 'planned':
      return { kind: 'info', icon: 'running' };
  }
}

/** Outcomes of a run as the bar takes them. */
export const outcomeOf = ({ planned, counts }: RunView): { planned: number; done: number; failed: number; skipped: number } => ({
  planned,
  done: counts.done,
  failed: counts.failed,
  skipped: counts.skipped,
});
/** A run that moves is looked at every two seconds. */
export const pollOf = (state: RunView['state'] | undefined): number | false => (state === 'running' || state === 'planned' ? 2_000 : false);
