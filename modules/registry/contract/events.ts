import { defineEvent } from '@komplat/kernel';
import { z } from 'zod';

/** Facts of a card were changed by a person; `from` = first day from which a fact differs. */
export const accountChanged = defineEvent(
  'registry.account-changed',
  1,
  z.object({ accountId: z.number().int(), fields: z.array(z.string()), from: z.string().optional() }),
);
/** An account was opened, closed, reopened or got another number. */
export const accountOpened = defineEvent('registry.account-opened', 1, z.object({ accountId: z.number().int(), on: z.string() }));
export const accountClosed = defineEvent('registry.account-closed', 1, z.object({ accountId: z.number().int(), on: z.string() }));
export const accountRenumbered = defineEvent(
  'registry.account-renumbered',
  1,
  z.object({ accountId: z.number().int(), oldNumber: z.string(), newNumber: z.string(), on: z.string() }),
);
/**
 * An account goes on as another one from a day: who keeps balances moves them by a transfer (kind `transfer`), line by line of
 * service and provider, so that the sum over both stays what it was.
 */
export const accountMerged = defineEvent(
  'registry.account-merged',
  1,
  z.object({ accountId: z.number().int(), intoAccountId: z.number().int(), on: z.string(), balanceKop: z.string() }),
);
/** Part of a dwelling got an account of its own; balances stay where they are. */
export const accountSplit = defineEvent(
  'registry.account-split',
  1,
  z.object({ accountId: z.number().int(), newAccountId: z.number().int(), on: z.string() }),
);

const ProposalRef = z.object({ proposalId: z.uuid(), startedBy: z.string() });
/** A correction waits for the decision of the other side, or was decided. */
export const proposalMade = defineEvent('registry.proposal-made', 1, ProposalRef);
export const proposalDecided = defineEvent('registry.proposal-decided', 1, ProposalRef);
