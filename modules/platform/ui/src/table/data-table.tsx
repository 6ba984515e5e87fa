'use client';
import { isForbidden } from '@komplat/api-client';
import { useRef, type ReactNode } from 'react';
import { useRouter } from '../router.tsx';
import { ErrorState, Forbidden, Loading } from '../states.tsx';
import { useTableView, type Column } from './columns.ts';
import type { Pages } from './pages.ts';
import { useMarks, type Marks } from './selection.ts';
import { TableFoot, TotalsRow } from './table-foot.tsx';
import { TableHead } from './table-head.tsx';
import { useTableKeys } from './table-keys.ts';
import { TableRows } from './table-rows.tsx';
import { MarkedBar, TableTools, type ExportSource } from './table-tools.tsx';

/** Settings of a table. */
export interface DataTableProps<T> {
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly pages: Pages<T> & Partial<ExportSource>;
  readonly rowKey: (row: T) => string;
  readonly rowHref?: (row: T) => string;
  readonly onSelect?: (row: T) => void;
  readonly selected?: string | undefined;
  /** The order of the server when nobody asked for another, e.g. `-at`. */
  readonly order?: string;
  readonly filters?: ReactNode;
  /** The list has a file of its whole filter. */
  readonly exportable?: boolean;
  /** Rows can be marked; the function gives what may be done with the marked ones. */
  readonly marked?: (marks: Marks) => ReactNode;
  readonly totalsWord?: ReactNode;
  readonly empty: ReactNode;
  readonly permission?: string;
  readonly className?: string;
  readonly foot?: ReactNode;
  /** No frame of its own height: the page scrolls. */
  readonly free?: boolean;
}

function Missing<T>({ pages, permission }: Pick<DataTableProps<T>, 'pages' | 'permission'>): ReactNode {
  if (!pages.error) return <Loading rows={10} />;
  if (isForbidden(pages.error)) return <Forbidden {...(permission ? { permission } : {})} />;
  return <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />;
}

const sourceOf = <T,>({ pages, exportable }: DataTableProps<T>): ExportSource | undefined =>
  exportable && pages.path !== undefined ? { path: pages.path, filters: pages.filters ?? {} } : undefined;

/** A table over a keyset list: the server pages, filters, sorts and sums; the address keeps how it stands. */
export function DataTable<T>(props: DataTableProps<T>): ReactNode {
  const { pages, columns, rowHref, onSelect } = props;
  const router = useRouter();
  const frame = useRef<HTMLDivElement>(null);
  const rows = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const totals = pages.data?.pages[0]?.totals;
  const whole = totals?.count ?? rows.length;
  const view = useTableView(columns, props.order);
  const kept = useMarks(JSON.stringify([pages.path, pages.filters]), whole);
  const marks = props.marked ? kept : undefined;
  const { at, setAt, column } = useTableKeys({ rows, rowKey: props.rowKey, rowHref, onSelect, view, marks, frame });
  const onOpen = onSelect ?? (rowHref && ((row: T) => router.push(rowHref(row))));
  const fixed = columns.filter((item) => item.fixed);
  return (
    <div ref={frame} className="table-frame">
      <TableTools filters={props.filters} view={view} fixed={fixed} source={sourceOf(props)} marks={marks} />
      {marks && <MarkedBar marks={marks} whole={whole} acts={props.marked?.(marks)} />}
      {!pages.data ? (
        <Missing pages={pages} {...(props.permission ? { permission: props.permission } : {})} />
      ) : rows.length === 0 ? (
        props.empty
      ) : (
        <>
          <div className={`scrollx ${props.free ? '' : 'tall'} ${pages.isPlaceholderData ? 'opacity-60' : ''}`}>
            <table
              className={`tbl ${view.dense ? 'dense' : ''} ${props.className ?? ''}`}
              aria-busy={pages.isPlaceholderData || undefined}
            >
              <caption>{props.caption}</caption>
              <TableHead view={view} marks={marks} ids={rows.map(props.rowKey)} current={column} />
              <tbody>
                <TableRows
                  {...{ rows, at, onOpen, marks }}
                  columns={view.shown}
                  rowKey={props.rowKey}
                  selected={props.selected}
                  onAt={setAt}
                />
              </tbody>
              <TotalsRow columns={view.shown} totals={totals} marked={marks !== undefined} word={props.totalsWord} />
            </table>
          </div>
          <TableFoot pages={pages} count={rows.length} totals={totals} opens={onOpen !== undefined} foot={props.foot} />
        </>
      )}
    </div>
  );
}
