'use client';
import { Card, Empty, formatDay, formatPeriod, MoneyCell, Tag, useLocale, useText } from '@komplat/ui';
import type { ReactNode } from 'react';
import type { ClaimItemView } from '../../contract/index.ts';
import { ClaimHeads } from './claim-look.tsx';

const HEADS = ['month', 'service', 'from', 'to'] as const;
const FIGURES = ['days', 'balance', 'index', 'inflation', 'interest', 'penalty'] as const;

const STEP_PARTS = ['base', 'rate', 'days', 'raw', 'amount'] as const;
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const shown = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** Every step as the rule wrote it: what it took, at what rate, what came out before and after rounding. */
function TraceTable({ trace }: { trace: ClaimItemView['trace'] }): ReactNode {
  const text = useText();
  return (
    <div className="scrollx">
      <table className="tbl dense">
        <caption>{text('legal.ui.claims.calculation')}</caption>
        <ClaimHeads plain={['month', 'service', 'rule']} figures={STEP_PARTS.map((part) => `step-${part}`)} />
        <tbody>
          {trace.map((entry, at) => {
            const line = isRecord(entry.line) ? entry.line : entry;
            const rule = shown(line.rule);
            return (
              <tr key={at}>
                <th scope="row">{shown(entry.month)}</th>
                <td>{shown(entry.service)}</td>
                <td>{text.has(`debt.ui.rule.${rule}`) ? text(`debt.ui.rule.${rule}`) : rule}</td>
                {STEP_PARTS.map((part) => (
                  <td key={part} className="r tnum">
                    {shown(line[part])}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** The frozen calculation: its rows, the rules that it rests on, and every step of it. */
export function ClaimCalculation({ item, steps }: { item: ClaimItemView; steps: string }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const word = (key: string): string => text(`legal.ui.claims.${key}`);
  const calculation = item.snapshot?.calculation;
  if (!calculation) return <Card title={word('calculation')}><Empty icon="calculator" title={word('no-calculation')} /></Card>;
  return (
    <Card title={word('calculation')} sub={`${word(`method-${calculation.method}`)}, ${calculation.ratePercent} %, ${formatDay(calculation.asOf)}`}>
      <div className="scrollx">
        <table className="tbl dense">
          <caption>{word('calculation')}</caption>
          <ClaimHeads plain={HEADS} figures={FIGURES} />
          <tbody>
            {calculation.rows.map((row) => (
              <tr key={`${row.month} ${row.service} ${row.from} ${row.penalty}`}>
                <th scope="row">{formatPeriod(row.month, locale)}</th>
                <td>{row.service}</td>
                <td>{formatDay(row.from)}</td>
                <td>{formatDay(row.to)}</td>
                <td className="r tnum">{row.days}</td>
                <td className="r">
                  <MoneyCell value={row.balance} />
                </td>
                <td className="r tnum">{row.index}</td>
                {(['inflation', 'interest', 'penalty'] as const).map((key) => (
                  <td key={key} className="r">
                    <MoneyCell value={row[key]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="card-b">
        <ul className="sm">
          {calculation.parameters.map(({ id, version, mark }) => (
            <li key={`${id} ${version}`}>
              {id} {version} <Tag>{mark}</Tag>
            </li>
          ))}
        </ul>
        <details>
          <summary>{text('legal.ui.claims.trace', { count: steps })}</summary>
          <TraceTable trace={item.trace} />
        </details>
      </div>
    </Card>
  );
}
