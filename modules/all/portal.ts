// Written by tools/gen/portal.mjs from the portal manifests. Do not edit.
import type { PortalManifest, SlotRegistry } from '@komplat/ui';
import { lazy } from 'react';
import { manifest as administration } from '@komplat/administration/portal/manifest.ts';
import { manifest as benefits } from '@komplat/benefits/portal/manifest.ts';
import { manifest as billing } from '@komplat/billing/portal/manifest.ts';
import { manifest as bills } from '@komplat/bills/portal/manifest.ts';
import { manifest as debt } from '@komplat/debt/portal/manifest.ts';
import { manifest as legal } from '@komplat/legal/portal/manifest.ts';
import { manifest as metering } from '@komplat/metering/portal/manifest.ts';
import { manifest as payments } from '@komplat/payments/portal/manifest.ts';
import { manifest as registry } from '@komplat/registry/portal/manifest.ts';
import { manifest as tariffs } from '@komplat/tariffs/portal/manifest.ts';

/** Manifests of all modules. */
export const manifests: readonly PortalManifest[] = [administration, benefits, billing, bills, debt, legal, metering, payments, registry, tariffs];

/** Parts that modules give to pages of other modules; each is loaded when it is shown. */
export const slots: SlotRegistry = {
  'account-card': [
    {
      id: 'billing/slots/account-money.slot.tsx',
      permission: 'billing.card.read',
      order: 10,
      component: lazy(() => import('@komplat/billing/portal/slots/account-money.slot.tsx').then(({ Slot }) => ({ default: Slot }))),
    },
  ],
  'account-card-accruals': [
    {
      id: 'billing/slots/account-months.slot.tsx',
      permission: 'billing.card.read',
      order: 10,
      component: lazy(() => import('@komplat/billing/portal/slots/account-months.slot.tsx').then(({ Slot }) => ({ default: Slot }))),
    },
  ],
  'account-card-actions': [
    {
      id: 'billing/slots/account-actions.slot.tsx',
      permission: 'billing.card.read',
      order: 10,
      component: lazy(() => import('@komplat/billing/portal/slots/account-actions.slot.tsx').then(({ Slot }) => ({ default: Slot }))),
    },
    {
      id: 'payments/slots/account-pay.slot.tsx',
      permission: 'payments.accept',
      order: 5,
      component: lazy(() => import('@komplat/payments/portal/slots/account-pay.slot.tsx').then(({ Slot }) => ({ default: Slot }))),
    },
  ],
  'account-card-benefits': [
    {
      id: 'benefits/slots/account-benefits.slot.tsx',
      permission: 'benefits.read',
      order: 10,
      component: lazy(() => import('@komplat/benefits/portal/slots/account-benefits.slot.tsx').then(({ Slot }) => ({ default: Slot }))),
    },
  ],
  'account-card-contracts': [
    {
      id: 'registry/slots/account-contracts.slot.tsx',
      permission: 'registry.account.read',
      order: 10,
      component: lazy(() => import('@komplat/registry/portal/slots/account-contracts.slot.tsx').then(({ Slot }) => ({ default: Slot }))),
    },
  ],
  'account-card-debt': [
    {
      id: 'billing/slots/account-debt.slot.tsx',
      permission: 'billing.card.read',
      order: 10,
      component: lazy(() => import('@komplat/billing/portal/slots/account-debt.slot.tsx').then(({ Slot }) => ({ default: Slot }))),
    },
    {
      id: 'debt/slots/account-debt.slot.tsx',
      permission: 'debt.read',
      order: 20,
      component: lazy(() => import('@komplat/debt/portal/slots/account-debt.slot.tsx').then(({ Slot }) => ({ default: Slot }))),
    },
    {
      id: 'legal/slots/account-cases.slot.tsx',
      permission: 'legal.case.read',
      order: 30,
      component: lazy(() => import('@komplat/legal/portal/slots/account-cases.slot.tsx').then(({ Slot }) => ({ default: Slot }))),
    },
  ],
  'account-card-documents': [
    {
      id: 'billing/slots/account-documents.slot.tsx',
      permission: 'billing.card.read',
      order: 10,
      component: lazy(() => import('@komplat/billing/portal/slots/account-documents.slot.tsx').then(({ Slot }) => ({ default: Slot }))),
    },
    {
      id: 'bills/slots/account-bills.slot.tsx',
      permission: 'bills.read',
      order: 20,
      component: lazy(() => import('@komplat/bills/portal/slots/account-bills.slot.tsx').then(({ Slot }) => ({ default: Slot }))),
    },
  ],
  'account-card-findings': [
    {
      id: 'registry/slots/account-findings-tab.slot.tsx',
      permission: 'registry.finding.read',
      order: 10,
      component: lazy(() => import('@komplat/registry/portal/slots/account-findings-tab.slot.tsx').then(({ Slot }) => ({ default: Slot }))),
    },
  ],
  'account-card-history': [
    {
      id: 'registry/slots/account-history.slot.tsx',
      permission: 'registry.account.read',
      order: 10,
      component: lazy(() => import('@komplat/registry/portal/slots/account-history.slot.tsx').then(({ Slot }) => ({ default: Slot }))),
    },
  ],
  'account-card-payments': [
    {
      id: 'billing/slots/account-payments.slot.tsx',
      permission: 'billing.card.read',
      order: 10,
      component: lazy(() => import('@komplat/billing/portal/slots/account-payments.slot.tsx').then(({ Slot }) => ({ default: Slot }))),
    },
  ],
  'account-card-persons': [
    {
      id: 'metering/slots/account-absences.slot.tsx',
      permission: 'metering.read',
      order: 30,
      component: lazy(() => import('@komplat/metering/portal/slots/account-absences.slot.tsx').then(({ Slot }) => ({ default: Slot }))),
    },
  ],
  'account-card-readings': [
    {
      id: 'metering/slots/account-meters.slot.tsx',
      permission: 'metering.read',
      order: 10,
      component: lazy(() => import('@komplat/metering/portal/slots/account-meters.slot.tsx').then(({ Slot }) => ({ default: Slot }))),
    },
  ],
  'account-card-side': [
    {
      id: 'registry/slots/account-findings.slot.tsx',
      permission: 'registry.finding.read',
      order: 5,
      component: lazy(() => import('@komplat/registry/portal/slots/account-findings.slot.tsx').then(({ Slot }) => ({ default: Slot }))),
    },
    {
      id: 'registry/slots/account-owners.slot.tsx',
      permission: 'registry.account.read',
      order: 10,
      component: lazy(() => import('@komplat/registry/portal/slots/account-owners.slot.tsx').then(({ Slot }) => ({ default: Slot }))),
    },
  ],
};
