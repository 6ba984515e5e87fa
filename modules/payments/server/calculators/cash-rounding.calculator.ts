import { Money } from '@komplat/kernel';
import type { Calculator, CalculatorDef } from '@komplat/plugin-api';
import { Database } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { CashRoundingInput, CashRoundingOutput } from '../../contract/cash-rounding.schema.ts';
import { roundCash } from '../../domain/cash-rounding.ts';
import { cashRuleOf } from '../services/cash-rule.ts';

/** `calc payments.cash-rounding`: what is taken in cash for a sum, by the rule of the day. */
@Injectable()
export class CashRoundingCalculator implements Calculator {
  constructor(@Inject(Database) private readonly database: Database) {}

  async run(input: unknown): ReturnType<Calculator['run']> {
    const { date, amount } = CashRoundingInput.parse(input);
    const rule = await cashRuleOf(this.database, date);
    const { rounded, difference, line } = roundCash(Money.parse(amount), rule);
    return {
      result: { rounded: rounded.toString(), difference: difference.toString() },
      trace: [line],
      parameters: [{ id: 'payments.cash-rounding', version: rule.since, mark: rule.mark }],
    };
  }
}

export const cashRoundingCalculator: CalculatorDef = {
  id: 'payments.cash-rounding',
  title: 'payments.calc.cash-rounding',
  input: CashRoundingInput,
  output: CashRoundingOutput,
  example: { date: '2026-11-23', amount: '123.25' },
  provider: CashRoundingCalculator,
};
