import { Global, Module } from '@nestjs/common';
import { BILLING_API } from '../contract/billing.api.ts';
import { CloseHttpModule, CloseModule } from './close/index.ts';
import { LEDGER_COMMANDS } from './commands/ledger.commands.ts';
import { CardController } from './http/card.controller.ts';
import { CertificateController } from './http/certificate.controller.ts';
import { Form2Controller } from './http/form2.controller.ts';
import { LedgerController } from './http/ledger.controller.ts';
import { HistoryHttpModule, HistoryModule } from './history/index.ts';
import { ledgerLaws } from './laws/ledger-laws.ts';
import { RecalculationHttpModule, RecalculationModule } from './recalculation/index.ts';
import { AccountWatch } from './services/account-watch.ts';
import { CardFile } from './services/card-file.ts';
import { CardPages } from './services/card-pages.ts';
import { CardService } from './services/card.service.ts';
import { CertificateService } from './services/certificate.service.ts';
import { DifferenceService } from './services/difference.service.ts';
import { Form2Paper } from './services/form2-paper.ts';
import { Form2Service } from './services/form2.service.ts';
import { LedgerService } from './services/ledger.service.ts';
import { BillingPrinter } from './services/print.ts';
import { SecondCalculationService } from './services/second-calculation.service.ts';
import { BalanceTrace } from './services/trace-balance.ts';
import { PaymentTrace } from './services/trace-payment.ts';
import { TraceService } from './services/trace.service.ts';
import { TurnoverFile } from './services/turnover-file.ts';
import { TurnoverService } from './services/turnover.service.ts';

const SERVICES = [
  LedgerService,
  CardService,
  CardPages,
  CardFile,
  CertificateService,
  BillingPrinter,
  AccountWatch,
  DifferenceService,
  TraceService,
  PaymentTrace,
  BalanceTrace,
  TurnoverService,
  TurnoverFile,
  SecondCalculationService,
  Form2Service,
  Form2Paper,
];

/** Ledger, card, trace, turnover, laws: what every process that carries billing has. Global: other modules inject `BILLING_API`. */
@Global()
@Module({
  imports: [CloseModule, RecalculationModule, HistoryModule],
  providers: [
    ...SERVICES,
    ...LEDGER_COMMANDS,
    ...ledgerLaws.map(({ provider }) => provider),
    { provide: BILLING_API, useExisting: LedgerService },
  ],
  exports: [CloseModule, RecalculationModule, HistoryModule, ...SERVICES, BILLING_API],
})
export class BillingCoreModule {}

/** Routes of the ledger and of the close. */
@Module({ imports: [BillingCoreModule, CloseHttpModule, RecalculationHttpModule, HistoryHttpModule], controllers: [LedgerController, CardController, CertificateController, Form2Controller] })
export class BillingHttpModule {}
