import type { Calculator, CalculatorDef } from '@komplat/plugin-api';
import { Inject, Injectable } from '@nestjs/common';
import {
  DeadlineInput, DeadlineOutput, InflationInterestInput, InflationInterestOutput, LimitationInput, LimitationOutput,
  PenaltyInput, PenaltyOutput,
} from '../../contract/calc.schema.ts';
import { LawService } from '../services/law.service.ts';

/** `calc debt.inflation-interest`: 3 % a year and inflation losses by one of the published methods. */
@Injectable()
export class InflationInterestCalculator implements Calculator {
  constructor(@Inject(LawService) private readonly law: LawService) {}
  async run(input: unknown): ReturnType<Calculator['run']> {
    return this.law.inflationInterest(InflationInterestInput.parse(input));
  }
}

/** `calc debt.limitation`: the last day to claim a debt. */
@Injectable()
export class LimitationCalculator implements Calculator {
  constructor(@Inject(LawService) private readonly law: LawService) {}
  async run(input: unknown): ReturnType<Calculator['run']> {
    return this.law.limitation(LimitationInput.parse(input));
  }
}

/** `calc debt.penalty`: penalty for late payment. */
@Injectable()
export class PenaltyCalculator implements Calculator {
  constructor(@Inject(LawService) private readonly law: LawService) {}
  async run(input: unknown): ReturnType<Calculator['run']> {
    return this.law.penalty(PenaltyInput.parse(input));
  }
}

/** `calc debt.deadline`: the last day of a term in days. */
@Injectable()
export class DeadlineCalculator implements Calculator {
  constructor(@Inject(LawService) private readonly law: LawService) {}
  async run(input: unknown): ReturnType<Calculator['run']> {
    return this.law.deadline(DeadlineInput.parse(input));
  }
}

export const debtCalculators: readonly CalculatorDef[] = [
  {
    id: 'debt.inflation-interest',
    title: 'debt.calc.inflation-interest',
    input: InflationInterestInput,
    output: InflationInterestOutput,
    example: {
      method: 'B',
      amount: '36500.00',
      dueOn: '2025-12-30',
      asOf: '2026-08-31',
      payments: [{ on: '2026-03-10', amount: '10000.00' }],
      ratePercent: '3',
    },
    provider: InflationInterestCalculator,
  },
  {
    id: 'debt.limitation',
    title: 'debt.calc.limitation',
    input: LimitationInput,
    output: LimitationOutput,
    example: { dueOn: '2020-03-20', kind: 'general', asOf: '2026-11-23' },
    provider: LimitationCalculator,
  },
  {
    id: 'debt.penalty',
    title: 'debt.calc.penalty',
    input: PenaltyInput,
    output: PenaltyOutput,
    example: { amount: '1000.00', dueOn: '2026-10-20', asOf: '2026-11-23', payments: [], ratePercentPerDay: '0.01' },
    provider: PenaltyCalculator,
  },
  {
    id: 'debt.deadline',
    title: 'debt.calc.deadline',
    input: DeadlineInput,
    output: DeadlineOutput,
    example: { from: '2026-11-23', days: 15, kind: 'calendar', shiftWeekend: true },
    provider: DeadlineCalculator,
  },
];
