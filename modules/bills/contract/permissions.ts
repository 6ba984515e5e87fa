/** Permissions of bills; defined once, used by guards, menus and tests. */
export const BILLS_PERMISSIONS = {
  read: { id: 'bills.read', title: 'bills.permission.read', scope: 'account' },
  issue: { id: 'bills.issue', title: 'bills.permission.issue', scope: 'account' },
  correct: { id: 'bills.correct', title: 'bills.permission.correct', scope: 'all' },
  run: { id: 'bills.run', title: 'bills.permission.run', scope: 'all' },
  notice: { id: 'bills.notice', title: 'bills.permission.notice', scope: 'all' },
} as const;
