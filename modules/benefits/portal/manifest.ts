import { definePortalManifest } from '@komplat/ui';

export const manifest = definePortalManifest({
  id: 'benefits',
  nav: [
    {
      key: 'benefits.ui.nav.holdings',
      href: '/benefits/holdings',
      permission: 'benefits.read',
      section: 'subscribers',
      icon: 'shield',
      order: 14,
    },
    {
      key: 'benefits.ui.nav.awards',
      href: '/benefits/awards',
      permission: 'benefits.read',
      section: 'data',
      icon: 'file-input',
      order: 44,
    },
    {
      key: 'benefits.ui.nav.catalogue',
      href: '/benefits/catalogue',
      permission: 'benefits.read',
      section: 'data',
      icon: 'table',
      order: 45,
    },
  ],
  pages: [
    {
      site: 'portal',
      route: 'benefits/holdings',
      file: 'pages/holdings.page.tsx',
      permission: 'benefits.read',
      title: 'benefits.ui.holdings.title',
    },
    {
      site: 'portal',
      route: 'benefits/awards',
      file: 'pages/awards.page.tsx',
      permission: 'benefits.read',
      title: 'benefits.ui.awards.title',
    },
    {
      site: 'portal',
      route: 'benefits/awards/[id]',
      file: 'pages/award-file.page.tsx',
      permission: 'benefits.read',
      title: 'benefits.ui.award.title',
    },
    {
      site: 'portal',
      route: 'benefits/catalogue',
      file: 'pages/catalogue.page.tsx',
      permission: 'benefits.read',
      title: 'benefits.ui.catalogue.title',
    },
  ],
  slots: [
    {
      slot: 'account-card-benefits',
      file: 'slots/account-benefits.slot.tsx',
      permission: 'benefits.read',
      order: 10,
    },
  ],
});
