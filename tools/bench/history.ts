import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Period } from '@komplat/kernel';
import { FileStore, systemActor } from '@komplat/server';
import { FactFiles } from '../../modules/billing/server/history/fact-files.ts';
import { HistoryDesk } from '../../modules/billing/server/history/history-desk.ts';
import { HistoryLoader } from '../../modules/billing/server/history/history-loader.ts';
import { HistoryStage } from '../../modules/billing/server/history/history-stage.ts';
import { type BenchDatabase, benchDatabase, machine, median } from './server.ts';

const FIRST = Period.parse('2015-01');
const SERVICES = 5;
const TABLES = ['ledger_entry', 'allocation', 'period_balance', 'open_item', 'advance'] as const;
const LIMIT = 2 ** 40;
const actor = systemActor('bench');

/** Accounts, five services of two providers. */
const CITY = (accounts: number): readonly string[] => [
  `insert into platform.operating_day (day, state) values ('2026-11-23', 'open')`,
  `insert into tariffs.service (id, code, name, name_en, unit, quantity_scale, charge_base, kind, pay_order, linked_services, valid)
     select n, 'S' || n, 'S' || n, 'S' || n, 'u', 2, 'x', 'communal', n, '{}', '[1997-01-01,)' from generate_series(1, ${SERVICES}) n`,
  `insert into tariffs.provider select n, 'P' || n, 'P' || n, 'P' || n, 'enterprise', '71208193', '305299', 'UA', '[1997-01-01,)', null from generate_series(1, 2) n`,
  `insert into registry.street values (1, 'S001', 1)`,
  `insert into registry.house (id, code, street_id, number_text, kind, district, year_built, floors, entrances, flats, flats_area, heating, hot_water, sewer,
     stove, postcode) values (1, 'H0001', 1, '1', 'apartment_5', 1, 1974, 5, 2, 40, 1900, 'central', 'central', 'central', 'gas', '06101')`,
  `insert into registry.premises select n, 1, n::text, 'flat', 1 from generate_series(1, ${accounts}) n`,
  `insert into registry.person (id, surname, given_name, patronymic, sex) values ('00000000-0000-7000-8000-000000000001', 'К', 'І', 'П', 'm')`,
  `insert into registry.account select n, lpad(n::text, 10, '0'), n, '00000000-0000-7000-8000-000000000001', '1997-01-01' from generate_series(1, ${accounts}) n`,
  `insert into registry.account_alias (account_id, owner, number, valid) select n, 'former-centre', (20000000 + n)::text, '[1997-01-01,)'
     from generate_series(1, ${accounts}) n`,
];

/** A row a month and service: the charge of the month, and the charge of the month before paid; every fortieth account pays nothing. */
function* rowsOf(accounts: number, from: number, months: number): Generator<string> {
  yield 'account;service;provider;month;opening;charged;recalculated;benefit;subsidy;paid;closing\n';
  const charge = (account: number, service: number, month: number): number => 10_000 + ((account * 7 + service * 131 + month * 17) % 5_000);
  const text = (kop: number): string => `${Math.trunc(kop / 100)}.${String(kop % 100).padStart(2, '0')}`;
  const owed = new Map<string, number>();
  for (let month = from; month < from + months; month += 1) {
    const name = FIRST.plus(month).toString();
    let group = '';
    for (let account = 1; account <= accounts; account += 1) {
      for (let service = 1; service <= SERVICES; service += 1) {
        const isIdle = account % 40 === 0;
        const key = `${account} ${service}`;
        const before = month === 0 ? 0 : isIdle ? (owed.get(key) ?? firstDebt(account, service, month)) : charge(account, service, month - 1);
        const charged = charge(account, service, month);
        const paid = isIdle ? 0 : before;
        if (isIdle) owed.set(key, before + charged);
        group += `${20_000_000 + account};S${service};P${service > 3 ? 2 : 1};${name};${text(before)};${text(charged)};0.00;0.00;0.00;${text(paid)};${text(before + charged - paid)}\n`;
      }
      if (group.length < 60_000) continue;
      yield group;
      group = '';
    }
    yield group;
  }
  function firstDebt(account: number, service: number, month: number): number {
    let sum = 0;
    for (let past = 0; past < month; past += 1) sum += charge(account, service, past);
    return sum;
  }
}

