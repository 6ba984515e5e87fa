import { definePortalManifest } from '@komplat/ui';

export const manifest = definePortalManifest({
  id: 'tariffs',
  nav: [
    {
      key: 'tariffs.ui.nav.values',
      href: '/tariffs/parameters',
      permission: 'tariffs.read',
      section: 'data',
      icon: 'settings',
      order: 40,
    },
    {
      key: 'tariffs.ui.nav.providers',
      href: '/tariffs/providers',
      permission: 'tariffs.read',
      section: 'data',
      icon: 'building',
      order: 41,
    },
  ],
  pages: [
    {
      site: 'portal',
      route: 'tariffs/parameters',
      file: 'pages/values.page.tsx',
      permission: 'tariffs.read',
      title: 'tariffs.ui.title',
    },
    {
      site: 'portal',
      route: 'tariffs/providers',
      file: 'pages/providers.page.tsx',
      permission: 'tariffs.read',
      title: 'tariffs.ui.providers.title',
    },
  ],
  slots: [],
});
