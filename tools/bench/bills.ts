import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readCatalogue } from '@komplat/all/messages';
import { plugins } from '@komplat/all/server';
import { BillPrinter, BillStore, RunJobs, RunsService, unpacked } from '@komplat/bills/server';
import { wholeHtml } from '@komplat/documents';
import { type Command, compose } from '@komplat/plugin-api';
import { PlatformEnv, PlatformModule, systemActor } from '@komplat/server';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import puppeteer, { type Browser, type Page } from 'puppeteer';
import { type BenchDatabase, benchDatabase, machine, median } from './server.ts';

const MONTH = '2026-10';
export const CONCURRENCY = 2;
const round = (value: number, digits = 1): number => Math.round(value * 10 ** digits) / 10 ** digits;

/**
 * Mass print against a plain loop of Chromium over the same HTML, in turns over the same parts; one bill against one raw page.
 * Ours reads the ledger, issues, writes outcomes, draws codes, prints and keeps the file; the loop only prints.
 */
export async function benchBills({ accounts = 2_000, size = 100, singles = 60 }: { accounts?: number; size?: number; singles?: number }): Promise<object> {
  const bench = await benchDatabase('bench_bills');
  const app = await makeCity(bench, accounts, 2);
  const browser = await rawBrowser();
  try {
    const mass = await massRun(app, bench, browser, size);
    return { machine: machine(), accounts, jobSize: size, concurrency: CONCURRENCY, ...mass, single: await single(app, bench, browser, singles) };
  } finally {
    await browser.close();
    await app.close();
    await bench.end();
  }
}

/** The product over a bench's database. */
export async function benchApp(bench: BenchDatabase): Promise<INestApplicationContext> {
  const env = PlatformEnv.parse({ ...process.env, DATABASE_URL: bench.urls.app, DATABASE_CLOSE_URL: bench.urls.close, LOG_LEVEL: 'silent', KOMPLAT_PROFILE: 'training' });
  const composition = compose(plugins);
  const platform = PlatformModule.with({ name: 'bench', env, composition, catalogue: readCatalogue(plugins.map(({ id }) => id)) });
  class Root {}
  Module({ imports: [platform, ...composition.order.map(({ nest }) => nest.core)] })(Root);
  return NestFactory.createApplicationContext(Root, { logger: false, abortOnError: false });
}

/** The demonstration city in a bench's database, with the product over it. */
export async function makeCity(bench: BenchDatabase, accounts: number, months: number): Promise<INestApplicationContext> {
  const app = await benchApp(bench);
  const create = compose(plugins).order.flatMap(({ commands = [] }) => commands).find(({ words }) => words === 'city create');
  if (!create) throw new Error('no command makes the city');
  const note = (message: string): void => void process.stderr.write(`${message}\n`);
  await app.get<Command>(create.provider, { strict: false }).run({ accounts, months, seed: 7, current: '2026-11' }, { actor: systemActor('bench'), note });
  return app;
}

export const rawBrowser = (): Promise<Browser> =>
  puppeteer.launch({ executablePath: process.env.CHROMIUM_BIN, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });

export async function rawPages(browser: Browser): Promise<Page[]> {
  return Promise.all(Array.from({ length: CONCURRENCY }, () => browser.newPage()));
}
export const rawPrint = async (page: Page, html: string, tagged: boolean): Promise<Uint8Array> => {
  await page.setContent(html, { waitUntil: 'load' });
  return page.pdf({ preferCSSPageSize: true, printBackground: true, tagged });
};

/** So many at once, each taking the next when it is free. */
export async function sideBySide<T>(list: readonly T[], work: (item: T, lane: number) => Promise<unknown>): Promise<number> {
  const queue = [...list];
  const started = performance.now();
  const lane = async (at: number): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item, at);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, (_, at) => lane(at)));
  return performance.now() - started;
}

/** One block of jobs: what it took us, and the plain loop where that was measured. Milliseconds and megabytes. */
interface Block {
  readonly bills: number;
  readonly own: number;
  readonly raw: number | null;
  readonly node: number;
  readonly chromium: number;
  readonly memory: number;
}
const sumOf = (blocks: readonly Block[], value: (block: Block) => number): number => blocks.reduce((sum, block) => sum + value(block), 0);
/** The plain loop is measured on at most so many blocks, spread over the run: a long run is not printed twice. */
const RAW_BLOCKS = 10;

async function massRun(app: INestApplicationContext, bench: BenchDatabase, browser: Browser, size: number): Promise<object> {
  const run = await app.get(RunsService).plan({ kind: 'print', month: MONTH, jobSize: size, batchSize: 400 }, systemActor('bench'));
  const billsOf = new Map(run.jobList.map(({ job, bills }) => [job, bills]));
  const pages = await rawPages(browser);
  const chunked = chunks([...billsOf.keys()], CONCURRENCY * 2);
  const every = Math.max(1, Math.ceil(chunked.length / RAW_BLOCKS));
  await app.get(RunJobs).work(run.id, chunked[0]?.[0] ?? 1); // warm: the browser starts, plans are made
  const blocks: Block[] = [];
  for (const jobs of [chunked[0]?.slice(1) ?? [], ...chunked.slice(1)].filter((list) => list.length > 0)) {
    const before = { node: process.cpuUsage(), chromium: chromiumCpu(process.pid, browser.process()?.pid) };
    const own = await sideBySide(jobs, (job) => app.get(RunJobs).work(run.id, job));
    const used = process.cpuUsage(before.node);
    const chromium = Math.max(0, chromiumCpu(process.pid, browser.process()?.pid) - before.chromium);
    const memory = rendererMegabytes(process.pid, browser.process()?.pid);
    const raw = blocks.length % every === 0 ? await rawBlock(app, bench, { runId: run.id, jobs, pages }) : null;
    const bills = jobs.reduce((sum, job) => sum + (billsOf.get(job) ?? 0), 0);
    blocks.push({ bills, own, raw, node: (used.user + used.system) / 1000, chromium, memory });
    process.stderr.write(`block ${blocks.length} of ${chunked.length}: ${round((bills / own) * 1000)} bills/s, renderer ${memory} MB\n`);
  }
  for (const page of pages) await page.close();
  const { counts, pages: printed } = await app.get(RunsService).detail(run.id);
  return { mass: { counts, pages: printed, ...figuresOf(blocks) } };
}

