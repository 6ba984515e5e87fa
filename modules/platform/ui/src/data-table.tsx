'use client';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Button } from './basics.tsx';
import { useKeys } from './keys.tsx';
import { useRouter, useSearchState } from './router.tsx';
import { ErrorState, Forbidden, Loading } from './states.tsx';
import { useText } from './text.tsx';
import { isForbidden } from '@komplat/api-client';

/** One column: how its head and its cells look. The first column names the row. */
export interface Column<T> {
  readonly key: string;
  readonly title: ReactNode;
  readonly cell: (row: T) => ReactNode;
  readonly align?: 'right' | 'center';
  readonly width?: number | string;
  readonly wrap?: boolean;
  readonly sort?: 'ascending' | 'descending';
  readonly className?: string;
}

/** Pages of a keyset list, as `useList` gives them. */
export interface Pages<T> {
  readonly data: { readonly pages: readonly { readonly items: readonly T[] }[] } | undefined;
  readonly error: Error | null;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly isPlaceholderData?: boolean;
  readonly fetchNextPage: () => unknown;
  readonly refetch: () => unknown;
}

/** Settings of a table. */
export interface DataTableProps<T> {
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly pages: Pages<T>;
  readonly rowKey: (row: T) => string;
  readonly rowHref?: (row: T) => string;
  readonly onSelect?: (row: T) => void;
  readonly selected?: string | undefined;
  readonly totals?: readonly ReactNode[] | undefined;
  readonly empty: ReactNode;
  readonly permission?: string;
  readonly className?: string;
  readonly foot?: ReactNode;
}

const alignClass = (align: Column<unknown>['align']): string =>
  align === 'right' ? 'r' : align === 'center' ? 'c' : '';

/** Moves along the rows by keys: J K or arrows, Enter opens, Ctrl Enter in a new tab, T opens the first source. */
function useRowKeys<T>(rows: readonly T[], props: DataTableProps<T>): [number, (index: number) => void] {
  const [at, setAt] = useState(-1);
  const router = useRouter();
  const body = (): Element | undefined => [...document.querySelectorAll('tr[data-row]')][at];
  const move = (step: number): void => {
    const next = Math.min(rows.length - 1, Math.max(0, at + step));
    setAt(next);
    document.querySelectorAll<HTMLElement>('tr[data-row]')[next]?.focus();
    const row = rows[next];
    if (row !== undefined && props.onSelect) props.onSelect(row);
  };
  const open = (tab: boolean): void => {
    const row = rows[at];
    if (row === undefined || !props.rowHref) return;
    if (tab) window.open(props.rowHref(row), '_blank', 'noopener');
    else router.push(props.rowHref(row));
  };
  useKeys({
    J: () => move(1),
    K: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => open(false),
    'Ctrl+Enter': () => open(true),
    T: () => body()?.querySelector<HTMLElement>('[data-trace]')?.click(),
  });
  return [at, setAt];
}

function Rows<T>(props: DataTableProps<T> & { rows: readonly T[] }): ReactNode {
  const { rows, columns } = props;
  const router = useRouter();
  const [at, setAt] = useRowKeys(rows, props);
  const activate = (row: T, index: number): void => {
    setAt(index);
    if (props.onSelect) props.onSelect(row);
    else if (props.rowHref) router.push(props.rowHref(row));
  };
  const onKey = (event: KeyboardEvent, row: T, index: number): void => {
    if (event.key === 'Enter' && !event.ctrlKey && event.target === event.currentTarget) {
      event.preventDefault();
      activate(row, index);
    }
  };
  const active = Boolean(props.onSelect ?? props.rowHref);
  return rows.map((row, index) => {
    const key = props.rowKey(row);
    const chosen = props.selected !== undefined ? props.selected === key : at === index;
    return (
      <tr
        key={key}
        data-row={key}
        className={active ? 'link' : undefined}
        data-current={chosen || undefined}
        tabIndex={active ? 0 : undefined}
        onKeyDown={active ? (event) => onKey(event, row, index) : undefined}
        onClick={active ? () => activate(row, index) : undefined}
      >
        {columns.map((column, place) => {
          const shared = {
            className: `${alignClass(column.align)} ${column.wrap ? '' : 'nw'} ${column.className ?? ''}`,
          };
          return place === 0 ? (
            <th key={column.key} scope="row" {...shared}>
              {column.cell(row)}
            </th>
          ) : (
            <td key={column.key} {...shared}>
              {column.cell(row)}
            </td>
          );
        })}
      </tr>
    );
  });
}

