'use client';
import type { Session } from '@komplat/api-client';
import { Banner, Button, formatTime, useText } from '@komplat/ui';
import { useState, useSyncExternalStore, type ReactNode } from 'react';

/** Two minutes before the end of the session: when it ends and that the form stays. */
export function SessionEnding({ session }: { session: Session }): ReactNode {
  const text = useText();
  const [read, setRead] = useState<number>();
  const end = useSyncExternalStore(
    (listener) => session.subscribe(listener),
    () => session.endsAt(),
    () => undefined,
  );
  if (end === undefined || end === read) return null;
  return (
    <div className="mb-3.5" data-session-ending>
      <Banner
        kind="warn"
        icon="clock"
        actions={
          <Button size="small" onClick={() => setRead(end)}>
            {text('portal.session.understood')}
          </Button>
        }
      >
        <b>{text('portal.session.ending', { at: formatTime(new Date(end).toISOString()) })}</b>{' '}
        {text('portal.session.ending-text')}
      </Banner>
    </div>
  );
}
