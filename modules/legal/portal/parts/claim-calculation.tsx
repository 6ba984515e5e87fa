'use client';
import { Card, Empty, formatDay, formatDecimal, formatPeriod, type Locale, MoneyCell, useLocale, useText } from '@komplat/ui';
import type { ReactNode } from 'react';
import type { ClaimItemView } from '../../contract/index.ts';
import { ClaimHeads } from './claim-look.tsx';
import { CalculationRules, stepWord } from './rules.tsx';

const HEADS = ['month', 'service', 'from', 'to'] as const;
const FIGURES = ['days', 'balance', 'index', 'inflation', 'interest', 'penalty'] as const;

const STEP_PARTS = ['base', 'rate', 'days', 'raw', 'amount'] as const;
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const shown = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
/** A figure of a step with all its digits, a month or a day as people write them. */
function figure(value: unknown, locale: Locale): string {
  const plain = shown(value);
  if (/^\d{4}-\d{2}$/.test(plain)) return formatPeriod(plain, locale);
  if (/^\d{4}-\d{2}-\d{2}$/.test(plain)) return formatDay(plain);
  return /^-?\d+(\.\d+)?$/.test(plain) ? formatDecimal(plain, locale) : plain;
}

/** Every step as the rule wrote it: what it took, at what rate, what came out before and after rounding. */
function TraceTable({ trace, nameOf }: { trace: ClaimItemView['trace']; nameOf: (service: string) => string }): ReactNode {
  const text = useText();
  const locale = useLocale();
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
                <th scope="row">{figure(entry.month, locale)}</th>
                <td>{nameOf(shown(entry.service))}</td>
                <td>{stepWord(text, rule)}</td>
                {STEP_PARTS.map((part) => (
                  <td key={part} className="r tnum">
                    {figure(line[part], locale)}
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
  const nameOf = (code: string): string => item.snapshot?.items.find(({ service }) => service === code)?.serviceName ?? code;
  if (!calculation) return <Card title={word('calculation')}><Empty icon="calculator" title={word('no-calculation')} /></Card>;
  return (
    <Card title={word('calculation')} sub={`${word(`method-${calculation.method}`)}, ${formatDecimal(calculation.ratePercent, locale)} %, ${formatDay(calculation.asOf)}`}>
      <div className="scrollx">
        <table className="tbl dense">
          <caption>{word('calculation')}</caption>
          <ClaimHeads plain={HEADS} figures={FIGURES} />
          <tbody>
            {calculation.rows.map((row) => (
              <tr key={`${row.month} ${row.service} ${row.from} ${row.penalty}`}>
                <th scope="row">{formatPeriod(row.month, locale)}</th>
                <td>{nameOf(row.service)}</td>
                <td>{formatDay(row.from)}</td>
                <td>{formatDay(row.to)}</td>
                <td className="r tnum">{row.days}</td>
                <td className="r">
                  <MoneyCell value={row.balance} />
                </td>
                <td className="r tnum">{figure(row.index, locale)}</td>
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
        <CalculationRules list={calculation.parameters} />
        <details>
          <summary>{text('legal.ui.claims.trace', { count: steps })}</summary>
          <TraceTable trace={item.trace} nameOf={nameOf} />
        </details>
      </div>
    </Card>
  );
}
