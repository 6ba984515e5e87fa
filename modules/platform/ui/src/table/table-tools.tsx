'use client';
import type { QueryValues } from '@komplat/api-client';
import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';
import { Button, IconButton } from '../basics.tsx';
import { formatCount } from '../format.ts';
import { Icon } from '../icons.tsx';
import { ExportMenu } from '../export-menu.tsx';
import { useSave } from '../save-file.tsx';
import { useText } from '../text.tsx';
import type { Column, TableView } from './columns.ts';
import type { Marks } from './selection.ts';

const FORMATS = ['xlsx', 'csv'] as const;

function moved(keys: readonly string[], key: string, step: number): readonly string[] {
  const from = keys.indexOf(key);
  const to = Math.min(keys.length - 1, Math.max(0, from + step));
  const rest = keys.filter((other) => other !== key);
  return [...rest.slice(0, to), key, ...rest.slice(to)];
}

function ColumnLine<T>(props: { column: Column<T>; view: TableView<T>; keys: readonly string[] }): ReactNode {
  const { column, view, keys } = props;
  const text = useText();
  const on = keys.includes(column.key);
  const put = (next: readonly string[]): void => {
    if (next.length > 0) view.setColumns(next);
  };
  return (
    <li className="row">
      <label className="row grow">
        <input
          type="checkbox"
          checked={on}
          onChange={() => put(on ? keys.filter((key) => key !== column.key) : [...keys, column.key])}
        />
        <span>{column.title}</span>
      </label>
      {on && (
        <>
          <IconButton
            small
            icon="arrow-up"
            label={text('ui.table.up')}
            onClick={() => put(moved(keys, column.key, -1))}
          />
          <IconButton
            small
            icon="arrow-down"
            label={text('ui.table.down')}
            onClick={() => put(moved(keys, column.key, 1))}
          />
        </>
      )}
    </li>
  );
}

/** Which columns, in which order; those that name the row are always there. */
function ColumnChooser<T>({ view, fixed }: { view: TableView<T>; fixed: readonly Column<T>[] }): ReactNode {
  const text = useText();
  const keys = view.shown.filter((column) => !column.fixed && !column.bare).map((column) => column.key);
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <button
          type="button"
          className="btn sm quiet"
          data-tool="columns"
          title={`${text('ui.table.columns')} (C)`}
          aria-keyshortcuts="C"
        >
          <Icon name="columns" size={14} />
          <span>{text('ui.table.columns')}</span>
          <kbd>C</kbd>
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="menu columns" align="end" sideOffset={4} aria-label={text('ui.table.columns')}>
          <ul>
            {fixed.map((column) => (
              <li key={column.key} className="row">
                <label className="row grow">
                  <input type="checkbox" checked disabled readOnly />
                  <span>{column.title}</span>
                </label>
                <span className="sm mut">{text('ui.table.always')}</span>
              </li>
            ))}
            {view.choice.map((column) => (
              <ColumnLine key={column.key} column={column} view={view} keys={keys} />
            ))}
          </ul>
          <Button size="small" kind="quiet" onClick={() => view.setColumns(undefined)}>
            {text('ui.table.as-made')}
          </Button>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** What is written into the file. */
export interface ExportSource {
  readonly path: string;
  readonly filters: QueryValues;
}

function Export<T>(props: { source: ExportSource; view: TableView<T>; marks: Marks | undefined }): ReactNode {
  const { source, view, marks } = props;
  const text = useText();
  const [busy, save] = useSave();
  const ids = marks && !marks.all && marks.count > 0 ? [...marks.ids].join(',') : undefined;
  const columns = view.shown.filter((column) => !column.bare).map((column) => column.key);
  const write = (format: string): void => {
    const query = { ...source.filters, sort: view.sort, columns: columns.join(','), ids, format };
    void save(`${source.path}/file`, query, `list.${format}`);
  };
  return (
    <ExportMenu
      quiet
      label={text('ui.table.export')}
      title={text(ids ? 'ui.table.export-marked' : 'ui.table.export-all', { count: marks?.count ?? 0 })}
      formats={FORMATS}
      busy={busy}
      onChoose={write}
    />
  );
}

/** Filters at the left, columns, density and file at the right. */
export function TableTools<T>(props: {
  filters: ReactNode;
  view: TableView<T>;
  fixed: readonly Column<T>[];
  source: ExportSource | undefined;
  marks: Marks | undefined;
}): ReactNode {
  const { filters, view, fixed, source, marks } = props;
  const text = useText();
  return (
    <div className="tools">
      {filters}
      <span className="row ml-auto">
        <ColumnChooser view={view} fixed={fixed} />
        <IconButton
          small
          icon="density"
          label={text(view.dense ? 'ui.table.normal' : 'ui.table.dense')}
          aria-pressed={view.dense}
          onClick={() => view.setDense(!view.dense)}
        />
        {source && <Export source={source} view={view} marks={marks} />}
      </span>
    </div>
  );
}

/** How many rows are marked, how to mark the whole filter, what may be done with them. */
export function MarkedBar({ marks, whole, acts }: { marks: Marks; whole: number; acts: ReactNode }): ReactNode {
  const text = useText();
  if (marks.count === 0) return null;
  return (
    <div className="marked" role="status">
      <b>{text('ui.table.marked', { count: formatCount(marks.count), whole: formatCount(whole) })}</b>
      {!marks.all && marks.count < whole && (
        <Button size="small" kind="quiet" onClick={() => marks.markAll()}>
          {text('ui.table.mark-all', { whole: formatCount(whole) })}
        </Button>
      )}
      <Button size="small" kind="quiet" onClick={() => marks.clear()}>
        {text('ui.table.unmark')}
      </Button>
      <span className="ml-auto row">{acts}</span>
    </div>
  );
}
