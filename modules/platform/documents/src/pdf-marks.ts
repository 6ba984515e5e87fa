import { assert } from '@komplat/kernel';

const latin = (pdf: Uint8Array): string => Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString('latin1');

/** The same PDF with the dates of its making fixed: equal content gives equal bytes. Lengths stay, so the table of objects does. */
export function withFixedDates(pdf: Uint8Array, day: string): Uint8Array {
  const fixed = `D:${day.replaceAll('-', '')}000000+00'00'`;
  const copy = Buffer.from(pdf);
  for (const { index } of latin(pdf).matchAll(/\/(?:CreationDate|ModDate) \(D:\d{14}\+00'00'\)/g)) {
    copy.write(fixed, copy.indexOf('(', index) + 1, 'latin1');
  }
  return copy;
}

/** Page, from 1, on which each named place of a PDF of Chromium stands: its objects are not compressed, its pages are in order. */
export function pdfPlaces(pdf: Uint8Array): ReadonlyMap<string, number> {
  const text = latin(pdf);
  const pages = [...text.matchAll(/^(\d+) 0 obj\s*<<\s*\/Type \/Page\b(?!s)/gm)].map((match) => Number(match[1])).toSorted((a, b) => a - b);
  const places = [...text.matchAll(/\/([\w-]+) \[(\d+) 0 R \/XYZ /g)].map((match) => {
    const page = pages.indexOf(Number(match[2])) + 1;
    assert(page > 0, `place ${match[1] ?? ''} stands on a page`);
    return [match[1] ?? '', page] as const;
  });
  return new Map(places);
}
