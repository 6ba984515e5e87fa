/** Permissions of payments; defined once, used by guards, menus and tests. */
export const PAYMENTS_PERMISSIONS = {
  importRead: { id: 'payments.import.read', title: 'payments.permission.import.read', scope: 'all' },
  importLoad: { id: 'payments.import.load', title: 'payments.permission.import.load', scope: 'all' },
  importPost: { id: 'payments.import.post', title: 'payments.permission.import.post', scope: 'all' },
  importRollback: { id: 'payments.import.rollback', title: 'payments.permission.import.rollback', scope: 'all' },
  accept: { id: 'payments.accept', title: 'payments.permission.accept', scope: 'channel' },
  suspenseRead: { id: 'payments.suspense.read', title: 'payments.permission.suspense.read', scope: 'all' },
  suspenseResolve: { id: 'payments.suspense.resolve', title: 'payments.permission.suspense.resolve', scope: 'all' },
} as const;
