'use client';
import { createContext, useContext, type ReactNode } from 'react';
import { formatDay } from './format.ts';
import { useRouter } from './router.tsx';
import { Forbidden, useOfflineReason } from './states.tsx';
import { useText } from './text.tsx';

/** How one month stands. */
export interface PeriodState {
  readonly period: string;
  readonly state: 'open' | 'closing' | 'closed';
  readonly closedOn: string | null;
}

/** The signed-in person as the API knows them. */
export interface Me {
  readonly login: string;
  readonly fullName: string;
  readonly roles: readonly string[];
  readonly permissions: readonly string[];
  readonly today: string;
  readonly period: string;
  readonly profile: string;
  readonly locale?: string | null;
  readonly periods: readonly PeriodState[];
}

const MeContext = createContext<Me | undefined>(undefined);

/** Tells the pages below who looks at them. */
export function MeProvider({ me, children }: { me: Me; children: ReactNode }): ReactNode {
  return <MeContext.Provider value={me}>{children}</MeContext.Provider>;
}

/** Who looks at this page. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error('useMe outside of MeProvider');
  return me;
}

/** Whether the person has a permission. A courtesy of the page: the API decides. */
export const useCan = (): ((permission: string) => boolean) => {
  const { permissions } = useMe();
  return (permission) => permissions.includes(permission);
};

/** Shows a page only to those who may see it. */
export function Guarded({ permission, children }: { permission: string; children: ReactNode }): ReactNode {
  const can = useCan();
  return can(permission) ? children : <Forbidden permission={permission} page />;
}

/** The month that this tab looks at: `?period=`, otherwise the current one. */
export function usePeriod(): PeriodState & { readonly current: boolean } {
  const me = useMe();
  const { path, search } = useRouter();
  const asked = /^\/billing\/close\/(\d{4}-\d{2})/.exec(path)?.[1] ?? search.get('period') ?? me.period;
  const period = /^\d{4}-(0[1-9]|1[0-2])$/.test(asked) ? asked : me.period;
  const known = me.periods.find((item) => item.period === period);
  return { period, state: known?.state ?? 'open', closedOn: known?.closedOn ?? null, current: period === me.period };
}

/** The two days of the past that a page is shown for: what was valid on a day, and what was known on it. Undefined = now. */
export interface PastDays {
  readonly asOf: string | undefined;
  readonly knownAt: string | undefined;
  readonly isNow: boolean;
}

/** The two days of the address; today is not asked for, it is what the API answers anyway. */
export function usePastDays(): PastDays {
  const { today } = useMe();
  const { search } = useRouter();
  const past = (name: string): string | undefined => {
    const day = search.get(name);
    return day !== null && day !== today ? day : undefined;
  };
  const [asOf, knownAt] = [past('asOf'), past('knownAt')];
  return { asOf, knownAt, isNow: asOf === undefined && knownAt === undefined };
}

/** The sentence of a closed month; `undefined` while it is open. */
export function useClosedReason(): string | undefined {
  const text = useText();
  const { state, closedOn } = usePeriod();
  if (state !== 'closed') return undefined;
  return closedOn ? text('ui.period.closed-on', { day: formatDay(closedOn) }) : text('ui.period.closed');
}

/** Why nothing may be changed now: the month is closed or the server does not answer. */
export function useStandstill(): string | undefined {
  const closed = useClosedReason();
  const offline = useOfflineReason();
  return closed ?? offline;
}
