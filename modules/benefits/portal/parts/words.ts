import { formatDay, type IconName, type PillKind, type Text } from '@komplat/ui';
import type { AwardFileView } from '../../contract/index.ts';

/** Days from and to as people write them; an open end is a word. */
export const daysOf = (text: Text, from: string, to: string | null): string =>
  to === null
    ? text('benefits.ui.days.open', { from: formatDay(from) })
    : text('benefits.ui.days.closed', { from: formatDay(from), to: formatDay(to) });

/** `75.00` is shown as 75 %. */
export const percentOf = (percent: string): string => `${percent.replace(/\.?0+$/, '')} %`;

export const FILE_LOOKS: Readonly<Record<AwardFileView['state'], { kind: PillKind; icon: IconName }>> = {
  staged: { kind: 'warn', icon: 'clock' },
  refused: { kind: 'bad', icon: 'failed' },
  posted: { kind: 'ok', icon: 'done' },
  cancelled: { kind: 'idle', icon: 'close' },
};

/** How sure a rule is: everything but `confirmed` is shown to the reader. */
export const markKind = (mark: string): PillKind => (mark === 'needs a lawyer' ? 'warn' : mark === 'confirmed' ? 'ok' : 'idle');
export const markWord = (text: Text, mark: string): string => text(`benefits.ui.mark.${mark.replaceAll(' ', '-')}`);
