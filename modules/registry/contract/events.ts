import type { EventDef } from '@komplat/plugin-api';
import { z } from 'zod';

const AccountChanged = z.object({ accountId: z.number().int(), fields: z.array(z.string()) });

/** Facts of a card were changed by a person. */
export const accountChanged: EventDef<z.infer<typeof AccountChanged>> = { type: 'registry.account-changed', version: 1, schema: AccountChanged };
