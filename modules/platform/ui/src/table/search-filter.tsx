'use client';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useKeys } from '../keys.tsx';
import { useSearchState } from '../router.tsx';

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
