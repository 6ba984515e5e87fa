import { defineEvent } from '@komplat/kernel';
import { z } from 'zod';

/** What the account is entitled to has changed: billing recalculates it. */
export const entitlementChanged = defineEvent(
  'benefits.entitlement-changed',
  1,
  z.object({ accountIds: z.array(z.number().int()), cause: z.enum(['holding', 'catalogue', 'award', 'residence']) }),
);
/** A file of awards was posted: its sums stand in `benefits.pub_award_v1`. */
export const awardsPosted = defineEvent('benefits.awards-posted', 1, z.object({ fileId: z.uuid(), month: z.string(), rows: z.number().int() }));
