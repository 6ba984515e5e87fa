import { wholeHtml } from '@komplat/documents';
import { PackPrinter, PacksService, TemplateStore } from '@komplat/legal/server';
import type { INestApplicationContext } from '@nestjs/common';
import type { Browser } from 'puppeteer';
import { sampleSnapshot } from '../../modules/legal/test/pack-sample.ts';
import { benchApp, chunks, CONCURRENCY, rawBrowser, rawPages, rawPrint, sideBySide } from './bills.ts';
import { benchDatabase, machine, median } from './server.ts';

const BLOCK = 20;
const round = (value: number, digits = 2): number => Math.round(value * 10 ** digits) / 10 ** digits;
const cpuMs = (since: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000;
};

/**
 * Packs against a plain loop of Chromium over the same HTML, in turns by blocks. Ours declines names, fills the template,
 * prints, draws two DOCX, hashes, encrypts and keeps five files and writes the rows; the loop only prints. Calculation is not in it.
 */
export async function benchPacks({ packs = 200 }: { packs?: number }): Promise<object> {
  const bench = await benchDatabase('bench_packs');
  const app = await benchApp(bench);
  const browser = await rawBrowser();
  try {
    return { machine: machine(), packs, concurrency: CONCURRENCY, ...(await inTurns(app, browser, packs)) };
  } finally {
    await browser.close();
    await app.close();
    await bench.end();
  }
}

async function inTurns(app: INestApplicationContext, browser: Browser, count: number): Promise<object> {
  const [service, printer] = [app.get(PacksService, { strict: false }), app.get(PackPrinter, { strict: false })];
  const { template } = await app.get(TemplateStore, { strict: false }).inForce('order');
  const snapshot = (at: number): ReturnType<typeof sampleSnapshot> => sampleSnapshot({ months: 3 + (at % 28), first: '2023-06', number: `B-${at}` });
  const raw = await rawPages(browser);
  await service.issue(snapshot(-1), 'bench'); // warm: the browser starts
  const totals = { ours: 0, plain: 0, pages: 0, nodeCpu: 0 };
  const ratios: number[] = [];
  for (const block of chunks(Array.from({ length: count }, (_, at) => snapshot(at)), BLOCK)) {
    const html: string[] = [];
    const cpu = process.cpuUsage();
    const ours = await sideBySide(block, async (one) => {
      const { manifest } = await service.issue(one, 'bench');
      totals.pages += manifest.files[0]?.pages ?? 0;
      html.push(wholeHtml(printer.job({ ...service.freeze(one), template }, manifest.parts)));
    });
    totals.nodeCpu += cpuMs(cpu);
    const plain = await sideBySide(html, async (text, lane) => {
      const page = raw[lane];
      if (page) await rawPrint(page, text, false);
    });
    totals.ours += ours;
    totals.plain += plain;
    ratios.push(plain / ours);
    process.stderr.write(`${round(plain / ours)}\n`);
  }
  return {
    pages: totals.pages,
    packsPerSecond: round((count / totals.ours) * 1_000),
    rawPacksPerSecond: round((count / totals.plain) * 1_000),
    ofRaw: round(totals.plain / totals.ours, 3),
    medianOfBlocks: round(median(ratios), 3),
    nodeCpuMsAPack: round(totals.nodeCpu / count, 1),
    minutesFor1000: round((1_000 * (totals.ours / count)) / 60_000),
  };
}
