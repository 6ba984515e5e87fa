import { definePortalManifest } from '@komplat/ui';

export const manifest = definePortalManifest({
  id: 'billing',
  nav: [
    {
      key: 'billing.ui.nav.close',
      href: '/billing/close',
      permission: 'billing.close.read',
      section: 'period',
      icon: 'calendar-check',
      order: 30,
    },
    {
      key: 'billing.ui.nav.turnover',
      href: '/billing/turnover',
      permission: 'billing.turnover.read',
      section: 'period',
      icon: 'table',
      order: 31,
    },
    {
      key: 'billing.ui.nav.recalculations',
      href: '/billing/corrections',
      permission: 'billing.correction.read',
      section: 'period',
      icon: 'calculator',
      order: 32,
    },
  ],
  pages: [
    {
      site: 'portal',
      route: 'billing/close',
      file: 'pages/close-now.page.tsx',
      permission: 'billing.close.read',
      title: 'billing.ui.close.title',
    },
    {
      site: 'portal',
      route: 'billing/close/[period]',
      file: 'pages/close.page.tsx',
      permission: 'billing.close.read',
      title: 'billing.ui.close.title',
    },
    {
      site: 'portal',
      route: 'billing/close/[period]/[provider]',
      file: 'pages/exceptions.page.tsx',
      permission: 'billing.close.read',
      title: 'billing.ui.exceptions.title',
    },
    {
      site: 'portal',
      route: 'billing/turnover',
      file: 'pages/turnover.page.tsx',
      permission: 'billing.turnover.read',
      title: 'billing.ui.turnover.title',
    },
    {
      site: 'portal',
      route: 'billing/corrections',
      file: 'pages/recalculations.page.tsx',
      permission: 'billing.correction.read',
      title: 'billing.ui.recalculation.title',
    },
    {
      site: 'portal',
      route: 'billing/corrections/[id]',
      file: 'pages/recalculation.page.tsx',
      permission: 'billing.correction.read',
      title: 'billing.ui.recalculation.title',
    },
  ],
  slots: [
    { slot: 'account-card', file: 'slots/account-money.slot.tsx', permission: 'billing.card.read', order: 10 },
    { slot: 'account-card-actions', file: 'slots/account-actions.slot.tsx', permission: 'billing.card.read', order: 10 },
    { slot: 'account-card-accruals', file: 'slots/account-months.slot.tsx', permission: 'billing.card.read', order: 10 },
    { slot: 'account-card-payments', file: 'slots/account-payments.slot.tsx', permission: 'billing.card.read', order: 10 },
    { slot: 'account-card-debt', file: 'slots/account-debt.slot.tsx', permission: 'billing.card.read', order: 10 },
    { slot: 'account-card-documents', file: 'slots/account-documents.slot.tsx', permission: 'billing.card.read', order: 10 },
  ],
});
