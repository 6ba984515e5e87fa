'use client';
import {
  Banner, Card, formatDay, formatDecimal, formatMoney, formatPeriod, KeyValues, useLocale, useText, type Locale,
} from '@komplat/ui';
import type { ReactNode } from 'react';
import type { CalcAnswer } from '../../contract/calculators.schema.ts';
import { RuleMarks } from './rule-marks.tsx';
import { fieldWord, optionWord, ruleWord } from './words.ts';

type Row = Readonly<Record<string, unknown>>;
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
const isTable = (value: unknown): value is readonly Row[] => Array.isArray(value) && value.length > 0 && value.every(isRow);

/** Days, months, sums and numbers as people write them. */
function readable(value: string, locale: Locale): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDay(value);
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(value)) return formatPeriod(value, locale);
  if (/^-?\d+\.\d{2}$/.test(value)) return formatMoney(value, locale);
  return /^-?\d+\.\d+$/.test(value) ? formatDecimal(value, locale) : value;
}

/** A value of an answer as one line of text. */
function lineOf(value: unknown, word: (value: string) => string): string {
  if (value === null || value === undefined || value === '') return '–';
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.map((each) => lineOf(each, word)).join(', ');
  if (isRow(value)) return Object.entries(value).map(([name, each]) => `${name}: ${lineOf(each, word)}`).join('; ');
  return word(String(value));
}

function Rows({ caption, rows }: { caption: string; rows: readonly Row[] }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const word = (value: string): string => readable(optionWord(text, value), locale);
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return (
    <div className="scrollx">
      <table className="tbl dense tight">
        <caption className="vh">{caption}</caption>
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col">
                {fieldWord(text, name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {columns.map((name) => (
                <td key={name} className="num">
                  {name === 'rule' ? ruleWord(text, String(row[name])) : lineOf(row[name], word)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What a calculator answered: figures, every step, and how sure each parameter is. */
export function CalcAnswerCards({ answer }: { answer: CalcAnswer }): ReactNode {
  const text = useText();
  const locale = useLocale();
  const entries = Object.entries(answer.result);
  const plain = entries.filter(([, value]) => !isTable(value));
  const unsure = answer.parameters.some(({ mark }) => mark === 'needs a lawyer');
  return (
    <div className="stack" aria-live="polite">
      {unsure && <Banner kind="warn">{text('debt.ui.calculators.unsure')}</Banner>}
      <Card title={text('debt.ui.calculators.result')} padded>
        <KeyValues
          kind="lines"
          items={plain.map(([name, value]) => ({
            key: name,
            label: fieldWord(text, name),
            value: <span className="num">{lineOf(value, (each) => readable(optionWord(text, each), locale))}</span>,
          }))}
        />
      </Card>
      {entries.map(
        ([name, value]) =>
          isTable(value) && (
            <Card key={name} title={fieldWord(text, name)} sub={String(value.length)}>
              <Rows caption={fieldWord(text, name)} rows={value} />
            </Card>
          ),
      )}
      <Card title={text('debt.ui.calculators.parameters')} padded>
        <RuleMarks parameters={answer.parameters} />
      </Card>
      {isTable(answer.trace) && (
        <Card title={text('debt.ui.calculators.trace')} sub={String(answer.trace.length)}>
          <Rows caption={text('debt.ui.calculators.trace')} rows={answer.trace} />
        </Card>
      )}
    </div>
  );
}
