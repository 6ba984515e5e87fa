import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { makeAccountNumber } from '@komplat/kernel';
import type { GeneratedPayment } from '../../test/register-generator.ts';
import { dbfFile, eircFile, eircLines, encodeText, ibankFile } from '../../test/register-generator.ts';
import { kopText } from './amount.ts';
import { findPreset, recognisePreset } from './catalog.ts';
import { detectCodePage } from './code-page.ts';
import { foldHomoglyphs, normaliseHeader, sameSurname } from './homoglyphs.ts';
import type { PresetItem, RejectedItem, RowItem, TotalsItem } from './types.ts';
import { FileRefused } from './types.ts';

function parse(id: string, bytes: Uint8Array, piece = 7_919): readonly PresetItem[] {
  const preset = findPreset(id);
  if (preset === undefined) throw new Error(`no preset ${id}`);
  const parser = preset.parser();
  const items: PresetItem[] = [];
  for (let at = 0; at < bytes.length; at += piece) items.push(...parser.feed(bytes.subarray(at, at + piece)));
  items.push(...parser.end());
  return items;
}
const rows = (items: readonly PresetItem[]): readonly RowItem[] => items.filter((each) => each.kind === 'row');
const bad = (items: readonly PresetItem[]): readonly RejectedItem[] => items.filter((each) => each.kind === 'rejected');
const totals = (items: readonly PresetItem[]): TotalsItem | undefined => items.find((each) => each.kind === 'totals');
const sum = (items: readonly PresetItem[]): string =>
  kopText(rows(items).reduce((all, each) => all + each.values.amountKop, 0n));
function refusal(work: () => unknown): { readonly code: string; readonly params: Readonly<Record<string, string>> } {
  try {
    work();
  } catch (error) {
    if (error instanceof FileRefused) return { code: error.code, params: error.params };
    throw error;
  }
  throw new Error('not refused');
}

const ACCOUNT = makeAccountNumber(4, 2105731);
const PAYMENTS: readonly GeneratedPayment[] = [
  { account: ACCOUNT, name: 'Коваленко Ірина Петрівна', kop: 125_000n, day: '2026-11-20', id: '900001', service: '1' },
  { account: ACCOUNT, name: 'Коваленко Ірина Петрівна', kop: 125_000n, day: '2026-11-20', id: '900002', service: '1' },
  {
    account: '4453656',
    name: "Ґудзь Дем'ян",
    address: ',ВУЛ,МОСТОВА,1,,102;103,',
    kop: 101n,
    day: '2026-11-21',
    service: '002',
  },
];
const SAMPLES = resolve(import.meta.dirname, '../../../../../shared/samples');
const maybe = existsSync(SAMPLES) ? it : it.skip;

