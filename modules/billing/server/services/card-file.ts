import { Inject, Injectable } from '@nestjs/common';
import { htmlText, type Sheet, type SheetRow, xlsxBook } from '@komplat/documents';
import { Money } from '@komplat/kernel';
import { type Actor, audit, Database, type Locale, Messages } from '@komplat/server';
import type { Card, CardMonth } from '../../contract/card.schema.ts';
import type { CardFileQuery } from '../../contract/certificate.schema.ts';
import { CardService } from './card.service.ts';
import { accountWords, BillingPrinter, dayWords, moneyWords, PAPER_CSS, paperTable } from './print.ts';

const SUMS = ['opening', 'charged', 'recalculated', 'benefit', 'subsidy', 'paid', 'other', 'closing'] as const;
const ZERO = '0.00';
type Say = (key: string, params?: Readonly<Record<string, unknown>>) => string;
type Line = CardMonth & { readonly service: string; readonly provider: string };
interface Paper {
  readonly card: Card;
  readonly heading: readonly string[];
  readonly lines: readonly Line[];
  readonly say: Say;
}

/** The card as a file: every month of every service, payments with what they paid, and the documents. */
@Injectable()
export class CardFile {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CardService) private readonly cards: CardService,
    @Inject(BillingPrinter) private readonly printer: BillingPrinter,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  /** The bytes in the asked format. Who took a whole card out of the system stands in the audit. */
  async file(number: string, query: CardFileQuery, by: { readonly actor: Actor; readonly locale: Locale }): Promise<Uint8Array> {
    const { format, ...asked } = query;
    const { actor, locale } = by;
    const card = await this.cards.card(number, asked, actor);
    const say: Say = (key, params = {}) => this.messages.text(locale, `billing.card-file.${key}`, params);
    const paper: Paper = { card, heading: await this.heading(card, actor, say), lines: linesOf(card), say };
    await this.database.transaction((tx) =>
      audit(tx, { actor, action: 'billing.card.export', subject: `account/${number}`, after: { format, months: query.months, asOf: query.asOf, knownAt: query.knownAt } }),
    );
    return format === 'xlsx'
      ? xlsxBook([monthSheet(paper), paymentSheet(paper), entrySheet(paper)])
      : this.printer.print({ kind: 'card-1', css: CSS, title: say('title', { number: accountWords(number) }), body: bodyOf(paper) });
  }

  private async heading({ account, asOf, knownAt }: Card, actor: Actor, say: Say): Promise<string[]> {
    const [row] = await this.database.query<{ holder: string; address: string; today: string }>(
      `select o.full_name as holder, d.address, platform.today() as today from registry.pub_account_v1 a
       join registry.pub_holder_v1 o on o.account_id = a.account_id join registry.pub_address_v1 d on d.premises_id = a.premises_id
       where a.number = $1`,
      [account.number],
    );
    const day = dayWords(asOf ?? row?.today ?? '');
    return [
      say('title', { number: accountWords(account.number) }),
      `${row?.holder ?? ''}, ${row?.address ?? ''}`,
      knownAt === null ? say('as-of', { day }) : say('as-of-known', { day, known: dayWords(knownAt) }),
      say('made', { day: dayWords(row?.today ?? ''), by: actor.fullName }),
    ];
  }
}

/** Newest month first; a service that stands for nothing in a month has no line there. */
const linesOf = (card: Card): Line[] =>
  card.months.flatMap((month, index) =>
    card.services.flatMap((service) => {
      const own = service.months[index];
      const isThere = own && month >= card.firstMonth && (own.traceRef !== null || SUMS.some((column) => own[column] !== ZERO));
      return isThere ? [{ ...own, service: service.serviceName, provider: service.providerName }] : [];
    }),
  );

const monthSheet = ({ heading, lines, say }: Paper): Sheet => ({
  name: say('months'),
  heading,
  columns: [
    { key: 'month', title: say('month'), kind: 'text', width: 10 },
    { key: 'service', title: say('service'), kind: 'text', width: 34 },
    { key: 'provider', title: say('provider'), kind: 'text', width: 30 },
    ...SUMS.map((key) => ({ key, title: say(key), kind: 'money', width: 14 }) as const),
  ],
  rows: lines.map(({ month, service, provider, ...sums }): SheetRow => ({ month, service, provider, ...Object.fromEntries(SUMS.map((key) => [key, sums[key]])) })),
  totals: {
    month: say('turnover'),
    ...Object.fromEntries(SUMS.slice(1, -1).map((key) => [key, Money.sum(lines.map((line) => Money.parse(line[key]))).toString()])),
  },
});

