import { Global, Module } from '@nestjs/common';
import { ACTOR_DIRECTORY } from '@komplat/server';
import { TemporalModule } from '@komplat/temporal/server';
import { PROCESS_CONTROL } from '../contract/process-control.ts';
import { AdministrationController, ApprovalsController, CalcController, ProcessesController } from './http/controllers.ts';
import { AUDIT_COMMAND_PROVIDERS } from './commands/audit.commands.ts';
import { DayCommand } from './commands/day.command.ts';
import { DoctorCommand } from './commands/doctor.command.ts';
import { PROCESS_COMMAND_PROVIDERS } from './commands/process.commands.ts';
import { CityCreateCommand } from './demo/city.command.ts';
import { AuditLaw } from './services/audit-law.ts';
import { DatabaseActorDirectory } from './services/actor-directory.service.ts';
import { ApprovalService } from './services/approval.service.ts';
import { CalcService } from './services/calc.service.ts';
import { ApprovalsQueue, ProcessesQueue } from './services/home-queues.ts';
import { HomeService } from './services/home.service.ts';
import { ListFiles } from './services/list-files.ts';
import { MeService } from './services/me.service.ts';
import { ProcessService } from './services/process.service.ts';
import { SearchService } from './services/search.service.ts';
import { TemporalProcessControl } from './services/temporal-process-control.ts';

const SERVICES = [
  MeService, HomeService, SearchService, ApprovalService, ProcessService, CalcService, ListFiles, CityCreateCommand, DayCommand, DoctorCommand,
  AuditLaw, ApprovalsQueue, ProcessesQueue,
  ...AUDIT_COMMAND_PROVIDERS, ...PROCESS_COMMAND_PROVIDERS,
];

@Global()
@Module({
  imports: [TemporalModule],
  providers: [...SERVICES, { provide: PROCESS_CONTROL, useClass: TemporalProcessControl }, { provide: ACTOR_DIRECTORY, useClass: DatabaseActorDirectory }],
  exports: [...SERVICES, ACTOR_DIRECTORY],
})
export class AdministrationCoreModule {}

@Module({ controllers: [AdministrationController, ApprovalsController, ProcessesController, CalcController] })
export class AdministrationHttpModule {}
