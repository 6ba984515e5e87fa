import { readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { Agent, request } from 'undici';
import { API_PORT, bankToken, startApi } from './api.ts';
import { LOAD_CARD, LOAD_CARD_MONTH } from './card-load.ts';
import { LOAD_DEBTS } from './debtors-load.ts';
import { type BenchDatabase, benchDatabase, keptDatabase, machine, median } from './server.ts';

interface DebtorsOptions {
  readonly accounts?: number;
  /** Months of the ledger that the years are compared with. */
  readonly months?: number;
  readonly pairs?: number;
  /** The longest debt in months. */
  readonly longest?: number;
  /** 1 = the city of the run before is measured again. */
  readonly again?: number;
}
type Ask = (path: string) => Promise<{ readonly ms: number; readonly bytes: number; readonly text: string }>;

const [LAST_MONTH, MEBIBYTE, LOOK_MS] = ['2026-11-01', 2 ** 20, 50];
const DEBT = `select i.account_id, sum(i.outstanding_kop)::bigint as debt, count(distinct i.debt_month)::int as months, min(i.debt_month) as oldest
  from billing.open_item i where i.due_on < '2026-11-23' group by 1`;
/** What a person would write by hand for the same page: filter, sort, names, count and sum of the whole filter. */
const PLAIN_PAGE = `with d as materialized (${DEBT} having sum(i.outstanding_kop) >= 100000 and count(distinct i.debt_month) >= 3),
  page as (select * from d order by debt desc, account_id limit 50)
  select a.number, p.surname || ' ' || p.given_name as holder, h.number_text, page.*, (select count(*) from d) as whole, (select sum(debt) from d) as whole_debt,
    (select max(y.paid_on) from payments.payment y where y.account_id = page.account_id) as last_paid
  from page join registry.account a on a.id = page.account_id join registry.person p on p.id = a.holder_id
  join registry.premises r on r.id = a.premises_id join registry.house h on h.id = r.house_id order by debt desc`;
const PLAIN_FILE = `select a.number, p.surname || ' ' || p.given_name || ' ' || p.patronymic as holder,
    n.type_short || ' ' || n.name || ', ' || h.number_text || ', кв. ' || r.number as address, h.district, d.debt, d.months, d.oldest,
    (select max(y.paid_on) from payments.payment y where y.account_id = d.account_id) as last_paid
  from (${DEBT}) d join registry.account a on a.id = d.account_id join registry.person p on p.id = a.holder_id
  join registry.premises r on r.id = a.premises_id join registry.house h on h.id = r.house_id
  join registry.street_name n on n.street_id = h.street_id and upper_inf(n.valid) order by a.number`;
const LEDGER_YEARS = 'select extract(year from for_period) as year, sum(amount_kop) from billing.pub_ledger_v1 group by 1 order by 1';

/** Debtors by HTTP against plain SQL, their file against COPY, debt by years against a scan of the ledger; in turn. */
export async function benchDebtors({ accounts = 200_000, months = 12, pairs = 5, longest = 24, again = 0 }: DebtorsOptions): Promise<object> {
  const bench = again ? keptDatabase('bench_debtors') : await city(accounts, months, longest);
  const stop = await startApi(bench);
  try {
    const ask = asker();
    const page = 'debt/debtors?from=1000&months=3';
    const plain = (sql: string): Promise<number> => timed(() => bench.app.query(sql));
    await Promise.all([ask(page), plain(PLAIN_PAGE)]);
    const firstPage = await rounds(pairs, async () => [await plain(PLAIN_PAGE), (await ask(page)).ms]);
    const second = await nextPage(ask, page);
    const years = await rounds(pairs, async () => [await plain(LEDGER_YEARS), (await ask('debt/reports/years')).ms]);
    const files: Record<string, object> = {};
    for (const format of ['csv', 'xlsx', 'dbf']) files[format] = await file(bench, ask, format, pairs);
    const [size] = await bench.owner.query(
      `select (select count(*) from billing.open_item)::int as items, (select count(*) from billing.pub_ledger_v1)::int as ledger,
         (select count(distinct account_id) from billing.open_item where due_on < '2026-11-23')::int as debtors`,
    );
    return { machine: machine(), accounts, months, longest, ...size, firstPage, secondPageMs: second, years, files };
  } finally {
    await stop();
    await bench.end();
  }
}

async function city(accounts: number, months: number, longest: number): Promise<BenchDatabase> {
  const bench = await benchDatabase('bench_debtors');
  const { owner } = bench;
  const first = Array.from({ length: months }, (_, back) => monthBack(back)).toReversed();
  await owner.transaction(async (tx) => {
    await tx.query('set local session_replication_role = replica');
    await tx.query('alter table tariffs.supply drop constraint supply_account_id_service_id_provider_id_valid_excl');
    for (const sql of LOAD_CARD) await tx.query(sql, [accounts, months]);
    for (const month of first) for (const sql of LOAD_CARD_MONTH) await tx.query(sql, sql.includes('$3') ? [accounts, month, false] : [accounts, month]);
    for (const sql of LOAD_DEBTS) await tx.query(sql, [accounts, longest]);
  });
  await owner.query(`insert into administration.role_permission values ('channel', 'debt.read') on conflict do nothing`);
  await owner.query(`insert into administration.user_scope values ('komplat-bank', 'all', '*')`);
  await owner.query('delete from platform.rate_limit');
  await owner.query('vacuum analyze');
  return bench;
}

const monthBack = (back: number): string => {
  const date = new Date(`${LAST_MONTH}T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() - 1 - back);
  return date.toISOString().slice(0, 10);
};

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function rounds(pairs: number, pair: () => Promise<number[]>): Promise<object> {
  const found: number[][] = [];
  for (let at = 0; at < pairs; at += 1) found.push(await pair());
  const whole = (column: number): number => Math.round(median(found.map((row) => row[column] ?? 0)));
  const ratios = found.map(([plain = 1, product = 1]) => product / plain);
  return { plainMs: whole(0), productMs: whole(1), medianRatio: Math.round(median(ratios) * 1000) / 1000 };
}

/** Every question comes with a token of its own: the whole run lasts longer than a token. */
const asker = (): Ask => {
  const dispatcher = new Agent({ connections: 1, headersTimeout: 600_000, bodyTimeout: 600_000 });
  return async (path) => {
    const token = await bankToken();
    const started = performance.now();
    const { statusCode, body } = await request(`http://127.0.0.1:${API_PORT}/api/v1/${path}`, { dispatcher, headers: { authorization: `Bearer ${token}` } });
    let [bytes, text] = [0, ''];
    for await (const piece of body) {
      const part = Buffer.from(piece);
      bytes += part.length;
      if (text.length < MEBIBYTE) text += part.toString('utf8');
    }
    if (statusCode !== 200) throw new Error(`${path}: ${statusCode} ${text.slice(0, 300)}`);
    return { ms: performance.now() - started, bytes, text };
  };
};

async function nextPage(ask: Ask, path: string): Promise<number> {
  const first: { next: string | null } = JSON.parse((await ask(path)).text);
  return Math.round((await ask(`${path}&after=${encodeURIComponent(first.next ?? '')}`)).ms);
}

/** Rows a second of the file and of COPY TO of the plain query; the largest memory of the API while it writes. */
async function file(bench: BenchDatabase, ask: Ask, format: string, pairs: number): Promise<object> {
  const pid = apiPid();
  const before = rssOf(pid);
  let [most, bytes] = [0, 0];
  const watch = setInterval(() => (most = Math.max(most, rssOf(pid))), LOOK_MS);
  const result = await rounds(pairs, async () => {
    const copy = await timed(() => copied(bench));
    const answer = await ask(`debt/debtors/file?format=${format}&sort=account`);
    bytes = answer.bytes;
    return [copy, answer.ms];
  });
  clearInterval(watch);
  return { ...result, bytes, rssBeforeMb: Math.round(before / MEBIBYTE), rssMostMb: Math.round(most / MEBIBYTE) };
}

const copied = ({ app }: BenchDatabase): Promise<void> =>
  app.transaction(async (tx) => {
    for await (const piece of await tx.copyOut(`copy (${PLAIN_FILE}) to stdout`)) void piece;
  });

/** The process that listens on the port of the API. */
const apiPid = (): number => Number(execFileSync('pgrep', ['-P', String(process.pid), '-f', 'apps/api/src/main.ts'], { encoding: 'utf8' }).split('\n')[0]);
const rssOf = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
