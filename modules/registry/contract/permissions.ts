/** Permissions of the registry; defined once, used by guards, menus and tests. */
export const REGISTRY_PERMISSIONS = {
  accountRead: { id: 'registry.account.read', title: 'registry.permission.account.read', scope: 'provider' },
  accountEdit: { id: 'registry.account.edit', title: 'registry.permission.account.edit', scope: 'district' },
} as const;
