import { dbfBytes } from '@komplat/documents';
import { Chance } from './world.ts';

export interface HistoryRow {
  readonly account: string;
  readonly service: string;
  readonly provider: string;
  readonly month: string;
  readonly sums: { opening: bigint; charged: bigint; recalculated: bigint; benefit: bigint; subsidy: bigint; paid: bigint; closing: bigint };
}
export const SUMS = ['opening', 'charged', 'recalculated', 'benefit', 'subsidy', 'paid', 'closing'] as const;
const text = (kop: bigint): string => {
  const size = kop < 0n ? -kop : kop;
  return `${kop < 0n ? '-' : ''}${size / 100n}.${String(size % 100n).padStart(2, '0')}`;
};

/** Months of an invented old system: debts, overpayments, returns, months without a row when nothing moved. */
export function inventHistory(seed: number, accounts: readonly string[], months: readonly string[], open?: ReadonlyMap<string, bigint>): HistoryRow[] {
  const chance = new Chance(seed);
  const rows: HistoryRow[] = [];
  for (const account of accounts) {
    for (const [service, provider] of [['MNT', 'P01'], ['CW', 'P02'], ['SW', 'P02']] as const) {
      const kop = (low: number, high: number, share: number): bigint => (chance.is(share) ? BigInt(chance.int(low, high)) : 0n);
      let opening = open ? (open.get(`${account} ${service}`) ?? 0n) : kop(-5_000, 90_000, 0.5);
      for (const month of months) {
        const charged = kop(1_000, 60_000, 0.9);
        const recalculated = kop(-20_000, 9_000, 0.2);
        const benefit = kop(0, 4_000, 0.2);
        const subsidy = kop(0, 9_000, 0.1);
        const paid = chance.is(0.05) ? -700n : kop(500, 120_000, 0.7);
        const closing = opening + charged + recalculated - benefit - subsidy - paid;
        const sums = { opening, charged, recalculated, benefit, subsidy, paid, closing };
        if (SUMS.some((name) => sums[name] !== 0n)) rows.push({ account, service, provider, month, sums });
        opening = closing;
      }
    }
  }
  return rows;
}

const HEAD = ['Рахунок', 'Послуга', 'Надавач', 'Місяць', 'Сальдо на початок', 'Нараховано', 'Перерахунок', 'Пільга', 'Субсидія', 'Оплата', 'Сальдо на кінець'];

export const csvOf = (rows: readonly HistoryRow[]): string =>
  [HEAD.join(';'), ...rows.map((row) => [row.account, row.service, row.provider, row.month, ...SUMS.map((name) => text(row.sums[name]).replace('.', ','))].join(';'))].join('\r\n') + '\r\n';

export const dbfOf = (rows: readonly HistoryRow[]): Buffer => {
  const names = ['ACCOUNT', 'SERVICE', 'PROVIDER', 'MONTH', 'OPENING', 'CHARGED', 'RECALC', 'BENEFIT', 'SUBSIDY', 'PAID', 'CLOSING'];
  const fields = names.map((name, index) => (index < 4 ? { name, type: 'C' as const, size: 12 } : { name, type: 'N' as const, size: 14, decimals: 2 }));
  const records = rows.map((row) =>
    Object.fromEntries(names.map((name, index) => [name, [row.account, row.service, row.provider, row.month, ...SUMS.map((sum) => text(row.sums[sum]))][index] ?? ''])),
  );
  return dbfBytes(fields, records, { encoding: 'cp866', day: '2026-11-23' });
};

/** Stated totals; `off` adds to the closing sum of the first line. */
export function controlOf(rows: readonly HistoryRow[], off = 0n): string {
  const keys = [...new Set(rows.map(({ provider, month }) => `${provider};${month}`))];
  const lines = keys.map((key, index) => {
    const own = rows.filter(({ provider, month }) => `${provider};${month}` === key);
    const sums = SUMS.map((name) => text(own.reduce((sum, row) => sum + row.sums[name], name === 'closing' && index === 0 ? off : 0n)));
    return [key, ...sums, String(own.length)].join(';');
  });
  return ['provider;month;opening;charged;recalculated;benefit;subsidy;paid;closing;rows', ...lines].join('\n');
}

/** The month that debts from before the first one get. */
export const BEFORE = '0000-00';

/** Unpaid months of one service by hand: every credit, in order of months, pays the oldest debt; money ahead waits. */
export function settle(rows: readonly HistoryRow[]): { readonly owed: ReadonlyMap<string, bigint>; readonly ahead: bigint } {
  const owed = new Map<string, bigint>();
  let ahead = 0n;
  const add = (month: string, kop: bigint): void => {
    const used = ahead < kop ? ahead : kop;
    ahead -= used;
    if (kop > used) owed.set(month, (owed.get(month) ?? 0n) + kop - used);
  };
  const pay = (kop: bigint): void => {
    let rest = kop;
    for (const [month, due] of [...owed].toSorted()) {
      const used = due < rest ? due : rest;
      rest -= used;
      if (due === used) owed.delete(month);
      else owed.set(month, due - used);
    }
    ahead += rest;
  };
  for (const { month, sums } of rows.toSorted((a, b) => (a.month < b.month ? -1 : 1))) {
    const first = owed.size === 0 && ahead === 0n && month === rows[0]?.month ? sums.opening : 0n;
    if (first > 0n) add(BEFORE, first);
    else if (first < 0n) pay(-first);
    const moves = [sums.charged, sums.recalculated, -sums.benefit, -sums.subsidy, -sums.paid];
    for (const kop of moves) if (kop > 0n) add(month, kop);
    for (const kop of moves) if (kop < 0n) pay(-kop);
  }
  return { owed, ahead };
}
