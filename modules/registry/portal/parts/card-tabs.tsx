'use client';
import { useHasSlot, useKeyHelp, useKeys, useSearchState, useText, type KeyMap } from '@komplat/ui';
import type { KeyboardEvent, ReactNode } from 'react';

/** Tabs of the card in the order of the screen. Modules fill them by slots `account-card-<tab>`; the overview is `account-card`. */
export const CARD_TABS = [
  'overview', 'accruals', 'payments', 'debt', 'readings', 'persons', 'benefits', 'contracts', 'court', 'requests', 'documents',
  'findings', 'history',
] as const;
export type CardTab = (typeof CARD_TABS)[number];

export const slotOf = (tab: CardTab): string => (tab === 'overview' ? 'account-card' : `account-card-${tab}`);

/** Tabs that have something for this person, and the one that is open. It lives in the address. */
export function useCardTabs(own: readonly CardTab[]): { tabs: readonly CardTab[]; tab: CardTab; open: (tab: CardTab) => void } {
  const has = useHasSlot();
  const [search, set] = useSearchState();
  const tabs = CARD_TABS.filter((tab) => tab === 'overview' || own.includes(tab) || has(slotOf(tab)));
  const tab = tabs.find((name) => name === search.get('tab')) ?? 'overview';
  return { tabs, tab, open: (next) => set({ tab: next === 'overview' ? undefined : next }) };
}

/** The row of tabs: arrows go along it, digits open a tab from anywhere on the page. */
export function CardTabs({ tabs, tab, open }: ReturnType<typeof useCardTabs>): ReactNode {
  const text = useText();
  const go = (next: CardTab | undefined): void => {
    if (!next) return;
    open(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.stopPropagation();
    go(tabs[tabs.indexOf(tab) + step]);
  };
  const keys: KeyMap = Object.fromEntries(
    Array.from({ length: 9 }, (_, at) => [String(at + 1), () => tabs[at] !== undefined && open(tabs[at])]),
  );
  useKeys(keys);
  useKeyHelp([['1 – 9', 'ui.keys.tabs']]);
  return (
    <div className="tabs" role="tablist" aria-label={text('registry.ui.tabs.label')} onKeyDown={onKeyDown}>
      {tabs.map((name, at) => (
        <button
          key={name}
          id={`tab-${name}`}
          type="button"
          role="tab"
          aria-selected={name === tab}
          aria-controls="account-tab"
          aria-keyshortcuts={at < 9 ? String(at + 1) : undefined}
          tabIndex={name === tab ? 0 : -1}
          onClick={() => open(name)}
        >
          {text(`registry.ui.tabs.${name}`)}
        </button>
      ))}
    </div>
  );
}
