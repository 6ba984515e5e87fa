/** Permissions of the registry; defined once, used by guards, menus and tests. */
export const REGISTRY_PERMISSIONS = {
  accountRead: { id: 'registry.account.read', title: 'registry.permission.account.read', scope: 'provider' },
  accountEdit: { id: 'registry.account.edit', title: 'registry.permission.account.edit', scope: 'district' },
  accountCorrect: { id: 'registry.account.correct', title: 'registry.permission.account.correct', scope: 'district' },
  accountManage: { id: 'registry.account.manage', title: 'registry.permission.account.manage', scope: 'district' },
  findingRead: { id: 'registry.finding.read', title: 'registry.permission.finding.read', scope: 'district' },
  findingManage: { id: 'registry.finding.manage', title: 'registry.permission.finding.manage', scope: 'district' },
  proposalRead: { id: 'registry.proposal.read', title: 'registry.permission.proposal.read', scope: 'district' },
  proposalDesk: { id: 'registry.proposal.desk', title: 'registry.permission.proposal.desk', scope: 'district' },
  proposalDepartment: { id: 'registry.proposal.department', title: 'registry.permission.proposal.department', scope: 'district' },
} as const;
