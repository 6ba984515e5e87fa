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
      key: 'debt.ui.nav.reports',
      href: '/debt/reports',
      permission: 'debt.read',
      section: 'money',
      icon: 'activity',
      order: 51,
    },
    {
      key: 'debt.ui.nav.dunning',
      href: '/debt/dunning',
      permission: 'debt.read',
      section: 'processes',
      icon: 'announcement',
      order: 52,
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
      route: 'debt/reports',
      file: 'pages/reports.page.tsx',
      permission: 'debt.read',
      title: 'debt.ui.reports.title',
    },
    {
      site: 'portal',
      route: 'debt/dunning',
      file: 'pages/dunning.page.tsx',
      permission: 'debt.read',
      title: 'debt.ui.dunning.title',
    },
    {
      site: 'portal',
      route: 'debt/dunning/[id]',
      file: 'pages/dunning-run.page.tsx',
      permission: 'debt.read',
      title: 'debt.ui.dunning.outcomes',
    },
    {
      site: 'portal',
      route: 'debt/calculators',
      file: 'pages/calculators.page.tsx',
      permission: 'administration.calc.run',
      title: 'debt.ui.calculators.title',
    },
  ],
  slots: [{ slot: 'account-card-debt', file: 'slots/account-debt.slot.tsx', permission: 'debt.read', order: 20 }],
});
