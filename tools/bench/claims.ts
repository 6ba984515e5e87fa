import { wholeHtml } from '@komplat/documents';
import { ClaimCourse, ClaimDesk, PackPrinter, PacksService, TemplateStore } from '@komplat/legal/server';
import { PackSnapshot } from '@komplat/legal/contract';
import { systemActor } from '@komplat/server';
import type { INestApplicationContext } from '@nestjs/common';
import type { Browser } from 'puppeteer';
import { makeCity, rawBrowser } from './bills.ts';
import { type BenchDatabase, benchDatabase, machine } from './server.ts';

interface ClaimsOptions {
  /** Of the city; about a third of them owe for more than the least months. */
  readonly accounts?: number;
  readonly months?: number;
  readonly packs?: number;
  readonly least?: number;
}
interface StepTime {
  calls: number;
  ms: number;
  cpuMs: number;
}
const CONCURRENCY = 2;
const round = (value: number, digits = 2): number => Math.round(value * 10 ** digits) / 10 ** digits;

/** A run of claims step by step over a demonstration city; then a plain loop of Chromium over the same packs. */
export async function benchClaims({ accounts = 3_000, months = 14, packs = 1_000, least = 3 }: ClaimsOptions): Promise<object> {
  const bench = await benchDatabase('bench_claims');
  const app = await makeCity(bench, accounts, months);
  const browser = await rawBrowser();
  try {
    const runId = await start(app, bench, packs, least);
    const steps = await drive(app, runId);
    const outcomes = await bench.owner.query('select outcome, count(*)::int as count from legal.claim_item where run_id = $1 group by 1 order by 1', [runId]);
    const raw = await rawLoop(app, bench, browser, runId);
    const [freeze, pack] = [steps.get('freeze')?.ms ?? 0, steps.get('pack')?.ms ?? 0];
    return {
      machine: machine(), accounts, months, outcomes, steps: Object.fromEntries([...steps].map(([name, time]) => [name, rounded(time)])),
      packs: raw.packs, pages: raw.pages, packsPerSecond: round((raw.packs / pack) * 1000), pagesPerSecond: round((raw.pages / pack) * 1000),
      rawPagesPerSecond: round((raw.pages / raw.ms) * 1000), ofRaw: round(raw.ms / pack, 3), calculationOfPackTime: round(freeze / (freeze + pack), 3),
      minutesFor1000: round((1_000 * ((freeze + pack) / raw.packs)) / 60_000),
    };
  } finally {
    await browser.close();
    await app.close();
    await bench.end();
  }
}
const rounded = ({ calls, ms, cpuMs }: StepTime): object => ({ calls, ms: Math.round(ms), cpuMs: Math.round(cpuMs) });

/** The first accounts that owe for some months, one creditor after another, as many items as packs are wanted. */
async function start(app: INestApplicationContext, bench: BenchDatabase, packs: number, least: number): Promise<string> {
  const rows = await bench.owner.query<{ number: string }>(
    `select a.number from (select i.account_id, count(distinct i.provider_id) as creditors, sum(count(distinct i.provider_id)) over (order by i.account_id) as items
       from billing.pub_open_item_v1 i where i.due_on < platform.today() group by 1 having count(distinct i.debt_month) >= $1) q
     join registry.pub_account_v1 a using (account_id) where q.items - q.creditors < $2 order by account_id`,
    [least, packs],
  );
  const { id } = await app.get(ClaimDesk, { strict: false }).create(
    {
      title: 'bench', reason: 'вимірювання підготовки позовів', selection: { accounts: rows.map(({ number }) => number) },
      parameters: {
        method: 'B', kind: 'choose', expired: 'leave', penalty: 'leave', debtors: 'owners', missingIndex: 'unchanged', least: '0.00', court: 'C01', electronic: false,
      },
    },
    systemActor('bench'),
  );
  return id;
}

async function drive(app: INestApplicationContext, runId: string): Promise<Map<string, StepTime>> {
  const course = app.get(ClaimCourse, { strict: false });
  const steps = new Map<string, StepTime>();
  for (;;) {
    const { step } = await course.situation(runId);
    if (step === 'wait' || step === 'end') return steps;
    const [started, cpu] = [performance.now(), process.cpuUsage()];
    await course.work(runId, step);
    const used = process.cpuUsage(cpu);
    const time = steps.get(step) ?? { calls: 0, ms: 0, cpuMs: 0 };
    time.calls += 1;
    time.ms += performance.now() - started;
    time.cpuMs += (used.user + used.system) / 1_000;
    steps.set(step, time);
    process.stderr.write(`${step} ${time.calls}: ${Math.round(time.ms)} ms\n`);
  }
}

/** The HTML of every pack as it was printed last, by as many pages of a browser as the product uses. */
async function rawLoop(app: INestApplicationContext, bench: BenchDatabase, browser: Browser, runId: string): Promise<{ packs: number; pages: number; ms: number }> {
  const [packs, templates, printer] = [app.get(PacksService, { strict: false }), app.get(TemplateStore, { strict: false }), app.get(PackPrinter, { strict: false })];
  const rows = await bench.owner.query<{ body: unknown }>(
    `select s.body from legal.claim_item i join legal.claim_snapshot s on s.item_id = i.id and s.sha256 = i.snapshot_sha256
     where i.run_id = $1 and i.outcome = 'packed' order by i.ordinal`,
    [runId],
  );
  const html: string[] = [];
  let pages = 0;
  for (const { body } of rows) {
    const snapshot = PackSnapshot.parse(body);
    const frozen = packs.freeze(snapshot);
    const { manifest } = await packs.issue(snapshot, 'bench');
    const { template } = await templates.inForce(snapshot.kind);
    html.push(wholeHtml(printer.job({ ...frozen, template }, manifest.parts)));
    pages += manifest.files.reduce((sum, file) => sum + (file.pages ?? 0), 0);
  }
  const queue = [...html];
  const started = performance.now();
  const lane = async (): Promise<void> => {
    const page = await browser.newPage();
    for (let text = queue.shift(); text !== undefined; text = queue.shift()) {
      await page.setContent(text, { waitUntil: 'load' });
      await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: false });
    }
    await page.close();
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, lane));
  return { packs: rows.length, pages, ms: performance.now() - started };
}
