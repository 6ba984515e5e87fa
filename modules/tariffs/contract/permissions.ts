/** Permissions of tariffs; defined once, used by guards, menus and tests. */
export const TARIFFS_PERMISSIONS = {
  read: { id: 'tariffs.read', title: 'tariffs.permission.read', scope: 'all' },
} as const;
