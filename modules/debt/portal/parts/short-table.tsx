'use client';
import { Empty, MoneyCell, useText } from '@komplat/ui';
import type { ReactNode } from 'react';

export interface Cell {
  readonly key: string;
  readonly title: string;
  readonly right?: boolean;
  readonly value: ReactNode;
}
export interface Line {
  readonly key: string;
  readonly cells: readonly Cell[];
}

/** A short table: the first cell names the row. */
export function ShortTable({ caption, rows, total }: { caption: string; rows: readonly Line[]; total?: readonly ReactNode[] }): ReactNode {
  const text = useText();
  const [first] = rows;
  if (!first) return <Empty icon="table" title={text('debt.ui.reports.empty')} text={text('debt.ui.reports.empty-text')} />;
  return (
    <div className="scrollx">
      <table className="tbl">
        <caption>{caption}</caption>
        <thead>
          <tr>
            {first.cells.map((cell) => (
              <th key={cell.key} scope="col" className={cell.right ? 'r' : ''}>
                {cell.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              {row.cells.map((cell, at) =>
                at === 0 ? (
                  <th key={cell.key} scope="row">
                    {cell.value}
                  </th>
                ) : (
                  <td key={cell.key} className={cell.right ? 'r tnum' : ''}>
                    {cell.value}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
        {total && (
          <tfoot>
            <tr>
              <th scope="row">{text('debt.ui.reports.total')}</th>
              {total.map((value, at) => (
                <td key={first.cells[at + 1]?.key ?? at} className={first.cells[at + 1]?.right ? 'r tnum' : ''}>
                  {value}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

/** A cell with a sum. */
export const moneyCell = (key: string, title: string, value: string, strong = false): Cell => ({
  key,
  title,
  right: true,
  value: <MoneyCell value={value} strong={strong} />,
});
