'use client';
import type { KeyboardEvent, MouseEvent, ReactNode } from 'react';
import { useText } from '../text.tsx';
import { alignClass, type Column } from './columns.ts';
import type { Marks } from './selection.ts';

/** What a row needs to know of its table. */
export interface RowsProps<T> {
  readonly rows: readonly T[];
  readonly columns: readonly Column<T>[];
  readonly rowKey: (row: T) => string;
  readonly marks: Marks | undefined;
  readonly at: number;
  readonly selected: string | undefined;
  /** Opens or selects the row; `undefined` = rows are only read. */
  readonly onOpen: ((row: T) => void) | undefined;
  readonly onAt: (index: number) => void;
}

const CONTROL = 'a, button, input, select, textarea, label';
const isControl = (target: EventTarget): boolean => target instanceof Element && target.closest(CONTROL) !== null;

function Cells<T>({ row, columns }: { row: T; columns: readonly Column<T>[] }): ReactNode {
  return columns.map((column, place) => {
    const className = `${alignClass(column.align)} ${column.wrap ? '' : 'nw'} ${column.className ?? ''}`;
    return place === 0 ? (
      <th key={column.key} scope="row" className={className}>
        {column.cell(row)}
      </th>
    ) : (
      <td key={column.key} className={className}>
        {column.cell(row)}
      </td>
    );
  });
}

/** Rows: one of them takes part in the tab order, the keys walk through the rest. */
export function TableRows<T>(props: RowsProps<T>): ReactNode {
  const { rows, columns, marks, at, selected, onOpen, onAt } = props;
  const text = useText();
  const ids = rows.map(props.rowKey);
  const open = (event: MouseEvent, row: T, index: number): void => {
    onAt(index);
    if (!isControl(event.target)) onOpen?.(row);
  };
  const onKey = (event: KeyboardEvent, row: T): void => {
    if (event.key !== 'Enter' || event.ctrlKey || event.target !== event.currentTarget) return;
    event.preventDefault();
    onOpen?.(row);
  };
  return rows.map((row, index) => {
    const key = ids[index] ?? '';
    const chosen = selected !== undefined ? selected === key : at === index;
    return (
      <tr
        key={key}
        data-row={key}
        className={onOpen ? 'link' : undefined}
        data-current={chosen || undefined}
        data-marked={marks?.has(key) || undefined}
        tabIndex={index === Math.max(0, at) ? 0 : -1}
        onFocus={(event) => event.target === event.currentTarget && onAt(index)}
        onKeyDown={(event) => onKey(event, row)}
        onClick={(event) => open(event, row, index)}
      >
        {marks && (
          <td className="mark">
            <input
              type="checkbox"
              tabIndex={-1}
              aria-label={text('ui.table.mark', { row: key })}
              checked={marks.has(key)}
              onChange={(event) => {
                const { nativeEvent } = event;
                if (nativeEvent instanceof MouseEvent && nativeEvent.shiftKey) marks.range(ids, key);
                else marks.toggle(key);
              }}
            />
          </td>
        )}
        <Cells row={row} columns={columns} />
      </tr>
    );
  });
}
