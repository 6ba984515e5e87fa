import type { PagePartDef } from '@komplat/plugin-api';

const page = 'account-card';
const takes = ['asOf', 'knownAt'];
const at = 'billing/accounts/:subject';

/** What billing shows on the subscriber card; the figures of the last twelve months stand on every tab. */
export const accountCardParts: readonly PagePartDef[] = [
  { id: 'billing.card.money', page, view: 'common', read: `${at}/card?months=12`, takes },
  { id: 'billing.card.difference', page, view: 'overview', read: `${at}/difference` },
  { id: 'billing.card.months', page, view: 'accruals', read: `${at}/months?limit=36`, takes },
  { id: 'billing.card.payments', page, view: 'payments', read: `${at}/payments?limit=36`, takes },
  { id: 'billing.card.certificates', page, view: 'documents', read: `${at}/certificates` },
  { id: 'billing.card.entries', page, view: 'documents', read: `${at}/card?months=60`, takes },
];
