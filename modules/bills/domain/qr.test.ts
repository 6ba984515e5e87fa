import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { QrCalcInput } from '../contract/qr.schema.ts';
import { base64Url, isIban, qrCode } from './qr.ts';

const VECTORS: { readonly vectors: readonly { readonly fields: readonly string[]; readonly url: string }[] } = JSON.parse(
  readFileSync(new URL('../test/nbu-qr-vectors.json', import.meta.url), 'utf8'),
);
const bill = QrCalcInput.parse({
  receiver: 'КП «МОЦ»',
  iban: 'UA863052990000290290000071044',
  edrpou: '71044113',
  amount: '3215.72',
  purpose: 'Комунальні послуги за жовтень 2026, о/р 0421057316',
  account: '0421 0573 16',
  month: '2026-10',
});

describe('NBU code of a bill', () => {
  it.each(VECTORS.vectors)('encodes the published vector of uabankpay byte for byte', ({ fields, url }) => {
    expect(fields).toHaveLength(17);
    expect(`https://bank.gov.ua/qr/${base64Url(fields.join('\n'))}`).toBe(url);
  });
  it('has 17 lines of format 003 with the reference of the bill and the lock (formats.md 3)', () => {
    const { payload, url } = qrCode(bill);
    expect(payload.split('\n')).toEqual([
      'BCD', '003', '1', 'UCT', '', 'КП «МОЦ»', 'UA863052990000290290000071044', 'UAH3215.72', '71044113', 'SUPP/SUPP',
      '0421057316-202610', 'Комунальні послуги за жовтень 2026, о/р 0421057316', '', 'FEFF', '', '', '',
    ]);
    expect(Buffer.from(url.slice('https://bank.gov.ua/qr/'.length), 'base64url').toString('utf8')).toBe(payload);
    expect(url).not.toContain('=');
  });
  it('has 13 lines of format 002 and names the account in the purpose', () => {
    const { payload } = qrCode({ ...bill, version: '002', purpose: 'Комунальні послуги' });
    const lines = payload.split('\n');
    expect(lines).toHaveLength(13);
    expect(lines[1]).toBe('002');
    expect(lines[11]).toBe('Комунальні послуги, о/р 0421057316, 2026-10');
    expect(qrCode({ ...bill, version: '002' }).payload.split('\n')[11]).toBe(bill.purpose);
  });
  it('leaves the sum open for 0.00 and refuses what a bank would refuse', () => {
    expect(qrCode({ ...bill, amount: '0.00' }).payload.split('\n')[7]).toBe('');
    expect(() => qrCode({ ...bill, amount: '1000000000.00' })).toThrow('bills.qr.amount-wrong');
    expect(() => qrCode({ ...bill, amount: '-1.00' })).toThrow('bills.qr.amount-wrong');
    expect(() => qrCode({ ...bill, iban: 'UA863052990000290290000071045' })).toThrow('bills.qr.iban-wrong');
    expect(QrCalcInput.safeParse({ ...bill, purpose: 'a\nb' }).success).toBe(false);
  });
  it('knows a right IBAN of the published vector from one with two digits exchanged', () => {
    expect(isIban('UA743077700000026001611157323')).toBe(true);
    expect(isIban('UA743077700000026001611157332')).toBe(false);
  });
});
