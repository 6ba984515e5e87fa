'use client';
import { useState } from 'react';
import { useKeyHelp, useKeys } from '../keys.tsx';
import { useRouter } from '../router.tsx';
import { nextSort, type TableView } from './columns.ts';
import type { Marks } from './selection.ts';

/** What the keys of a table act upon. */
export interface TableKeys<T> {
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
  readonly rowHref: ((row: T) => string) | undefined;
  readonly onSelect: ((row: T) => void) | undefined;
  readonly view: TableView<T>;
  readonly marks: Marks | undefined;
  readonly frame: React.RefObject<HTMLDivElement | null>;
}

const press = (frame: HTMLElement | null, selector: string): void => {
  const found = frame?.querySelector<HTMLElement>(selector);
  found?.focus();
  // a menu that is opened by a key stands on its first item
  if (found?.getAttribute('aria-haspopup') === 'menu')
    found.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
  else found?.click();
};

/** Row and column that the keys stand on. Rows: J K or arrows; columns: left and right. */
export function useTableKeys<T>(table: TableKeys<T>): {
  at: number;
  setAt: (at: number) => void;
  column: string | undefined;
} {
  const { rows, view, marks, frame } = table;
  const [current, setCurrent] = useState<string>(); // by its key: a list that is read again may stand otherwise
  const [walked, setWalked] = useState<string>();
  const router = useRouter();
  const ids = rows.map(table.rowKey);
  const at = current === undefined ? -1 : ids.indexOf(current);
  const setAt = (index: number): void => setCurrent(ids[index]);
  const named = view.shown.filter((column) => !column.bare);
  const column = named.find((item) => item.key === walked)?.key ?? view.sort?.replace(/^-/, '');
  const line = (index: number): HTMLElement | undefined =>
    [...(frame.current?.querySelectorAll<HTMLElement>('tr[data-row]') ?? [])][index];
  const move = (step: number): void => {
    const next = Math.min(rows.length - 1, Math.max(0, at + step));
    setAt(next);
    line(next)?.focus();
    const row = rows[next];
    if (row !== undefined) table.onSelect?.(row);
  };
  const walk = (step: number): void => {
    const from = named.findIndex((item) => item.key === column);
    setWalked(named[Math.min(named.length - 1, Math.max(0, from + step))]?.key);
  };
  const open = (tab: boolean): void => {
    const row = rows[at];
    if (row === undefined || !table.rowHref) return;
    if (tab) window.open(table.rowHref(row), '_blank', 'noopener');
    else router.push(table.rowHref(row));
  };
  const mark = (range: boolean): void => {
    const id = ids[at];
    if (id === undefined || !marks) return;
    if (range) marks.range(ids, id);
    else marks.toggle(id);
  };
  const focused = (): string | undefined =>
    document.activeElement?.closest<HTMLElement>('th[data-column]')?.dataset['column'] ?? column;
  const sort = (): void => {
    const key = focused();
    if (key !== undefined && named.find((item) => item.key === key)?.sortable) view.setSort(nextSort(key, view.sort));
  };
  const filter = (): void => {
    const name = named.find((item) => item.key === focused())?.filter;
    const chosen = name === undefined ? null : frame.current?.querySelector(`[data-filter="${name}"]`);
    press(frame.current, chosen ? `[data-filter="${name}"]` : '[data-filter]');
  };
  useKeys({
    J: () => move(1),
    K: () => move(-1),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    ArrowLeft: () => walk(-1),
    ArrowRight: () => walk(1),
    // a key without an act here stays free for the rest of the page
    ...(table.rowHref && { Enter: () => open(false), 'Ctrl+Enter': () => open(true) }),
    ...(marks && { ' ': (event: KeyboardEvent) => mark(event.shiftKey) }),
    S: sort,
    F: filter,
    C: () => press(frame.current, '[data-tool="columns"]'),
    E: () => press(frame.current, '[data-tool="export"]'),
    T: () => line(at)?.querySelector<HTMLElement>('[data-trace]')?.click(),
  });
  useKeyHelp(helpOf(table));
  return { at, setAt, column };
}

const helpOf = <T>({ rowHref, onSelect, marks }: TableKeys<T>): readonly (readonly [string, string])[] => [
  ['J K', 'ui.keys.row'],
  ...((rowHref ?? onSelect) ? ([['Enter', 'ui.keys.open']] as const) : []),
  ...(rowHref ? ([['Ctrl+Enter', 'ui.keys.open-tab']] as const) : []),
  ...(marks
    ? ([
        ['Space', 'ui.keys.mark'],
        ['Shift+Space', 'ui.keys.mark-range'],
      ] as const)
    : []),
  ['T', 'ui.keys.trace'],
  ['← →', 'ui.keys.column'],
  ['S', 'ui.keys.sort'],
  ['F', 'ui.keys.filter'],
  ['/', 'ui.keys.search'],
  ['C', 'ui.keys.columns'],
  ['E', 'ui.keys.export'],
];
