import { Module } from '@nestjs/common';
import { DistributeCalculator } from './calculators/distribute.calculator.ts';
import { MetersController } from './http/meters.controller.ts';
import { MeterLists } from './services/meter-lists.ts';
import { Meters } from './services/meters.ts';
import { Readings } from './services/readings.ts';

const shared = [Meters, Readings, MeterLists, DistributeCalculator];

/** Meters, readings and distribution in every process. */
@Module({ providers: shared, exports: shared })
export class MeteringCoreModule {}

/** Routes of metering. */
@Module({ imports: [MeteringCoreModule], controllers: [MetersController] })
export class MeteringHttpModule {}
