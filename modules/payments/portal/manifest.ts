import { definePortalManifest } from '@komplat/ui';

export const manifest = definePortalManifest({
  id: 'payments',
  nav: [
    {
      key: 'payments.ui.nav.desk',
      href: '/payments/desk',
      permission: 'payments.accept',
      section: 'own',
      icon: 'wallet',
      order: 2,
    },
    {
      key: 'payments.ui.nav.imports',
      href: '/payments/imports',
      permission: 'payments.import.read',
      section: 'money',
      icon: 'file-input',
      order: 40,
    },
    {
      key: 'payments.ui.nav.suspense',
      href: '/payments/suspense',
      permission: 'payments.suspense.read',
      section: 'money',
      icon: 'help',
      order: 41,
    },
  ],
  pages: [
    {
      site: 'portal',
      route: 'payments/desk',
      file: 'pages/desk.page.tsx',
      permission: 'payments.accept',
      title: 'payments.ui.desk.title',
    },
    {
      site: 'portal',
      route: 'payments/imports',
      file: 'pages/imports.page.tsx',
      permission: 'payments.import.read',
      title: 'payments.ui.imports.title',
    },
    {
      site: 'portal',
      route: 'payments/imports/[id]',
      file: 'pages/import.page.tsx',
      permission: 'payments.import.read',
      title: 'payments.ui.import.title',
    },
    {
      site: 'portal',
      route: 'payments/suspense',
      file: 'pages/suspense.page.tsx',
      permission: 'payments.suspense.read',
      title: 'payments.ui.suspense.title',
    },
  ],
  slots: [{ slot: 'account-card-actions', file: 'slots/account-pay.slot.tsx', permission: 'payments.accept', order: 5 }],
});
