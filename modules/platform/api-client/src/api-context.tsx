'use client';
import { createContext, useContext, type ReactNode } from 'react';
import type { ApiClient } from './http.ts';

const ApiContext = createContext<ApiClient | undefined>(undefined);

/** Gives the pages below it their API client. */
export function ApiProvider({ client, children }: { client: ApiClient; children: ReactNode }): ReactNode {
  return <ApiContext.Provider value={client}>{children}</ApiContext.Provider>;
}

/** The API client of this tree; a component outside of `ApiProvider` is a mistake of the programmer. */
export function useApi(): ApiClient {
  const client = useContext(ApiContext);
  if (!client) throw new Error('useApi outside of ApiProvider');
  return client;
}
