import { definePortalManifest } from '@komplat/ui';

export const manifest = definePortalManifest({
  id: 'administration',
  nav: [
    {
      key: 'administration.ui.nav.home',
      href: '/',
      permission: 'administration.home.read',
      section: 'own',
      icon: 'home',
      order: 0,
    },
    {
      key: 'administration.ui.nav.search',
      href: '/search',
      permission: 'administration.search.use',
      section: 'own',
      icon: 'search',
      order: 1,
    },
    {
      key: 'administration.ui.nav.approvals',
      href: '/approvals',
      permission: 'administration.approval.read',
      section: 'changes',
      icon: 'checks',
      order: 70,
    },
    {
      key: 'administration.ui.nav.processes',
      href: '/processes',
      permission: 'administration.process.read',
      section: 'processes',
      icon: 'process',
      order: 60,
    },
  ],
  pages: [
    {
      site: 'portal',
      route: '',
      file: 'pages/home.page.tsx',
      permission: 'administration.home.read',
      title: 'administration.ui.home.title',
    },
    {
      site: 'portal',
      route: 'search',
      file: 'pages/search.page.tsx',
      permission: 'administration.search.use',
      title: 'administration.ui.search.title',
    },
    {
      site: 'portal',
      route: 'approvals',
      file: 'pages/approvals.page.tsx',
      permission: 'administration.approval.read',
      title: 'administration.ui.approvals.title',
    },
    {
      site: 'portal',
      route: 'approvals/[id]',
      file: 'pages/approval.page.tsx',
      permission: 'administration.approval.read',
      title: 'administration.ui.approval.title',
    },
    {
      site: 'portal',
      route: 'processes',
      file: 'pages/processes.page.tsx',
      permission: 'administration.process.read',
      title: 'administration.ui.processes.title',
    },
    {
      site: 'portal',
      route: 'processes/[id]',
      file: 'pages/process.page.tsx',
      permission: 'administration.process.read',
      title: 'administration.ui.process.title',
    },
  ],
  slots: [],
});
