import { DomainError, Money } from '@komplat/kernel';
import type { QrCalcInput, QrCalcOutput } from '../contract/qr.schema.ts';

const HOST = 'https://bank.gov.ua/qr/';
const UTF8 = '1';
const MOST_KOP = 99_999_999_999n;
/** Longest address that implementations are known to read; the NBU's own limit is to be checked against № 97. */
const LONGEST_URL = 900;

/** Two check digits of a Ukrainian IBAN: ISO 13616, remainder 1 by 97. Spaces are ignored. */
export function isIban(text: string): boolean {
  const iban = text.replaceAll(/\s/g, '').toUpperCase();
  if (!/^UA\d{27}$/.test(iban)) return false;
  // U = 30, A = 10
  return BigInt(`${iban.slice(4)}3010${iban.slice(2, 4)}`) % 97n === 1n;
}

/** base64url without padding of UTF-8 text. */
export function base64Url(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * Text and address of the NBU payment code: Resolution of the NBU Board № 97 of 19.08.2025, in force since 01.11.2025
 * (format 003, 17 lines), and its predecessor 002 (13 lines). Lines end with LF, the encoding is UTF-8.
 * The payer's bank may ignore the lock, so a payment is found by the reference and by the account in the purpose.
 */
export function qrCode(input: QrCalcInput): QrCalcOutput {
  if (!isIban(input.iban)) throw new DomainError('bills.qr.iban-wrong', { iban: input.iban.slice(0, 40) });
  const { kop } = Money.parse(input.amount);
  if (kop < 0n || kop > MOST_KOP) throw new DomainError('bills.qr.amount-wrong', { amount: input.amount });
  const payload = (input.version === '003' ? lines003(input, kop) : lines002(input, kop)).join('\n');
  const url = `${HOST}${base64Url(payload)}`;
  if (url.length > LONGEST_URL) throw new DomainError('bills.qr.too-long', { length: url.length, limit: LONGEST_URL });
  return { payload, url };
}

const sum = (kop: bigint): string => (kop === 0n ? '' : `UAH${Money.ofKop(kop).toString()}`);
const ibanOf = (text: string): string => text.replaceAll(/\s/g, '').toUpperCase();

/** Bill id for line 11 of format 003: account and month, at most 35 characters. */
export const referenceOf = (account: string, month: string): string => `${account}-${month.replace('-', '')}`;

function lines003({ receiver, iban, edrpou, purpose, account, month }: QrCalcInput, kop: bigint): string[] {
  return [
    'BCD', '003', UTF8, 'UCT', '', receiver, ibanOf(iban), sum(kop), edrpou, 'SUPP/SUPP', referenceOf(account, month), purpose, '',
    'FEFF', '', '', '',
  ];
}

/** There is no line for a reference: the account must stand in the purpose. */
function lines002({ receiver, iban, edrpou, purpose, account, month }: QrCalcInput, kop: bigint): string[] {
  const named = purpose.replaceAll(/\s/g, '').includes(account) ? purpose : `${purpose}, о/р ${account}, ${month}`;
  return ['BCD', '002', UTF8, 'UCT', '', receiver, ibanOf(iban), sum(kop), edrpou, '', '', named, ''];
}
