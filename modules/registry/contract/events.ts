import { defineEvent } from '@komplat/kernel';
import { z } from 'zod';

/** Facts of a card were changed by a person. */
export const accountChanged = defineEvent('registry.account-changed', 1, z.object({ accountId: z.number().int(), fields: z.array(z.string()) }));
