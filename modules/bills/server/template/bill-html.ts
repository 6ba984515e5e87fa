import { LINK_QR, NBU_QR, qrMatrix, qrSvg } from '@komplat/documents';
import { formatAccount, Money, Period } from '@komplat/kernel';
import type { BillContent } from '../../contract/bill.schema.ts';
import { dayText, decimalText, qrCode, type Say, showCode } from '../../domain/index.ts';
import { type Block, BLOCK_SIZES, blocksOf } from './blocks.ts';
import { type Density, densityOf, layoutOf, linesTable, MOST_PACKED, tableHeight } from './lines.ts';
import { isNegative, isZero, monthName, monthYear, type Page, sumText, t } from './words.ts';

/** Version of the layout; an issued bill names the one it was made for. */
export const BILL_TEMPLATE = 1;
export interface BillHtml {
  readonly html: string;
  readonly pages: number;
}
/** Pixels of a page without margins and foot, and what stands above the table on the first page and on the others. */
const [ROOM, TOP, TOP_WITHOUT_CODE, NEXT_TOP] = [983, 197, 183, 52];

/**
 * One bill: a page, or more when services or explanations do not fit on one. `slack` = pixels that every page leaves free,
 * for letters that are wider than the estimate. A bill that the usual rows bring onto a second page is packed when that saves it.
 */
export function billHtml(bill: BillContent, say: Say, slack: number): BillHtml {
  const page: Page = { bill, say, after: Period.parse(bill.month).next().firstDay, month: monthName(bill.month, say) };
  const usual = bodiesOf(page, densityOf(bill.lines.length), slack);
  const isLong = usual.bodies.length > 1 && bill.lines.length <= MOST_PACKED;
  const packed = isLong ? bodiesOf(page, 'packed', slack) : usual;
  const { density, bodies } = packed.bodies.length === 1 ? packed : usual;
  const sheets = bodies.map((body, at) => {
    const head = at === 0 ? header(page) + summary(page) : smallHeader(page);
    return sheet(density, `${head}${body}${footer(page, at + 1, bodies.length)}`);
  });
  return { html: sheets.join(''), pages: sheets.length };
}

/** What stands between head and foot of every page. */
function bodiesOf(page: Page, density: Density, slack: number): { readonly density: Density; readonly bodies: readonly string[] } {
  const whole = ROOM - slack;
  const top = isZero(page.bill.pay) ? TOP_WITHOUT_CODE : TOP;
  const layout = layoutOf(page, density, { first: whole - top, other: whole - NEXT_TOP });
  const tables = layout.rows.map((_, at) => linesTable(page, layout, at));
  const last = tables.length - 1;
  const blocks = blocksOf(page, BLOCK_SIZES[density]);
  const here = fitting(blocks, whole - (last === 0 ? top : NEXT_TOP) - tableHeight(page, layout, last));
  const rest = blocks.filter((block) => !here.left.includes(block) && !here.right.includes(block));
  const bodies = tables.map((table, at) => table + (at === last ? columns(here) : ''));
  return { density, bodies: rest.length > 0 ? [...bodies, columns(fitting(rest, Number.POSITIVE_INFINITY))] : bodies };
}

const CLASSES = { loose: '', dense: ' dense', tight: ' dense tight', packed: ' dense tight packed' } as const;
const sheet = (density: Density, html: string): string => `<article class="page${CLASSES[density]}">${html}</article>`;

interface Columns {
  readonly left: Block[];
  readonly right: Block[];
}

/** As many blocks, from the first on, as both columns hold. */
function fitting(blocks: readonly Block[], room: number): Columns {
  // the space above the columns is what the last block leaves below itself
  const used = { left: 0, right: 0 };
  const placed: Columns = { left: [], right: [] };
  for (const block of blocks) {
    const column = block.column === 'any' ? (used.left <= used.right ? 'left' : 'right') : block.column;
    if (used[column] + block.height > room) continue;
    used[column] += block.height;
    placed[column].push(block);
  }
  return placed;
}

function columns({ left, right }: Columns): string {
  if (left.length + right.length === 0) return '';
  const side = (list: readonly Block[]): string => `<div>${list.map(({ html }) => html).join('')}</div>`;
  return `<div class="cols">${side(left)}${side(right)}</div>`;
}

const titleOf = ({ bill, say }: Page): string => say(bill.part === 0 ? 'bills.print.title' : 'bills.print.supplementary');