function Head<T>({ columns }: { columns: readonly Column<T>[] }): ReactNode {
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <th
            key={column.key}
            scope="col"
            className={`${alignClass(column.align)} ${column.className ?? ''}`}
            style={column.width ? { width: column.width } : undefined}
            aria-sort={column.sort}
          >
            {column.title}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Foot<T>(props: DataTableProps<T> & { count: number }): ReactNode {
  const { pages, count } = props;
  const text = useText();
  return (
    <footer className="card-f">
      <span aria-live="polite">{text(pages.hasNextPage ? 'ui.table.shown' : 'ui.table.all', { count: count })}</span>
      {pages.hasNextPage && (
        <Button size="small" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {text('ui.table.more')}
        </Button>
      )}
      <span className="ml-auto">
        {props.foot ?? (
          <>
            <kbd>J</kbd> <kbd>K</kbd> {text('ui.table.row')} &nbsp;
            {(props.rowHref ?? props.onSelect) && (
              <>
                <kbd>Enter</kbd> {text('ui.table.open')}
              </>
            )}
          </>
        )}
      </span>
    </footer>
  );
}

/** A table over a keyset list: the server pages, filters and sums; the address keeps the filters. */
export function DataTable<T>(props: DataTableProps<T>): ReactNode {
  const { pages, columns, totals } = props;
  const rows = pages.data?.pages.flatMap((page) => page.items) ?? [];
  if (!pages.data) {
    if (!pages.error) return <Loading rows={10} />;
    if (isForbidden(pages.error)) return <Forbidden {...(props.permission ? { permission: props.permission } : {})} />;
    return <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />;
  }
  if (rows.length === 0) return props.empty;
  return (
    <>
      <div className={`scrollx ${pages.isPlaceholderData ? 'opacity-60' : ''}`}>
        <table className={`tbl ${props.className ?? ''}`} aria-busy={pages.isPlaceholderData || undefined}>
          <caption>{props.caption}</caption>
          <Head columns={columns} />
          <tbody>
            <Rows {...props} rows={rows} />
          </tbody>
          {totals && (
            <tfoot>
              <tr>
                {totals.map((cell, index) =>
                  index === 0 ? (
                    <th key={columns[0]?.key} scope="row">
                      {cell}
                    </th>
                  ) : (
                    <td key={columns[index]?.key ?? index} className={alignClass(columns[index]?.align)}>
                      {cell}
                    </td>
                  ),
                )}
              </tr>
            </tfoot>
          )}
        </table>
      </div>
      <Foot {...props} count={rows.length} />
    </>
  );
}

/** A text filter that lives in the address; `/` moves to it. Typing waits 250 ms before it asks. */
export function SearchFilter({
  name = 'q',
  label,
  width = 320,
}: {
  name?: string;
  label: string;
  width?: number;
}): ReactNode {
  const [search, set] = useSearchState();
  const [typed, setTyped] = useState(search.get(name) ?? '');
  const field = useRef<HTMLInputElement>(null);
  const apply = useRef(set);
  useEffect(() => {
    apply.current = set;
  });
  const current = search.get(name) ?? '';
  useEffect(() => {
    if (typed === current) return undefined;
    const timer = setTimeout(() => apply.current({ [name]: typed }), 250);
    return () => clearTimeout(timer);
  }, [typed, current, name]);
  useKeys({ '/': () => field.current?.focus() });
  return (
    <span className="row">
      <input
        ref={field}
        className="input small"
        style={{ width }}
        type="search"
        aria-label={label}
        placeholder={label}
        aria-keyshortcuts="/"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <kbd>/</kbd>
    </span>
  );
}