describe('EIRC register', () => {
  it('reads rows, escapes, control totals and what it says about itself', () => {
    for (const piece of [1, 3, 100_000]) {
      const items = parse('eirc-ree', eircFile(PAYMENTS, { lineEnd: '\r\n' }), piece);
      expect(rows(items)).toHaveLength(3);
      expect(rows(items)[2]?.values).toEqual({
        account: '4453656',
        service: '002',
        payerName: "Ґудзь Дем'ян",
        payerAddress: 'ВУЛ, МОСТОВА, 1, 102;103',
        amountKop: 101n,
        paidOn: '2026-11-21',
        externalId: null,
        documentNumber: '3',
        note: null,
      });
      expect(rows(items)[0]?.line).toBe(2);
      expect(totals(items)).toMatchObject({
        rows: 3,
        sum: '2501.01',
        sender: '3',
        recipient: '53',
        encoding: 'windows-1251',
      });
    }
  });

  it('names the wrong code page', () => {
    const text = eircLines(PAYMENTS.slice(0, 2).map((each) => ({ ...each, name: 'Коваленко Оксана' }))).join('\n');
    expect(refusal(() => parse('eirc-ree', encodeText(text.replaceAll('і', 'i'), 'cp866')))).toEqual({
      code: 'payments.import.wrong-code-page',
      params: { expected: 'windows-1251', found: 'cp866' },
    });
    expect(refusal(() => parse('eirc-ree', encodeText(text, 'utf-8'))).params.found).toBe('utf-8');
  });

  it.each([
    ['5.005', 'payments.row.amount-decimals'],
    ['-5.00', 'payments.row.amount-not-positive'],
    ['0.00', 'payments.row.amount-not-positive'],
    ['1000000.01', 'payments.row.amount-too-large'],
    ['99999999999999999999.00', 'payments.row.amount-too-large'],
    ['п’ять', 'payments.row.amount-format'],
    ['1e5', 'payments.row.amount-format'],
    ['', 'payments.row.amount-format'],
  ])('rejects the row with the sum "%s"', (text, code) => {
    const lines = eircLines(PAYMENTS).map((line) => line.replace(';1.01;', `;${text};`));
    const items = parse('eirc-ree', encodeText(`${lines.join('\n')}\n`, 'windows-1251'));
    expect(bad(items).map((each) => [each.line, each.code])).toEqual([[4, code]]);
    expect(rows(items)).toHaveLength(2);
  });

  it.each([
    ['columns', (line: string) => line.replace(';002;', ';002;лишнє;'), 'payments.row.columns'],
    ['date', (line: string) => line.replace('21112026', '31112026'), 'payments.row.date-format'],
    ['account', (line: string) => line.replace(';4453656;', ';;'), 'payments.row.no-account'],
    ['payment point', (line: string) => line.replace('50:3:3', '50:4:3'), 'payments.row.payment-point'],
  ])('rejects a row with a wrong %s', (_what, change, code) => {
    const items = parse('eirc-ree', encodeText(`${eircLines(PAYMENTS).map(change).join('\n')}\n`, 'windows-1251'));
    expect(bad(items).map((each) => each.code)).toEqual([code]);
  });

  it('refuses what is no whole register of payments', () => {
    expect(refusal(() => parse('eirc-ree', new Uint8Array(0))).code).toBe('payments.import.empty');
    expect(refusal(() => parse('eirc-ree', eircFile(PAYMENTS, { footer: false }))).code).toBe(
      'payments.import.no-footer',
    );
    expect(refusal(() => parse('eirc-ree', eircFile(PAYMENTS, { type: '5' }))).code).toBe(
      'payments.import.register-type',
    );
    expect(refusal(() => parse('eirc-ree', encodeText('просто текст', 'windows-1251'))).code).toBe(
      'payments.import.not-this-format',
    );
    const endless = encodeText(`${eircLines(PAYMENTS)[0] ?? ''}\n${'x'.repeat(100_000)}`, 'windows-1251');
    expect(refusal(() => parse('eirc-ree', endless)).code).toBe('payments.import.line-too-long');
  });

  it('is never silent about a cut: every byte of the end is either refused or differs from the control totals', () => {
    const bytes = eircFile(PAYMENTS);
    for (let length = 1; length < bytes.length - 1; length += 1) {
      const cut = bytes.subarray(0, length);
      try {
        const items = parse('eirc-ree', cut);
        const stated = totals(items);
        // only the footer's own text may be short of its last byte
        expect({ rows: rows(items).length, sum: sum(items) }).toEqual({ rows: stated?.rows, sum: stated?.sum });
      } catch (error) {
        expect(error).toBeInstanceOf(FileRefused);
      }
    }
  });

  maybe('reads the real registers', () => {
    const first = parse('eirc-ree', readFileSync(`${SAMPLES}/registers/eirc_ree.masked.cp1251.txt`));
    expect([rows(first).length, sum(first), totals(first)?.rows, totals(first)?.sum]).toEqual([
      30,
      '465.30',
      30,
      '465.30',
    ]);
    expect(rows(first)[3]?.values.payerAddress).toContain('901;204');
    const second = parse('eirc-ree', readFileSync(`${SAMPLES}/registers/eirc_ree_payments.masked.cp1251.txt`));
    expect([rows(second).length, sum(second), totals(second)?.sum]).toEqual([3, '66.06', '66.06']);
    expect(rows(second).map((each) => each.values.documentNumber)).toEqual(['11111', '22222', '33333']);
    const openings = readFileSync(`${SAMPLES}/registers/eirc_ree_open_account.masked.cp1251.txt`);
    expect(refusal(() => parse('eirc-ree', openings)).code).toBe('payments.import.register-type');
  });
});

