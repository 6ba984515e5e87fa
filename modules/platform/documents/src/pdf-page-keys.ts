import { createHash } from 'node:crypto';
import { PDFArray, type PDFContext, PDFDict, PDFDocument, PDFName, type PDFObject, PDFRawStream, PDFRef } from 'pdf-lib';

/**
 * A key of everything that a page is drawn from: its contents, fonts and pictures. Pages with equal keys look equal in
 * any reader; pages with others may, or may not.
 */
export async function pdfPageKeys(pdf: Uint8Array): Promise<readonly string[]> {
  const file = await PDFDocument.load(pdf, { updateMetadata: false });
  const known = new Map<string, string>();
  return file.getPages().map(({ node }) =>
    hashOf(['MediaBox', 'Contents', 'Resources'].map((name) => keyOf(node.get(PDFName.of(name)), file.context, known)).join('\n')),
  );
}

const hashOf = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

function keyOf(object: PDFObject | undefined, context: PDFContext, known: Map<string, string>): string {
  if (object instanceof PDFRef) {
    const name = object.toString();
    const before = known.get(name);
    if (before !== undefined) return before;
    known.set(name, 'open'); // a circle is closed by its first member
    const key = hashOf(keyOf(context.lookup(object), context, known));
    known.set(name, key);
    return key;
  }
  if (object instanceof PDFArray) return `[${object.asArray().map((item) => keyOf(item, context, known)).join(' ')}]`;
  if (object instanceof PDFDict) return `<<${object.entries().map(([name, item]) => `${name.toString()} ${keyOf(item, context, known)}`).toSorted().join(' ')}>>`;
  if (object instanceof PDFRawStream) return `${keyOf(object.dict, context, known)} ${hashOf(object.getContents())}`;
  return object?.toString() ?? 'null';
}
