'use client';
import { useEffect, useRef, useSyncExternalStore } from 'react';

/** Acts of a page by key; a letter is compared by its place on the keyboard, so that it works in both layouts. */
export type KeyMap = Readonly<Record<string, (event: KeyboardEvent) => void>>;

const FIELDS =
  'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"], [role="dialog"] *, [role="menu"] *';

/** Whether the user is writing or inside an overlay: single letters must not act there. */
export const isTyping = (target: EventTarget | null): boolean => target instanceof Element && target.matches(FIELDS);

const nameOf = (event: KeyboardEvent): string => {
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  const base = letter ?? (event.code === 'Slash' ? (event.shiftKey || event.key === '?' ? '?' : '/') : event.key);
  return `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${base}`;
};

const isPlain = (name: string): boolean => !/^(Ctrl\+|Alt\+|F\d)/.test(name);
const isControl = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('a, button, input, summary') !== null;
/** Single letters can be switched off in the menu of the person (WCAG 2.1.4). */
const lettersAreOff = (): boolean => document.documentElement.dataset['letters'] === 'off';

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
      if (isPlain(name) && (isTyping(event.target) || (name.length === 1 && lettersAreOff()))) return;
      if ((name === ' ' || name === 'Enter') && isControl(event.target)) return;
      event.preventDefault();
      act(event);
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [enabled]);
}

/** Keys of a part of the page for the list under `?`: the keys as printed and the message that explains them. */
export type KeyHelp = readonly (readonly [keys: string, message: string])[];

const lists = new Map<symbol, KeyHelp>();
const readers = new Set<() => void>();
let shown: KeyHelp = [];
const tell = (): void => {
  shown = [...lists.values()].flat();
  for (const read of readers) read();
};

/** Adds keys to the list of this page while the part is there. */
export function useKeyHelp(entries: KeyHelp): void {
  const text = JSON.stringify(entries);
  useEffect(() => {
    const id = Symbol('keys');
    const own: KeyHelp = JSON.parse(text);
    lists.set(id, own);
    tell();
    return () => {
      lists.delete(id);
      tell();
    };
  }, [text]);
}

const NONE: KeyHelp = [];

/** All keys of the page that is open. */
export const useShownKeys = (): KeyHelp =>
  useSyncExternalStore(
    (read) => {
      readers.add(read);
      return () => readers.delete(read);
    },
    () => shown,
    () => NONE,
  );
