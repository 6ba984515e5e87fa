import type { Calculator, CalculatorDef } from '@komplat/plugin-api';
import { Inject, Injectable } from '@nestjs/common';
import { checkCode } from '../../domain/codes.ts';
import { CheckCodeInput, CheckCodeOutput, DeclineNameInput, DeclineNameOutput } from './code-and-name.schema.ts';
import { Names } from './names.ts';

const CODE_MARKS = { 'tax-number': 'confirmed', edrpou: 'confirmed', iban: 'general knowledge', account: 'proposal' } as const;
const CHECK = 'перевірте відмінювання';
/** `calc registry.check-code`: a code by its own check digits. */
@Injectable()
export class CheckCodeCalculator implements Calculator {
  run(input: unknown): ReturnType<Calculator['run']> {
    const { kind, value } = CheckCodeInput.parse(input);
    const result = checkCode(kind, value);
    return Promise.resolve({
      result,
      trace: [{ rule: `registry.code.${kind}`, base: value, amount: result.reason ?? 'valid', paramsVersion: '1' }],
      parameters: [{ id: `registry.code.${kind}`, version: '1', mark: CODE_MARKS[kind] }],
    });
  }
}

/** `calc registry.decline-name`: a full name in the case that a court paper needs. */
@Injectable()
export class DeclineNameCalculator implements Calculator {
  constructor(@Inject(Names) private readonly names: Names) {}

  run(input: unknown): ReturnType<Calculator['run']> {
    const { sex, case: grammarCase, ...name } = DeclineNameInput.parse(input);
    const result = this.names.decline(name, sex === 'm' || sex === 'M' ? 'm' : 'f', grammarCase);
    const words = [['surname', name.surname, result.surname], ['given-name', name.givenName, result.givenName], ['patronymic', name.patronymic, result.patronymic]];
    return Promise.resolve({
      result,
      trace: words.map(([part = '', base = '', amount = '']) => ({ rule: `registry.declension.${part}`, base, amount, paramsVersion: '1' })),
      parameters: [{ id: 'registry.declension', version: 'правопис 2019', mark: result.certain ? 'general knowledge' : CHECK }],
    });
  }
}

export const codeAndNameCalculators: readonly CalculatorDef[] = [
  {
    id: 'registry.check-code',
    title: 'registry.calc.check-code',
    input: CheckCodeInput,
    output: CheckCodeOutput,
    example: { kind: 'tax-number', value: '1759013776' },
    provider: CheckCodeCalculator,
  },
  {
    id: 'registry.decline-name',
    title: 'registry.calc.decline-name',
    input: DeclineNameInput,
    output: DeclineNameOutput,
    example: { surname: 'Коваленко', givenName: 'Іван', patronymic: 'Петрович', sex: 'm', case: 'genitive' },
    provider: DeclineNameCalculator,
  },
];
