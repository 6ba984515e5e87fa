import { definePortalManifest } from '@komplat/ui';

export const manifest = definePortalManifest({
  id: 'legal',
  nav: [
    { key: 'legal.ui.claims.nav', href: '/legal/claims', permission: 'legal.read', section: 'processes', icon: 'scale', order: 61 },
    { key: 'legal.ui.nav.pretensions', href: '/legal/pretensions', permission: 'legal.case.read', section: 'processes', icon: 'announcement', order: 60 },
    { key: 'legal.ui.nav.cases', href: '/legal/cases', permission: 'legal.case.read', section: 'processes', icon: 'scale', order: 62 },
    { key: 'legal.ui.nav.packs', href: '/legal/packs', permission: 'legal.read', section: 'processes', icon: 'file', order: 61 },
    { key: 'legal.ui.nav.registers', href: '/legal/registers', permission: 'legal.case.read', section: 'processes', icon: 'table', order: 63 },
  ],
  pages: [
    { site: 'portal', route: 'legal/packs', file: 'pages/packs.page.tsx', permission: 'legal.read', title: 'legal.ui.packs.title' },
    { site: 'portal', route: 'legal/packs/[id]', file: 'pages/pack.page.tsx', permission: 'legal.read', title: 'legal.ui.packs.title' },
    { site: 'portal', route: 'legal/templates', file: 'pages/templates.page.tsx', permission: 'legal.read', title: 'legal.ui.templates.title' },
    { site: 'portal', route: 'legal/claims', file: 'pages/claims.page.tsx', permission: 'legal.read', title: 'legal.ui.claims.title' },
    { site: 'portal', route: 'legal/claims/new', file: 'pages/claim-new.page.tsx', permission: 'legal.claim.prepare', title: 'legal.ui.claims.new' },
    { site: 'portal', route: 'legal/claims/[id]', file: 'pages/claim-run.page.tsx', permission: 'legal.read', title: 'legal.ui.claims.run-title' },
    { site: 'portal', route: 'legal/claim-items/[id]', file: 'pages/claim-item.page.tsx', permission: 'legal.read', title: 'legal.ui.claims.item-title' },
    { site: 'portal', route: 'legal/cases', file: 'pages/cases.page.tsx', permission: 'legal.case.read', title: 'legal.ui.cases.title' },
    { site: 'portal', route: 'legal/cases/[id]', file: 'pages/case.page.tsx', permission: 'legal.case.read', title: 'legal.ui.cases.title' },
    { site: 'portal', route: 'legal/pretensions', file: 'pages/pretensions.page.tsx', permission: 'legal.case.read', title: 'legal.ui.pretensions.title' },
    { site: 'portal', route: 'legal/registers', file: 'pages/registers.page.tsx', permission: 'legal.case.read', title: 'legal.ui.register.title' },
    { site: 'portal', route: 'legal/case-lists', file: 'pages/register-lists.page.tsx', permission: 'legal.case.read', title: 'legal.ui.lists.title' },
    { site: 'portal', route: 'legal/case-lists/[id]', file: 'pages/register-list.page.tsx', permission: 'legal.case.read', title: 'legal.ui.lists.title' },
  ],
  slots: [{ slot: 'account-card-debt', file: 'slots/account-cases.slot.tsx', permission: 'legal.case.read', order: 30 }],
});
