import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Dec, Money, Period } from '@komplat/kernel';
import { DBFFile } from 'dbffile';
import { type Form2Row, makeForm2 } from '../domain/index.ts';
import { layoutBytes } from '../server/services/award-reader.ts';

const CODES = { MNT: '500', WASTE: '5061', EL: '504' };
const row = (given: Partial<Omit<Form2Row, 'sum'>> & { sum: string }): Form2Row => ({
  provider: '71120587', taxNumber: '2345678901', fullName: 'Ґалаган Їжак’євич-Щур', address: 'вул. Соборна, 12а, кв. 5', account: '0100000017',
  month: Period.parse('2018-11'), service: 'MNT', from: '2018-11-01', to: '2018-11-30', covered: 2, category: 'UBD',
  categoryName: 'Учасник бойових дій', edarpCode: '1', percent: new Dec(75), volume: null, tariff: new Dec('5.25'), entitlementDocument: 'ПС 1',
  ...given, sum: Money.parse(given.sum),
});
const LEDGER: readonly Form2Row[] = [
  row({ sum: '206.72' }),
  row({ sum: '45.18', service: 'EL', volume: new Dec('35.883'), tariff: new Dec('1.680000') }),
  row({ sum: '-12.40', service: 'EL', from: '2018-10-01', to: '2018-10-31', volume: new Dec('-9.841'), tariff: new Dec('1.68') }),
  row({ sum: '30.00', service: 'WASTE', fullName: 'Мельник Олена Іванівна', taxNumber: '', account: '0100000025', category: 'IV2', edarpCode: '12', covered: 1,
    categoryName: 'Особа з інвалідністю', percent: new Dec(100) }),
  row({ sum: '0.01', service: 'INTERCOM', fullName: 'Шевчук Петро', account: '0100000033', category: 'MIS', edarpCode: null, categoryName: 'Почесний', percent: new Dec(50) }),
];

describe('form 2-benefit (law.md 2.5)', () => {
  const form = makeForm2(LEDGER, CODES);

  it('the DBF, read back by dbffile, has the fields of the order in their order and the totals of the ledger', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'komplat-form2-')), 'pilga.dbf');
    writeFileSync(path, layoutBytes('FACILITY_FORM2', form.records, '2018-12-05'));
    const file = await DBFFile.open(path, { encoding: 'cp866' });
    expect(file.fields.map(({ name }) => name).join(' ')).toBe(
      'CDPR IDCODE FIO PPOS RS YEARIN MONTHIN LGCODE DATA1 DATA2 LGKOL LGKAT LGPRC SUMM FACT TARIF FLAG',
    );
    const records = await file.readRecords();
    const sum = records.reduce((total, record) => total + Math.round(Number(record['SUMM']) * 100), 0);
    const ledger = LEDGER.reduce((total, each) => total + each.sum.kop, 0n);
    expect([records.length, sum]).toEqual([LEDGER.length, Number(ledger)]);
    expect(form.total.kop).toBe(ledger);
    expect(records.find((record) => record['LGCODE'] === 5061)).toMatchObject({
      CDPR: 71120587, FIO: 'Мельник Олена Iванiвна', RS: '0100000025', YEARIN: 2018, MONTHIN: 11, LGKOL: 1, LGKAT: '12', LGPRC: 100, SUMM: 30, FLAG: 0,
    });
    const back = records.find((record) => record['SUMM'] === -12.4);
    expect([back?.['FACT'], back?.['TARIF'], back?.['FLAG']]).toEqual([-9.841, 1.68, 1]);
  });

  it('prints a block a category, two lines a person, sums by service that add up', () => {
    expect(form.blocks.map(({ category, persons }) => [category, persons])).toEqual([['IV2', 1], ['MIS', 1], ['UBD', 1]]);
    const [line] = form.blocks[2]?.lines ?? [];
    expect(line?.first).toMatchObject({ covered: 2, category: '1', year: 2018, days: 31 });
    expect(line?.first.sums['EL']?.toString()).toBe('32.78');
    expect(line?.first.total.toString()).toBe('239.50');
    expect(line?.second).toMatchObject({ percent: '75', account: '0100000017', month: '2018-11', volumes: { EL: '26.042' } });
    expect(Money.sum(form.blocks.map(({ total }) => total)).kop).toBe(form.total.kop);
    expect(Money.sum(Object.values(form.totals)).kop).toBe(form.total.kop);
  });

  it('names what has no code yet: a service and a category', () => {
    expect(form.problems).toEqual([
      { code: 'benefits.form2.service-code', params: { service: 'INTERCOM' } },
      { code: 'benefits.form2.category-code', params: { category: 'MIS' } },
    ]);
  });
});
