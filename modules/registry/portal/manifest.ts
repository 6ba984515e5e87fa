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
  ],
  slots: [],
});
