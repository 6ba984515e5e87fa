import { describe, expect, it } from '@jest/globals';
import { Messages } from '../src/messages.ts';

const SENTENCE = { 'a.b': '{day}, {month}: {sum}, {rows, plural, one {# row} other {# rows}}, {code}' };
const VALUES = { day: '2026-11-03', month: '2026-10', sum: '-1234567.80', rows: 1, code: '0421057316' };

describe('messages of the server', () => {
  it('values written for machines are read by people in their language', () => {
    const messages = new Messages({ uk: SENTENCE, en: SENTENCE });
    expect(messages.text('uk', 'a.b', VALUES)).toBe('03.11.2026, жовтень 2026: −1\u00a0234\u00a0567,80, 1 row, 0421057316');
    expect(messages.text('en', 'a.b', VALUES)).toBe('03.11.2026, October 2026: −1\u00a0234\u00a0567.80, 1 row, 0421057316');
  });

  it('a code in a refusal is read as its word', () => {
    const words = { 'error.legal.case.no': '«{act}» у стані «{status}»: {other}', 'legal.case.act.appeal': 'апеляція', 'legal.ui.status.draft': 'проєкт' };
    const said = new Messages({ uk: words, en: {} }).text('uk', 'error.legal.case.no', { act: 'appeal', status: 'draft', other: 'draft' });
    expect(said).toBe('«апеляція» у стані «проєкт»: draft');
  });

  it('a key without words is shown as it is', () => {
    expect(new Messages({ uk: {}, en: {} }).text('uk', 'no.words')).toBe('no.words');
  });
});
