import { Money } from '@komplat/kernel';
import type { DbfRecord } from '../domain/index.ts';

type Record8 = Readonly<Partial<Record<1 | 2 | 3 | 4 | 5 | 6 | 7 | 8, string>>>;
const PLACES = [1, 2, 3, 4, 5, 6, 7, 8] as const;
const text = (kop: bigint): string => Money.ofKop(kop).toString();

/** A row of SUBSIDY whose identities hold. `sums` by the place of the service, a month. */
export function subsidy(given: {
  account: string; months: number; sums: Record8; from?: string; to?: string; holder?: string;
}): DbfRecord {
  const kop = PLACES.map((place) => Money.parse(given.sums[place] ?? '0').kop);
  const total = kop.reduce((sum, each) => sum + each, 0n);
  const count = BigInt(given.months);
  const eight = (name: string, values: readonly string[]): DbfRecord =>
    Object.fromEntries(values.map((value, index) => [`${name}${index + 1}`, value]));
  return {
    FIO: given.holder ?? 'Коваленко І. П.', ID_RAJ: '2301', NP_CODE: null, NP_NAME: 'Яворопіль', CAT_V: 'вул', VULCOD: null, NAME_V: 'Соборна',
    BLD: '12а', CORP: null, FLAT: '5', RASH: given.account, NUMB: 'D-17', DAT1: given.from ?? '2026-11-01', DAT2: given.to ?? '2026-11-30',
    NM_PAY: '2000.00', ...eight('P', ['1500.2500', '499.7500', '0', '0', '0', '0', '0', '0']),
    ...eight('SM', kop.map((each) => text(each * count))), ...eight('SB', kop.map(text)), ...eight('OB', PLACES.map(() => '0.00')),
    SUMMA: text(total * count), NUMM: String(given.months), SUBS: text(total), KVT: '1', MON: '1', EBK: null,
  };
}

/** A row of the control table whose identities hold. */
export function control(given: {
  account: string; place: number; st: string; zadol: string; perer: string; oplata: string; doplata: string;
}): DbfRecord {
  const kop = (value: string): bigint => Money.parse(value).kop;
  return {
    RS: given.account, FIO: 'Коваленко І. П.', DELO: 'D-17', LGCODE: String(given.place), YEARIN: '2026', MONTHIN: '11', ST: given.st,
    FIN: text(kop(given.st) - kop(given.doplata)), ZADOL: given.zadol, NACHISLENO: given.perer, PERER: given.perer, OPLATA: given.oplata,
    DOPLATA: given.doplata, DOLG: text(kop(given.zadol) + kop(given.perer) - kop(given.oplata) - kop(given.doplata)),
  };
}

/** A row of the J file whose identities hold. */
export function jFile(given: { account: string; month: string; heat: string; water: string }): DbfRecord {
  const total = text(Money.parse(given.heat).kop + Money.parse(given.water).kop);
  return {
    DOM: '12', REG: '1', LS: given.account, DELO: 'D-18', TOT: total, PERIOD: given.month, FIO: 'Мельник О. В.', ADRES: 'вул. Соборна, 12а', NKW: '7',
    KWART: '0', OTOPL: given.heat, PODOGR: '0', WODA: given.water, GAZ: '0', ELEKTR: '0', STOKI: '0', TOT_O: '10.00', KWART_O: '10.00', OTOPL_O: '0',
    GORWODA_O: '0', WODA_O: '0', GAZ_O: '0', ELEKTR_O: '0', STOKI_O: '0', VC: '0', PLE: '0', BEGIN0: '2026-10-15', END0: '2027-04-15', PR_KV: '0',
  };
}
