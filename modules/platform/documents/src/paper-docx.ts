import {
  AlignmentType, Document, Footer, type IParagraphOptions, Packer, PageNumber, Paragraph, Table, TableCell, TableLayoutType, TableRow, TextRun, WidthType,
} from 'docx';
import type { Paper, PaperBlock, PaperColumn, PaperPart, Runs, SignBlock, TableBlock, TextKind } from './paper.ts';

/** Version of the drawing; the version of the library is in its bytes, not here. */
export const PAPER_DOCX = 'paper-docx/1';
export const DOCX_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const FONT = 'Times New Roman';
/** Twentieths of a point; sizes in half-points. */
const MM = 56.7;
const [WIDTH, SIDE_LEFT, INDENT] = [Math.round(170 * MM), Math.round(78 * MM), Math.round(10 * MM)];
const [TEXT, TABLE, SMALL] = [24, 18, 18];
const ALIGN = { left: AlignmentType.LEFT, right: AlignmentType.RIGHT, center: AlignmentType.CENTER } as const;

const LOOKS: Readonly<Record<TextKind, IParagraphOptions>> = {
  title: { alignment: AlignmentType.CENTER, spacing: { before: 240 }, keepNext: true },
  subtitle: { alignment: AlignmentType.CENTER, spacing: { after: 180 }, keepNext: true },
  para: { alignment: AlignmentType.BOTH, indent: { firstLine: INDENT }, spacing: { after: 60 } },
  left: { spacing: { after: 40 } },
  side: { indent: { left: SIDE_LEFT }, spacing: { after: 30 } },
  item: { alignment: AlignmentType.BOTH, indent: { left: INDENT }, spacing: { after: 50 } },
  note: { spacing: { before: 60, after: 60 } },
};

/** A paper as a DOCX that may be edited; the same paper and day give the same bytes. */
export async function paperDocx({ title, foot, parts }: Paper, day: string): Promise<Uint8Array> {
  const footer = new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.RIGHT,
        children: [new TextRun({ size: SMALL, children: [`${foot}    арк. `, PageNumber.CURRENT, ' з ', PageNumber.TOTAL_PAGES] })],
      }),
    ],
  });
  const margin = { top: Math.round(20 * MM), bottom: Math.round(20 * MM), left: Math.round(28 * MM), right: Math.round(12 * MM) };
  const file = new Document({
    title,
    styles: { default: { document: { run: { font: FONT, size: TEXT } } }, paragraphStyles: CELL_STYLES },
    sections: parts.map((part) => ({
      properties: { page: { size: { width: Math.round(210 * MM), height: Math.round(297 * MM) }, margin } },
      footers: { default: footer },
      children: blocksOf(part),
    })),
  });
  const core = [{ path: 'docProps/core.xml', data: coreXml(title, day) }];
  return withFixedZipDates(await Packer.toBuffer(file, undefined, core));
}

const blocksOf = ({ blocks }: PaperPart): (Paragraph | Table)[] => blocks.flatMap(blockOf);

function blockOf(block: PaperBlock): (Paragraph | Table)[] {
  if (block.kind === 'table') return [tableOf(block), new Paragraph({ spacing: { after: 60 } })];
  if (block.kind === 'sign') return [signOf(block)];
  const isHead = block.kind === 'title' || block.kind === 'subtitle';
  const before = block.kind === 'side' && block.runs[0]?.bold === true ? { spacing: { before: 120, after: 30 } } : {};
  return [new Paragraph({ ...LOOKS[block.kind], ...before, children: runsOf(block.runs, block.kind === 'note' ? SMALL : TEXT, isHead) })];
}

const signOf = ({ left, right }: SignBlock): Paragraph =>
  new Paragraph({ spacing: { before: 480 }, keepLines: true, children: [...runsOf(left, TEXT), new TextRun({ text: '   ____________________   ', size: TEXT }), ...runsOf(right, TEXT)] });

const runsOf = (runs: Runs, size: number, isBold = false): TextRun[] => runs.map(({ text, bold }) => new TextRun({ text, size, ...(bold || isBold ? { bold: true } : {}) }));

/** Looks of cells are styles: thousands of cells carry their text and nothing else. */
const CELL_STYLES = (['left', 'right', 'center'] as const).flatMap((align) =>
  [false, true].map((bold) => ({ id: cellStyle(align, bold), name: cellStyle(align, bold), run: { size: TABLE, bold }, paragraph: { alignment: ALIGN[align] } })),
);
function cellStyle(align: PaperColumn['align'], bold: boolean): string {
  return `cell-${align}${bold ? '-bold' : ''}`;
}

function tableOf({ columns, head, rows }: TableBlock): Table {
  const all = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => Math.round((WIDTH * share) / all));
  const cell = (runs: Runs, align: PaperColumn['align'], bold: boolean): TableCell =>
    new TableCell({ children: [new Paragraph({ style: cellStyle(align, bold), children: [new TextRun(runs.map(({ text }) => text).join(''))] })] });
  const body = rows.map(({ total, cells }) => new TableRow({ cantSplit: true, children: cells.map((runs, at) => cell(runs, columns[at]?.align ?? 'left', total)) }));
  const top = new TableRow({ tableHeader: true, cantSplit: true, children: head.map((runs) => cell(runs, 'center', true)) });
  const [width, margins] = [{ size: WIDTH, type: WidthType.DXA }, { left: 60, right: 60 }];
  return new Table({ layout: TableLayoutType.FIXED, width, margins, columnWidths: widths, rows: [top, ...body] });
}

const XML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const coreXml = (title: string, day: string): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${title.replaceAll(/[&<>"]/g, (sign) => XML[sign] ?? sign)}</dc:title><dcterms:created xsi:type="dcterms:W3CDTF">${day}T00:00:00Z</dcterms:created></cp:coreProperties>`;

const [CENTRAL, CENTRAL_LENGTH, END, END_LENGTH] = [0x02014b50, 46, 0x06054b50, 22];
/** 1 January 1980, 0:00: the first moment that a ZIP knows. */
const FIRST_MOMENT = 0x00210000;

/** The same ZIP with all times of its entries fixed. */
function withFixedZipDates(zip: Buffer): Uint8Array {
  const end = zip.lastIndexOf(Buffer.from([END & 0xff, (END >> 8) & 0xff, (END >> 16) & 0xff, END >> 24]), zip.length - END_LENGTH);
  let at = zip.readUInt32LE(end + 16);
  while (zip.readUInt32LE(at) === CENTRAL) {
    zip.writeUInt32LE(FIRST_MOMENT, at + 12);
    zip.writeUInt32LE(FIRST_MOMENT, zip.readUInt32LE(at + 42) + 10);
    at += CENTRAL_LENGTH + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return zip;
}
