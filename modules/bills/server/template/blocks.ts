import { decimalText, dayText } from '../../domain/index.ts';
import { isNegative, isZero, monthName, monthYear, type Page, signedText, sumText, t } from './words.ts';

/** A part below the table: its column, its HTML and the pixels it takes. */
export interface Block {
  /** `any` goes where there is more room. */
  readonly column: 'left' | 'right' | 'any';
  readonly html: string;
  readonly height: number;
}
/** Pixels of the parts of a block, and letters that a line of each column holds. */
export interface BlockSizes {
  readonly line: number;
  readonly head: number;
  /** Of a row without its lines. */
  readonly pad: number;
  readonly gap: number;
  readonly left: number;
  readonly right: number;
  /** The whole picture of the year and its tallest bar. */
  readonly bars: readonly [number, number];
}
const LOOSE: BlockSizes = { line: 15, head: 19, pad: 5, gap: 12, left: 66, right: 50, bars: [82, 52] };
export const BLOCK_SIZES = {
  loose: LOOSE,
  dense: LOOSE,
  tight: { ...LOOSE, bars: [64, 34] },
  packed: { line: 13, head: 16, pad: 3, gap: 8, left: 72, right: 55, bars: [56, 28] },
} as const satisfies Readonly<Record<string, BlockSizes>>;
const wrapped = (text: string, letters: number): number => Math.max(1, Math.ceil(text.length / letters));

/** In the order of their importance: what does not fit goes to the second page from the end. */
export function blocksOf(page: Page, sizes: BlockSizes): readonly Block[] {
  const made = [why, year, recalculations, debt, readings, how, received, notices].map((block) => block(page, sizes));
  return made.filter((block) => block !== null);
}

function why({ bill, say, month }: Page, { line, head: title, pad, gap, left }: BlockSizes): Block | null {
  const { difference } = bill;
  if (difference === null) return null;
  const before = monthName(previousOf(bill.month), say);
  const params = { before, month, was: sumText(difference.before), now: sumText(bill.monthTotal), difference: signedText(difference.difference) };
  const head = `<h2>${t(say('bills.print.why', { month: monthName(previousOf(bill.month), say, 'of') }))}</h2>`;
  if (difference.parts.length === 0) {
    return { column: 'left', html: `<section class="why">${head}<p>${t(say('bills.print.why-equal', params))}</p></section>`, height: title + line + gap };
  }
  const rows = difference.parts.map(({ amount, text }) => `<li><b>${signedText(amount)}</b><span>${t(text)}</span></li>`);
  const all = `<li class="all"><b>${signedText(difference.difference)}</b><span>${t(say('bills.print.same', { count: difference.same }))}</span></li>`;
  const text = difference.parts.reduce((sum, part) => sum + wrapped(part.text, left - 8) * line + pad, 0);
  return {
    column: 'left',
    html: `<section class="why">${head}<p>${t(say('bills.print.why-sum', params))}</p><ul class="list">${rows.join('')}${all}</ul></section>`,
    height: title + line + 3 + text + line + pad + gap,
  };
}

