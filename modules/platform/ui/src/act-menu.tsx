'use client';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { Icon } from './icons.tsx';

/** One act of a menu. */
export interface MenuAct {
  readonly key: string;
  readonly label: ReactNode;
  readonly onAct: () => void;
}

/** The rarer acts of a row behind three dots. */
export function ActMenu({ label, acts }: { label: string; acts: readonly MenuAct[] }): ReactNode {
  if (acts.length === 0) return null;
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <button type="button" className="icon sm-i" aria-label={label} title={label}>
          <Icon name="more" />
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          {acts.map((act) => (
            <DropdownMenu.Item key={act.key} onSelect={act.onAct}>
              {act.label}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
