/** Permissions of the legal service; defined once, used by guards, menus and tests. */
export const LEGAL_PERMISSIONS = {
  read: { id: 'legal.read', title: 'legal.permission.read', scope: 'all' },
} as const;
