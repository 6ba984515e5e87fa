import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import {
  CheckCodeCalculator, codeAndNameCalculators, DeclineNameCalculator,
} from './code-and-name.calculators.ts';
import { Names } from './names.ts';

const rows: Record<string, string>[] = parse(readFileSync(new URL('declension-tests.csv', import.meta.url), 'utf8'), { columns: true });
const calculator = new DeclineNameCalculator(new Names());
const words = (full: string) => {
  const [surname = '', givenName = '', patronymic = ''] = full.split(' ');
  return { surname, givenName, patronymic };
};

describe('calc registry.decline-name: declension-tests.csv', () => {
  it('has all 108 names', () => expect(rows).toHaveLength(108));
  it.each(rows)('$id $nominative', async (row) => {
    const ask = async (grammarCase: string) =>
      (await calculator.run({ ...words(row.nominative ?? ''), sex: row.sex, case: grammarCase })).result;
    expect(await ask('genitive')).toMatchObject(words(row.genitive ?? ''));
    expect(await ask('dative')).toMatchObject(words(row.dative ?? ''));
  });
  it('other cases are refused by the schema', async () => {
    const { input } = codeAndNameCalculators[1] ?? {};
    const given = { ...words('Коваленко Іван Петрович'), sex: 'm', case: 'instrumental' };
    expect((await input?.['~standard'].validate(given))?.issues).toHaveLength(1);
  });
});

describe('the calculators', () => {
  it.each([...codeAndNameCalculators])('$id: the example works and fits the schema', async (definition) => {
    const runner = definition.provider === CheckCodeCalculator ? new CheckCodeCalculator() : calculator;
    const { result, trace, parameters } = await runner.run(definition.example);
    expect((await definition.output['~standard'].validate(result)).issues).toBeUndefined();
    expect([trace.length > 0, parameters.every(({ mark }) => mark !== '')]).toEqual([true, true]);
  });
  it('an unknown name carries the mark for the lawyer', async () => {
    const { parameters } = await calculator.run({ surname: 'Незнаменко', givenName: 'Іван', patronymic: '', sex: 'M', case: 'dative' });
    expect(parameters[0]?.mark).toBe('перевірте відмінювання');
  });
});
