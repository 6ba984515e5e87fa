import { Module } from '@nestjs/common';
import { FeeCalculator } from './calculators/fee.calculator.ts';

@Module({ providers: [FeeCalculator], exports: [FeeCalculator] })
export class PassportOfficeCoreModule {}
