import { proxyActivities, type ActivityOptions } from '@temporalio/workflow';

/**
 * Activities of one module: `activitiesOf<CloseActivities>('billing', …).lockLane()` schedules `billing.lockLane`.
 * Another module's activities run on that module's queue: give `taskQueue`.
 */
export function activitiesOf<T extends object>(module: string, options: ActivityOptions): T;
export function activitiesOf(module: string, options: ActivityOptions): object {
  const scheduled = proxyActivities<Record<string, (...args: unknown[]) => Promise<unknown>>>(options);
  return new Proxy(
    {},
    { get: (_, method) => (typeof method === 'string' ? scheduled[`${module}.${method}`] : undefined) },
  );
}
