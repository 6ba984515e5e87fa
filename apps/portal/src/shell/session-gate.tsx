'use client';
import {
  ApiProvider,
  createApiClient,
  session as openSession,
  useQueryClient,
  useRead,
  type Session,
  type SessionState,
} from '@komplat/api-client';
import { ErrorState, Loading, MeProvider, useLocale, type Me } from '@komplat/ui';
import { createContext, useContext, useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import { SignInPage, UnreachablePage } from './sign-in.tsx';
import { SessionEnded } from './session-ended.tsx';

const SessionContext = createContext<Session | undefined>(undefined);

/** The sign-in of this tab, for the user menu. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession outside of SessionGate');
  return session;
}

/** Opens the one session of this page load. */
export function useOpenSession(): Session | undefined {
  const [session, setSession] = useState<Session>();
  useEffect(() => {
    void openSession().then(setSession);
  }, []);
  return session;
}

/** How the session stands now; renders again when it changes. */
export function useSessionState(session: Session): SessionState {
  return useSyncExternalStore(
    (listener) => session.subscribe(listener),
    () => session.state(),
    () => 'starting',
  );
}

const Splash = (): ReactNode => (
  <main className="splash">
    <Loading rows={3} />
  </main>
);

/** Asks who is there before any page is shown; a lost sign-in keeps the page and its form mounted. */
export function SessionGate({ children }: { children: ReactNode }): ReactNode {
  const session = useOpenSession();
  return session ? <Known session={session}>{children}</Known> : <Splash />;
}

function Known({ session, children }: { session: Session; children: ReactNode }): ReactNode {
  const state = useSessionState(session);
  const locale = useLocale();
  const store = useQueryClient();
  const client = useMemo(
    () => createApiClient({ base: '/api/v1', bearer: () => session.bearer(), locale: () => locale }),
    [session, locale],
  );
  useEffect(() => {
    if (state === 'anonymous') store.clear();
    if (state === 'signed-in') void store.invalidateQueries({ predicate: (query) => query.state.status === 'error' });
  }, [state, store]);
  if (state === 'starting') return <Splash />;
  if (state === 'unreachable') return <UnreachablePage />;
  if (state === 'anonymous') return <SignInPage session={session} />;
  return (
    <SessionContext.Provider value={session}>
      <ApiProvider client={client}>
        <Introduced>{children}</Introduced>
        {state === 'lost' && <SessionEnded session={session} />}
      </ApiProvider>
    </SessionContext.Provider>
  );
}

function Introduced({ children }: { children: ReactNode }): ReactNode {
  const me = useRead<Me>('administration/me');
  if (me.data) return <MeProvider me={me.data}>{children}</MeProvider>;
  return (
    <main className="splash">
      {me.error ? <ErrorState error={me.error} onRetry={() => void me.refetch()} /> : <Loading rows={3} />}
    </main>
  );
}
