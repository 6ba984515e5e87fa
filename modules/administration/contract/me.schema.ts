import { zDay, zPeriod } from '@komplat/kernel';
import { z } from 'zod';

/** Who is signed in, what they may do, and what day it is in the city. */
export const Me = z
  .object({
    login: z.string(),
    fullName: z.string(),
    roles: z.array(z.string()),
    permissions: z.array(z.string()),
    scopes: z.array(z.object({ kind: z.string(), value: z.string() })),
    today: zDay,
    period: zPeriod,
    profile: z.enum(['training', 'production']),
    /** How the months stand, newest first; `closedOn` is the day when the last provider was locked. */
    periods: z.array(z.object({ period: zPeriod, state: z.enum(['open', 'closing', 'closed']), closedOn: zDay.nullable() })),
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof Me>;

/** Names of people by login: rows of the audit carry logins, the screen shows names. */
export const People = z.object({ names: z.record(z.string(), z.string()) }).meta({ id: 'People' });
export type People = z.infer<typeof People>;
