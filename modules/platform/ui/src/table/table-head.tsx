'use client';
import type { ReactNode } from 'react';
import { Icon } from '../icons.tsx';
import { useText } from '../text.tsx';
import { alignClass, nextSort, sortOf, type Column, type TableView } from './columns.ts';
import type { Marks } from './selection.ts';

function HeadCell<T>(props: { column: Column<T>; view: TableView<T>; current: boolean }): ReactNode {
  const { column, view, current } = props;
  const text = useText();
  const sorted = sortOf(column.key, view.sort);
  return (
    <th
      scope="col"
      data-column={column.key}
      data-at={current || undefined}
      className={`${alignClass(column.align)} ${column.className ?? ''}`}
      style={column.width ? { width: column.width } : undefined}
      aria-sort={sorted}
    >
      {column.sortable ? (
        <button
          type="button"
          className="sort"
          title={text('ui.table.sort-by')}
          onClick={() => view.setSort(nextSort(column.key, view.sort))}
        >
          {column.title}
          {sorted && <Icon name={sorted === 'ascending' ? 'arrow-up' : 'arrow-down'} size={12} />}
        </button>
      ) : (
        <>
          {column.title}
          {sorted && <Icon name={sorted === 'ascending' ? 'arrow-up' : 'arrow-down'} size={12} />}
        </>
      )}
    </th>
  );
}

/** Heads of the columns; a head that can sort is a button. */
export function TableHead<T>(props: {
  view: TableView<T>;
  marks: Marks | undefined;
  ids: readonly string[];
  current: string | undefined;
}): ReactNode {
  const { view, marks, ids, current } = props;
  const text = useText();
  const whole = marks !== undefined && ids.length > 0 && ids.every((id) => marks.has(id));
  return (
    <thead>
      <tr>
        {marks && (
          <th scope="col" className="mark">
            <input
              type="checkbox"
              aria-label={text('ui.table.mark-shown')}
              checked={whole}
              onChange={() => (whole ? marks.clear() : marks.mark(ids))}
            />
          </th>
        )}
        {view.shown.map((column) => (
          <HeadCell key={column.key} column={column} view={view} current={column.key === current} />
        ))}
      </tr>
    </thead>
  );
}
