'use client';
import type { ReactNode } from 'react';
import { Button } from '../basics.tsx';
import { MoneyCell } from '../figures.tsx';
import { formatCount } from '../format.ts';
import { useText } from '../text.tsx';
import { alignClass, type Column, type Totals } from './columns.ts';
import type { Pages } from './pages.ts';

/** Sums of the whole filter under the columns of money. */
export function TotalsRow<T>(props: {
  columns: readonly Column<T>[];
  totals: Totals | undefined;
  marked: boolean;
  word: ReactNode;
}): ReactNode {
  const { columns, totals, marked, word } = props;
  const text = useText();
  const sums = columns.findIndex((column) => column.sum !== undefined);
  if (!totals || sums < 0) return null;
  const first = Math.max(1, sums); // the word has the room up to the first sum
  return (
    <tfoot>
      <tr>
        {marked && <td className="mark" />}
        <th scope="row" colSpan={first}>
          {word ?? text('ui.table.total', { count: totals.count })}
        </th>
        {columns.slice(first).map((column) => {
          const sum = column.sum === undefined ? undefined : totals.sums[column.sum];
          return (
            <td key={column.key} className={alignClass(column.align)}>
              {sum !== undefined && <MoneyCell value={sum} strong />}
            </td>
          );
        })}
      </tr>
    </tfoot>
  );
}

/** How many rows of how many, the next page, the keys of the table. */
export function TableFoot<T>(props: {
  pages: Pages<T>;
  count: number;
  totals: Totals | undefined;
  opens: boolean;
  foot: ReactNode;
}): ReactNode {
  const { pages, count, totals, opens, foot } = props;
  const text = useText();
  const more = text(pages.hasNextPage ? 'ui.table.shown' : 'ui.table.all', { count });
  return (
    <footer className="card-f">
      <span aria-live="polite">
        {totals && pages.hasNextPage
          ? text('ui.table.shown-of', { count: formatCount(count), whole: formatCount(totals.count) })
          : more}
      </span>
      {pages.hasNextPage && (
        <Button size="small" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {text('ui.table.more')}
        </Button>
      )}
      <span className="ml-auto">
        {foot ?? (
          <>
            <kbd>J</kbd> <kbd>K</kbd> {text('ui.table.row')} &nbsp;
            {opens && (
              <>
                <kbd>Enter</kbd> {text('ui.table.open')} &nbsp;
              </>
            )}
            <kbd>?</kbd> {text('ui.keys.all')}
          </>
        )}
      </span>
    </footer>
  );
}
