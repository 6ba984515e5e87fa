import { pdfPageKeys, pdfText } from '@komplat/documents';
import { sha256 } from '@komplat/server';
import type { PackManifest } from '../../contract/pack.schema.ts';
import type { PackDifference } from '../../contract/pack-view.schema.ts';
import { type DrawnFile, PDF_TYPE } from './pack-printer.ts';

type What = PackDifference['what'];
const difference = (what: What, was: string, now: string, file: string | null = null, page: number | null = null): PackDifference => ({ what, file, page, was, now });

/** What two packs are made of: data, template, fonts, program. */
export function manifestDifferences(was: PackManifest, now: PackManifest): PackDifference[] {
  const fonts = ({ fonts: list }: PackManifest): string => list.map(({ name, sha256: hash }) => `${name} ${hash.slice(0, 12)}`).join(', ');
  const template = ({ template: { code, version, sha256: hash } }: PackManifest): string => `${code} ${version} ${hash.slice(0, 12)}`;
  const pairs: readonly (readonly [What, string, string])[] = [
    ['data', was.snapshotSha256, now.snapshotSha256],
    ['template', template(was), template(now)],
    ['fonts', fonts(was), fonts(now)],
    ['renderer', was.renderer, now.renderer],
    ['files', was.files.map(({ name }) => name).join(', '), now.files.map(({ name }) => name).join(', ')],
  ];
  return pairs.filter(([, before, after]) => before !== after).map(([what, before, after]) => difference(what, before, after));
}

/** One file of a pack against the same file drawn again. Equal bytes have equal text and pictures; else text is compared on every page, pictures where a page is drawn from other things. */
export async function fileDifferences(
  was: DrawnFile,
  now: DrawnFile,
  images: (pdf: Uint8Array, pages: readonly number[]) => Promise<readonly string[]>,
): Promise<PackDifference[]> {
  const [before, after] = [sha256(was.bytes), sha256(now.bytes)];
  if (before === after) return [];
  const bytes = difference('bytes', before, after, was.name);
  if (was.mediaType !== PDF_TYPE) return [bytes];
  const [oldText, newText] = [await pdfText(was.bytes), await pdfText(now.bytes)];
  const counts = oldText.length === newText.length ? [] : [difference('pages', String(oldText.length), String(newText.length), was.name)];
  const both = Array.from({ length: Math.min(oldText.length, newText.length) }, (_, at) => at + 1);
  const [oldKeys, newKeys] = [await pdfPageKeys(was.bytes), await pdfPageKeys(now.bytes)];
  const others = both.filter((page) => oldKeys[page - 1] !== newKeys[page - 1]);
  const texts = paged('text', was.name, both, oldText, newText);
  const pictures = paged('image', was.name, others, await images(was.bytes, others), await images(now.bytes, others));
  return [bytes, ...counts, ...texts, ...pictures];
}

const AROUND = 30;
function paged(what: What, file: string, pages: readonly number[], was: readonly string[], now: readonly string[]): PackDifference[] {
  return pages.flatMap((page, at) => {
    const [before = '', after = ''] = [was[at], now[at]];
    if (before === after) return [];
    const from = Math.max(0, commonStart(before, after) - AROUND);
    const part = (text: string): string => (what === 'text' ? text.slice(from, from + AROUND * 4) : text.slice(0, 12));
    return [difference(what, part(before), part(after), file, page)];
  });
}

function commonStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}
