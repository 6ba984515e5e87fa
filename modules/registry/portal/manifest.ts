import { definePortalManifest } from '@komplat/ui';

export const manifest = definePortalManifest({
  id: 'registry',
  nav: [
    {
      key: 'registry.ui.nav.accounts',
      href: '/registry/accounts',
      permission: 'registry.account.read',
      section: 'subscribers',
      icon: 'account',
      order: 10,
    },
    {
      key: 'registry.ui.nav.proposals',
      href: '/registry/proposals',
      permission: 'registry.proposal.read',
      section: 'changes',
      icon: 'users',
      order: 20,
    },
    {
      key: 'registry.ui.nav.findings',
      href: '/registry/findings',
      permission: 'registry.finding.read',
      section: 'data',
      icon: 'alert',
      order: 10,
    },
  ],
  pages: [
    {
      site: 'portal',
      route: 'registry/accounts',
      file: 'pages/accounts.page.tsx',
      permission: 'registry.account.read',
      title: 'registry.ui.accounts.title',
    },
    {
      site: 'portal',
      route: 'registry/accounts/[number]',
      file: 'pages/account-card.page.tsx',
      permission: 'registry.account.read',
      title: 'registry.ui.card.title',
    },
    {
      site: 'portal',
      route: 'registry/accounts/[number]/change',
      file: 'pages/account-change.page.tsx',
      permission: 'registry.account.read',
      title: 'registry.ui.change.page',
    },
    {
      site: 'portal',
      route: 'registry/accounts/[number]/history',
      file: 'pages/account-history.page.tsx',
      permission: 'registry.account.read',
      title: 'registry.ui.history.title',
    },
    {
      site: 'portal',
      route: 'registry/accounts/[number]/manage',
      file: 'pages/account-manage.page.tsx',
      permission: 'registry.account.manage',
      title: 'registry.ui.manage.page',
    },
    {
      site: 'portal',
      route: 'registry/findings',
      file: 'pages/findings.page.tsx',
      permission: 'registry.finding.read',
      title: 'registry.ui.findings.title',
    },
    {
      site: 'portal',
      route: 'registry/proposals',
      file: 'pages/proposals.page.tsx',
      permission: 'registry.proposal.read',
      title: 'registry.ui.proposals.title',
    },
    {
      site: 'portal',
      route: 'registry/proposals/[id]',
      file: 'pages/proposal.page.tsx',
      permission: 'registry.proposal.read',
      title: 'registry.ui.proposal.page',
    },
  ],
  slots: [
    { slot: 'account-card-side', file: 'slots/account-findings.slot.tsx', permission: 'registry.finding.read', order: 5 },
    { slot: 'account-card-side', file: 'slots/account-owners.slot.tsx', permission: 'registry.account.read', order: 10 },
  ],
});
