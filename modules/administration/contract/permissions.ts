export const ADMINISTRATION_PERMISSIONS = {
  processRead: { id: 'administration.process.read', title: 'administration.permission.process.read', scope: 'all' },
  processControl: { id: 'administration.process.control', title: 'administration.permission.process.control', scope: 'all' },
  approvalRead: { id: 'administration.approval.read', title: 'administration.permission.approval.read', scope: 'all' },
  approvalDecide: { id: 'administration.approval.decide', title: 'administration.permission.approval.decide', scope: 'all', critical: true },
  searchUse: { id: 'administration.search.use', title: 'administration.permission.search.use', scope: 'provider' },
  homeRead: { id: 'administration.home.read', title: 'administration.permission.home.read', scope: 'all' },
  calcRun: { id: 'administration.calc.run', title: 'administration.permission.calc.run', scope: 'all' },
  auditRead: { id: 'administration.audit.read', title: 'administration.permission.audit.read', scope: 'all' },
} as const;
