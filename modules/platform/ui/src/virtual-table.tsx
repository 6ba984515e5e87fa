'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useKeyHelp, useKeys } from './keys.tsx';

/** More rows on the server: asked for when the end of the list comes near. */
export interface MoreRows {
  readonly has: boolean;
  readonly busy: boolean;
  readonly fetch: () => void;
}

/** Settings of a long table. */
export interface VirtualTableProps<T> {
  readonly caption: string;
  readonly head: ReactNode;
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
  /** One `tr`; the attributes go onto it. `current` = the keys stand on it. */
  readonly row: (row: T, attributes: RowAttributes, current: boolean) => ReactNode;
  readonly columns: number;
  /** Pixels of a row: all are the same. */
  readonly height?: number;
  readonly more?: MoreRows;
  /** Enter on the current row. */
  readonly onOpen?: (row: T) => void;
  /** Name of the place: whoever comes back finds the list where it was. */
  readonly place: string;
  readonly foot?: ReactNode;
  readonly className?: string;
  /** What Enter does, for the list of keys under `?`. */
  readonly openHelp?: string;
}

/** Attributes of a row of a long table. */
export interface RowAttributes {
  readonly 'data-row': string;
  readonly 'aria-rowindex': number;
  readonly 'aria-current': 'true' | undefined;
  readonly tabIndex: number;
  readonly style: { readonly height: number };
}

const ROW = 26;
const OVERSCAN = 12;
const NEAR_END = 20;
const MOST_PLACES = 50;
const FIRST_LOOK = { width: 1_000, height: 560 };

interface Place {
  readonly top: number;
  readonly current: string | undefined;
}
const places = new Map<string, Place>();

/** Remembers where a list stood, in the memory of this tab only. */
function keep(name: string, place: Place): void {
  places.delete(name);
  places.set(name, place);
  const [oldest] = places.keys();
  if (places.size > MOST_PLACES && oldest !== undefined) places.delete(oldest);
}

/** A table of any length: only the rows in sight are drawn. Keys: J K, Home End, Page Up and Down, Enter, T. */
export function VirtualTable<T>(props: VirtualTableProps<T>): ReactNode {
  const { rows, rowKey, more, height = ROW, place } = props;
  const frame = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(() => places.get(place)?.current);
  const ids = rows.map(rowKey);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => height,
    overscan: OVERSCAN,
    initialRect: FIRST_LOOK,
    initialOffset: places.get(place)?.top ?? 0,
  });
  const shown = virtual.getVirtualItems();
  useMore(more, rows.length, shown.at(-1)?.index ?? 0);
  const at = current === undefined ? -1 : ids.indexOf(current);
  const go = (index: number): void => {
    const next = Math.min(rows.length - 1, Math.max(0, index));
    const id = ids[next];
    if (id === undefined) return;
    setCurrent(id);
    keep(place, { top: frame.current?.scrollTop ?? 0, current: id });
    virtual.scrollToIndex(next, { align: 'auto' });
    requestAnimationFrame(() => lineOf(frame.current, id)?.focus({ preventScroll: true }));
  };
  const page = Math.max(1, Math.floor((frame.current?.clientHeight ?? FIRST_LOOK.height) / height) - 2);
  const open = (): void => {
    const row = rows[at];
    if (row !== undefined) props.onOpen?.(row);
  };
  useKeys({
    J: () => go(at + 1),
    K: () => go(at - 1),
    ArrowDown: () => go(at + 1),
    ArrowUp: () => go(at - 1),
    PageDown: () => go(at + page),
    PageUp: () => go(at - page),
    Home: () => go(0),
    End: () => go(rows.length - 1),
    ...(props.onOpen && { Enter: open }),
    T: () => lineOf(frame.current, current ?? '')?.querySelector<HTMLElement>('[data-trace]')?.click(),
  });
  useKeyHelp([
    ['J K', 'ui.keys.row'],
    ['Home End', 'ui.keys.ends'],
    ...(props.openHelp ? ([['Enter', props.openHelp]] as const) : []),
    ['T', 'ui.keys.trace'],
  ]);
  const before = shown[0]?.start ?? 0;
  const after = Math.max(0, virtual.getTotalSize() - (shown.at(-1)?.end ?? 0));
  return (
    <div
      ref={frame}
      className="scrollx vlist"
      role="region"
      tabIndex={0}
      aria-label={props.caption}
      onScroll={(event) => keep(place, { top: event.currentTarget.scrollTop, current })}
    >
      <table className={`tbl dense ${props.className ?? ''}`} aria-rowcount={more?.has ? -1 : rows.length}>
        <caption>{props.caption}</caption>
        <thead>{props.head}</thead>
        <tbody>
          <Gap height={before} columns={props.columns} />
          {shown.map((item) => {
            const row = rows[item.index];
            const id = ids[item.index];
            if (row === undefined || id === undefined) return null;
            const isCurrent = id === current;
            return props.row(
              row,
              {
                'data-row': id,
                'aria-rowindex': item.index + 1,
                'aria-current': isCurrent ? 'true' : undefined,
                tabIndex: isCurrent ? 0 : -1,
                style: { height },
              },
              isCurrent,
            );
          })}
          <Gap height={after} columns={props.columns} />
        </tbody>
        {props.foot}
      </table>
    </div>
  );
}

/** The rows that are not drawn, as one empty space. */
const Gap = ({ height, columns }: { height: number; columns: number }): ReactNode =>
  height > 0 && (
    <tr aria-hidden="true" className="gap" style={{ height }}>
      <td colSpan={columns} />
    </tr>
  );

const lineOf = (frame: HTMLElement | null, id: string): HTMLElement | undefined =>
  [...(frame?.querySelectorAll<HTMLElement>('tr[data-row]') ?? [])].find((line) => line.dataset['row'] === id);

function useMore(more: MoreRows | undefined, count: number, last: number): void {
  const wanted = more !== undefined && more.has && !more.busy && last >= count - NEAR_END;
  const fetch = useRef(more?.fetch);
  useEffect(() => {
    fetch.current = more?.fetch;
  });
  useEffect(() => {
    if (wanted) fetch.current?.();
  }, [wanted, count]);
}
