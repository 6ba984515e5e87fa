import { definePlugin } from '@komplat/plugin-api';
import { ADMINISTRATION_PERMISSIONS as P } from '../contract/permissions.ts';
import { AdministrationCoreModule, AdministrationHttpModule } from './core.module.ts';
import { AdministrationDemo } from './demo/administration.demo.ts';
import { AUDIT_COMMANDS } from './commands/audit.commands.ts';
import { dayMove } from './commands/day.command.ts';
import { doctor } from './commands/doctor.command.ts';
import { PROCESS_COMMANDS } from './commands/process.commands.ts';
import { cityCreate } from './demo/city.command.ts';
import { AdministrationInit } from './migrations/20261123080600_init.ts';
import { AdministrationPermissionsOffered } from './migrations/20261124160000_permissions_offered.ts';
import { AuditLaw } from './services/audit-law.ts';
import { ApprovalsQueue, ProcessesQueue } from './services/home-queues.ts';
import { administrationEntities } from './entities.ts';

export const administrationPlugin = definePlugin({
  id: 'administration',
  dbSchema: 'administration',
  dependsOn: [],
  nest: { core: AdministrationCoreModule, http: AdministrationHttpModule },
  entities: administrationEntities,
  migrations: [
    { name: 'administration/20261123080600_init', class: AdministrationInit },
    { name: 'administration/20261124160000_permissions_offered', class: AdministrationPermissionsOffered },
  ],
  readsViews: [
    'payments.pub_payment_v1', 'registry.pub_account_v1', 'billing.pub_accrual_v1', 'billing.pub_ledger_v1',
  ],
  commands: [cityCreate, dayMove, doctor, ...AUDIT_COMMANDS, ...PROCESS_COMMANDS],
  laws: [{ id: 'administration.audit', code: 'L10', title: 'administration.law.audit', provider: AuditLaw }],
  demoData: [{ id: 'administration.demo', provider: AdministrationDemo }],
  homeQueues: [
    { id: 'administration.approvals', title: 'administration.home.approvals', permission: P.approvalRead.id, href: '/approvals', urgent: true, provider: ApprovalsQueue },
    {
      id: 'administration.processes', title: 'administration.home.processes', permission: P.processRead.id, href: '/processes?state=failed', urgent: true,
      provider: ProcessesQueue,
    },
  ],
  permissions: Object.values(P),
});
