import type { PillKind } from '@komplat/ui';
import type { AbsenceView } from '../../contract/index.ts';

/** Colours of what a second person decides. */
export const PRESENCE_PILLS: Readonly<Record<AbsenceView['state'], PillKind>> = {
  waiting: 'appr',
  approved: 'ok',
  rejected: 'bad',
  withdrawn: 'idle',
};
