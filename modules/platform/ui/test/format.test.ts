import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  formatAccount,
  formatDay,
  formatDecimal,
  formatMoney,
  formatPercent,
  formatPeriod,
  formatPeriodShort,
  initialsOf,
  parseDay,
  parseMoney,
  shiftPeriod,
  shortCompany,
  shortName,
} from '../src/format.ts';

const NBSP = '\u00a0';

describe('figures as the guide writes them', () => {
  it('groups digits by no-break spaces and uses a real minus', () => {
    expect(formatMoney('1234.56')).toBe(`1${NBSP}234,56`);
    expect(formatMoney('-12.00')).toBe('\u221212,00');
    expect(formatDecimal('0.6148')).toBe('0,6148');
    expect(formatPercent(152, 1000)).toBe(`15,2${NBSP}%`);
    expect(formatMoney('95378544.01')).toBe(`95${NBSP}378${NBSP}544,01`);
    expect(formatMoney('1234.5', 'en')).toBe(`1${NBSP}234.50`);
  });

  it('loses no kopeck on the way to the screen and back', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), (kopecks) => {
        const size = (kopecks < 0n ? -kopecks : kopecks).toString().padStart(3, '0');
        const text = `${kopecks < 0n ? '-' : ''}${size.slice(0, -2)}.${size.slice(-2)}`;
        expect(parseMoney(formatMoney(text))).toBe(text);
      }),
    );
  });

  it('reads money as people type it and refuses a third decimal', () => {
    expect(parseMoney('1250,5')).toBe('1250.50');
    expect(parseMoney('1 250.50')).toBe('1250.50');
    expect(parseMoney('12,345')).toBeUndefined();
    expect(parseMoney('сто')).toBeUndefined();
  });
});

describe('days and months', () => {
  it('writes them in words and short', () => {
    expect(formatDay('2026-11-23')).toBe('23.11.2026');
    expect(formatPeriod('2026-11')).toBe('листопад 2026');
    expect(formatPeriod('2026-11', 'en')).toBe('November 2026');
    expect(formatPeriodShort('2026-11')).toBe('11.26');
  });

  it('moves by months over the end of a year', () => {
    expect(shiftPeriod('2026-12', 1)).toBe('2027-01');
    expect(shiftPeriod('2026-01', -13)).toBe('2024-12');
  });

  it('reads a day as people type it', () => {
    expect(parseDay('23.11', '2026-11-25')).toBe('2026-11-23');
    expect(parseDay('231126', '2026-11-25')).toBe('2026-11-23');
    expect(parseDay('сьогодні', '2026-11-25')).toBe('2026-11-25');
    expect(parseDay('31.11.2026', '2026-11-25')).toBeUndefined();
  });
});

describe('names and numbers', () => {
  it('shortens without loss of identity', () => {
    expect(formatAccount('0421057316')).toBe(`0421${NBSP}0573${NBSP}16`);
    expect(shortName('Ткачук Наталія Іванівна')).toBe(`Ткачук${NBSP}Н.${NBSP}І.`);
    expect(initialsOf('Ткачук Наталія Іванівна')).toBe('ТН');
    expect(shortCompany('КП «Чисте місто»')).toBe('Чисте місто');
  });
});
