import type { BillLine } from '../../contract/bill.schema.ts';
import { priceText, quantityDigits } from '../../domain/index.ts';
import { cell, isZero, monthName, type Page, shortDay, sumText, t, total } from './words.ts';

type Sum = 'gross' | 'benefit' | 'recalculated' | 'subsidy' | 'month' | 'opening' | 'paid' | 'other' | 'closing';
const OPTIONAL: readonly Sum[] = ['benefit', 'recalculated', 'subsidy', 'other'];
const CHARGED: ReadonlySet<Sum> = new Set(['gross', 'benefit', 'recalculated', 'subsidy', 'month']);
const BOLD: ReadonlySet<Sum> = new Set(['month', 'closing']);

export type Density = 'loose' | 'dense' | 'tight' | 'packed';

/** How the table of services is laid out: what is nowhere is not a column; a wide one gives its quantities to the second line. */
export interface Layout {
  readonly sums: readonly Sum[];
  readonly isWide: boolean;
  /** How close the rows stand: loose to 8 services, dense to 12, tight above; packed where that brings all onto one page. */
  readonly density: Density;
  /** Pixels of the column of names. */
  readonly nameWidth: number;
  readonly rows: readonly (readonly BillLine[])[];
}

/** Most services that are packed onto one page. */
export const MOST_PACKED = 16;
export const densityOf = (count: number): Density => (count <= 8 ? 'loose' : count <= ROWS_DENSE ? 'dense' : 'tight');
const ROWS_DENSE = 12;

/** `rooms`: pixels for the table on the first page and on every other. What does not fit is carried over. */
export function layoutOf(page: Page, density: Density, rooms: { readonly first: number; readonly other: number }): Layout {
  const { lines } = page.bill;
  const shown = new Set(OPTIONAL.filter((column) => lines.some((line) => !isZero(line[column]))));
  const sums: readonly Sum[] = (['gross', 'benefit', 'recalculated', 'subsidy', 'month', 'opening', 'paid', 'other', 'closing'] as const).filter(
    (column) => !OPTIONAL.includes(column) || shown.has(column),
  );
  const isWide = shown.size > 1;
  const frame = { sums, isWide, density, nameWidth: nameWidth(page, { sums, isWide, density }) };
  const rows: BillLine[][] = [[]];
  let left = rooms.first - SIZES[frame.density][2];
  for (const line of lines) {
    const height = rowHeight(page, frame, line);
    if (height > left) {
      rows.push([]);
      left = rooms.other - SIZES[frame.density][2] - CARRIED;
    }
    rows.at(-1)?.push(line);
    left -= height;
  }
  return { ...frame, rows };
}
const CARRIED = 24;

/** The table of one page; a table of two pages carries its sums over. */
export function linesTable(page: Page, layout: Layout, at: number): string {
  const rows = layout.rows[at] ?? [];
  const before = layout.rows.slice(0, at).flat();
  const isLast = at === layout.rows.length - 1;
  const carried = before.length > 0 ? sumRow(page, layout, before, page.say('bills.print.carried-from', { page: at })) : '';
  const all = [...before, ...rows];
  const foot = sumRow(page, layout, all, page.say(isLast ? 'bills.print.sum' : 'bills.print.carried-to', { page: at + 2 }));
  return `<table class="t1">${head(page, layout)}<tbody>${carried}${rows.map((line) => row(page, layout, line)).join('')}${foot}</tbody></table>`;
}

function head({ bill, say, after }: Page, { sums, isWide }: Layout): string {
  const params: Readonly<Partial<Record<Sum, Readonly<Record<string, string>>>>> = {
    month: { month: monthName(bill.month, say) },
    opening: { day: shortDay(`${bill.month}-01`) },
    closing: { day: shortDay(after) },
  };
  const th = (key: string, of: Readonly<Record<string, string>> = {}): string =>
    `<th class="r" scope="col">${t(say(`bills.print.col.${key}`, of))}</th>`;
  const inputs = isWide ? '' : th('quantity') + th('price');
  return `<thead><tr><th scope="col">${t(say('bills.print.col.service'))}</th>${inputs}${sums.map((sum) => th(sum, params[sum])).join('')}</tr></thead>`;
}

function row(page: Page, { sums, isWide }: Layout, line: BillLine): string {
  const name = `<td><b>${t(line.name)}</b><small>${secondLine(page, line, isWide)}</small></td>`;
  if (!line.received) return `<tr>${name}${missing(page, line, sums, isWide)}</tr>`;
  const inputs = isWide ? '' : `<td class="r">${quantityOf(line)}</td><td class="r">${priceOf(page, line)}</td>`;
  return `<tr>${name}${inputs}${sums.map((sum) => sumCell(sum, line)).join('')}</tr>`;
}

const sumCell = (sum: Sum, line: BillLine): string =>
  `<td class="r">${BOLD.has(sum) ? `<b>${sumText(line[sum])}</b>` : cell(line[sum])}</td>`;

