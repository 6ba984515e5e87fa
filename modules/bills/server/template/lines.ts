import type { BillContent, BillLine } from '../../contract/bill.schema.ts';
import { priceText, quantityDigits } from '../../domain/index.ts';
import { cell, isZero, monthName, type Page, shortDay, sumText, t, total } from './words.ts';

type Sum = 'gross' | 'benefit' | 'recalculated' | 'subsidy' | 'month' | 'opening' | 'paid' | 'other' | 'closing';
const OPTIONAL: readonly Sum[] = ['benefit', 'recalculated', 'subsidy', 'other'];
/** Rows of one page (the guide asks for 12 at least); the rest is carried to the second. */
export const ROWS = 18;
const CHARGED: ReadonlySet<Sum> = new Set(['gross', 'benefit', 'recalculated', 'subsidy', 'month']);
const BOLD: ReadonlySet<Sum> = new Set(['month', 'closing']);

/** How the table of services is laid out: what is nowhere is not a column; a wide one gives its quantities to the second line. */
export interface Layout {
  readonly sums: readonly Sum[];
  readonly isWide: boolean;
  readonly isDense: boolean;
  readonly rows: readonly (readonly BillLine[])[];
}

export function layoutOf({ lines }: BillContent): Layout {
  const shown = new Set(OPTIONAL.filter((column) => lines.some((line) => !isZero(line[column]))));
  const sums: readonly Sum[] = (['gross', 'benefit', 'recalculated', 'subsidy', 'month', 'opening', 'paid', 'other', 'closing'] as const).filter(
    (column) => !OPTIONAL.includes(column) || shown.has(column),
  );
  const rows = lines.length <= ROWS ? [lines] : [lines.slice(0, ROWS), lines.slice(ROWS)];
  return { sums, isWide: shown.size > 1, isDense: lines.length > 8, rows };
}

/** The table of one page; a table of two pages carries its sums over. */
export function linesTable(page: Page, layout: Layout, at: number): string {
  const rows = layout.rows[at] ?? [];
  const before = layout.rows.slice(0, at).flat();
  const isLast = at === layout.rows.length - 1;
  const carried = before.length > 0 ? sumRow(page, layout, before, page.say('bills.print.carried-from')) : '';
  const all = [...before, ...rows];
  const foot = sumRow(page, layout, all, page.say(isLast ? 'bills.print.sum' : 'bills.print.carried-to'));
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

/** Pixels that the table of a page takes: a long name and a long second line are wrapped. */
export function tableHeight(page: Page, layout: Layout, at: number): number {
  const [letter, rowPadding] = [layout.isDense ? 13 : 14, layout.isDense ? 5 : 9];
  const width = nameWidth(layout);
  const rows = layout.rows[at] ?? [];
  const lineCount = (text: string, perLetter: number): number => Math.max(1, Math.ceil((text.length * perLetter) / width));
  const heights = rows.map((line) => {
    const second = secondLine(page, line, layout.isWide).replaceAll(/\u00AD|&\w+;/g, '');
    return lineCount(line.name, 6.9) * letter + lineCount(second, 5.9) * 12 + rowPadding;
  });
  const sumRows = at > 0 ? 2 : 1;
  return heights.reduce((sum, height) => sum + height, 0) + 36 + sumRows * 26;
}

/** What the columns of figures leave to the names, in pixels. */
function nameWidth({ sums, isWide }: Layout): number {
  const figures = sums.length * 64 + (isWide ? 0 : 136);
  return Math.max(130, 718 - figures);
}