/** Whether a payment was undone or came with a file of the old system. */
const stateOf = ({ reversed, loaded }: Card['payments'][number], say: Paper['say']): string =>
  reversed ? say('reversed') : loaded ? say('loaded') : '';

function paymentSheet({ card, heading, say }: Paper): Sheet {
  const rows = card.payments.flatMap((payment): SheetRow[] => {
    const head = { paidOn: payment.paidOn, channel: payment.channel, amount: payment.amount, state: stateOf(payment, say) || null };
    const [first, ...rest] = payment.allocations.map((part) => ({ forMonth: part.month ?? say('ahead'), service: part.service, provider: part.provider, part: part.amount }));
    return [{ ...head, ...first }, ...rest];
  });
  return {
    name: say('payments'),
    heading,
    columns: [
      { key: 'paidOn', title: say('paid-on'), kind: 'day', width: 12 },
      { key: 'channel', title: say('channel'), kind: 'text' },
      { key: 'amount', title: say('amount'), kind: 'money' },
      { key: 'state', title: say('state'), kind: 'text', width: 14 },
      { key: 'forMonth', title: say('for-month'), kind: 'text', width: 12 },
      { key: 'service', title: say('service'), kind: 'text', width: 12 },
      { key: 'provider', title: say('provider'), kind: 'text', width: 12 },
      { key: 'part', title: say('part'), kind: 'money' },
    ],
    rows,
    totals: {
      channel: say('total'),
      amount: Money.sum(card.payments.filter(({ reversed }) => !reversed).map(({ amount }) => Money.parse(amount))).toString(),
    },
  };
}

const entrySheet = ({ card, heading, say }: Paper): Sheet => ({
  name: say('documents'),
  heading,
  columns: [
    { key: 'period', title: say('month'), kind: 'text', width: 10 },
    { key: 'forPeriod', title: say('for-month'), kind: 'text', width: 12 },
    { key: 'kind', title: say('kind'), kind: 'text', width: 20 },
    { key: 'service', title: say('service'), kind: 'text', width: 12 },
    { key: 'provider', title: say('provider'), kind: 'text', width: 12 },
    { key: 'amount', title: say('amount'), kind: 'money' },
    { key: 'document', title: say('document'), kind: 'text', width: 40 },
    { key: 'bookedBy', title: say('booked-by'), kind: 'text', width: 18 },
  ],
  rows: card.entries.map(
    (entry): SheetRow => ({
      period: entry.period, forPeriod: entry.forPeriod, kind: say(`kind-${entry.kind}`), service: entry.service, provider: entry.provider,
      amount: entry.amount, document: `${entry.document.kind} ${entry.document.id}`, bookedBy: entry.bookedBy,
    }),
  ),
});

const CSS = `@page{size:A4 landscape;margin:10mm 9mm}${PAPER_CSS}`;

function bodyOf({ card, heading, lines, say }: Paper): string {
  const [title = '', ...rest] = heading;
  const money = (key: (typeof SUMS)[number]) => ({ title: say(key), right: true, value: (line: Line) => moneyWords(line[key]) });
  const months = paperTable<Line>(
    [
      { title: say('month'), value: (line) => dayWords(line.month) },
      { title: say('service'), value: (line) => line.service },
      { title: say('provider'), value: (line) => line.provider },
      ...SUMS.map(money),
    ],
    lines,
  );
  const balances = paperTable(
    [
      { title: say('service'), value: (service: Card['services'][number]) => service.serviceName },
      { title: say('provider'), value: (service) => service.providerName },
      { title: say('debt-months'), right: true, value: (service) => String(service.debtMonths) },
      { title: say('balance'), right: true, value: (service) => moneyWords(service.balance) },
    ],
    card.services,
    [say('total'), '', '', moneyWords(card.total.balance)],
  );
  const payments = paperTable(
    [
      { title: say('paid-on'), value: (payment: Card['payments'][number]) => dayWords(payment.paidOn) },
      { title: say('channel'), value: (payment) => payment.channel },
      { title: say('state'), value: (payment) => stateOf(payment, say) },
      { title: say('amount'), right: true, value: (payment) => moneyWords(payment.amount) },
    ],
    card.payments,
  );
  const head = `<h1>${htmlText(title)}</h1>${rest.map((line) => `<p>${htmlText(line)}</p>`).join('')}`;
  return `${head}<h2>${htmlText(say('balances'))}</h2>${balances}<h2>${htmlText(say('months'))}</h2>${months}<h2>${htmlText(say('payments'))}</h2>${payments}`;
}