interface Pair {
  readonly rows: number;
  readonly written: number;
  readonly copySeconds: number;
  readonly checkSeconds: number;
  readonly loadSeconds: number;
  /** Rows written a second, all of the product's work against COPY of those rows with their keys. */
  readonly share: number;
  readonly loadShare: number;
  readonly rssMib: number;
}

/**
 * Files of the old system, each the next months of all accounts: read, checked, loaded, locked with digests; against COPY of the
 * very rows that were written (entries, allocations, balances, items, advances) into empty tables with the same keys and indexes.
 */
export async function benchHistory({ accounts = 5_000, months = 12, pairs = 3 }: { accounts?: number; months?: number; pairs?: number }): Promise<object> {
  const bench = await benchDatabase('bench_history');
  const folder = await mkdtemp(join(tmpdir(), 'komplat-history-'));
  try {
    for (const sql of CITY(accounts)) await bench.owner.query(sql);
    await bench.owner.query('create schema b');
    await bench.owner.query('vacuum analyze');
    const measured: Pair[] = [];
    for (let pair = 0; pair < pairs; pair += 1) measured.push(await onePair(bench, folder, accounts, pair * months, months));
    return {
      machine: machine(), accounts, months, pairs: measured, medianShare: median(measured.map(({ share }) => share)),
      medianLoadShare: median(measured.map(({ loadShare }) => loadShare)),
      rowsPerSecond: median(measured.map(({ rows, checkSeconds, loadSeconds }) => rows / (checkSeconds + loadSeconds))),
    };
  } finally {
    await bench.end();
    await rm(folder, { recursive: true, force: true });
  }
}

async function onePair(bench: BenchDatabase, folder: string, accounts: number, from: number, months: number): Promise<Pair> {
  const files = new FileStore(join(folder, 'store'), Buffer.alloc(32, 7), 'bench', bench.app);
  const stage = new HistoryStage(bench.app, files);
  const facts = new FactFiles(bench.app, stage, { get: () => { throw new Error('balances only'); } });
  const desk = new HistoryDesk(bench.app, files, stage, facts);
  const loader = new HistoryLoader(bench.app, bench.close, stage, facts);
  const { id } = await desk.upload(Readable.from(rowsOf(accounts, from, months)), { kind: 'balances', name: `m${from}.csv`, owner: 'former-centre', limit: LIMIT }, actor);
  const checkSeconds = await seconds(() => loader.check(id, actor));
  const loadSeconds = await seconds(() => loader.load(id, 'bench', actor));
  const rssMib = Math.round(process.memoryUsage().rss / 2 ** 20);
  const days = [FIRST.plus(from).firstDay, FIRST.plus(from + months - 1).firstDay];
  let copySeconds = 0;
  let written = 0;
  for (const table of TABLES) {
    const month = table === 'open_item' ? 'debt_month' : table === 'advance' ? 'credit_period' : 'period';
    const path = join(folder, table);
    await bench.owner.transaction(async (tx) => {
      await tx.query(`create table b.${table} (like billing.${table} including all)`);
      await pipeline(await tx.copyOut(`copy (select * from billing.${table} where ${month} between '${days[0]}' and '${days[1]}'
        ${table === 'ledger_entry' ? 'order by account_id, period, id' : ''}) to stdout`), createWriteStream(path));
    });
    copySeconds += await seconds(() => bench.owner.transaction(async (tx) => pipeline(createReadStream(path), await tx.copyIn(`copy b.${table} from stdin`))));
    const [count] = await bench.owner.query<{ n: number }>(`select count(*)::int as n from b.${table}`);
    written += count?.n ?? 0;
    await bench.owner.query(`drop table b.${table}`);
  }
  const rows = accounts * SERVICES * months;
  return {
    rows, written, copySeconds, checkSeconds, loadSeconds, rssMib, share: copySeconds / (checkSeconds + loadSeconds), loadShare: copySeconds / loadSeconds,
  };
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1_000;
}
