'use client';
import { useText } from '@komplat/ui';
import type { ReactNode } from 'react';

/** Head of a plain table: words `<prefix>.<name>`, figures at the right, a column without a word for acts. */
export function HeadRow(props: { prefix: string; names: readonly string[]; right: readonly string[]; acts?: boolean }): ReactNode {
  const text = useText();
  return (
    <thead>
      <tr>
        {props.names.map((name) => (
          <th key={name} scope="col" className={props.right.includes(name) ? 'r' : undefined}>
            {text(`${props.prefix}.${name}`)}
          </th>
        ))}
        {props.acts && (
          <th scope="col">
            <span className="vh">{text('benefits.ui.acts')}</span>
          </th>
        )}
      </tr>
    </thead>
  );
}