const previousOf = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`;
};

/** Twelve months as bars. */
function year({ bill, say }: Page, { head, gap, bars: [room, tallest] }: BlockSizes): Block | null {
  const kops = bill.year.map(({ amount }) => (amount === null || isNegative(amount) ? 0n : BigInt(amount.replace('.', ''))));
  const top = kops.reduce((most, kop) => (kop > most ? kop : most), 0n);
  if (top === 0n) return null;
  const highest = kops.indexOf(top);
  const bars = bill.year.map(({ month, amount }, at) => {
    const isLast = at === bill.year.length - 1;
    const label = `<span>${month.slice(5)}.${month.slice(2, 4)}</span>`;
    if (amount === null) return `<div class="gap"><i></i>${label}</div>`;
    const height = Number(((kops[at] ?? 0n) * BigInt(tallest) * 10n) / top) / 10;
    const words = isLast || (at === highest && at < bill.year.length - 2) ? `<em>${sumText(amount)}</em>` : '';
    return `<div${isLast ? ' class="cur"' : ''}>${words}<i style="height:${height}px"></i>${label}</div>`;
  });
  const spoken = bill.year.map(({ month, amount }) => `${month} ${amount === null ? say('bills.print.no-data') : sumText(amount)}`).join('; ');
  return {
    column: 'right',
    html: `<section><h2>${t(say('bills.print.year'))}</h2><div class="bars" role="img" aria-label="${spoken}">${bars.join('')}</div></section>`,
    height: head + room + gap,
  };
}

function recalculations({ bill, say }: Page, { line, head, pad, gap, left }: BlockSizes): Block | null {
  const list = bill.recalculations.slice(0, 8);
  if (list.length === 0) return null;
  const rows = list.map(({ amount, text }) => `<li><b>${signedText(amount)}</b><span>${t(text)}</span></li>`);
  const height = list.reduce((sum, { text }) => sum + wrapped(text, left - 8) * line + pad, head + gap);
  return { column: 'left', html: `<section><h2>${t(say('bills.print.recalculations'))}</h2><ul class="list">${rows.join('')}</ul></section>`, height };
}

function received({ bill, say }: Page, { line, head, pad, gap, right }: BlockSizes): Block | null {
  const list = bill.received.slice(0, 6);
  if (list.length === 0) return null;
  const texts = list.map(({ paidOn, channel, month }) =>
    say('bills.print.received-line', { day: dayText(paidOn), channel, month: monthYear(month, say, '.in') }),
  );
  const rows = list.map(({ amount }, at) => `<li><b>${sumText(amount)}</b><span>${t(texts[at] ?? '')}</span></li>`);
  const height = texts.reduce((sum, text) => sum + wrapped(text, right - 14) * line + pad, head + gap);
  return { column: 'any', html: `<section><h2>${t(say('bills.print.received'))}</h2><ul class="list">${rows.join('')}</ul></section>`, height };
}

function debt({ bill, say, month }: Page, { line, head, pad, gap }: BlockSizes): Block | null {
  const rows = bill.debt.map(({ age, amount }) => [say(`bills.print.age.${age}`, { month }), amount] as const);
  const all = isZero(bill.advance) ? rows : [...rows, [say('bills.print.advance'), `-${bill.advance}`] as const];
  if (all.length === 0 || (bill.debt.length === 1 && bill.debt[0]?.age === 'month' && isZero(bill.advance))) return null;
  const html = all.map(([text, amount]) => `<div class="two"><span>${t(text)}</span><b>${sumText(amount)}</b></div>`).join('');
  return { column: 'right', html: `<section><h2>${t(say('bills.print.debt'))}</h2>${html}</section>`, height: head + all.length * (line + pad) + gap };
}

function readings({ bill, say, after }: Page, { line, head: title, pad, gap, left }: BlockSizes): Block | null {
  const list = bill.readings.slice(0, 8);
  if (list.length === 0) return null;
  const rows = list.map(({ name, serial, before, now, quantity, unit }) => {
    const shown = now === null ? `<td class="r" colspan="2">${t(say('bills.print.reading.none'))}</td>` : `<td class="r">${decimalText(now)}</td><td class="r">${decimalText(quantity ?? '0')} ${t(unit)}</td>`;
    return `<tr><td>${t(name)} № ${t(serial)}</td><td class="r">${decimalText(before)}</td>${shown}</tr>`;
  });
  const th = (key: string): string => `<th class="r" scope="col">${t(say(`bills.print.reading.${key}`))}</th>`;
  const head = `<thead><tr><th scope="col">${t(say('bills.print.reading.meter'))}</th>${th('before')}${th('now')}${th('used')}</tr></thead>`;
  const note = verificationNote(list, say, after);
  const height = title + line + 3 + list.reduce((sum, { name, serial }) => sum + wrapped(`${name} № ${serial}`, 34) * line + pad, 0) + gap;
  return {
    column: 'left',
    html: `<section><h2>${t(say('bills.print.readings'))}</h2><table class="m">${head}<tbody>${rows.join('')}</tbody></table>${note === '' ? '' : `<p class="n">${t(note)}</p>`}</section>`,
    height: height + (note === '' ? 0 : wrapped(note, left) * line + 4),
  };
}

/** Verifications that are over, or end within three months. */
function verificationNote(list: Page['bill']['readings'], say: Page['say'], after: string): string {
  const limit = new Date(Date.parse(`${after}T00:00:00Z`) + 92 * 86_400_000).toISOString().slice(0, 10);
  const late = list.filter(({ due }) => due !== null && due < limit);
  if (late.length === 0) return '';
  const named = late.map(({ name, serial, due }) =>
    say(`bills.print.verification-${(due ?? '') < after ? 'passed' : 'near'}`, { name: name.toLowerCase(), serial, day: dayText(due ?? '') }),
  );
  return say('bills.print.verification', { count: late.length, list: named.join('; ') });
}

function how({ bill, say }: Page, { line, head, pad, gap, right }: BlockSizes): Block {
  const { phone } = bill.issuer;
  const texts = ['qr', 'desk', 'phone', 'readings', 'dispute'].map((key) => say(`bills.print.how.${key}`, { phone }));
  const height = texts.reduce((sum, text) => sum + wrapped(text, right) * line + pad - 1, head + gap);
  return { column: 'right', html: `<section><h2>${t(say('bills.print.how'))}</h2><ul class="ul">${texts.map((text) => `<li>${t(text)}</li>`).join('')}</ul></section>`, height };
}

function notices({ bill, say }: Page, { line, head, pad, gap, right }: BlockSizes): Block | null {
  const list = bill.notices.slice(0, 4);
  if (list.length === 0) return null;
  const height = list.reduce((sum, text) => sum + wrapped(text, right) * line + pad - 1, head + gap);
  return { column: 'any', html: `<section><h2>${t(say('bills.print.notices'))}</h2><ul class="ul">${list.map((text) => `<li>${t(text)}</li>`).join('')}</ul></section>`, height };
}
