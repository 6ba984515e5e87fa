import type { IconName, PillKind } from '@komplat/ui';

const PILLS: Readonly<Record<string, { kind: PillKind; icon: IconName }>> = {
  waiting: { kind: 'appr', icon: 'users' },
  approved: { kind: 'ok', icon: 'done' },
  executed: { kind: 'ok', icon: 'done' },
  rejected: { kind: 'bad', icon: 'failed' },
  failed: { kind: 'bad', icon: 'failed' },
  expired: { kind: 'idle', icon: 'clock' },
};

/** Look of a state of an approval. */
export const approvalPill = (state: string): { kind: PillKind; icon: IconName } =>
  PILLS[state] ?? { kind: 'idle', icon: 'clock' };