function header(page: Page): string {
  const { bill, say } = page;
  const { issuer } = bill;
  const help = say('bills.print.help', { phone: issuer.phone, hours: issuer.hours });
  return `<header class="h"><div><b>${t(issuer.short)}</b><span>${t(`${issuer.address}. ${help}`)}</span></div><div class="r"><h1>${t(titleOf(page))}</h1><span>${t(say('bills.print.for'))} <b>${t(monthYear(bill.month, say))}</b></span></div></header>`;
}

function smallHeader(page: Page): string {
  const { bill, say } = page;
  return `<header class="h"><div><b>${t(say('bills.print.account'))} ${formatAccount(bill.account)}</b><span>${t(bill.address)}</span></div><div class="r"><h1>${t(titleOf(page))}</h1><span><b>${t(monthYear(bill.month, say))}</b></span></div></header>`;
}

function summary(page: Page): string {
  const { bill, say } = page;
  const who = bill.area === null ? '' : `<br>${t(say('bills.print.who', { area: decimalText(bill.area), residents: bill.residents }))}`;
  return `<section class="top"><div class="who"><span>${t(say('bills.print.account'))}</span><b class="acc">${formatAccount(bill.account)}</b><p><b>${t(bill.holder)}</b><br>${t(bill.address)}${who}</p></div><div class="sum">${sums(page)}</div><div class="qr">${paymentCode(page)}</div></section>`;
}

function sums({ bill, say, after, month }: Page): string {
  const row = (words: string, amount: string, kind = ''): string =>
    `<div${kind}><span>${t(words)}</span><b>${sumText(amount)}</b></div>`;
  const absolute = (amount: string): string => amount.replace('-', '');
  const isOver = isNegative(bill.total);
  const day = dayText(after);
  const rows = [
    row(say('bills.print.month', { month: monthYear(bill.month, say) }), bill.monthTotal),
    row(say(isNegative(bill.earlier) ? 'bills.print.overpaid' : 'bills.print.earlier'), absolute(bill.earlier)),
    row(say(isOver ? 'bills.print.over' : 'bills.print.total', { day }), absolute(bill.total), ' class="t"'),
  ];
  const payBy = isZero(bill.pay) ? say('bills.print.nothing') : say('bills.print.pay-by', { month, day: dayText(bill.dueOn) });
  const received = Money.sum(bill.received.map(({ amount }) => Money.parse(amount))).toString();
  const known = isZero(received) ? '' : ` ${say('bills.print.received-sum', { sum: sumText(received) })}`;
  return `${rows.join('')}<p>${t(payBy + known)}</p>`;
}

/** The figure under the code is the one inside it; nothing to pay, no code. */
function paymentCode({ bill, say, month }: Page): string {
  if (isZero(bill.pay)) return '';
  const { url } = billQr(bill, say);
  const label = t(say('bills.print.qr', { sum: sumText(bill.pay) }));
  const words = say(bill.pay === bill.monthTotal ? 'bills.print.qr-sum' : 'bills.print.qr-less', { month, sum: sumText(bill.pay) });
  return `${qrSvg(qrMatrix(url, NBU_QR), { label, hryvnia: true })}<span>${t(words)}</span>`;
}

/** What the payment code of a bill says: format 003 with the account and the number of the bill. */
export const billQr = (bill: BillContent, say: Say): { readonly payload: string; readonly url: string } =>
  qrCode({
    receiver: bill.issuer.short,
    iban: bill.issuer.iban,
    edrpou: bill.issuer.edrpou,
    amount: bill.pay,
    purpose: say('bills.print.purpose', { month: monthYear(bill.month, say), account: bill.account, number: bill.number }),
    account: bill.account,
    month: bill.month,
    version: '003',
  });

/** Address of the public page of a bill. */
export const checkUrl = ({ issuer, code }: Pick<BillContent, 'issuer' | 'code'>): string => `${issuer.site}/b/${code}`;

function footer({ bill, say }: Page, at: number, pages: number): string {
  const { issuer } = bill;
  const params = { day: dayText(bill.issuedOn), number: bill.number, version: bill.version, reason: bill.reason ?? '' };
  const picture = qrSvg(qrMatrix(checkUrl(bill), LINK_QR), { label: t(say('bills.print.check-qr')), hryvnia: false });
  const receiver = say('bills.print.receiver', { name: issuer.short, iban: issuer.iban, edrpou: issuer.edrpou });
  return `<footer class="f"><div>${picture}</div><div><b>${t(say('bills.print.check', { code: showCode(bill.code) }))}<i>${t(say('bills.print.page', { page: at, pages }))}</i></b><span>${t(say(bill.version === 1 ? 'bills.print.issued' : 'bills.print.corrected', params))}</span><span>${t(receiver)}</span></div></footer>`;
}
