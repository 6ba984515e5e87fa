import { Dec, DomainError, Money } from '@komplat/kernel';
import type { Calculator, CalculatorDef } from '@komplat/plugin-api';
import { Inject, Injectable } from '@nestjs/common';
import { SubsidyCalcInput, SubsidyCalcOutput } from '../../contract/calc.schema.ts';
import { subsidy } from '../../domain/index.ts';
import { type ParameterRow, Parameters } from '../services/parameters.service.ts';

const DIGITS = 20;
/** Money where the division is exact to the kopeck, else the unrounded number. */
const decimal = (value: Dec): string =>
  value.decimalPlaces() <= 2 ? value.toFixed(2) : value.toSignificantDigits(DIGITS).toString();
const plain = (value: Dec): string => value.toSignificantDigits(DIGITS).toString();

/** `calc benefits.subsidy`: the subsidy of a household under the parameters of a day, as what-if. */
@Injectable()
export class SubsidyCalculator implements Calculator {
  constructor(@Inject(Parameters) private readonly parameters: Parameters) {}

  async run(input: unknown): ReturnType<Calculator['run']> {
    const { date, incomes, members, costWithinNorms, parameters = {} } = SubsidyCalcInput.parse(input);
    const minimum = await this.valueOf('subsistence-minimum', date, parameters.subsistenceMinimum);
    const coefficient = await this.valueOf('subsidy-base-coefficient', date, parameters.baseCoefficient);
    const share = await this.valueOf('subsidy-base-share-percent', date, parameters.baseSharePercent);
    const { value, trace } = subsidy({
      incomes: incomes.map((income) => Money.parse(income)),
      members,
      costWithinNorms: Money.parse(costWithinNorms),
      subsistenceMinimum: Money.parse(minimum.value),
      baseCoefficient: new Dec(coefficient.value),
      baseSharePercent: new Dec(share.value),
    });
    return {
      result: {
        incomeTotal: value.incomeTotal.toString(),
        incomePerPerson: decimal(value.incomePerPerson),
        coefficient: plain(value.coefficient),
        sharePercent: plain(value.sharePercent),
        obligatoryPayment: value.obligatoryPayment.toString(),
        subsidy: value.subsidy.toString(),
      },
      trace,
      parameters: [minimum, coefficient, share].map(({ code, from, mark }) => ({ id: `benefits.${code}`, version: from, mark })),
    };
  }

  private async valueOf(code: string, day: string, given: string | undefined): Promise<ParameterRow> {
    if (given !== undefined) return { code, value: given, from: 'input', act: '', mark: 'override of this run' };
    const row = await this.parameters.find(code, day);
    if (!row) throw new DomainError('benefits.parameter.missing', { parameter: code, year: day.slice(0, 4) });
    return row;
  }
}

export const subsidyCalculator: CalculatorDef = {
  id: 'benefits.subsidy',
  title: 'benefits.calc.subsidy',
  input: SubsidyCalcInput,
  output: SubsidyCalcOutput,
  example: { date: '2025-11-01', incomes: ['8900.00', '8200.00'], members: 4, costWithinNorms: '3500.00' },
  provider: SubsidyCalculator,
};
