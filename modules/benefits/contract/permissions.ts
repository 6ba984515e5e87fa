/** Permissions of benefits; defined once, used by guards, menus and tests. */
export const BENEFITS_PERMISSIONS = {
  read: { id: 'benefits.read', title: 'benefits.permission.read', scope: 'all' },
  holdingEdit: { id: 'benefits.holding.edit', title: 'benefits.permission.holding.edit', scope: 'district' },
  catalogueEdit: { id: 'benefits.catalogue.edit', title: 'benefits.permission.catalogue.edit', scope: 'all' },
  catalogueApprove: { id: 'benefits.catalogue.approve', title: 'benefits.permission.catalogue.approve', scope: 'all' },
  awardLoad: { id: 'benefits.award.load', title: 'benefits.permission.award.load', scope: 'all' },
  awardPost: { id: 'benefits.award.post', title: 'benefits.permission.award.post', scope: 'all' },
} as const;
