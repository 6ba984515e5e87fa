import { PdfPool, pdfPageCount, type PrintJob } from '@komplat/documents';
import { DomainError } from '@komplat/kernel';
import { Messages } from '@komplat/server';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { BillContent } from '../../contract/bill.schema.ts';
import { billHtml } from '../template/bill-html.ts';
import { BILL_CSS } from '../template/style.ts';

const SLACKS = [0, 60, 200] as const;

export interface Printed {
  readonly pdf: Uint8Array;
  /** Pages of every bill, in their order. */
  readonly pages: readonly number[];
}

/** Bills as PDF: one for a person (tagged), a hundred for the printer. */
@Injectable()
export class BillPrinter implements OnApplicationShutdown {
  private readonly pool = new PdfPool();

  constructor(@Inject(Messages) private readonly messages: Messages) {}

  async one(bill: BillContent): Promise<Uint8Array> {
    const { pdf } = await this.print([bill], true);
    return pdf;
  }

  async many(bills: readonly BillContent[]): Promise<Printed> {
    return this.print(bills, false);
  }

  /** What is handed to Chromium, and how many pages it must make of it. */
  job(bills: readonly BillContent[], tagged: boolean, slack = 0): { readonly job: PrintJob; readonly pages: readonly number[] } {
    const made = bills.map((bill) => billHtml(bill, (key, params = {}) => this.messages.text('uk', key, params), slack));
    const title = bills.length === 1 ? (bills[0]?.number ?? '') : `${bills[0]?.month ?? ''} ${bills.length}`;
    const body = made.map(({ html }) => html).join('');
    return { job: { kind: 'bill-1', css: BILL_CSS, title, body, tagged, fits: '.page' }, pages: made.map(({ pages }) => pages) };
  }

  /** A bill whose letters were wider than estimated is laid out once more with more room; pages are never mixed up. */
  private async print(bills: readonly BillContent[], tagged: boolean): Promise<Printed> {
    for (const slack of SLACKS) {
      const { job, pages } = this.job(bills, tagged, slack);
      const pdf = await this.pool.print(job).catch((error: unknown) => {
        if (error instanceof DomainError && error.code === 'documents.pdf.overflow') return null;
        throw error;
      });
      const [found, expected] = [pdf === null ? 0 : pdfPageCount(pdf), pages.reduce((sum, count) => sum + count, 0)];
      if (pdf !== null && found === expected) return { pdf, pages };
      if (slack === SLACKS.at(-1)) throw new DomainError('bills.print.page-count', { found, expected });
    }
    throw new DomainError('documents.pdf.failed', {}, 503);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.close();
  }
}
