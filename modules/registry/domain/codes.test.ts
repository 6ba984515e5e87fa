import { describe, expect, it } from '@jest/globals';
import { addDays, makeAccountNumber } from '@komplat/kernel';
import fc from 'fast-check';
import { checkCode, type CodeKind } from './codes.ts';

describe('codes: published values (law.md 11)', () => {
  it.each<[CodeKind, string, boolean]>([
    ['tax-number', '1759013776', true],
    ['tax-number', '1759013770', false],
    ['edrpou', '20077720', true],
    ['edrpou', '41234568', false],
    ['iban', 'UA213223130000026007233566001', true],
    ['iban', 'UA893052990000026001234567890', false],
    ['account', '0421 0573 16', true],
    ['account', '0421 0573 17', false],
  ])('%s %s: %p', (kind, value, valid) => {
    expect(checkCode(kind, value)).toMatchObject(valid ? { valid } : { valid, reason: 'check-digit' });
  });
});

describe('codes: parts and edges', () => {
  it('a tax number carries the day of birth and the sex', () => {
    expect(checkCode('tax-number', '1759013776')).toEqual({ valid: true, birthDate: '1948-02-28', sex: 'm' });
  });
  it('any tax number: one wrong digit is found, odd ninth digit is a man', () => {
    const weights = [-1, 5, 7, 9, 4, 6, 10, 5, 7];
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60_000 }), fc.integer({ min: 0, max: 9999 }), (days, tail) => {
        const nine = String(days).padStart(5, '0') + String(tail).padStart(4, '0');
        const sum = weights.reduce((total, weight, at) => total + weight * Number(nine[at]), 11);
        const check = (sum % 11) % 10;
        expect(checkCode('tax-number', `${nine}${check}`)).toEqual({
          valid: true, birthDate: addDays('1899-12-31', days), sex: tail % 2 === 1 ? 'm' : 'f',
        });
        expect(checkCode('tax-number', `${nine}${(check + 1) % 10}`)).toEqual({ valid: false, reason: 'check-digit' });
      }),
    );
    expect(checkCode('tax-number', '0000000000')).toEqual({ valid: false, reason: 'birth-date' });
  });
  it('EDRPOU: both ranges of weights and the second round, against a plain count', () => {
    const plain = (code: string): number => {
      const first = Number(code) < 3e7 || Number(code) > 6e7 ? [1, 2, 3, 4, 5, 6, 7] : [7, 1, 2, 3, 4, 5, 6];
      const sum = (weights: number[]): number => weights.map((weight, at) => weight * Number(code[at])).reduce((a, b) => a + b) % 11;
      const once = sum(first);
      if (once < 10) return once;
      const twice = sum(first.map((weight) => weight + 2));
      return twice === 10 ? 0 : twice;
    };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999_999 }), (number) => {
        const seven = String(number).padStart(7, '0');
        const right = Array.from({ length: 10 }, (_, digit) => `${seven}${digit}`).filter((code) => checkCode('edrpou', code).valid);
        expect(right).toEqual(Array.from({ length: 10 }, (_, digit) => `${seven}${digit}`).filter((code) => plain(code) === Number(code[7])));
      }),
      { numRuns: 500 },
    );
    for (const code of ['30000000', '60000000', '29999999', '60000001']) expect(checkCode('edrpou', code).valid).toBe(plain(code) === Number(code[7]));
  });
  it('wrong lengths and signs are told apart from a wrong digit; spaces are ignored', () => {
    expect(checkCode('tax-number', '175901377')).toEqual({ valid: false, reason: 'format' });
    expect(checkCode('edrpou', '2007772')).toEqual({ valid: false, reason: 'format' });
    expect(checkCode('iban', 'PL213223130000026007233566001')).toEqual({ valid: false, reason: 'format' });
    expect(checkCode('account', '042105731')).toEqual({ valid: false, reason: 'format' });
    expect(checkCode('iban', 'ua21 3223 1300 0002 6007 2335 6600 1').valid).toBe(true);
    expect(checkCode('edrpou', ' 2007 7720 ').valid).toBe(true);
    expect(checkCode('account', makeAccountNumber(1, 1)).valid).toBe(true);
  });
});
