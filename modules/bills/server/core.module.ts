import { Module } from '@nestjs/common';
import { QrCalculator } from './calculators/qr.calculator.ts';
import { BillsDemo } from './demo/bills.demo.ts';
import { BillsController } from './http/bills.controller.ts';
import { BillFactsReader } from './services/bill-facts.ts';
import { BillPrinter } from './services/bill-printer.ts';
import { BillStore } from './services/bill-store.ts';
import { BillsService } from './services/bills.service.ts';
import { IssueService } from './services/issue.service.ts';

const shared = [BillFactsReader, BillStore, BillPrinter, IssueService, BillsService, QrCalculator, BillsDemo];

/** Bills in every process. */
@Module({ providers: shared, exports: shared })
export class BillsCoreModule {}

/** Routes of bills. */
@Module({ imports: [BillsCoreModule], controllers: [BillsController] })
export class BillsHttpModule {}
