import { Module } from '@nestjs/common';
import { FactFiles } from './fact-files.ts';
import { HistoryDesk } from './history-desk.ts';
import { HistoryLoader } from './history-loader.ts';
import { HistoryStage } from './history-stage.ts';
import { HistoryTrace } from './history-trace.ts';
import { HistoryLoadCommand } from './history.command.ts';
import { HistoryController } from './history.controller.ts';

export { historyEntities } from './history-entities.ts';
export { HistoryTrace } from './history-trace.ts';
export { historyLoadCommand } from './history.command.ts';

const shared = [HistoryStage, FactFiles, HistoryLoader, HistoryDesk, HistoryTrace, HistoryLoadCommand];

/** Months of the old system: reading, checking, loading. */
@Module({ providers: shared, exports: shared })
export class HistoryModule {}

/** Routes of the files of the old system. */
@Module({ imports: [HistoryModule], controllers: [HistoryController] })
export class HistoryHttpModule {}
