'use client';
import { useEffect, useRef } from 'react';

/** Acts of a page by key; a letter is compared by its place on the keyboard, so that it works in both layouts. */
export type KeyMap = Readonly<Record<string, (event: KeyboardEvent) => void>>;

const FIELDS = 'input, textarea, select, [contenteditable="true"], [role="dialog"] *, [role="menu"] *';

/** Whether the user is writing or inside an overlay: single letters must not act there. */
export const isTyping = (target: EventTarget | null): boolean => target instanceof Element && target.matches(FIELDS);

const nameOf = (event: KeyboardEvent): string => {
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  const base = letter ?? (event.code === 'Slash' && !event.shiftKey ? '/' : event.key);
  return `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${base}`;
};

/** Listens while the page is open. Keys: `J`, `Enter`, `ArrowDown`, `Ctrl+K`, `/`, `[`. */
export function useKeys(map: KeyMap, enabled = true): void {
  const current = useRef(map);
  useEffect(() => {
    current.current = map;
  });
  useEffect(() => {
    if (!enabled) return undefined;
    const listen = (event: KeyboardEvent): void => {
      const name = nameOf(event);
      const act = current.current[name];
      if (!act || event.defaultPrevented) return;
      if (!name.startsWith('Ctrl+') && !name.startsWith('Alt+') && !/^F\d+$/.test(name) && isTyping(event.target))
        return;
      event.preventDefault();
      act(event);
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [enabled]);
}
