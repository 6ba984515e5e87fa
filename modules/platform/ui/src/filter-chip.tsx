'use client';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { Icon } from './icons.tsx';
import { useSearchState } from './router.tsx';
import { useText } from './text.tsx';

/** A filter of a list: name, chosen value, choice in a menu. Its value lives in the address. */
export function FilterChip(props: {
  name: string;
  label: string;
  options: readonly { value: string; label: string; count?: number }[];
  all: string;
}): ReactNode {
  const text = useText();
  const [search, set] = useSearchState();
  const value = search.get(props.name) ?? '';
  const chosen = props.options.find((option) => option.value === value);
  const choose = (next: string): void => set({ [props.name]: next });
  return (
    <span className="row">
      <DropdownMenu.Root>
        <DropdownMenu.Trigger asChild>
          <button type="button" className={`chip ${chosen ? 'on' : ''}`} data-filter={props.name}>
            <Icon name="filter" size={13} />
            {props.label}: <b>{chosen?.label ?? props.all}</b>
            <Icon name="chevron-down" size={13} />
          </button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="start" sideOffset={4}>
            <DropdownMenu.RadioGroup value={value} onValueChange={choose}>
              <DropdownMenu.RadioItem value="">{props.all}</DropdownMenu.RadioItem>
              {props.options.map((option) => (
                <DropdownMenu.RadioItem key={option.value} value={option.value}>
                  <span className="grow">{option.label}</span>
                  {option.count !== undefined && <span className="mut tnum">{option.count}</span>}
                </DropdownMenu.RadioItem>
              ))}
            </DropdownMenu.RadioGroup>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {chosen && (
        <button
          type="button"
          className="icon sm-i"
          aria-label={text('ui.filter.clear', { name: props.label })}
          onClick={() => choose('')}
        >
          <Icon name="close" size={13} />
        </button>
      )}
    </span>
  );
}
