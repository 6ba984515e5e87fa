'use client';
import { createContext, useContext, type ReactNode } from 'react';
import { Forbidden } from './states.tsx';

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
