'use client';
import { useOfflineSince, useQueryClient } from '@komplat/api-client';
import {
  Banner,
  Offline,
  SlotProvider,
  TraceDrawer,
  useClosedReason,
  useMe,
  usePersonName,
  useText,
} from '@komplat/ui';
import { slots } from '@komplat/all/portal';
import type { ReactNode } from 'react';
import { Navigation } from './navigation.tsx';
import { SessionGate, useSession } from './session-gate.tsx';
import { SessionEnding } from './session-ending.tsx';
import { TopBar } from './top-bar.tsx';

const TRACE_SOURCE = 'billing/trace';

/** Navigation, top bar, page, drawer of sources: the frame of every page of a module. */
export function Shell({ children }: { children: ReactNode }): ReactNode {
  return (
    <SessionGate>
      <SlotProvider registry={slots}>
        <Frame>{children}</Frame>
      </SlotProvider>
    </SessionGate>
  );
}

/** A closed month is only read: the sentence says where a correction goes. */
function ClosedPeriod(): ReactNode {
  const reason = useClosedReason();
  usePersonName();
  if (!reason) return null;
  return (
    <div className="mb-3.5" data-closed-period>
      <Banner kind="idle" icon="lock">
        {reason}
      </Banner>
    </div>
  );
}

/** Above the page while the server does not answer; every few seconds what is shown is asked for again. */
function Connection(): ReactNode {
  const since = useOfflineSince();
  const store = useQueryClient();
  if (since === undefined) return null;
  return (
    <div className="mb-3.5" data-offline>
      <Offline since={since} onRetry={() => void store.refetchQueries({ type: 'active' })} />
    </div>
  );
}

function Frame({ children }: { children: ReactNode }): ReactNode {
  const text = useText();
  const { profile } = useMe();
  const session = useSession();
  const { config } = session;
  return (
    <>
      <a className="skip" href="#main">
        {text('portal.skip')}
      </a>
      <div className="app" data-ready>
        <Navigation city={config.city} version={config.version} />
        <TopBar training={profile === 'training'} />
        <main className="main" id="main" tabIndex={-1}>
          <Connection />
          <SessionEnding session={session} />
          <ClosedPeriod />
          {children}
        </main>
      </div>
      <TraceDrawer source={TRACE_SOURCE} />
    </>
  );
}
