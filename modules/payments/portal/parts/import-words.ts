import { formatCount, formatMoney, type IconName, type Locale, type PillKind, type Step, type Text } from '@komplat/ui';
import type { ImportItem, ImportRow, ImportView, RowOutcome } from '../../contract/index.ts';

const LOOKS: Readonly<Record<ImportItem['state'], { kind: PillKind; icon: IconName }>> = {
  reading: { kind: 'info', icon: 'running' },
  staged: { kind: 'appr', icon: 'users' },
  mismatch: { kind: 'bad', icon: 'failed' },
  refused: { kind: 'bad', icon: 'failed' },
  posting: { kind: 'info', icon: 'running' },
  posted: { kind: 'ok', icon: 'done' },
  cancelled: { kind: 'idle', icon: 'close' },
  'rolling-back': { kind: 'info', icon: 'running' },
  'rolled-back': { kind: 'idle', icon: 'undo' },
};
/** Look of a state of an import. */
export const importLook = (state: ImportItem['state']): { kind: PillKind; icon: IconName } => LOOKS[state];

const ROW_LOOKS: Readonly<Record<RowOutcome, { kind: PillKind; icon: IconName }>> = {
  matched: { kind: 'ok', icon: 'done' },
  linked: { kind: 'ok', icon: 'done' },
  suspense: { kind: 'warn', icon: 'help' },
  duplicate: { kind: 'appr', icon: 'copy' },
  rejected: { kind: 'bad', icon: 'failed' },
  skipped: { kind: 'idle', icon: 'skipped' },
};
/** Look of an outcome of a row. */
export const rowLook = (row: Pick<ImportRow, 'outcome'>): { kind: PillKind; icon: IconName } => ROW_LOOKS[row.outcome];

/** Whether work goes on without a person: then the page asks again. */
export const isMoving = (state: ImportItem['state']): boolean => ['reading', 'posting', 'rolling-back'].includes(state);

/** A word by its key, or the code itself where nobody wrote the word yet. */
export const wordOf = (text: Text, prefix: string, code: string): string =>
  text.has(`${prefix}.${code}`) ? text(`${prefix}.${code}`) : code;

const POSITION: Readonly<Record<ImportItem['state'], number>> = {
  reading: 1,
  refused: 1,
  mismatch: 2,
  staged: 4,
  cancelled: 4,
  posting: 5,
  posted: 6,
  'rolling-back': 5,
  'rolled-back': 6,
};
const NAMES = ['file', 'read', 'totals', 'rows', 'review', 'posting'] as const;

/** Stages of an import with what is known of each. */
export function stepsOf(view: ImportView, text: Text, locale: Locale): readonly Step[] {
  const at = POSITION[view.state];
  const broken = view.state === 'refused' || view.state === 'mismatch';
  const { outcomes } = view;
  const notes: Record<(typeof NAMES)[number], string> = {
    file: `SHA-256 ${view.fileHash.slice(0, 4)}…${view.fileHash.slice(-4)}`,
    read: view.read.rows === null ? '' : text('payments.ui.rows', { count: view.read.rows }),
    totals: totalsNote(view, text, locale),
    rows: text('payments.ui.import.rows-note', {
      suspense: outcomes.suspense.count + outcomes.rejected.count,
      duplicate: outcomes.duplicate.count,
    }),
    review: at === 4 ? text('payments.ui.import.here') : '',
    posting: view.state === 'rolled-back' || view.state === 'cancelled'
      ? text(`payments.ui.state.${view.state}`)
      : view.posted.count > 0
        ? text('payments.ui.import.posted-note', { count: formatCount(view.posted.count) })
        : text('payments.ui.import.not-posted'),
  };
  return NAMES.map((name, index) => ({
    key: name,
    title: text(`payments.ui.import.step-${name}`),
    note: index <= at ? notes[name] : name === 'posting' ? notes.posting : '',
    state: index < at ? 'done' : index === at ? (broken ? 'bad' : 'now') : 'idle',
  }));
}

function totalsNote(view: ImportView, text: Text, locale: Locale): string {
  if (!view.difference) return text('payments.ui.import.no-stated');
  const { rows, sum } = view.difference;
  const agrees = (rows ?? 0) === 0 && /^-?0(\.0+)?$/.test(sum ?? '0');
  return agrees
    ? text('payments.ui.import.agree')
    : text('payments.ui.import.differ', { sum: formatMoney(sum ?? '0.00', locale) });
}
