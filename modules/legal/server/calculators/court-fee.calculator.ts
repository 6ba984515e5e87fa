import type { Calculator, CalculatorDef } from '@komplat/plugin-api';
import { Inject, Injectable } from '@nestjs/common';
import { CourtFeeInput, CourtFeeOutput } from '../../contract/calc.schema.ts';
import { FeeService } from '../services/fee.service.ts';

/** `calc legal.court-fee`: what a filing costs, by date, kind, side and way of filing. */
@Injectable()
export class CourtFeeCalculator implements Calculator {
  constructor(@Inject(FeeService) private readonly fees: FeeService) {}
  async run(input: unknown): ReturnType<Calculator['run']> {
    return this.fees.courtFee(CourtFeeInput.parse(input));
  }
}

export const courtFeeCalculator: CalculatorDef = {
  id: 'legal.court-fee',
  title: 'legal.calc.court-fee',
  input: CourtFeeInput,
  output: CourtFeeOutput,
  example: { date: '2026-11-23', kind: 'property-claim', side: 'legal-entity', price: '50000.00', electronic: true },
  provider: CourtFeeCalculator,
};
