import { definePortalManifest } from '@komplat/ui';

export const manifest = definePortalManifest({
  id: 'bills',
  nav: [
    {
      key: 'bills.ui.nav.runs',
      href: '/bills',
      permission: 'bills.run',
      section: 'period',
      icon: 'print',
      order: 60,
    },
    {
      key: 'bills.ui.nav.notices',
      href: '/bills/notices',
      permission: 'bills.notice',
      section: 'period',
      icon: 'receipt',
      order: 61,
    },
  ],
  pages: [
    {
      site: 'portal',
      route: 'bills',
      file: 'pages/runs.page.tsx',
      permission: 'bills.run',
      title: 'bills.ui.runs.title',
    },
    {
      site: 'portal',
      route: 'bills/notices',
      file: 'pages/notices.page.tsx',
      permission: 'bills.read',
      title: 'bills.ui.notices.title',
    },
    {
      site: 'portal',
      route: 'bills/[id]',
      file: 'pages/run.page.tsx',
      permission: 'bills.run',
      title: 'bills.ui.run.title',
    },
  ],
  slots: [{ slot: 'account-card-documents', file: 'slots/account-bills.slot.tsx', permission: 'bills.read', order: 20 }],
});
