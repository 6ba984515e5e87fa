import { describe, expect, it } from '@jest/globals';
import { Period } from '@komplat/kernel';
import { type AwardLayout, type DbfRecord, LAYOUTS, monthOfName, readAwardRow, recogniseLayout } from '../domain/index.ts';
import { control, jFile, subsidy } from './award-records.ts';

const NOVEMBER = Period.parse('2026-11');
const read = (layout: AwardLayout, record: DbfRecord) => readAwardRow(layout, record, NOVEMBER);
const codeOf = (layout: AwardLayout, record: DbfRecord): string => {
  const item = read(layout, record);
  return item.ok ? 'ok' : `${item.broken.code} ${item.broken.params['rule'] ?? ''}`.trim();
};

describe('layouts of the exchange (formats.md 5.2)', () => {
  it('have as many fields as listed: SUBSIDY 53, J 29, S 74, FACILITY_FORM2 17', () => {
    expect([LAYOUTS.SUBSIDY, LAYOUTS.SUBSIDY_J_FILE, LAYOUTS.SUBSIDY_S_FILE, LAYOUTS.FACILITY_FORM2].map((fields) => fields.length)).toEqual([
      53, 29, 74, 17,
    ]);
  });
  it('are told apart by their fields', () => {
    for (const layout of ['SUBSIDY', 'SUBSIDY_J_FILE', 'SUBSIDY_S_FILE', 'CONTROL'] as const) {
      expect(recogniseLayout(LAYOUTS[layout].map(({ name }) => name))).toBe(layout);
    }
    expect(recogniseLayout(['ABCOUNT', 'SUMM'])).toBeUndefined();
  });
  it('the name of a file tells its month', () => {
    expect(monthOfName('oszn_1126.DBF')?.toString()).toBe('2026-11');
    expect(monthOfName('12345678S0197.dbf')?.toString()).toBe('1997-01');
    expect([monthOfName('file.dbf'), monthOfName('x1399.dbf')]).toEqual([undefined, undefined]);
  });
});

describe('a row of SUBSIDY', () => {
  const good = subsidy({ account: '0100000017', months: 1, sums: { 2: '1200.50', 4: '99.50' } });
  it('gives sums by service and month', () => {
    expect(read('SUBSIDY', good)).toEqual({
      ok: true,
      row: {
        account: '0100000017', caseNumber: 'D-17', holder: 'Коваленко І. П.', first: NOVEMBER, months: 1,
        parts: [{ service: 'HEAT', kop: 120_050n }, { service: 'CW', kop: 9_950n }],
      },
    });
  });
  it('several months are those of the term', () => {
    const item = read('SUBSIDY', subsidy({ account: '1', months: 6, sums: { 2: '100.00' }, from: '2026-11-01', to: '2027-04-30' }));
    expect(item).toMatchObject({ ok: true, row: { months: 6, parts: [{ service: 'HEAT', kop: 10_000n }] } });
  });
  it.each([
    ['SUBS', { ...good, SUBS: '1300.01' }, 'benefits.row.identity SUBS = SB1 + … + SB8'],
    ['SUMMA', { ...good, SUMMA: '1.00' }, 'benefits.row.identity SUMMA = SM1 + … + SM8'],
    ['SUMMA by months', { ...good, NUMM: '2', DAT2: '2027-04-30' }, 'benefits.row.identity SUMMA = SUBS × NUMM'],
    ['NM_PAY', { ...good, NM_PAY: '7.00' }, 'benefits.row.identity NM_PAY = P1 + … + P8'],
    ['a term of another month', { ...good, DAT1: '2026-05-01', DAT2: '2026-10-31' }, 'benefits.row.other-month'],
    ['a term that is too short', subsidy({ account: '1', months: 6, sums: { 2: '100.00' } }), 'benefits.row.term'],
    ['no date', { ...good, DAT1: null }, 'benefits.row.not-a-day'],
    ['no account', { ...good, RASH: ' ' }, 'benefits.row.no-account'],
    ['no sum', subsidy({ account: '1', months: 1, sums: {} }), 'benefits.row.empty'],
    ['both signs', subsidy({ account: '1', months: 1, sums: { 1: '5.00', 2: '-3.00' } }), 'benefits.row.mixed-signs'],
    ['stars', { ...good, SB1: '*******' }, 'benefits.row.not-a-number'],
  ])('refuses %s', (_, record, code) => expect(codeOf('SUBSIDY', record)).toBe(code));
});

describe('control identities of law.md 3.4', () => {
  const good = control({ account: '0100000017', place: 2, st: '1600.00', zadol: '100.00', perer: '1500.00', oplata: '900.00', doplata: '50.00' });
  it('hold: the month of the service is read', () => {
    expect(read('CONTROL', good)).toMatchObject({ ok: true, row: { parts: [{ service: 'HEAT', kop: 150_000n }] } });
  });
  it.each([
    ['dolg', { ...good, DOLG: '650.01' }, 'benefits.row.identity dolg = zadol + perer − oplata − doplata'],
    ['nachisleno', { ...good, NACHISLENO: '1499.99' }, 'benefits.row.identity nachisleno = perer'],
    ['fin', { ...good, FIN: '1600.00' }, 'benefits.row.identity fin = st − doplata'],
    ['month', { ...good, MONTHIN: '10' }, 'benefits.row.other-month'],
    ['month 13', { ...good, MONTHIN: '13' }, 'benefits.row.not-a-day'],
    ['service', { ...good, LGCODE: '9' }, 'benefits.row.service-code'],
  ])('%s broken is named', (_, record, code) => expect(codeOf('CONTROL', record)).toBe(code));
});

describe('a row of the S file', () => {
  const good: DbfRecord = {
    ...Object.fromEntries(LAYOUTS.SUBSIDY_S_FILE.map(({ name, type }) => [name, type === 'N' ? '0' : null])),
    P_ACCOUNT: '654321', N_DEL: 'D-9', DT: '2026-11-15', KWART: '10.10', MUSOR: '5.05', LIFT: '1.00', TOTRASKLAD: '16.15',
  };
  it('adds up to TOTRASKLAD', () => {
    expect(read('SUBSIDY_S_FILE', good)).toMatchObject({
      ok: true,
      row: { account: '654321', parts: [{ service: 'MNT', kop: 1_010n }, { service: 'WASTE', kop: 505n }, { service: 'LIFT', kop: 100n }] },
    });
    expect(codeOf('SUBSIDY_S_FILE', { ...good, TOTRASKLAD: '16.16' })).toBe('benefits.row.identity TOTRASKLAD = KWART + … + LIFT');
    expect(codeOf('SUBSIDY_S_FILE', { ...good, DT: '2026-12-01' })).toBe('benefits.row.other-month');
  });
});

describe('a row of the J file', () => {
  const good = jFile({ account: '123456', month: '2026-11-01', heat: '700.00', water: '55.25' });
  it('adds up to TOT', () => {
    expect(read('SUBSIDY_J_FILE', good)).toMatchObject({
      ok: true, row: { account: '123456', parts: [{ service: 'HEAT', kop: 70_000n }, { service: 'CW', kop: 5_525n }] },
    });
    expect(codeOf('SUBSIDY_J_FILE', { ...good, TOT: '755.26' })).toBe('benefits.row.identity TOT = KWART + … + STOKI');
    expect(codeOf('SUBSIDY_J_FILE', { ...good, PERIOD: '2026-10-01' })).toBe('benefits.row.other-month');
  });
});
