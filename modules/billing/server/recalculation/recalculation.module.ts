import { MONEY_PREVIEW } from '@komplat/registry/contract';
import { PROVIDER_BALANCES } from '@komplat/tariffs/contract';
import { Module } from '@nestjs/common';
import { PostCorrection, ReverseCorrection } from './correction.approval.ts';
import { CorrectionService } from './correction.service.ts';
import { CorrectionsController } from './corrections.controller.ts';
import { MoneyPreviewService } from './money-preview.service.ts';
import { MoveBalance } from './move-balance.ts';
import { MoveProviderBalances } from './move-provider-balances.ts';
import { RecalculateByAct } from './recalculate-by-act.ts';
import { SettleAwards } from './settle-awards.ts';

const PARTS = [CorrectionService, PostCorrection, ReverseCorrection, MoveBalance, SettleAwards, MoneyPreviewService, MoveProviderBalances, RecalculateByAct];

/** Recalculation of past months: documents, the money of a change before it is saved, balances that follow a merge or a succession. */
@Module({
  providers: [
    ...PARTS,
    { provide: MONEY_PREVIEW, useExisting: MoneyPreviewService },
    { provide: PROVIDER_BALANCES, useExisting: MoveProviderBalances },
  ],
  exports: [...PARTS, MONEY_PREVIEW, PROVIDER_BALANCES],
})
export class RecalculationModule {}

/** Routes of the correction documents. */
@Module({ imports: [RecalculationModule], controllers: [CorrectionsController] })
export class RecalculationHttpModule {}
