'use client';
import { KeyValues, StatusPill, useText, type PillKind } from '@komplat/ui';
import type { ReactNode } from 'react';
import type { CalcAnswer } from '../../contract/calculators.schema.ts';
import { markWord, ruleWord } from './words.ts';

const MARK_KINDS: Readonly<Record<string, PillKind>> = { confirmed: 'ok', decision: 'ok', override: 'appr', 'needs a lawyer': 'bad' };

/** How sure a rule is. */
export function MarkPill({ mark }: { mark: string }): ReactNode {
  const text = useText();
  return <StatusPill kind={MARK_KINDS[mark] ?? 'warn'}>{markWord(text, mark)}</StatusPill>;
}

/** The rules that figures rest on, each with its act or version and how sure it is. */
export function RuleMarks({ parameters }: Pick<CalcAnswer, 'parameters'>): ReactNode {
  const text = useText();
  return (
    <KeyValues
      kind="lines"
      items={parameters.map(({ id, version, mark }, index) => ({
        key: `${id} ${index}`,
        label: `${ruleWord(text, id)}: ${version}`,
        value: <MarkPill mark={mark} />,
      }))}
    />
  );
}
