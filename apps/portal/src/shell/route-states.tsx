'use client';
import { Card, ErrorState, Loading, useText } from '@komplat/ui';
import type { ReactNode } from 'react';

/** While the code of a page is on its way. */
export const RouteLoading = (): ReactNode => (
  <Card>
    <Loading rows={12} />
  </Card>
);

/** A page that broke while drawing: the rest of the portal works. */
export function RouteError({ error, reset }: { error: Error; reset: () => void }): ReactNode {
  const text = useText();
  return (
    <Card>
      <ErrorState error={error} title={text('portal.page.error')} onRetry={reset} />
    </Card>
  );
}
