import { AsyncLocalStorage } from 'node:async_hooks';

interface RequestContext {
  readonly requestId: string;
}
const storage = new AsyncLocalStorage<RequestContext>();

/** Id of the request that is being served: goes into logs, audit rows and the database's application name. */
export const requestId = (): string | undefined => storage.getStore()?.requestId;

export const withRequestId = <R>(id: string, work: () => R): R => storage.run({ requestId: id }, work);
