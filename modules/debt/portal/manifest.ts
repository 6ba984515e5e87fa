import { definePortalManifest } from '@komplat/ui';

export const manifest = definePortalManifest({
  id: 'debt',
  nav: [
    {
      key: 'debt.ui.nav.debtors',
      href: '/debt/debtors',
      permission: 'debt.read',
      section: 'money',
      icon: 'users',
      order: 50,
    },
    {
      key: 'debt.ui.nav.calculators',
      href: '/debt/calculators',
      permission: 'administration.calc.run',
      section: 'data',
      icon: 'calculator',
      order: 60,
    },
  ],
  pages: [
    {
      site: 'portal',
      route: 'debt/debtors',
      file: 'pages/debtors.page.tsx',
      permission: 'debt.read',
      title: 'debt.ui.debtors.title',
    },
    {
      site: 'portal',
      route: 'debt/calculators',
      file: 'pages/calculators.page.tsx',
      permission: 'administration.calc.run',
      title: 'debt.ui.calculators.title',
    },
  ],
  slots: [],
});
