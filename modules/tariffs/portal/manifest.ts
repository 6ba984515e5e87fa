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
  ],
  pages: [
    {
      site: 'portal',
      route: 'tariffs/parameters',
      file: 'pages/values.page.tsx',
      permission: 'tariffs.read',
      title: 'tariffs.ui.title',
    },
  ],
  slots: [],
});
