import { useState } from 'react';

/** Rows that a person marked: some of the shown ones, or all of the filter. */
export interface Marks {
  readonly ids: ReadonlySet<string>;
  readonly all: boolean;
  readonly count: number;
  has(id: string): boolean;
  toggle(id: string): void;
  /** All rows between the last marked one and this one. */
  range(ids: readonly string[], id: string): void;
  mark(ids: readonly string[]): void;
  markAll(): void;
  clear(): void;
}

interface State {
  readonly scope: string;
  readonly ids: ReadonlySet<string>;
  readonly all: boolean;
  readonly last: string | undefined;
}

const nothing = (scope: string): State => ({ scope, ids: new Set(), all: false, last: undefined });

/** Marks belong to one filter: another filter begins with none. */
export function useMarks(scope: string, whole: number): Marks {
  const [kept, setState] = useState<State>(() => nothing(scope));
  const state = kept.scope === scope ? kept : nothing(scope);
  const put = (ids: ReadonlySet<string>, last: string | undefined): void => setState({ scope, ids, all: false, last });
  return {
    ids: state.ids,
    all: state.all,
    count: state.all ? whole : state.ids.size,
    has: (id) => state.all || state.ids.has(id),
    toggle: (id) => {
      const next = new Set(state.ids);
      if (!next.delete(id)) next.add(id);
      put(next, id);
    },
    range: (ids, id) => {
      const [from, to] = [ids.indexOf(state.last ?? id), ids.indexOf(id)].toSorted((left, right) => left - right);
      put(new Set([...state.ids, ...ids.slice(Math.max(0, from ?? 0), (to ?? 0) + 1)]), id);
    },
    mark: (ids) => put(new Set(ids), undefined),
    markAll: () => setState({ scope, ids: new Set(), all: true, last: undefined }),
    clear: () => setState(nothing(scope)),
  };
}
