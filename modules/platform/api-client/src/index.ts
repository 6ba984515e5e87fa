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
export {
  ApiProvider,
  createQueryClient,
  isForbidden,
  isMissing,
  isOffline,
  useAct,
  useApi,
  useList,
  useOfflineSince,
  useRead,
  useRefresh,
  type Act,
  type Page,
  type ReadOptions,
} from './hooks.tsx';
export { QueryClientProvider, useQueryClient, type QueryClient } from '@tanstack/react-query';