describe('iBank 2 UA statement', () => {
  it.each([
    ['plain', {}],
    ['Latin i in the header', { latinI: true }],
    ['all fields quoted', { quoteAll: true }],
    ['a separator at the end of rows', { trailingSeparator: true }],
    ['UTF-8', { page: 'utf-8' as const }],
  ])('reads credits: %s', (_what, options) => {
    const items = parse('ibank2ua-csv', ibankFile(PAYMENTS.slice(0, 2), { ...options, ids: true }), 61);
    expect(rows(items).map((each) => each.values.externalId)).toEqual([
      'UA443204780000260090071120452/900001',
      'UA443204780000260090071120452/900002',
    ]);
    expect(rows(items)[0]?.values).toMatchObject({ account: ACCOUNT, amountKop: 125_000n, paidOn: '2026-11-20' });
    expect(totals(items)).toMatchObject({ formatVersion: 'ibank2ua/18-operation-id' });
    expect(totals(items)?.rows).toBeUndefined();
  });

  it('takes columns by name, not by place', () => {
    const text =
      'Кредит;Призначення платежу;Дебет;Дата операцiї\r\n12.34;"рядок; з ""лапками""";;01.11.2026\r\n;оплата;5.00;01.11.2026\r\n';
    const items = parse('ibank2ua-csv', encodeText(text, 'windows-1251'));
    expect(rows(items).map((each) => [each.line, each.values.note, each.values.amountKop])).toEqual([
      [2, 'рядок; з "лапками"', 1234n],
    ]);
    expect(bad(items).map((each) => [each.code, each.skipped])).toEqual([['payments.row.debit', true]]);
  });

  it('rejects a last line without an end: it may be cut', () => {
    const whole = ibankFile(PAYMENTS.slice(0, 2), { ids: true });
    const cut = parse('ibank2ua-csv', whole.subarray(0, whole.length - 3));
    expect([rows(cut).length, bad(cut).map((each) => each.code)]).toEqual([1, ['payments.row.unterminated']]);
  });

  it('says which columns are missing', () => {
    const text = encodeText('Дата операції;Дебет;Призначення платежу\r\n', 'windows-1251');
    expect(refusal(() => parse('ibank2ua-csv', text))).toEqual({
      code: 'payments.import.columns-missing',
      params: { columns: 'Кредит' },
    });
  });

  maybe('reads the real statement: one debit, one credit without an account', () => {
    const items = parse('ibank2ua-csv', readFileSync(`${SAMPLES}/statements/ibank2ua_vst_sample.cp1251.csv`));
    expect(rows(items).map((each) => each.values)).toEqual([
      {
        account: null,
        service: null,
        payerName: 'ТОВ Клієнт',
        payerAddress: null,
        amountKop: 250_050n,
        paidOn: '2018-03-26',
        externalId: 'UA773003350000026001236521254/15581',
        documentNumber: '2',
        note: 'оплата товару',
      },
    ]);
    expect(bad(items).map((each) => each.code)).toEqual(['payments.row.debit']);
  });
});

