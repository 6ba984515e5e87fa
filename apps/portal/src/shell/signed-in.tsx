'use client';
import { useText } from '@komplat/ui';
import { useEffect, type ReactNode } from 'react';
import { useOpenSession } from './session-gate.tsx';

/** Opening the session here tells the other tabs; then the small window is of no more use. */
export function SignedIn(): ReactNode {
  const text = useText();
  const session = useOpenSession();
  useEffect(() => {
    if (session?.state() === 'signed-in') window.close();
  }, [session]);
  return (
    <main className="splash">
      <div className="empty">
        <h1 className="text-lg font-semibold">{text('portal.session.done')}</h1>
        <p>{text('portal.session.close-window')}</p>
      </div>
    </main>
  );
}
