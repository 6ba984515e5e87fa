export { ApiError, OfflineError, SignInLostError, type Problem } from './errors.ts';
export {
  createApiClient,
  urlOf,
  type ApiClient,
  type ApiEnvironment,
  type CallOptions,
  type QueryValues,
} from './http.ts';
export { nearEnd, session, type PortalConfig, type Session, type SessionState } from './session.ts';
export { connection } from './connection.ts';
export { ApiProvider, useApi } from './api-context.tsx';
export { PagePartsProvider } from './page-parts.tsx';
export {
  createQueryClient,
  isForbidden,
  isMissing,
  isOffline,
  useAct,
  useList,
  useOfflineSince,
  useRead,
  useRefresh,
  type Act,
  type Page,
  type ReadOptions,
} from './hooks.tsx';
export { QueryClientProvider, useQueryClient, type QueryClient } from '@tanstack/react-query';
