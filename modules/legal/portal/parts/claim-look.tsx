'use client';
import {
  formatCount, formatDay, formatMoney, formatPeriod, type Locale, type PillKind, StatusPill, type Text, useLocale, useMessage, useText,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import type { ClaimItem, ClaimOutcome, ClaimRun, FindingLevel } from '../../contract/index.ts';

const OUTCOME_KINDS: Readonly<Record<ClaimOutcome, PillKind>> = {
  skipped: 'idle', planned: 'info', blocked: 'bad', checked: 'info', frozen: 'info', packed: 'info', submitted: 'appr', approved: 'appr', signed: 'info',
  filed: 'ok', excluded: 'idle', failed: 'bad', stale: 'info',
};
const STATE_KINDS: Readonly<Record<ClaimRun['state'], PillKind>> = { planning: 'info', preparing: 'info', waiting: 'warn', stopped: 'idle', done: 'ok' };
const LEVEL_KINDS: Readonly<Record<FindingLevel, PillKind>> = { block: 'bad', lawyer: 'appr', warn: 'warn' };

export function ClaimOutcomePill({ outcome }: { outcome: ClaimOutcome }): ReactNode {
  const text = useText();
  return <StatusPill kind={OUTCOME_KINDS[outcome]}>{text(`legal.ui.claims.outcome.${outcome}`)}</StatusPill>;
}
export function ClaimStatePill({ state }: { state: ClaimRun['state'] }): ReactNode {
  const text = useText();
  return <StatusPill kind={STATE_KINDS[state]} icon={state === 'planning' || state === 'preparing' ? 'running' : undefined}>{text(`legal.ui.claims.state.${state}`)}</StatusPill>;
}
export function FindingPill({ level, children }: { level: FindingLevel; children: ReactNode }): ReactNode {
  return <StatusPill kind={LEVEL_KINDS[level]}>{children}</StatusPill>;
}

/** A value of a finding as people write it: the word of a code, days, months and sums. */
function shownValue(text: Text, locale: Locale, value: unknown): string {
  const plain = typeof value === 'number' ? formatCount(value) : String(value ?? '–');
  if (text.has(`legal.ui.claims.value.${plain}`)) return text(`legal.ui.claims.value.${plain}`);
  if (/^-?\d+\.\d{2}$/.test(plain)) return formatMoney(plain, locale);
  if (/^\d{4}-\d{2}-\d{2}$/.test(plain)) return formatDay(plain);
  return plain.split(', ').map((part) => (/^\d{4}-\d{2}$/.test(part) ? formatPeriod(part, locale) : part)).join(', ');
}
const isPlain = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';

/** Figures and names of a finding in words; a refused calculation speaks by its own sentence. */
export function useFindingDetail(): (code: string, params: Readonly<Record<string, unknown>>) => string {
  const text = useText();
  const locale = useLocale();
  const message = useMessage();
  return (code, { error, ...rest }) => {
    if (code === 'calculation-refused' && typeof error === 'string') {
      const params = Object.fromEntries(Object.entries(rest).flatMap(([key, value]) => (isPlain(value) ? [[key, value]] : [])));
      return text.has(`error.${error}`) ? message({ key: `error.${error}`, params }) : error;
    }
    return Object.values(rest).flatMap((value) => (value === null ? [] : [shownValue(text, locale, value)])).join(', ');
  };
}

/** Why an item stands where it stands. */
export function ClaimWhy({ reason }: { reason: NonNullable<ClaimItem['reason']> }): ReactNode {
  const text = useText();
  const detailOf = useFindingDetail();
  const { code, params } = reason;
  const key = text.has(`legal.ui.claims.finding.${code}`) ? `legal.ui.claims.finding.${code}` : `legal.ui.claims.why.${code}`;
  const detail = detailOf(code === 'refused' ? 'calculation-refused' : code, params);
  return (
    <>
      {text(key)}
      {detail && <span className="mut">: {detail}</span>}
    </>
  );
}

/** Head of a table of claims: names of columns, those with figures at the right. */
export function ClaimHeads({ plain, figures }: { plain: readonly string[]; figures: readonly string[] }): ReactNode {
  const text = useText();
  return (
    <thead>
      <tr>
        {[...plain, ...figures].map((key) => (
          <th key={key} scope="col" className={figures.includes(key) ? 'r' : undefined}>
            {text(`legal.ui.claims.${key}`)}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** A sum as it stands in a sentence. */
export function useSum(): (sum: string) => string {
  const locale = useLocale();
  return (sum) => formatMoney(sum, locale);
}
