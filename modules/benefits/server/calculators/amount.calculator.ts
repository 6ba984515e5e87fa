import { Dec } from '@komplat/kernel';
import type { Calculator, CalculatorDef } from '@komplat/plugin-api';
import { Injectable } from '@nestjs/common';
import { benefitAmount } from '../../contract/benefit-amount.ts';
import { AmountCalcInput, AmountCalcOutput } from '../../contract/calc.schema.ts';
import { scaleOf } from '../../domain/index.ts';

const DIGITS = 20;

/** `calc benefits.amount`: what one benefit takes off one service for one month. */
@Injectable()
export class AmountCalculator implements Calculator {
  run(input: unknown): ReturnType<Calculator['run']> {
    const given = AmountCalcInput.parse(input);
    const { value, trace } = benefitAmount({
      quantity: new Dec(given.quantity),
      quantityScale: given.quantityScale ?? scaleOf(given.service),
      norm: new Dec(given.norm),
      normAddition: new Dec(given.normAddition ?? '0'),
      tariff: new Dec(given.tariff),
      percent: new Dec(given.percent),
      covered: given.covered,
      persons: given.persons,
    });
    return Promise.resolve({
      result: {
        quantityWithBenefit: value.quantityWithBenefit.toSignificantDigits(DIGITS).toString(),
        benefit: value.benefit.toString(),
        toPay: value.toPay.toString(),
      },
      trace,
      parameters: [
        { id: 'benefits.amount.formula', version: '1', mark: 'general knowledge' },
        { id: 'benefits.amount.above-norm', version: '1', mark: 'confirmed' },
      ],
    });
  }
}

export const amountCalculator: CalculatorDef = {
  id: 'benefits.amount',
  title: 'benefits.calc.amount',
  input: AmountCalcInput,
  output: AmountCalcOutput,
  example: {
    service: 'MNT',
    quantity: '100',
    norm: '21',
    normAddition: '10.5',
    tariff: '6.25',
    percent: '50',
    covered: 4,
    persons: 4,
  },
  provider: AmountCalculator,
};
