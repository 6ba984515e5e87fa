'use client';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { Icon } from './icons.tsx';

/** A button that opens the choice of a file format; its key is `E`, pressed anywhere on the page. */
export function ExportMenu(props: {
  label: string;
  title: ReactNode;
  formats: readonly string[];
  busy: boolean;
  /** Small and without an edge, among the tools of a table. */
  quiet?: boolean;
  onChoose: (format: string) => void;
}): ReactNode {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <button
          type="button"
          className={props.quiet ? 'btn sm quiet' : 'btn'}
          data-tool="export"
          title={`${props.label} (E)`}
          aria-keyshortcuts="E"
          aria-busy={props.busy || undefined}
        >
          <Icon name={props.busy ? 'running' : 'file-down'} size={props.quiet ? 14 : 15} className={props.busy ? 'spin' : ''} />
          <span>{props.label}</span>
          <kbd>E</kbd>
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          <div className="label">{props.title}</div>
          {props.formats.map((format) => (
            <DropdownMenu.Item key={format} onSelect={() => props.onChoose(format)}>
              <Icon name="file" />
              {format.toUpperCase()}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
