export { CLOSE_DATABASE, Database, type DatabaseOptions, type Tx } from './db/database.ts';
export { migrate, type MigrateResult } from './db/migrate.ts';
export { asDomainError } from './db/sql-errors.ts';
export {
  ACTOR_DIRECTORY, may, scopeValues, seesEverything, systemActor,
  type Actor, type ActorDirectory, type Reader, type Scope, type TokenClaims,
} from './actor.ts';
export { Approvals, decideApproval, type ApprovalRequest } from './approvals.ts';
export { audit, type AuditRecord } from './audit.ts';
export { AuditSealer, type SealBreach, type SealedRange, type SealReport } from './audit-seal.ts';
export { ApiEnv, PlatformEnv, readEnv } from './config.ts';
export { bytesOf, FileStore, type StoredFile } from './files.ts';
export { waitingRows } from './home-queue.ts';
export { canonicalJson, sha256, uuid7 } from './ids.ts';
export {
  readList, readWholeList,
  type ListAsk, type ListDef, type ListRows, type ListTaker, type ListTotals, type SortColumn, type WholeList,
} from './listing.ts';
export { lawParams, sqlLaw } from './laws.ts';
export { type Logger } from './logging.ts';
export { localeOf, Messages, type Catalogue, type Locale } from './messages.ts';
export { meter } from './metrics.ts';
export { firstTime, publish } from './outbox.ts';
export { OutboxRelay } from './outbox-relay.ts';
export { APPROVAL_ACTIONS, LOGGER, PlatformModule, PLUGINS, PROFILE, type ApprovalActions, type PlatformOptions } from './platform.module.ts';
export { platformPlugin } from './platform.plugin.ts';
export { RateLimits } from './rate-limits.ts';
export { Progress, type ProcessProgress, type ProcessState } from './progress.ts';
export { requestId, withRequestId } from './request-context.ts';
export { normalPhone, Vault } from './vault.ts';
export { livingWorkers, WorkerBeat } from './worker-beat.ts';
export { createApi, checkRoutePermissions, listRoutes, type ApiOptions } from './http/api-app.ts';
export { Endpoint, type EndpointSpec } from './http/endpoint.ts';
export { CurrentActor, Input, type InputOf } from './http/input.ts';
export { openApi } from './http/openapi.ts';
export { addServiceRoutes } from './http/service-routes.ts';
export { realmKeys, rulesOf, type TokenRules } from './http/token-verifier.ts';
export { caseAccount, cityTable, CityRow, copyRows, dayAfter, dayRange, DemoRandom, generously, ranges, sideBySide, Weighted, withoutTimeLimit, type Cell } from './demo/index.ts';
