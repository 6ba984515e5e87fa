import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { DomainError } from '@komplat/kernel';
import { PNG } from 'pngjs';
import type { Page } from 'puppeteer';
import type { PdfPool } from './pdf.ts';

const [WIDTH, HEIGHT] = [720, 1_010];
const [MOST_SHOTS, SAME_SHOTS] = [80, 2];

/**
 * SHA-256 of the pictures of these pages, from 1, drawn by the reader of Chromium (PDFium), not by what printed them.
 * Refuses `documents.pdf.failed` when a page does not come to rest.
 */
export async function pdfImages(pool: PdfPool, pdf: Uint8Array, pages: readonly number[]): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'komplat-pdf-'));
  try {
    const path = join(folder, 'file.pdf');
    await writeFile(path, pdf);
    const images: string[] = [];
    for (const at of pages) {
      images.push(await pool.onOwnPage((page) => imageOf(page, `file://${path}#toolbar=0&navpanes=0&view=Fit&page=${at}`)));
    }
    return images;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The picture when it stands still and shows a sheet of paper. */
async function imageOf(page: Page, url: string): Promise<string> {
  await page.setViewport({ width: WIDTH, height: HEIGHT });
  await page.goto(url, { waitUntil: 'load' });
  let [last, same] = ['', 0];
  for (let shot = 0; shot < MOST_SHOTS; shot += 1) {
    const { data } = PNG.sync.read(Buffer.from(await page.screenshot()));
    const hash = createHash('sha256').update(data).digest('hex');
    same = hash === last && isDrawn(data) ? same + 1 : 0;
    if (same >= SAME_SHOTS) return hash;
    last = hash;
  }
  throw new DomainError('documents.pdf.failed', {}, 503);
}

/** Mostly paper, and something on it: letters are neither as white as paper nor as grey as the table it lies on. */
function isDrawn(data: Buffer): boolean {
  let [white, black] = [0, 0];
  for (let at = 0; at < data.length; at += 4) {
    if (data[at] === 255) white += 1;
    else if ((data[at] ?? 255) < 16) black += 1;
  }
  return white > WIDTH * HEIGHT * 0.4 && black > 20;
}
