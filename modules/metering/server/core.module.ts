import { Module } from '@nestjs/common';
import { DistributeCalculator } from './calculators/distribute.calculator.ts';

const shared = [DistributeCalculator];

@Module({ providers: shared, exports: shared })
export class MeteringCoreModule {}
