/** Permissions of the legal service; defined once, used by guards, menus and tests. */
export const LEGAL_PERMISSIONS = {
  read: { id: 'legal.read', title: 'legal.permission.read', scope: 'all' },
  packIssue: { id: 'legal.pack.issue', title: 'legal.permission.pack-issue', scope: 'all' },
  packSign: { id: 'legal.pack.sign', title: 'legal.permission.pack-sign', scope: 'all' },
  templateEdit: { id: 'legal.template.edit', title: 'legal.permission.template-edit', scope: 'all' },
  templateApprove: { id: 'legal.template.approve', title: 'legal.permission.template-approve', scope: 'all' },
  caseRead: { id: 'legal.case.read', title: 'legal.permission.case-read', scope: 'provider' },
  caseAct: { id: 'legal.case.act', title: 'legal.permission.case-act', scope: 'provider' },
  caseWriteOff: { id: 'legal.case.write-off', title: 'legal.permission.case-write-off', scope: 'all' },
  claimPrepare: { id: 'legal.claim.prepare', title: 'legal.permission.claim-prepare', scope: 'provider' },
  claimApprove: { id: 'legal.claim.approve', title: 'legal.permission.claim-approve', scope: 'all', critical: true },
  claimFile: { id: 'legal.claim.file', title: 'legal.permission.claim-file', scope: 'provider' },
} as const;
