import { Injectable } from '@nestjs/common';
import { Dec, Period } from '@komplat/kernel';
import type { Calculator, CalculatorDef } from '@komplat/plugin-api';
import { ChargeCalcInput, ChargeCalcOutput } from '../../contract/charge.schema.ts';
import { charge } from '../../domain/index.ts';

const decimal = (text: string | undefined): Dec | undefined => (text === undefined ? undefined : new Dec(text));
const SHOWN_DIGITS = 20;

/** `calc tariffs.charge`: the charge of one service for one month. */
@Injectable()
export class ChargeCalculator implements Calculator {
  run(input: unknown): ReturnType<Calculator['run']> {
    const given = ChargeCalcInput.parse(input);
    const { value, trace } = charge({
      method: given.method,
      tariff: new Dec(given.tariff),
      area: decimal(given.area),
      previous: decimal(given.previous),
      current: decimal(given.current),
      digits: given.digits,
      norm: decimal(given.norm),
      persons: given.persons,
      daysPresent: given.daysPresent,
      month: given.month === undefined ? undefined : Period.parse(given.month),
      quantityScale: given.quantityScale,
      tierMode: given.tierMode,
      tiers: given.tiers?.map(({ from, to, price }) => ({
        from: new Dec(from),
        to: to === null ? null : new Dec(to),
        price: new Dec(price),
      })),
    });
    return Promise.resolve({
      result: {
        quantity: value.quantity.toSignificantDigits(SHOWN_DIGITS).toString(),
        amount: value.amount.toString(),
      },
      trace,
      parameters: [{ id: 'tariffs.rounding', version: '1', mark: 'confirmed' }],
    });
  }
}

export const chargeCalculator: CalculatorDef = {
  id: 'tariffs.charge',
  title: 'tariffs.calc.charge',
  input: ChargeCalcInput,
  output: ChargeCalcOutput,
  example: { method: 'area', tariff: '5.25', area: '67.08' },
  provider: ChargeCalculator,
};
