import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { foldName, likePattern } from './index.ts';

describe('names are folded before they are compared', () => {
  it('takes the Latin letters that banks write back to Cyrillic', () => {
    expect(foldName('Iваненко Iрина')).toBe('іваненко ірина');
    expect(foldName('МИXAЙЛЮK')).toBe('михайлюк');
  });
  it('leaves words of Latin letters alone', () => {
    expect(foldName('Smith John')).toBe('smith john');
  });
  it('knows one apostrophe', () => {
    expect(new Set(["Прокоп'єва", 'Прокоп’єва', 'Прокопʼєва', 'Прокоп`єва'].map(foldName)).size).toBe(1);
  });
  it('is stable when done twice', () => {
    fc.assert(fc.property(fc.string(), (text) => foldName(foldName(text)) === foldName(text)));
  });
});

it('patterns of a person are plain text for the database', () => {
  expect(likePattern('50%_\\')).toBe('50\\%\\_\\\\');
});
