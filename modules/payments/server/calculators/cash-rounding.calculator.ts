import { DomainError, Money } from '@komplat/kernel';
import type { Calculator, CalculatorDef } from '@komplat/plugin-api';
import { Database } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { CashRoundingInput, CashRoundingOutput } from '../../contract/cash-rounding.schema.ts';
import { roundCash } from '../../domain/cash-rounding.ts';

/** `calc payments.cash-rounding`: what is taken in cash for a sum, by the rule of the day. */
@Injectable()
export class CashRoundingCalculator implements Calculator {
  constructor(@Inject(Database) private readonly database: Database) {}

  async run(input: unknown): ReturnType<Calculator['run']> {
    const { date, amount } = CashRoundingInput.parse(input);
    const [rule] = await this.database.query<{ step_kop: number; act: string; mark: string; since: string }>(
      `select step_kop, act, mark, coalesce(lower(valid)::text, '') as since from payments.cash_rounding where valid @> $1::date`,
      [date],
    );
    if (!rule) throw new DomainError('payments.cash-rounding.no-rule', { date });
    const { rounded, difference, line } = roundCash(Money.parse(amount), { stepKop: BigInt(rule.step_kop), act: rule.act, mark: rule.mark });
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
