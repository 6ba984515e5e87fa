/** Permissions of billing; defined once, used by guards, menus and tests. */
export const BILLING_PERMISSIONS = {
  cardRead: { id: 'billing.card.read', title: 'billing.permission.card.read', scope: 'provider' },
  turnoverRead: { id: 'billing.turnover.read', title: 'billing.permission.turnover.read', scope: 'provider' },
  closeRead: { id: 'billing.close.read', title: 'billing.permission.close.read', scope: 'provider' },
  closeRun: { id: 'billing.close.run', title: 'billing.permission.close.run', scope: 'all' },
  closePropose: { id: 'billing.close.propose', title: 'billing.permission.close.propose', scope: 'all' },
  closeRelease: {
    id: 'billing.close.release',
    title: 'billing.permission.close.release',
    scope: 'all',
    critical: true,
  },
  correctionRead: { id: 'billing.correction.read', title: 'billing.permission.correction.read', scope: 'all' },
  correctionMake: { id: 'billing.correction.make', title: 'billing.permission.correction.make', scope: 'all' },
  correctionApprove: {
    id: 'billing.correction.approve',
    title: 'billing.permission.correction.approve',
    scope: 'all',
    critical: true,
  },
  form2Make: { id: 'billing.form2.make', title: 'billing.permission.form2.make', scope: 'provider' },
  historyRead: { id: 'billing.history.read', title: 'billing.permission.history.read', scope: 'all' },
  historyLoad: { id: 'billing.history.load', title: 'billing.permission.history.load', scope: 'all', critical: true },
  closeExcept: { id: 'billing.close.except', title: 'billing.permission.close.except', scope: 'all', critical: true },
} as const;
