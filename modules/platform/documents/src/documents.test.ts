import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import { csvText, dbfBytes, type DbfField, DbfRefused, readDbf, type Sheet, writeXlsx, xlsxBytes } from './index.ts';

const sheet = (): Sheet => ({
  name: 'Оборот [2026/11]',
  heading: ['Оборотна відомість за 2026-11'],
  columns: [
    { key: 'name', title: 'Послуга', kind: 'text' },
    { key: 'sum', title: 'Нараховано', kind: 'money' },
    { key: 'day', title: 'День', kind: 'day' },
  ],
  rows: [
    { name: 'Їжак, "ґ"', sum: '1234567.89', day: '2026-11-23' },
    { name: '=1+1', sum: '-0.05', day: null },
  ],
  totals: { name: 'Разом', sum: '1234567.84' },
});

/** Reads entries of a zip file by its central directory: a second reader beside the library. */
function unzip(bytes: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  const end = bytes.lastIndexOf(Buffer.from('504b0506', 'hex'));
  let at = bytes.readUInt32LE(end + 16);
  for (let entry = 0; entry < bytes.readUInt16LE(end + 10); entry += 1) {
    const [nameSize, extra, note] = [
      bytes.readUInt16LE(at + 28),
      bytes.readUInt16LE(at + 30),
      bytes.readUInt16LE(at + 32),
    ];
    const name = bytes.toString('utf8', at + 46, at + 46 + nameSize);
    const local = bytes.readUInt32LE(at + 42);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const data = bytes.subarray(from, from + bytes.readUInt32LE(at + 20));
    files.set(name, (bytes.readUInt16LE(at + 10) === 0 ? data : inflateRawSync(data)).toString('utf8'));
    at += 46 + nameSize + extra + note;
  }
  return files;
}

describe('xlsx', () => {
  it('is read back cell by cell', async () => {
    const workbook = new ExcelJS.Workbook();
    const bytes = await xlsxBytes(sheet());
    await workbook.xlsx.load(bytes as never);
    const worksheet = workbook.worksheets[0];
    const read = (row: number, column: number) => worksheet?.getCell(row, column).value;
    expect(worksheet?.name).toBe('Оборот  2026 11 ');
    expect([read(1, 1), read(2, 1), read(2, 2)]).toEqual(['Оборотна відомість за 2026-11', 'Послуга', 'Нараховано']);
    expect([read(3, 1), read(3, 2), read(4, 1), read(4, 2), read(5, 2)]).toEqual([
      'Їжак, "ґ"',
      1234567.89,
      '=1+1',
      -0.05,
      1234567.84,
    ]);
    expect(read(3, 3)).toEqual(new Date('2026-11-23T00:00:00Z'));
  });

  it('holds sums as the exact decimal text and no formula', async () => {
    const files = unzip(await xlsxBytes(sheet()));
    const xml = files.get('xl/worksheets/sheet1.xml') ?? '';
    expect(xml).toContain('<v>1234567.89</v>');
    expect(xml).toContain('<v>-0.05</v>');
    expect(xml).not.toContain('<f>');
  });

  it('takes rows no faster than the file is read, and ends their source when nobody reads on', async () => {
    let [made, isEnded] = [0, false];
    async function* endless(): AsyncGenerator<Record<string, string>> {
      try {
        for (;;) yield { name: `рядок ${(made += 1)}`, sum: '1.00' };
      } finally {
        isEnded = true;
      }
    }
    const out = new PassThrough();
    const written = writeXlsx({ ...sheet(), rows: endless() }, out).catch((error: unknown) => error);
    for (let [calm, last] = [0, -1]; calm < 200; last = made) {
      await new Promise((resolve) => setImmediate(resolve));
      calm = made > 0 && made === last ? calm + 1 : 0;
    }
    expect(made).toBeLessThan(100_000);
    out.destroy();
    expect(await written).toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
    for (let turn = 0; turn < 1_000 && !isEnded; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(isEnded).toBe(true);
  });
});

describe('csv', () => {
  it('quotes, guards formulas and keeps negative numbers', async () => {
    expect(await csvText(sheet(), { bom: true })).toBe(
      '\uFEFFПослуга;Нараховано;День\r\n"Їжак, ""ґ""";1234567.89;2026-11-23\r\n\'=1+1;-0.05;\r\nРазом;1234567.84;\r\n',
    );
  });
  it.each(['=cmd()', '+1+2', '-2+3', '@sum', '\tx'])('defuses %s', async (name) => {
    const text = await csvText({ name: 'x', columns: [{ key: 'name', title: 'n', kind: 'text' }], rows: [{ name }] });
    expect(text.split('\r\n')[1]).toBe(`'${name}`);
  });
});

describe('dbf', () => {
  const fields: DbfField[] = [
    { name: 'ACCOUNT', type: 'C', size: 10 },
    { name: 'PAYER', type: 'C', size: 30 },
    { name: 'SUM', type: 'N', size: 10, decimals: 2 },
    { name: 'PAID', type: 'D', size: 8 },
  ];
  const folder = mkdtempSync(join(tmpdir(), 'dbf-'));

  it.each(['cp1251', 'cp1125'] as const)('is read back by another reader in %s', async (encoding) => {
    const rows = [
      { ACCOUNT: '0421057316', PAYER: 'Їжакевич Ґандзя Єгорівна', SUM: '1234.50', PAID: '2026-11-23' },
      { ACCOUNT: '0100000017', PAYER: null, SUM: '-0.05', PAID: null },
    ];
    const path = join(folder, `${encoding}.dbf`);
    writeFileSync(path, dbfBytes(fields, rows, { encoding, day: '2026-11-23' }));
    const read: unknown[] = [];
    for await (const row of readDbf(path, encoding)) read.push(row);
    expect(read).toEqual([
      { ACCOUNT: '0421057316', PAYER: 'Їжакевич Ґандзя Єгорівна', SUM: '1234.5', PAID: '2026-11-23' },
      { ACCOUNT: '0100000017', PAYER: '', SUM: '-0.05', PAID: null },
    ]);
    expect(readFileSync(path).readUInt16LE(8)).toBe(32 + 32 * 4 + 1);
  });

  it('gives the same bytes twice', () => {
    const make = (): Buffer =>
      dbfBytes(fields, [{ ACCOUNT: '1', PAYER: 'Іван', SUM: '1', PAID: null }], {
        encoding: 'cp866',
        day: '2026-11-23',
      });
    expect(() => make()).toThrow(DbfRefused);
    const plain = (): Buffer =>
      dbfBytes(fields, [{ ACCOUNT: '1', PAYER: 'Петро', SUM: '1', PAID: null }], {
        encoding: 'cp866',
        day: '2026-11-23',
      });
    expect(plain().equals(plain())).toBe(true);
  });

  it.each([
    ['letter', { PAYER: 'Ґудзь', SUM: '1' }],
    ['too-long', { PAYER: 'x'.repeat(31) }],
    ['not-a-number', { SUM: '1.005' }],
    ['too-long', { SUM: '123456789.00' }],
    ['not-a-day', { PAID: '23.11.2026' }],
  ] as const)('refuses what does not fit: %s', (reason, row) => {
    const make = (): Buffer => dbfBytes(fields, [row], { encoding: 'cp866', day: '2026-11-23' });
    expect(make).toThrow(expect.objectContaining({ reason, row: 1 }));
  });
});
