import type { z } from 'zod';

/** A fact that other modules may hear of. Payload: ids and versions, no persons. */
export interface EventDefinition<T> {
  readonly type: string;
  readonly version: number;
  readonly schema: z.ZodType<T>;
}

/** `defineEvent('registry.account-changed', 1, z.object({ accountId: z.number() }))` */
export const defineEvent = <T>(type: string, version: number, schema: z.ZodType<T>): EventDefinition<T> => ({ type, version, schema });
