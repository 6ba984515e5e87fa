/** Permissions of debt; defined once, used by guards, menus and tests. */
export const DEBT_PERMISSIONS = {
  read: { id: 'debt.read', title: 'debt.permission.read', scope: 'all' },
  lawTables: { id: 'debt.law-tables.edit', title: 'debt.permission.law-tables.edit', scope: 'all', critical: true },
  holdWrite: { id: 'debt.hold.write', title: 'debt.permission.hold.write', scope: 'all' },
  acknowledgementWrite: { id: 'debt.acknowledgement.write', title: 'debt.permission.acknowledgement.write', scope: 'all' },
  dunningRun: { id: 'debt.dunning.run', title: 'debt.permission.dunning.run', scope: 'all' },
} as const;