/** Nothing came from the provider: words in place of the figures of the month, never a zero. */
function missing({ bill, say }: Page, line: BillLine, sums: readonly Sum[], isWide: boolean): string {
  const span = sums.filter((sum) => CHARGED.has(sum)).length + (isWide ? 0 : 2);
  const words = t(say('bills.print.not-received', { month: monthName(bill.month, say) }));
  const rest = sums.filter((sum) => !CHARGED.has(sum)).map((sum) => sumCell(sum, line));
  return `<td class="miss" colspan="${span}">${words}</td>${rest.join('')}`;
}

function secondLine(page: Page, line: BillLine, isWide: boolean): string {
  const { say } = page;
  const inputs = isWide && line.received ? [quantityOf(line), priceOf(page, line)].filter((text) => text !== '').join(' × ') : '';
  return [
    t(line.providerName),
    inputs,
    line.code === null ? '' : t(say('bills.print.code', { code: line.code })),
    line.providerAccount === null ? '' : t(say('bills.print.own-account', { number: line.providerAccount })),
  ]
    .filter((text) => text !== '')
    .join(' · ');
}

const quantityOf = ({ quantity, unit }: BillLine): string => (quantity === null ? '' : `${quantityDigits(quantity, unit)} ${t(unit)}`);
const priceOf = ({ say }: Page, { price, quantity }: BillLine): string =>
  price === null ? (quantity === null ? '' : t(say('bills.print.prices'))) : priceText(price);

function sumRow(page: Page, { sums, isWide }: Layout, lines: readonly BillLine[], words: string): string {
  const cells = sums.map((sum) => `<td class="r">${sumText(total(lines.map((line) => line[sum])))}</td>`).join('');
  return `<tr class="all"><td${isWide ? '' : ' colspan="3"'}>${t(words)}</td>${cells}</tr>`;
}

/** Pixels of a row without its lines, of a line of the name, of head and sum together. */
const SIZES = { loose: [9, 14, 58], dense: [5, 13, 44], tight: [2, 13, 40], packed: [1, 12, 36] } as const;
/** Pixels of a letter of the names, of the second lines, of the figures and of the heads. */
const LETTERS = { loose: [6.5, 5.5, 6.3, 5.6], dense: [6.5, 5.5, 6.3, 5.6], tight: [6.5, 5.5, 6.3, 5.6], packed: [6, 5.5, 5.8, 5.5] } as const;

/** Pixels that the table of a page takes. */
export function tableHeight(page: Page, layout: Layout, at: number): number {
  const rows = (layout.rows[at] ?? []).reduce((sum, line) => sum + rowHeight(page, layout, line), 0);
  return rows + SIZES[layout.density][2] + (at > 0 ? CARRIED : 0);
}

type Frame = Omit<Layout, 'rows'>;
/** What a broken line leaves empty at its end, in pixels. */
const WRAP_LOSS = 26;
/** A long name and a long second line are wrapped. */
function rowHeight(page: Page, frame: Frame, line: BillLine): number {
  const [padding, letter] = SIZES[frame.density];
  const { nameWidth: width } = frame;
  const lineCount = (text: string, perLetter: number): number => (text.length * perLetter <= width ? 1 : Math.ceil((text.length * perLetter) / (width - WRAP_LOSS)));
  const second = secondLine(page, line, frame.isWide).replaceAll(/\u00AD|&\w+;/g, '');
  const [ofName, ofSecond] = LETTERS[frame.density];
  const isClose = frame.density === 'tight' || frame.density === 'packed';
  return lineCount(line.name, ofName) * letter + lineCount(second, ofSecond) * (isClose ? 11 : 12) + padding;
}

/** What the columns of figures leave to the names, in pixels: each is as wide as its head or its longest figure. */
function nameWidth({ bill, say }: Page, { sums, isWide, density }: Pick<Frame, 'sums' | 'isWide' | 'density'>): number {
  const [, , ofFigure, ofHead] = LETTERS[density];
  const column = (head: string, texts: readonly string[]): number =>
    Math.max(head.length * ofHead, ...texts.map((text) => text.length * ofFigure)) + 6;
  const { lines } = bill;
  const month = monthName(bill.month, say);
  const figures = sums.map((sum) => {
    const head = say(`bills.print.col.${sum}`, { month, day: '01.01' });
    return column(head, [...lines.map((line) => sumText(line[sum])), sumText(total(lines.map((line) => line[sum])))]);
  });
  const inputs = isWide
    ? []
    : [column(say('bills.print.col.quantity'), lines.map(quantityOf)), column(say('bills.print.col.price'), lines.map(({ price }) => price ?? ''))];
  return Math.max(150, PAGE_WIDTH - [...figures, ...inputs].reduce((sum, width) => sum + width, 0));
}
const PAGE_WIDTH = 718;
