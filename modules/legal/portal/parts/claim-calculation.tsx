'use client';
import { Card, Empty, formatDay, formatPeriod, MoneyCell, Tag, useLocale, useText } from '@komplat/ui';
import type { ReactNode } from 'react';
import type { ClaimItemView } from '../../contract/index.ts';

const HEADS = ['month', 'service', 'from', 'to'] as const;
const FIGURES = ['days', 'balance', 'index', 'inflation', 'interest', 'penalty'] as const;

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
          <thead>
            <tr>
              {HEADS.map((key) => (
                <th key={key} scope="col">
                  {word(key)}
                </th>
              ))}
              {FIGURES.map((key) => (
                <th key={key} scope="col" className="r">
                  {word(key)}
                </th>
              ))}
            </tr>
          </thead>
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
          <pre className="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {item.trace.map((line) => JSON.stringify(line)).join('\n')}
          </pre>
        </details>
      </div>
    </Card>
  );
}
