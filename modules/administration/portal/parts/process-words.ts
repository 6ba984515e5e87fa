import { formatPeriod, shortCompany, type IconName, type Locale, type PillKind, type Text } from '@komplat/ui';

const PILLS: Readonly<Record<string, { kind: PillKind; icon: IconName }>> = {
  running: { kind: 'info', icon: 'running' },
  waiting: { kind: 'appr', icon: 'users' },
  'waiting-approval': { kind: 'appr', icon: 'users' },
  'waiting-data': { kind: 'idle', icon: 'clock' },
  paused: { kind: 'warn', icon: 'paused' },
  blocked: { kind: 'bad', icon: 'failed' },
  failed: { kind: 'bad', icon: 'failed' },
  stopped: { kind: 'idle', icon: 'close' },
  cancelled: { kind: 'idle', icon: 'close' },
  done: { kind: 'ok', icon: 'done' },
  completed: { kind: 'ok', icon: 'done' },
};

/** Look of a state of a process. */
export const processPill = (state: string): { kind: PillKind; icon: IconName } =>
  PILLS[state] ?? { kind: 'idle', icon: 'clock' };

/** A word by its key, or the code itself where nobody wrote the word yet. */
export const wordOf = (text: Text, prefix: string, code: string): string =>
  text.has(`${prefix}.${code}`) ? text(`${prefix}.${code}`) : code;

/** Where a process stands: a phase of its module, or the state of the case that it leads. */
export function phaseOf(text: Text, { module, phase }: { readonly module: string; readonly phase: string }): string {
  const ofCase = `${module}.case.status.${phase}`;
  return text.has(ofCase) ? text(ofCase) : wordOf(text, `${module}.ui.phase`, phase);
}

/** What a process is about, in words: `2026-11 P01` is a provider in a month. */
export function subjectOf(subject: string, locale: Locale, providerName: string | null = null): string {
  const match = /^(\d{4}-\d{2})(?:[ /](.+))?$/.exec(subject);
  if (!match) return subject;
  const [, period = '', part] = match;
  const provider = providerName ? shortCompany(providerName) : part;
  return provider ? `${provider}, ${formatPeriod(period, locale)}` : formatPeriod(period, locale);
}
