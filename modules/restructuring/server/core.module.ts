import { Module } from '@nestjs/common';
import { ScheduleCalculator } from './calculators/schedule.calculator.ts';

@Module({ providers: [ScheduleCalculator], exports: [ScheduleCalculator] })
export class RestructuringCoreModule {}
