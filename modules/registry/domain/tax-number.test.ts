import { describe, expect, it } from '@jest/globals';
import { DemoRandom } from '@komplat/server';
import { taxNumber } from '../server/demo/household.ts';
import { taxNumberFlaw } from './tax-number.ts';

describe('registration number of a taxpayer', () => {
  it('agrees with the generator of the demonstration city, a second implementation', () => {
    const random = new DemoRandom(7, 'tax', 1);
    for (let step = 0; step < 500; step += 1) {
      const birthDate = `${1930 + (step % 80)}-0${1 + (step % 9)}-1${step % 10}`;
      const sex = step % 2 === 0 ? 'm' : 'f';
      const number = taxNumber(birthDate, sex, random);
      expect(taxNumberFlaw(number, { birthDate, sex })).toBeUndefined();
      expect(taxNumberFlaw(number, { birthDate, sex: sex === 'm' ? 'f' : 'm' })).toBe('sex');
      expect(taxNumberFlaw(number, { birthDate: '2001-12-31', sex })).toBe('birth-date');
      const wrong = `${number.slice(0, 9)}${(Number(number[9]) + 1) % 10}`;
      expect(taxNumberFlaw(wrong, { birthDate, sex })).toBe('check-digit');
    }
  });
  it.each(['', '12345', '12345678901', '12345678a0'])('%s has not ten digits', (text) => {
    expect(taxNumberFlaw(text, { birthDate: null, sex: 'm' })).toBe('digits');
  });
});
