import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { codeOf, readCode, showCode } from './number.ts';
import { dayText, decimalText, hyphenated, moneyText, priceText, quantityDigits, shortName, shortUnit, withApostrophe } from './text.ts';

const SHY = '\u00AD';
const shown = (word: string): string => hyphenated(word).replaceAll(SHY, '-');

describe('Ukrainian words on paper', () => {
  it.each([
    ['водопостачання', 'во-до-по-ста-чан-ня'],
    ['обʼєднання', 'обʼ-єд-нан-ня'],
    ['під’їздами', 'під’-їз-да-ми'],
    ['ходжування', 'хо-джу-ван-ня'],
    ['сільський', 'сіль-сь-кий'],
    ['районний', 'ра-йон-ний'],
  ])('%s may be broken only between syllables («Український правопис» 2019, § 54)', (word, broken) => {
    const allowed = new Set(broken.split('-').slice(0, -1).map((_, at, parts) => parts.slice(0, at + 1).join('').length));
    const parts = shown(word).split('-');
    const breaks = parts.slice(0, -1).map((_, at) => parts.slice(0, at + 1).join('').length);
    expect(parts.join('')).toBe(word);
    for (const place of breaks) expect([word, allowed.has(place) || isSoft(word, place)]).toEqual([word, true]);
  });
  it('never leaves one letter, never begins a part with ь or an apostrophe, never parts дж and дз', () => {
    const letters = [...'абвгґдеєжзиіїйклмнопрстуфхцчшщьюя’'];
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...letters), minLength: 7, maxLength: 24 }), (word) => {
        const parts = shown(word).split('-');
        expect(parts.join('')).toBe(word);
        for (const part of parts) if (parts.length > 1) expect(part.length).toBeGreaterThan(1);
        for (const part of parts.slice(1)) expect('ь’'.includes(part[0] ?? '')).toBe(false);
      }),
    );
  });
  it('keeps short words and numbers whole, and writes one apostrophe', () => {
    expect(hyphenated('вода № 12345678')).toBe('вода № 12345678');
    expect(withApostrophe("В'ячеслав Дем`яненко 5' і «'»")).toBe("В’ячеслав Дем’яненко 5' і «'»");
  });
});

/** Between two consonants the rule leaves a choice. */
const isSoft = (word: string, place: number): boolean => /[бвгґджзйклмнпрстфхцчшщь]/.test(word[place - 1] ?? '') && place > 1;

describe('figures on paper', () => {
  it('are written as people read them', () => {
    expect([moneyText(321572n), moneyText(-2756n), moneyText(0n), moneyText(123456789n)]).toEqual(['3\u00A0215,72', '−27,56', '0,00', '1\u00A0234\u00A0567,89']);
    expect([decimalText('67.080000'), decimalText('21437'), priceText('5.25'), priceText('7.956890'), priceText('41')]).toEqual(['67,08', '21\u00A0437', '5,25', '7,95689', '41,00']);
    expect([quantityDigits('32.694839', 'м²'), quantityDigits('0.683100', 'Гкал'), dayText('2026-11-20')]).toEqual(['32,695', '0,6831', '20.11.2026']);
  });
  it('services and units have their short names', () => {
    expect(shortName('Централізоване водопостачання (холодна вода)')).toBe('Холодна вода');
    expect(shortName('Управління багатоквартирним будинком (до 2019: утримання будинку)')).toBe('Управління багатоквартирним будинком');
    expect([shortUnit('м³ річної замовленої потужності / 12'), shortUnit('Гкал; м²'), shortUnit('особу'), shortUnit('кВт·год')]).toEqual(['м³', 'Гкал', 'ос.', 'кВт·год']);
  });
  it('a code is read in whatever way it was typed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 12, maxLength: 12 }), (random) => {
        const code = codeOf(random);
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
        expect(readCode(showCode(code).toLowerCase())).toBe(code);
        expect(readCode(code.replaceAll('0', 'o').replaceAll('1', 'l'))).toBe(code);
      }),
    );
  });
});
