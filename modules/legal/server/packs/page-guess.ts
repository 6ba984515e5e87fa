import { PACK_PARTS, type PackPart, type PackSnapshot } from '../../contract/pack.schema.ts';

/** Millimetres of a page without margins, of the head of a table, of a row and of each of its lines, of a line of text. */
const [PAGE, TABLE_HEAD, ROW, ROW_LINE, LINE] = [257, 11, 1.2, 3.53, 6.3];
interface Sheet {
  /** Above the table. */
  readonly head: number;
  /** Letters that the widest column holds in a line, and its texts. */
  readonly letters: number;
  readonly texts: readonly string[];
  /** Below the table. */
  readonly tail: number;
}

/** Pages of each part by the size of its tables: a guess that saves the second print when it is right. */
export function guessPages(snapshot: PackSnapshot): readonly number[] {
  const sheets = sheetsOf(snapshot);
  return PACK_PARTS.map((part) => (part === 'application' ? applicationPages(snapshot) : pagesOf(sheets[part])));
}

const applicationPages = ({ debtors, kind }: PackSnapshot): number => (debtors.length > (kind === 'order' ? 3 : 2) ? 3 : 2);

function sheetsOf({ items, calculation, statement, payments, tariffs, residents }: PackSnapshot): Partial<Record<PackPart, Sheet>> {
  const nameOf = (code: string): string => items.find(({ service }) => service === code)?.serviceName ?? code;
  const services = new Set(items.map(({ service }) => service)).size;
  return {
    debt: { head: 45, letters: 29, texts: items.map(({ serviceName }) => serviceName), tail: 36 + services * LINE },
    additions: { head: 57, letters: 24, texts: calculation.rows.map(({ service }) => nameOf(service)), tail: 34 },
    statement: { head: 27, letters: 24, texts: statement.map(({ service }) => nameOf(service)), tail: 38 + payments.length * LINE },
    residents: { head: 30, letters: 1, texts: [], tail: 20 + residents.length * LINE },
    tariffs: { head: 20, letters: 40, texts: tariffs.map(({ decision }) => decision), tail: 18 },
  };
}

function pagesOf(sheet: Sheet | undefined): number {
  if (sheet === undefined) return 1;
  let [pages, used] = [1, sheet.head + TABLE_HEAD];
  const place = (height: number, top: number): void => {
    if (used + height > PAGE) [pages, used] = [pages + 1, top];
    used += height;
  };
  for (const text of sheet.texts) place(ROW + ROW_LINE * Math.ceil(text.length / sheet.letters), TABLE_HEAD);
  for (let left = sheet.tail; left > 0; left -= LINE) place(LINE, 0);
  return pages;
}
