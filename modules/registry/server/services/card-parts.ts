import type { PagePartDef } from '@komplat/plugin-api';

const page = 'account-card';
const takes = ['asOf', 'knownAt'];

/** What the registry shows on the subscriber card. */
export const accountCardParts: readonly PagePartDef[] = [
  { id: 'registry.card.head', page, view: 'common', read: 'registry/accounts/:subject', takes },
  { id: 'registry.card.facts', page, view: 'common', read: 'registry/accounts/:subject/facts', takes },
  { id: 'registry.card.contracts', page, view: 'common', read: 'registry/accounts/:subject/contracts', takes },
  { id: 'registry.card.findings', page, view: 'common', read: 'registry/findings?account=:subject&limit=8' },
  { id: 'registry.card.history', page, view: 'history', read: 'registry/accounts/:subject/history' },
  { id: 'registry.card.findings-tab', page, view: 'findings', read: 'registry/findings?account=:subject' },
];
