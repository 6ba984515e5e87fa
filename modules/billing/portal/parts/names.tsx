'use client';
import { shortCompany, useText } from '@komplat/ui';
import type { ReactNode } from 'react';

/** Service in a narrow cell: the short word of the product, the full name of the register on hover. */
export function ServiceName({ code, name }: { code: string; name: string }): ReactNode {
  const text = useText();
  const key = `billing.ui.service.${code}`;
  return (
    <span className="short" title={name}>
      {text.has(key) ? text(key) : name}
    </span>
  );
}

/** Provider in a narrow cell: without the legal form, the full name on hover. */
export const ProviderName = ({ name }: { name: string }): ReactNode => (
  <span className="short" title={name}>
    {shortCompany(name)}
  </span>
);
