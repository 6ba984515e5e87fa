import { DomainError } from '@komplat/kernel';
import puppeteer, { type Browser, type Page } from 'puppeteer';
import { printFonts } from './pdf-fonts.ts';

export interface PdfPoolOptions {
  /** Chromium; empty = PDF is refused with a sentence. */
  readonly executablePath: string | undefined;
  /** Pages that print at the same time. */
  readonly concurrency: number;
  /** Jobs that may wait; more are refused as busy. */
  readonly queue: number;
  /** Work after which a page, and a browser, are replaced: their memory stays flat. */
  readonly jobsPerPage: number;
  readonly lettersPerPage: number;
  readonly jobsPerBrowser: number;
  readonly timeoutMs: number;
}
export const PDF_DEFAULTS: PdfPoolOptions = {
  executablePath: process.env.CHROMIUM_BIN,
  concurrency: 2,
  queue: 40,
  jobsPerPage: 60,
  lettersPerPage: 12_000_000,
  jobsPerBrowser: 600,
  timeoutMs: 60_000,
};

/** One document: styles of its kind, and its body. All texts in it are escaped by the caller. */
export interface PrintJob {
  /** Kind of document: a page that printed the same kind keeps its styles and fonts. */
  readonly kind: string;
  readonly css: string;
  readonly title: string;
  readonly body: string;
  /** Tags for screen readers: for files that people open, not for paper. */
  readonly tagged: boolean;
  /** Selector of boxes of a fixed height: a job in which one holds more than it shows is refused with `documents.pdf.overflow`. */
  readonly fits?: string;
}
interface Slot {
  page: Page | undefined;
  kind: string;
  jobs: number;
  letters: number;
}
const ARGS = [
  '--disable-gpu',
  '--disable-extensions',
  '--disable-background-networking',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--lang=uk',
  '--font-render-hinting=none',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:";

/**
 * Prints HTML by Chromium: a few warm pages without network and scripts, in a fixed time zone, with bundled fonts.
 * A page that fails is thrown away, and the job is tried once more on a new one.
 */
export class PdfPool {
  private browser: Promise<Browser> | undefined;
  private jobs = 0;
  private busy = 0;
  private readonly free: Slot[];
  private readonly waiting: ((slot: Slot) => void)[] = [];

  constructor(private readonly options: PdfPoolOptions = { ...PDF_DEFAULTS, executablePath: process.env.CHROMIUM_BIN }) {
    this.free = Array.from({ length: options.concurrency }, () => ({ page: undefined, kind: '', jobs: 0, letters: 0 }));
  }

  async print(job: PrintJob): Promise<Uint8Array> {
    const slot = await this.take();
    try {
      return await this.onPage(slot, job).catch(async (error: unknown) => {
        if (error instanceof DomainError) throw error;
        await this.forget(slot);
        return this.onPage(slot, job);
      });
    } catch (error) {
      if (error instanceof DomainError) throw error;
      await this.forget(slot);
      throw new DomainError('documents.pdf.failed', {}, 503);
    } finally {
      this.give(slot);
    }
  }

  async close(): Promise<void> {
    const browser = await this.browser?.catch(() => undefined);
    this.browser = undefined;
    for (const slot of this.free) slot.page = undefined;
    await browser?.close();
  }

  /** Name and version of what prints: another one may give other bytes. */
  async version(): Promise<string> {
    const browser = await this.living();
    return browser.version();
  }

  /** A page of its own for reading, not for printing. */
  async onOwnPage<R>(work: (page: Page) => Promise<R>): Promise<R> {
    const page = await (await this.living()).newPage();
    try {
      return await work(page);
    } finally {
      await page.close();
    }
  }

  /** Memory of the browser's processes, in bytes, as its page count goes. */
  async pages(): Promise<number> {
    const browser = await this.browser;
    return browser === undefined ? 0 : (await browser.pages()).length;
  }

  private take(): Promise<Slot> {
    if (!this.options.executablePath) throw new DomainError('documents.pdf.no-browser', {}, 503);
    const slot = this.free.pop();
    this.busy += 1;
    if (slot) return Promise.resolve(slot);
    if (this.waiting.length >= this.options.queue) {
      this.busy -= 1;
      throw new DomainError('documents.pdf.busy', { waiting: this.waiting.length }, 503);
    }
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  private give(slot: Slot): void {
    this.busy -= 1;
    const next = this.waiting.shift();
    if (next) next(slot);
    else this.free.push(slot);
  }

  private async onPage(slot: Slot, job: PrintJob): Promise<Uint8Array> {
    const page = await this.pageOf(slot, job);
    const tooFull = await page.evaluate(
      (title, body, fits) => {
        document.title = title;
        document.body.innerHTML = body;
        return fits === '' ? 0 : [...document.querySelectorAll(fits)].filter((box) => box.scrollHeight > box.clientHeight + 1).length;
      },
      job.title,
      job.body,
      job.fits ?? '',
    );
    if (tooFull > 0) throw new DomainError('documents.pdf.overflow', { count: tooFull });
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: job.tagged, waitForFonts: true, timeout: this.options.timeoutMs });
    slot.jobs += 1;
    slot.letters += job.body.length;
    this.jobs += 1;
    return pdf;
  }

  /** The warm page when it has the styles of the job, else a new one. */
  private async pageOf(slot: Slot, { kind, css }: PrintJob): Promise<Page> {
    if (slot.jobs >= this.options.jobsPerPage || slot.letters >= this.options.lettersPerPage) await this.forget(slot);
    if (slot.page && slot.kind === kind && !slot.page.isClosed()) return slot.page;
    await this.forget(slot);
    const page = await (await this.living()).newPage();
    slot.page = page;
    await page.setJavaScriptEnabled(false);
    await page.setOfflineMode(true);
    await page.emulateTimezone('Europe/Kyiv');
    await page.setContent(shell(css), { waitUntil: 'load', timeout: this.options.timeoutMs });
    slot.kind = kind;
    slot.jobs = 0;
    slot.letters = 0;
    return page;
  }

  private async forget(slot: Slot): Promise<void> {
    const { page } = slot;
    slot.page = undefined;
    await page?.close().catch(() => undefined);
  }

  private async living(): Promise<Browser> {
    if (!this.options.executablePath) throw new DomainError('documents.pdf.no-browser', {}, 503);
    const isOld = this.jobs >= this.options.jobsPerBrowser && this.busy <= 1;
    if (this.browser && isOld) {
      this.jobs = 0;
      await this.close();
    }
    const known = await this.browser?.catch(() => undefined);
    if (known?.connected) return known;
    this.browser = puppeteer.launch({
      executablePath: this.options.executablePath,
      args: ARGS,
      pipe: true, // the browser ends with its process, even when that is killed
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      protocolTimeout: this.options.timeoutMs * 2,
    });
    return this.browser;
  }
}

/** An empty document in Ukrainian with the fonts and styles of a kind. */
const shell = (css: string): string =>
  `<!doctype html><html lang="uk"><head><meta charset="utf-8"><meta http-equiv="content-security-policy" content="${POLICY}"><title></title><style>${printFonts()}${css}</style></head><body></body></html>`;

/** The same document as one text: what a plain loop over Chromium would print. */
export const wholeHtml = ({ css, title, body }: PrintJob): string =>
  shell(css).replace('<title></title>', `<title>${title}</title>`).replace('<body></body>', () => `<body>${body}</body>`);

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text inside HTML. */
export const htmlText = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);

/** Pages of a PDF as Chromium writes it: their objects are not compressed. */
export function pdfPageCount(pdf: Uint8Array): number {
  return Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
}
