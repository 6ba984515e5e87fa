import {
  DOCX_TYPE, PAPER_DOCX, PAPER_HTML, type Paper, paperDocx, paperJob, pdfImages, pdfPageCount, pdfPlaces, PdfPool, type PrintJob, withFixedDates,
} from '@komplat/documents';
import { DomainError } from '@komplat/kernel';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { PACK_PARTS, type PackPart, type PackSnapshot } from '../../contract/pack.schema.ts';
import { type Annex, type PackNames, packTitle, packValues } from '../templates/fields.ts';
import { fillTemplate, type Template } from '../templates/template.ts';
import { guessPages } from './page-guess.ts';

export const PDF_TYPE = 'application/pdf';
export interface DrawnFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly pages: number | null;
}
export interface Drawn {
  readonly files: readonly DrawnFile[];
  readonly parts: readonly Annex[];
}
/** What a pack is drawn from. */
export interface PackSource {
  readonly snapshot: PackSnapshot;
  readonly names: PackNames;
  readonly template: Template;
}
const MOST_PRINTS = 4;
/** Documents that a court may want to edit. */
const EDITABLE: readonly { readonly file: string; readonly parts: readonly PackPart[] }[] = [
  { file: 'application.docx', parts: ['application'] },
  { file: 'calculation.docx', parts: ['debt', 'additions'] },
];
/** Draws packs: one PDF with common page numbers, and DOCX of what may be edited. The same source gives the same bytes. */
@Injectable()
export class PackPrinter implements OnApplicationShutdown {
  private readonly pool = new PdfPool();

  async draw(source: PackSource): Promise<Drawn> {
    const { preparedOn } = source.snapshot;
    const { pdf, parts, paper } = await this.print(source);
    const editable = EDITABLE.map(async ({ file, parts: wanted }): Promise<DrawnFile> => {
      const own: Paper = { ...paper, parts: paper.parts.filter(({ id }) => wanted.some((part) => part === id)) };
      return { name: file, mediaType: DOCX_TYPE, bytes: await paperDocx(own, preparedOn), pages: null };
    });
    const whole: DrawnFile = { name: 'pack.pdf', mediaType: PDF_TYPE, bytes: pdf, pages: pdfPageCount(pdf) };
    return { files: [whole, ...(await Promise.all(editable))], parts };
  }

  /** The last print of a pack as one job: what a plain loop over Chromium would print. */
  job(source: PackSource, parts: readonly Annex[]): PrintJob {
    return paperJob(paperOf(source, parts));
  }

  /** Program and drawing: a pack is equal byte by byte under the same one. */
  async renderer(): Promise<string> {
    return [await this.pool.version(), PAPER_HTML, PAPER_DOCX].join(' ');
  }

  images(pdf: Uint8Array, pages: readonly number[]): Promise<readonly string[]> {
    return pdfImages(this.pool, pdf, pages);
  }

  /** Pages of each part stand in the register of annexes, so they are guessed, printed, and printed again when the guess was wrong. */
  async print(source: PackSource): Promise<{ readonly pdf: Uint8Array; readonly parts: readonly Annex[]; readonly paper: Paper }> {
    let parts = guessOf(source);
    for (let print = 1; print <= MOST_PRINTS; print += 1) {
      const paper = paperOf(source, parts);
      const pdf = await this.pool.print(paperJob(paper));
      const found = partsOf(paper, pdf);
      if (found.every(({ pages }, at) => pages === parts[at]?.pages)) return { pdf: withFixedDates(pdf, source.snapshot.preparedOn), parts, paper };
      parts = found;
    }
    throw new DomainError('legal.pack.unstable-pages', { number: source.snapshot.number });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.close();
  }
}

function paperOf({ snapshot, names, template }: PackSource, parts: readonly Annex[]): Paper {
  const annexes = parts.filter(({ part }) => part !== 'application' && part !== 'annexes');
  const title = packTitle(snapshot);
  return fillTemplate(template, packValues(snapshot, names, annexes), { title, foot: `№ ${snapshot.number}` });
}

function partsOf(paper: Paper, pdf: Uint8Array): readonly Annex[] {
  const places = pdfPlaces(pdf);
  const starts = paper.parts.map(({ id }) => places.get(id) ?? 0);
  const end = pdfPageCount(pdf) + 1;
  return annexesOf(paper.parts.map(({ title }) => title), starts.map((start, at) => (starts[at + 1] ?? end) - start));
}

const guessOf = ({ snapshot, template }: PackSource): readonly Annex[] => annexesOf(template.parts.map(({ title }) => title), guessPages(snapshot));

function annexesOf(titles: readonly string[], pages: readonly number[]): readonly Annex[] {
  return PACK_PARTS.map((part, at) => ({
    part,
    title: titles[at] ?? '',
    firstPage: 1 + pages.slice(0, at).reduce((sum, count) => sum + count, 0),
    pages: pages[at] ?? 0,
  }));
}
