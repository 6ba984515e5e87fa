import { describe, expect, it } from '@jest/globals';
import { InflationInterestInput, LimitationInput } from '../contract/calc.schema.ts';
import { inputOf, sheetOf, valuesOf } from './index.ts';

const schemaOf = (schema: typeof InflationInterestInput | typeof LimitationInput) =>
  sheetOf(schema['~standard'].jsonSchema.input({ target: 'draft-2020-12' }));

describe('form of a calculator from its JSON Schema', () => {
  it('one variant for each method, named by it', () => {
    expect(schemaOf(InflationInterestInput).map(({ label }) => label)).toEqual(['A, A-fifo', 'B', 'C', 'D']);
  });
  it('fields keep their order and kind; lists of objects become rows, objects become groups, maps become JSON', () => {
    const [act] = schemaOf(InflationInterestInput);
    expect(act?.fields.map(({ name, kind, required }) => [name, kind, required])).toEqual([
      ['method', 'choice', true],
      ['openingDebt', 'money', true],
      ['months', 'rows', true],
      ['ratePercent', 'text', true],
      ['excludeCurrentCharge', 'flag', false],
      ['fees', 'rows', false],
      ['parameters', 'group', false],
    ]);
    expect(act?.fields[2]?.fields?.map(({ name, kind }) => [name, kind])).toEqual([['month', 'month'], ['charged', 'money'], ['paid', 'money']]);
    expect(act?.fields[6]?.fields?.map(({ kind }) => kind)).toEqual(['json', 'choice', 'number']);
    const [limitation] = schemaOf(LimitationInput);
    expect([limitation?.label, limitation?.fields[0]?.kind]).toEqual(['', 'day']);
  });
  it('other schemas: numbers, lists of words, what a form cannot show', () => {
    const [only] = sheetOf({
      type: 'object', required: ['count'],
      properties: { count: { type: 'integer' }, incomes: { type: 'array', items: { $ref: '#/$defs/Money' } }, any: { anyOf: [{ type: 'string' }, { type: 'null' }] } },
    });
    expect(only?.fields.map(({ name, kind, required }) => [name, kind, required])).toEqual([['count', 'number', true], ['incomes', 'list', false], ['any', 'json', false]]);
  });
});

describe('what a form holds and what it sends', () => {
  const fields = schemaOf(InflationInterestInput)[0]?.fields ?? [];
  const example = {
    method: 'A', openingDebt: '10.00', ratePercent: '3', months: [{ month: '2023-01', charged: '100.00', paid: '0.00' }],
    parameters: { indices: { '2023-01': '100' } },
  };
  it('the example goes through the form unchanged', () => {
    expect(inputOf(fields, valuesOf(fields, example))).toEqual({ input: example, wrong: [] });
  });
  it('empty fields that are not required are left out, empty required ones are sent to be refused by name', () => {
    expect(inputOf(fields, valuesOf(fields, {}))).toEqual({ input: { method: 'A', openingDebt: '', months: [], ratePercent: '' }, wrong: [] });
    expect(inputOf(fields, {})).toEqual({ input: { method: '', openingDebt: '', months: [], ratePercent: '' }, wrong: [] });
  });
  it('JSON that cannot be read is told by its path; numbers, flags and lists are read', () => {
    const broken = { ...valuesOf(fields, example), parameters: { indices: '{', missingIndex: '100' }, excludeCurrentCharge: true };
    expect(inputOf(fields, broken)).toMatchObject({ wrong: ['parameters.indices'], input: { excludeCurrentCharge: true, parameters: { missingIndex: '100' } } });
    const [sheet] = sheetOf({
      type: 'object', required: ['flag'],
      properties: { flag: { type: 'boolean' }, count: { type: 'integer' }, incomes: { type: 'array', items: { type: 'string' } } },
    });
    const read = (values: Record<string, string | boolean>) => inputOf(sheet?.fields ?? [], values).input;
    expect(read({ count: ' 7 ', incomes: '8900.00; 12.50' })).toEqual({ flag: false, count: 7, incomes: ['8900.00', '12.50'] });
    expect(read({ count: 'many', flag: true })).toEqual({ flag: true, count: 'many' });
    expect(valuesOf(sheet?.fields ?? [], { flag: true, incomes: ['1', '2'] })).toEqual({ flag: true, count: '', incomes: '1, 2' });
  });
});
