import { TemporalModule } from '@komplat/temporal/server';
import { Global, Module } from '@nestjs/common';
import { historyFacts } from '../contract/history-facts.ts';
import { NAMES_API } from '../contract/names.api.ts';
import { REGISTRY_API } from '../contract/registry.api.ts';
import { AccountOpening } from './accounts/account-opening.service.ts';
import { AccountOps } from './accounts/account-ops.service.ts';
import { SupplyContractsService } from './accounts/supply-contracts.ts';
import { CheckCodeCalculator, DeclineNameCalculator } from './calculators/code-and-name.calculators.ts';
import { Names } from './calculators/names.ts';
import { ChangeService } from './changes/change.service.ts';
import { CheckOnChange } from './checks/check-on-change.ts';
import { CheckRunner } from './checks/check-runner.ts';
import { ChecksCommand } from './checks/checks.command.ts';
import { NightlyChecks } from './checks/nightly-checks.ts';
import { FindingsQueue } from './checks/findings.queue.ts';
import { FindingService } from './checks/finding.service.ts';
import { BlockingFindingsGate } from './checks/findings.gate.ts';
import { registryChecks } from './checks/index.ts';
import { ResidentHistory } from './history/resident-history.ts';
import { HistoryService } from './changes/history.service.ts';
import { AccountOpsController } from './http/account-ops.controller.ts';
import { ChangesController } from './http/changes.controller.ts';
import { FindingsController } from './http/findings.controller.ts';
import { ProposalsController } from './http/proposals.controller.ts';
import { PlacesController } from './http/places.controller.ts';
import { PlaceService } from './places/place.service.ts';
import { CorrectionActivitiesImpl } from './proposals/correction.activities.ts';
import { ProposalService } from './proposals/proposal.service.ts';
import { StartCorrection } from './proposals/start-correction.ts';
import { AccountSearch } from './services/account-search.ts';
import { AccountService } from './services/account.service.ts';
import { AccountsController } from './http/accounts.controller.ts';

const shared = [
  AccountService,
  AccountSearch,
  ChangeService,
  HistoryService,
  AccountOps,
  AccountOpening,
  SupplyContractsService,
  Names,
  CheckCodeCalculator,
  DeclineNameCalculator,
  CheckRunner,
  CheckOnChange,
  ChecksCommand,
  FindingService,
  FindingsQueue,
  BlockingFindingsGate,
  PlaceService,
  ProposalService,
  StartCorrection,
  ...registryChecks.map(({ provider }) => provider),
];

/** Global: other modules inject `REGISTRY_API` and `NAMES_API`. */
@Global()
@Module({
  imports: [TemporalModule],
  providers: [...shared, { provide: historyFacts('residents'), useClass: ResidentHistory }, { provide: REGISTRY_API, useExisting: AccountService }, { provide: NAMES_API, useExisting: Names }],
  exports: [...shared, REGISTRY_API, NAMES_API],
})
export class RegistryCoreModule {}

@Module({
  imports: [RegistryCoreModule],
  controllers: [AccountsController, ChangesController, AccountOpsController, FindingsController, ProposalsController, PlacesController],
})
export class RegistryHttpModule {}

/** Steps of the agreement on corrections and the checks of the night, in the worker. */
@Module({
  imports: [RegistryCoreModule],
  providers: [CorrectionActivitiesImpl, NightlyChecks],
  exports: [CorrectionActivitiesImpl, NightlyChecks],
})
export class RegistryActivitiesModule {}
