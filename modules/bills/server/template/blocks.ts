import { decimalText, dayText } from '../../domain/index.ts';
import { isNegative, isZero, monthName, monthYear, type Page, signedText, sumText, t } from './words.ts';

/** A part below the table: its column, its HTML and the pixels it takes. */
export interface Block {
  /** `any` goes where there is more room. */
  readonly column: 'left' | 'right' | 'any';
  readonly html: string;
  readonly height: number;
}
const GAP = 12;
const [LEFT_LETTERS, RIGHT_LETTERS] = [66, 50];
const wrapped = (text: string, letters: number): number => Math.max(1, Math.ceil(text.length / letters));

/** In the order of their importance: what does not fit goes to the second page from the end. */
export function blocksOf(page: Page, isTight: boolean): readonly Block[] {
  const bars = (of: Page): Block | null => year(of, isTight ? [64, 34] : [82, 52]);
  const made = [why, bars, recalculations, debt, readings, how, received, notices].map((block) => block(page));
  return made.filter((block) => block !== null);
}

function why({ bill, say, month }: Page): Block | null {
  const { difference } = bill;
  if (difference === null) return null;
  const before = monthName(previousOf(bill.month), say);
  const params = { before, month, was: sumText(difference.before), now: sumText(bill.monthTotal), difference: signedText(difference.difference) };
  const head = `<h2>${t(say('bills.print.why', { month: monthName(previousOf(bill.month), say, 'of') }))}</h2>`;
  if (difference.parts.length === 0) {
    return { column: 'left', html: `<section class="why">${head}<p>${t(say('bills.print.why-equal', params))}</p></section>`, height: 34 + GAP };
  }
  const rows = difference.parts.map(({ amount, text }) => `<li><b>${signedText(amount)}</b><span>${t(text)}</span></li>`);
  const all = `<li class="all"><b>${signedText(difference.difference)}</b><span>${t(say('bills.print.same', { count: difference.same }))}</span></li>`;
  const text = difference.parts.reduce((sum, part) => sum + wrapped(part.text, LEFT_LETTERS - 8) * 15 + 5, 0);
  return {
    column: 'left',
    html: `<section class="why">${head}<p>${t(say('bills.print.why-sum', params))}</p><ul class="list">${rows.join('')}${all}</ul></section>`,
    height: 19 + 18 + text + 20 + GAP,
  };
}

const previousOf = (month: string): string => {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`;
};

/** Twelve months as bars: `room` = pixels of the whole picture and of the tallest bar. */
function year({ bill, say }: Page, [room, tallest]: readonly [number, number]): Block | null {
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
    height: 19 + room + GAP,
  };
}

function recalculations({ bill, say }: Page): Block | null {
  const list = bill.recalculations.slice(0, 8);
  if (list.length === 0) return null;
  const rows = list.map(({ amount, text }) => `<li><b>${signedText(amount)}</b><span>${t(text)}</span></li>`);
  const height = list.reduce((sum, { text }) => sum + wrapped(text, LEFT_LETTERS - 8) * 15 + 5, 19 + GAP);
  return { column: 'left', html: `<section><h2>${t(say('bills.print.recalculations'))}</h2><ul class="list">${rows.join('')}</ul></section>`, height };
}

function received({ bill, say }: Page): Block | null {
  const list = bill.received.slice(0, 6);
  if (list.length === 0) return null;
  const texts = list.map(({ paidOn, channel, month }) =>
    say('bills.print.received-line', { day: dayText(paidOn), channel, month: monthYear(month, say, '.in') }),
  );
  const rows = list.map(({ amount }, at) => `<li><b>${sumText(amount)}</b><span>${t(texts[at] ?? '')}</span></li>`);
  const height = texts.reduce((sum, text) => sum + wrapped(text, RIGHT_LETTERS - 14) * 15 + 5, 19 + GAP);
  return { column: 'any', html: `<section><h2>${t(say('bills.print.received'))}</h2><ul class="list">${rows.join('')}</ul></section>`, height };
}

function debt({ bill, say, month }: Page): Block | null {
  const rows = bill.debt.map(({ age, amount }) => [say(`bills.print.age.${age}`, { month }), amount] as const);
  const all = isZero(bill.advance) ? rows : [...rows, [say('bills.print.advance'), `-${bill.advance}`] as const];
  if (all.length === 0 || (bill.debt.length === 1 && bill.debt[0]?.age === 'month' && isZero(bill.advance))) return null;
  const html = all.map(([text, amount]) => `<div class="two"><span>${t(text)}</span><b>${sumText(amount)}</b></div>`).join('');
  return { column: 'right', html: `<section><h2>${t(say('bills.print.debt'))}</h2>${html}</section>`, height: 19 + all.length * 20 + GAP };
}

function readings({ bill, say, after }: Page): Block | null {
  const list = bill.readings.slice(0, 8);
  if (list.length === 0) return null;
  const rows = list.map(({ name, serial, before, now, quantity, unit }) => {
    const shown = now === null ? `<td class="r" colspan="2">${t(say('bills.print.reading.none'))}</td>` : `<td class="r">${decimalText(now)}</td><td class="r">${decimalText(quantity ?? '0')} ${t(unit)}</td>`;
    return `<tr><td>${t(name)} № ${t(serial)}</td><td class="r">${decimalText(before)}</td>${shown}</tr>`;
  });
  const th = (key: string): string => `<th class="r" scope="col">${t(say(`bills.print.reading.${key}`))}</th>`;
  const head = `<thead><tr><th scope="col">${t(say('bills.print.reading.meter'))}</th>${th('before')}${th('now')}${th('used')}</tr></thead>`;
  const note = verificationNote(list, say, after);
  const height = 19 + 18 + list.reduce((sum, { name, serial }) => sum + wrapped(`${name} № ${serial}`, 34) * 15 + 5, 0) + GAP;
  return {
    column: 'left',
    html: `<section><h2>${t(say('bills.print.readings'))}</h2><table class="m">${head}<tbody>${rows.join('')}</tbody></table>${note === '' ? '' : `<p class="n">${t(note)}</p>`}</section>`,
    height: height + (note === '' ? 0 : wrapped(note, LEFT_LETTERS) * 15 + 4),
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

function how({ bill, say }: Page): Block {
  const { phone } = bill.issuer;
  const texts = ['qr', 'desk', 'phone', 'readings', 'dispute'].map((key) => say(`bills.print.how.${key}`, { phone }));
  const height = texts.reduce((sum, text) => sum + wrapped(text, RIGHT_LETTERS) * 15 + 4, 19 + GAP);
  return { column: 'right', html: `<section><h2>${t(say('bills.print.how'))}</h2><ul class="ul">${texts.map((text) => `<li>${t(text)}</li>`).join('')}</ul></section>`, height };
}

function notices({ bill, say }: Page): Block | null {
  const list = bill.notices.slice(0, 4);
  if (list.length === 0) return null;
  const height = list.reduce((sum, text) => sum + wrapped(text, RIGHT_LETTERS) * 15 + 4, 19 + GAP);
  return { column: 'any', html: `<section><h2>${t(say('bills.print.notices'))}</h2><ul class="ul">${list.map((text) => `<li>${t(text)}</li>`).join('')}</ul></section>`, height };
}
