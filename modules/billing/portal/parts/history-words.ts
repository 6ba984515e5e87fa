import type { IconName, PillKind } from '@komplat/ui';
import type { HistoryItem } from '../../contract/index.ts';

const LOOKS: Readonly<Record<HistoryItem['state'], { kind: PillKind; icon: IconName }>> = {
  new: { kind: 'idle', icon: 'clock' },
  wrong: { kind: 'bad', icon: 'failed' },
  checked: { kind: 'info', icon: 'calculator' },
  loading: { kind: 'warn', icon: 'running' },
  loaded: { kind: 'ok', icon: 'done' },
  cancelled: { kind: 'idle', icon: 'undo' },
};
export const historyLook = (state: HistoryItem['state']): { kind: PillKind; icon: IconName } => LOOKS[state];
