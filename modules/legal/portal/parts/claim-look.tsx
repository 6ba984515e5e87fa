'use client';
import { formatMoney, type PillKind, StatusPill, type Text, useLocale, useText } from '@komplat/ui';
import type { ReactNode } from 'react';
import type { ClaimItem, ClaimOutcome, ClaimRun, FindingLevel } from '../../contract/index.ts';

const OUTCOME_KINDS: Readonly<Record<ClaimOutcome, PillKind>> = {
  skipped: 'idle', planned: 'info', blocked: 'bad', checked: 'info', frozen: 'info', packed: 'warn', submitted: 'appr', approved: 'appr', signed: 'warn',
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

/** Figures and names of a finding in words; a refused calculation speaks by its own sentence. */
export function findingDetail(text: Text, code: string, params: Readonly<Record<string, unknown>>): string {
  const { error, ...rest } = params;
  const shown = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, typeof value === 'number' ? value : String(value ?? '–')]));
  if (code === 'calculation-refused' && typeof error === 'string') return text.has(`error.${error}`) ? text(`error.${error}`, shown) : error;
  return Object.values(shown).join(', ');
}

/** Why an item stands where it stands. */
export function ClaimWhy({ reason }: { reason: NonNullable<ClaimItem['reason']> }): ReactNode {
  const text = useText();
  const { code, params } = reason;
  const key = text.has(`legal.ui.claims.finding.${code}`) ? `legal.ui.claims.finding.${code}` : `legal.ui.claims.why.${code}`;
  const detail = findingDetail(text, code === 'refused' ? 'calculation-refused' : code, params);
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
