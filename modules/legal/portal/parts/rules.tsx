'use client';
import { KeyValues, StatusPill, useText, type PillKind, type Text } from '@komplat/ui';
import type { ReactNode } from 'react';
import type { ClaimChoices } from '../../contract/index.ts';

const wordOr = (text: Text, key: string, name: string): string => (text.has(key) ? text(key) : name);
const MARKS: Readonly<Record<string, PillKind>> = { confirmed: 'ok', decision: 'ok', override: 'appr', 'needs a lawyer': 'bad' };

export const stepWord = (text: Text, rule: string): string => wordOr(text, `debt.ui.rule.${rule}`, rule);
const markWord = (text: Text, mark: string): string => wordOr(text, `debt.ui.mark.${mark.replaceAll(/[ ,]+/g, '-')}`, mark);

/** The rules that a calculation rests on, each with its version and how sure it is. */
export function CalculationRules({ list }: { list: readonly { readonly id: string; readonly version: string; readonly mark: string }[] }): ReactNode {
  const text = useText();
  return <RuleLines rows={list.map(({ id, version, mark }) => ({ label: `${stepWord(text, id)}: ${version}`, mark }))} />;
}

/** Rules of preparing claims: name, value, act, and how sure they are. */
export function ClaimRules({ list }: { list: ClaimChoices['rules'] }): ReactNode {
  const text = useText();
  const label = ({ code, value, act }: ClaimChoices['rules'][number]): string =>
    `${wordOr(text, `legal.ui.claims.rule-name.${code}`, code)}: ${wordOr(text, `legal.ui.claims.value.${value}`, value)} (${act})`;
  return <RuleLines rows={list.map((rule) => ({ label: label(rule), mark: rule.mark }))} />;
}

function RuleLines({ rows }: { rows: readonly { readonly label: string; readonly mark: string }[] }): ReactNode {
  const text = useText();
  return (
    <KeyValues
      kind="lines"
      items={rows.map(({ label, mark }, at) => ({
        key: `${label} ${at}`,
        label,
        value: <StatusPill kind={MARKS[mark] ?? 'warn'}>{markWord(text, mark)}</StatusPill>,
      }))}
    />
  );
}
