import { PDFDocument } from 'pdf-lib';

/** Some pages of a PDF as a PDF of their own: `from` counts from 1. */
export async function pdfPages(pdf: Uint8Array, from: number, count: number): Promise<Uint8Array> {
  const whole = await PDFDocument.load(pdf, { updateMetadata: false });
  const part = await PDFDocument.create();
  const wanted = Array.from({ length: count }, (_, step) => from - 1 + step);
  for (const page of await part.copyPages(whole, wanted)) part.addPage(page);
  return part.save();
}
