import type { Form2, Form2Line } from '@komplat/benefits/contract';
import { htmlText } from '@komplat/documents';
import { Messages } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { MadeForm2 } from './form2.service.ts';
import { accountWords, BillingPrinter, dayWords, moneyWords, PAPER_CSS } from './print.ts';

const CSS = `@page{size:A4 landscape;margin:10mm 9mm}${PAPER_CSS}
td{vertical-align:top}
th{max-width:92px}
td small{display:block;color:#465361;font-size:10px}
.b td{font-weight:600;border-top:1px solid #15212b;background:#f1f4f6}
.p{margin-top:10px;border-left:2.5px solid #15212b;padding-left:7px}
`;
type Say = (key: string, params?: Readonly<Record<string, unknown>>) => string;

/** The printed form: two lines a person, a block a category with its sums, the grand total (law.md 2.5). */
@Injectable()
export class Form2Paper {
  constructor(
    @Inject(BillingPrinter) private readonly printer: BillingPrinter,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  pdf({ form, names, provider, month }: MadeForm2): Promise<Uint8Array> {
    const say: Say = (key, params = {}) => this.messages.text('uk', `billing.form2.paper.${key}`, params);
    const title = say('title', { month: month.toString() });
    const head = `<h1>${htmlText(title)}</h1><p>${htmlText(say('provider', { name: provider.name, edrpou: provider.edrpou }))}</p><p>${htmlText(say('law'))}</p>`;
    return this.printer.print({ kind: 'form2-1', css: CSS, title, body: `${head}${table(form, names, say)}${this.problems(form)}${sign(say)}` });
  }

  private problems({ problems }: Form2): string {
    const lines = problems.map(({ code, params }) => `<p>${htmlText(this.messages.text('uk', `error.${code}`, params))}</p>`);
    return lines.length === 0 ? '' : `<div class="p">${lines.join('')}</div>`;
  }
}

const td = (first: string, second = '', right = false): string =>
  `<td${right ? ' class="r"' : ''}>${htmlText(first)}${second === '' ? '' : `<small>${htmlText(second)}</small>`}</td>`;

function table(form: Form2, names: MadeForm2['names'], say: Say): string {
  const { services } = form;
  const th = (key: string, right = false): string => `<th scope="col"${right ? ' class="r"' : ''}>${htmlText(say(key))}</th>`;
  const heads = services.map((service) => `<th scope="col" class="r">${htmlText(names.get(service) ?? service)}</th>`).join('');
  const head = `<tr>${th('number')}${th('person')}${th('covered', true)}${th('category')}${th('tax-number')}${th('year')}${th('days', true)}${heads}${th('sum', true)}</tr>`;
  const sums = (totals: Readonly<Record<string, { toString(): string }>>): string =>
    services.map((service) => td(totals[service] ? moneyWords(totals[service].toString()) : '', '', true)).join('');
  const body = form.blocks.map((block) => {
    const title = `<tr class="b"><td colspan="${7 + services.length}">${htmlText(say('block', { name: block.categoryName, persons: block.persons, covered: block.covered }))}</td>${td(moneyWords(block.total.toString()), '', true)}</tr>`;
    return title + block.lines.map((line) => personRow(line, services)).join('');
  });
  const foot = `<tr><td colspan="7">${htmlText(say('total'))}</td>${sums(form.totals)}${td(moneyWords(form.total.toString()), '', true)}</tr>`;
  return `<table><thead>${head}</thead><tbody>${body.join('')}</tbody><tfoot>${foot}</tfoot></table>`;
}

function personRow({ number, first, second }: Form2Line, services: readonly string[]): string {
  const cells = services.map((service) => {
    const sum = first.sums[service];
    return td(sum ? moneyWords(sum.toString()) : '', (second.volumes[service] ?? '').replace('.', ','), true);
  });
  return `<tr>${td(String(number))}${td(first.fullName, second.address)}${td(String(first.covered), `${second.percent.replace('.', ',')} %`, true)}${td(first.category, accountWords(second.account))}${td(first.taxNumber, dayWords(second.month))}${td(String(first.year))}${td(String(first.days), '', true)}${cells.join('')}${td(moneyWords(first.total.toString()), '', true)}</tr>`;
}

const sign = (say: Say): string => `<div class="sign"><span>${htmlText(say('head'))}</span><span>${htmlText(say('accountant'))}</span></div>`;
