import { definePortalManifest } from '@komplat/ui';

export const manifest = definePortalManifest({
  id: 'metering',
  nav: [
    {
      key: 'metering.ui.nav.meters',
      href: '/metering/meters',
      permission: 'metering.read',
      section: 'subscribers',
      icon: 'gauge',
      order: 30,
    },
    {
      key: 'metering.ui.nav.distributions',
      href: '/metering/distributions',
      permission: 'metering.read',
      section: 'period',
      icon: 'building',
      order: 40,
    },
    {
      key: 'metering.ui.nav.acts',
      href: '/metering/acts',
      permission: 'metering.read',
      section: 'period',
      icon: 'warning',
      order: 41,
    },
    {
      key: 'metering.ui.nav.rules',
      href: '/metering/rules',
      permission: 'metering.read',
      section: 'data',
      icon: 'settings',
      order: 45,
    },
  ],
  pages: [
    {
      site: 'portal',
      route: 'metering/meters',
      file: 'pages/meters.page.tsx',
      permission: 'metering.read',
      title: 'metering.ui.reminders.title',
    },
    {
      site: 'portal',
      route: 'metering/missing',
      file: 'pages/missing.page.tsx',
      permission: 'metering.read',
      title: 'metering.ui.missing.title',
    },
    {
      site: 'portal',
      route: 'metering/distributions',
      file: 'pages/distributions.page.tsx',
      permission: 'metering.read',
      title: 'metering.ui.distributions.title',
    },
    {
      site: 'portal',
      route: 'metering/distributions/[id]',
      file: 'pages/distribution.page.tsx',
      permission: 'metering.read',
      title: 'metering.ui.distribution.title',
    },
    {
      site: 'portal',
      route: 'metering/acts',
      file: 'pages/acts.page.tsx',
      permission: 'metering.read',
      title: 'metering.ui.acts.title',
    },
    {
      site: 'portal',
      route: 'metering/rules',
      file: 'pages/rules.page.tsx',
      permission: 'metering.read',
      title: 'metering.ui.rules.title',
    },
  ],
  slots: [
    {
      slot: 'account-card-readings',
      file: 'slots/account-meters.slot.tsx',
      permission: 'metering.read',
      order: 10,
    },
    {
      slot: 'account-card-persons',
      file: 'slots/account-absences.slot.tsx',
      permission: 'metering.read',
      order: 30,
    },
  ],
});
