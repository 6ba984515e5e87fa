/** Permissions of tariffs; defined once, used by guards, menus and tests. */
export const TARIFFS_PERMISSIONS = {
  read: { id: 'tariffs.read', title: 'tariffs.permission.read', scope: 'all' },
  change: { id: 'tariffs.change', title: 'tariffs.permission.change', scope: 'all' },
  approve: { id: 'tariffs.approve', title: 'tariffs.permission.approve', scope: 'all' },
} as const;