/** The same jobs by the plain loop, milliseconds. */
async function rawBlock(
  app: INestApplicationContext,
  bench: BenchDatabase,
  { runId, jobs, pages }: { readonly runId: string; readonly jobs: readonly number[]; readonly pages: readonly Page[] },
): Promise<number> {
  const html = new Map(await Promise.all(jobs.map(async (job) => [job, await htmlOf(app, bench, runId, job)] as const)));
  return sideBySide(jobs, (job, lane) => rawPrint(pages[lane] ?? fail(), html.get(job) ?? '', false));
}

function figuresOf(blocks: readonly Block[]): object {
  const both = blocks.flatMap((block) => (block.raw === null ? [] : [{ ...block, raw: block.raw }]));
  const [bills, own] = [sumOf(blocks, (block) => block.bills), sumOf(blocks, (block) => block.own)];
  const raw = both.reduce((sum, block) => sum + block.raw, 0);
  const memory = blocks.map((block) => block.memory);
  return {
    billsPerSecond: round((bills / own) * 1000),
    rawBillsPerSecond: round((sumOf(both, (block) => block.bills) / raw) * 1000),
    rawBlocks: both.length,
    ofRaw: round(raw / sumOf(both, (block) => block.own), 3),
    medianOfBlocks: round(median(both.map((block) => block.raw / block.own)), 3),
    cpuMsPerBill: { node: round(sumOf(blocks, (block) => block.node) / bills, 2), chromium: round(sumOf(blocks, (block) => block.chromium) / bills, 2) },
    minutesFor200000: round((200_000 * (own / bills)) / 60_000),
    rendererMegabytes: { first: memory[0], last: memory.at(-1), most: Math.max(...memory), ofBlocks: memory },
  };
}

const fail = (): never => {
  throw new Error('no page');
};
export const chunks = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size));

/** The HTML that was printed, as one text. */
async function htmlOf(app: INestApplicationContext, bench: BenchDatabase, runId: string, job: number): Promise<string> {
  const rows = await bench.app.query<{ content: Buffer; sha256: string; number: string }>(
    `select b.content, b.sha256, b.number from bills.run_item i join bills.bill b on b.id = i.bill_id where i.run_id = $1 and i.job_no = $2 order by i.ordinal`,
    [runId, job],
  );
  return wholeHtml(app.get(BillPrinter).job(rows.map(unpacked), false).job);
}

/** All Chromium processes below this one but those of the raw browser. */
function belowPids(root: number, except: number | undefined): number[] {
  const table = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  const below = (pid: number): number[] => table.flatMap(([child = 0, parent]) => (parent === pid && child !== except ? [child, ...below(child)] : []));
  return below(root);
}

/** Resident memory of the product's own renderer. */
const rendererMegabytes = (root: number, except: number | undefined): number =>
  Math.round(belowPids(root, except).reduce((sum, pid) => sum + residentOf(pid), 0) / 1024);

const TICK_MS = 10;
/** Processor time of the product's own renderer, with its processes that have ended, in milliseconds. */
const chromiumCpu = (root: number, except: number | undefined): number =>
  belowPids(root, except).reduce((sum, pid) => sum + ticksOf(pid), 0) * TICK_MS;
function ticksOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0);
  } catch {
    return 0;
  }
}
function residentOf(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** One bill from the card against one raw page, in turns. */
async function single(app: INestApplicationContext, bench: BenchDatabase, browser: Browser, count: number): Promise<object> {
  const rows = await bench.app.query<{ account_id: number }>('select account_id from bills.bill order by id limit $1', [count]);
  const page = await browser.newPage();
  const [own, raw]: [number[], number[]] = [[], []];
  const printer = app.get(BillPrinter);
  for (const { account_id: id } of rows) {
    const started = performance.now();
    const row = await app.get(BillStore).one(id, MONTH, 0, undefined);
    const bill = unpacked(row ?? fail());
    await printer.one(bill);
    own.push(performance.now() - started);
    const html = wholeHtml(printer.job([bill], true).job);
    const plain = performance.now();
    await rawPrint(page, html, true);
    raw.push(performance.now() - plain);
  }
  await page.close();
  const at = (list: readonly number[], part: number): number => list.toSorted((a, b) => a - b)[Math.floor(part * (list.length - 1))] ?? 0;
  const [ownP95, rawP95] = [at(own, 0.95), at(raw, 0.95)];
  return { p50: round(at(own, 0.5)), p95: round(ownP95), rawP50: round(at(raw, 0.5)), rawP95: round(rawP95), timesRaw: round(ownP95 / rawP95, 2) };
}