describe('Oschadbank DBF', () => {
  const latin = PAYMENTS.map((each) => ({ ...each, name: 'Коваленко Оксана', address: 'вул. Мостова, 1' }));
  it('reads desks and terminals, kopecks, whatever the language byte says', () => {
    for (const terminal of [false, true]) {
      const items = parse(
        'oschadbank-dbf',
        dbfFile(
          latin.map((each) => ({ ...each })),
          { terminal, page: 'cp1125', languageByte: 0x57 },
        ),
        33,
      );
      expect(rows(items).map((each) => each.values.amountKop)).toEqual([125_000n, 125_000n, 101n]);
      expect(rows(items)[0]?.values).toMatchObject({
        account: ACCOUNT,
        payerName: 'Коваленко Оксана',
        paidOn: '2026-11-20',
      });
      expect(totals(items)).toMatchObject({ rows: 3, variant: terminal ? 'terminal' : 'desk' });
    }
  });

  it('gives a numeric account its leading zeros back', () => {
    const items = parse('oschadbank-dbf', dbfFile(latin.slice(0, 1), { numericAccount: true, page: 'cp1125' }));
    expect(rows(items)[0]?.values.account).toBe(ACCOUNT);
  });

  it('rejects a sum that is not whole kopecks', () => {
    const items = parse('oschadbank-dbf', dbfFile(latin.slice(0, 1), { sumText: () => '1250.00', page: 'cp1125' }));
    expect(bad(items).map((each) => each.code)).toEqual(['payments.row.amount-not-kopecks']);
  });

  it('names the wrong code page, a cut record, another kind of table', () => {
    expect(refusal(() => parse('oschadbank-dbf', dbfFile(latin, { page: 'windows-1251' }))).params.found).toBe(
      'windows-1251',
    );
    const whole = dbfFile(latin, { page: 'cp1125' });
    expect(refusal(() => parse('oschadbank-dbf', whole.subarray(0, whole.length - 40))).code).toBe(
      'payments.import.cut-record',
    );
    expect(refusal(() => parse('oschadbank-dbf', Uint8Array.from([0x02, 1, 2, 3]))).code).toBe(
      'payments.import.bad-dbf',
    );
  });

  maybe('refuses foreign tables with a reason, never with a crash', () => {
    for (const name of [
      'dbase_02.masked',
      'dbase_03',
      'dbase_8c',
      'dbase_30.masked',
      'mazovia',
      'dbase_f5.masked',
      'dbase_32',
    ]) {
      const code = refusal(() => parse('oschadbank-dbf', readFileSync(`${SAMPLES}/dbf/${name}.dbf`))).code;
      expect(['payments.import.bad-dbf', 'payments.import.columns-missing']).toContain(code);
    }
  });
});

describe('helpers', () => {
  it('recognises a file by its first bytes', () => {
    expect(recognisePreset('x.txt', eircFile(PAYMENTS))?.id).toBe('eirc-ree');
    expect(recognisePreset('x.txt', ibankFile(PAYMENTS))?.id).toBe('ibank2ua-csv');
    expect(recognisePreset('x', dbfFile([], { terminal: true }))?.id).toBe('oschadbank-dbf');
    expect(recognisePreset('notes.txt', encodeText('hello', 'utf-8'))).toBeUndefined();
  });

  it('folds look-alike letters inside Cyrillic words only', () => {
    expect(foldHomoglyphs('Iванeнко Ivan')).toBe('Іваненко Ivan');
    expect(normaliseHeader('Дата операцiї')).toBe(normaliseHeader('ДАТА ОПЕРАЦІЇ'));
    expect(normaliseHeader('Назва банка')).toBe(normaliseHeader('Назва банку'));
    expect(sameSurname('СIДОРЕНКО Олег', 'Сидоренко Олег Петрович')).toBe(false);
    expect(sameSurname('КОВАЛЕНКО Iрина', 'Коваленко Ірина Петрівна')).toBe(true);
  });

  it('tells pages apart by letters', () => {
    const text = 'Будинкоуправління просить перевірити нарахування за опалення';
    for (const page of ['windows-1251', 'cp1125', 'utf-8'] as const) {
      for (const guess of ['windows-1251', 'cp1125', 'utf-8'] as const) {
        expect(detectCodePage(encodeText(text, page), guess).page).toBe(page);
      }
    }
    expect(detectCodePage(encodeText('перевод за услуги', 'cp866'), 'windows-1251').page).toBe('cp866');
  });
});
