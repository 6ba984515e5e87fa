'use client';
import { useRead } from '@komplat/api-client';
import { Card, formatDay, Frame, StatusPill, useText } from '@komplat/ui';
import type { ReactNode } from 'react';
import type { RuleList, RuleView } from '../../contract/index.ts';
import { HeadRow } from './head-row.tsx';
import { markKind, markWord } from './words.ts';

const COLUMNS = ['rule', 'value', 'days', 'act', 'mark'] as const;

function useRuleName(): (row: RuleView) => string {
  const text = useText();
  return ({ kind, code, subject }) =>
    kind === 'norm' ? text('benefits.ui.rule.norm', { subject: subject ?? code }) : text(`benefits.ui.rule.${kind}-${code}`);
}

function Row({ row, name }: { row: RuleView; name: string }): ReactNode {
  const text = useText();
  const word = `benefits.ui.rule.value-${row.value}`;
  return (
    <tr>
      <th scope="row" className="whitespace-normal">
        {name}
      </th>
      <td className="whitespace-normal tnum">{text.has(word) ? text(word) : row.value || text('benefits.ui.rule.unknown')}</td>
      <td className="t2">
        {row.from ? formatDay(row.from) : '…'} – {row.to ? formatDay(row.to) : '…'}
      </td>
      <td className="t2 whitespace-normal">{row.act}</td>
      <td>
        <StatusPill kind={markKind(row.mark)}>{markWord(text, row.mark)}</StatusPill>
      </td>
    </tr>
  );
}

/** Parameters, norms and regimes of the day with their acts and how sure they are. */
export function RuleTable({ asOf }: { asOf: string | null }): ReactNode {
  const text = useText();
  const nameOf = useRuleName();
  const read = useRead<RuleList>('benefits/rules', { asOf });
  return (
    <Card title={text('benefits.ui.rule.title')}>
      <Frame read={read} rows={8} permission="benefits.read">
        {({ items }) => (
          <div className="scrollx">
            <table className="tbl dense">
              <caption>{text('benefits.ui.rule.title')}</caption>
              <HeadRow prefix="benefits.ui.rule" names={COLUMNS} right={[]} />
              <tbody>
                {items.map((row) => (
                  <Row key={`${row.kind}/${row.code}/${row.subject ?? ''}`} row={row} name={nameOf(row)} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Frame>
    </Card>
  );
}
