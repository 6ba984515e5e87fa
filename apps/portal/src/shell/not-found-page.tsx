'use client';
import { ButtonLink, Icon, useText } from '@komplat/ui';
import type { ReactNode } from 'react';

/** No page under this address; one step leads home. */
export function NotFoundPage(): ReactNode {
  const text = useText();
  return (
    <main className="splash">
      <div className="empty">
        <Icon name="search" size={24} />
        <h1 className="text-md font-semibold">{text('portal.not-found.title')}</h1>
        <p>{text('portal.not-found.text')}</p>
        <ButtonLink href="/" icon="home">
          {text('portal.home')}
        </ButtonLink>
      </div>
    </main>
  );
}
