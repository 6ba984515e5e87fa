import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { htmlText } from '@komplat/documents';
import { DomainError, forbidden, Money, notFound } from '@komplat/kernel';
import { type Actor, audit, canonicalJson, Database, Messages, sha256, uuid7 } from '@komplat/server';
import { CertificateContent, type CertificateItem, type CertificateLine, type CertificateRequest, type CertificateVerified } from '../../contract/certificate.schema.ts';
import type { Card } from '../../contract/card.schema.ts';
import { CardService } from './card.service.ts';
import { accountWords, BillingPrinter, dayWords, moneyWords, PAPER_CSS, paperTable } from './print.ts';
import { seenAccount, seenProviders } from './visibility.ts';

interface Row {
  readonly id: string;
  readonly number: string;
  readonly account_id: number;
  readonly account: string;
  readonly as_of: string;
  readonly balance_kop: bigint;
  readonly content: unknown;
  readonly sha256: string;
  readonly purpose: string;
  readonly issued_on: string;
  readonly issued_at: Date;
  readonly issued_by: string;
}
const SELECT = `select c.*, a.number as account from billing.certificate c join registry.pub_account_v1 a on a.account_id = c.account_id`;
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 12;
const MONTHS_BACK = 12;

/** Certificates of the state of payments: numbered, kept as issued, proved by a code. */
@Injectable()
export class CertificateService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CardService) private readonly cards: CardService,
    @Inject(BillingPrinter) private readonly printer: BillingPrinter,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  async list(number: string, actor: Actor): Promise<CertificateItem[]> {
    const account = await this.whole(number, actor);
    const rows = await this.database.query<Row>(`${SELECT} where c.account_id = $1 order by c.issued_at desc, c.id desc limit 100`, [account.id]);
    return rows.map(toItem);
  }

  /** Issues one. It names all debts of the account, so a reader who sees some providers only cannot. */
  async issue(number: string, { asOf, purpose }: CertificateRequest, actor: Actor): Promise<CertificateItem> {
    const account = await this.whole(number, actor);
    const [day] = await this.database.query<{ today: string }>('select platform.today() as today');
    const today = day?.today ?? '';
    if (asOf !== undefined && asOf > today) throw new DomainError('billing.certificate.future', { day: asOf, today });
    const card = await this.cards.card(number, { months: MONTHS_BACK, ...(asOf && asOf < today ? { asOf } : {}) }, actor);
    const head = await this.head(account.id, number);
    const id = uuid7();
    const made = await this.database.transaction(async (tx) => {
      const [next] = await tx.query<{ number: string }>('select billing.next_certificate($1) as number', [Number(today.slice(0, 4))]);
      const content: CertificateContent = {
        ...head,
        ...stateOf(card),
        number: next?.number ?? '',
        code: newCode(),
        account: number,
        asOf: asOf ?? today,
        issuedOn: today,
        purpose,
        issuedBy: actor.fullName,
      };
      await tx.query(
        `insert into billing.certificate (id, number, code, account_id, as_of, balance_kop, content, sha256, purpose, issued_on, issued_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [
          id, content.number, content.code, account.id, content.asOf, Money.parse(content.balance).kop, JSON.stringify(content),
          sha256(canonicalJson(content)), purpose, today, actor.login,
        ],
      );
      await audit(tx, {
        actor, action: 'billing.certificate.issue', subject: `account/${number}`, after: { certificate: content.number, asOf: content.asOf, purpose },
      });
      return tx.query<Row>(`${SELECT} where c.id = $1`, [id]);
    });
    const [row] = made;
    if (!row) throw notFound('billing.certificate.unknown');
    return toItem(row);
  }

  /** The paper, made again from what was issued: its hash is checked first. */
  async pdf(id: string, actor: Actor): Promise<{ readonly number: string; readonly pdf: Uint8Array }> {
    const [row] = await this.database.query<Row>(`${SELECT} where c.id = $1`, [id]);
    if (!row) throw notFound('billing.certificate.unknown');
    await this.whole(row.account, actor);
    const content = CertificateContent.parse(row.content);
    if (sha256(canonicalJson(content)) !== row.sha256) throw new DomainError('billing.certificate.damaged', { number: row.number }, 409);
    const say = (key: string, params = {}): string => this.messages.text('uk', `billing.certificate.paper.${key}`, params);
    const title = say('title', { number: row.number });
    return { number: row.number, pdf: await this.printer.print({ kind: 'certificate-1', css: CSS, title, body: bodyOf(content, row.sha256, say) }) };
  }

  async verify(typed: string): Promise<CertificateVerified> {
    const [row] = await this.database.query<Row>(`${SELECT} where c.code = $1`, [readCode(typed)]);
    if (!row) throw notFound('billing.certificate.unknown');
    return {
      number: row.number,
      accountEnds: row.account.slice(-4),
      asOf: row.as_of,
      issuedOn: row.issued_on,
      balance: Money.ofKop(row.balance_kop).toString(),
      sha256: row.sha256,
    };
  }

  private async whole(number: string, actor: Actor): Promise<{ readonly id: number }> {
    const account = await seenAccount(this.database, number, actor);
    if (seenProviders(actor) !== null) throw forbidden('billing.certificate.partial', {});
    return account;
  }

  private async head(account: number, number: string): Promise<{ readonly holder: string; readonly address: string }> {
    const [row] = await this.database.query<{ holder: string; address: string }>(
      `select o.full_name as holder, d.address from registry.pub_account_v1 a join registry.pub_holder_v1 o on o.account_id = a.account_id
       join registry.pub_address_v1 d on d.premises_id = a.premises_id where a.account_id = $1`,
      [account],
    );
    if (!row) throw notFound('billing.account.unknown', { number });
    return row;
  }
}

const toItem = (row: Row): CertificateItem => ({
  id: row.id,
  number: row.number,
  asOf: row.as_of,
  balance: Money.ofKop(row.balance_kop).toString(),
  purpose: row.purpose,
  sha256: row.sha256,
  issuedAt: row.issued_at.toISOString(),
  issuedBy: row.issued_by,
});

function stateOf(card: Card): Pick<CertificateContent, 'balance' | 'lines' | 'lastPayment'> {
  const last = card.payments.find((payment) => !payment.reversed);
  const lines = card.services.map((service): CertificateLine => {
    const own = card.openItems.filter((item) => item.service === service.serviceCode && item.provider === service.providerCode);
    return {
      service: service.serviceName,
      provider: service.providerName,
      balance: service.balance,
      debtMonths: own.length,
      since: own.map(({ month }) => month).toSorted()[0] ?? null,
    };
  });
  return { balance: card.total.balance, lines, lastPayment: last ? { paidOn: last.paidOn, amount: last.amount } : null };
}

/** Sixty random bits in letters that cannot be misread. */
const newCode = (): string => Array.from(randomBytes(CODE_LENGTH), (byte) => LETTERS[byte & 31] ?? '0').join('');
const readCode = (typed: string): string =>
  typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');

const CSS = `@page{size:A4;margin:16mm 15mm 14mm}${PAPER_CSS}`;

type Say = (key: string, params?: Readonly<Record<string, unknown>>) => string;

function bodyOf(content: CertificateContent, hash: string, say: Say): string {
  const pair = (key: string, value: string): string => `<dt>${htmlText(say(key))}</dt><dd>${htmlText(value)}</dd>`;
  const table = paperTable(
    [
      { title: say('service'), value: (line: CertificateLine) => line.service },
      { title: say('provider'), value: (line) => line.provider },
      { title: say('months'), right: true, value: (line) => (line.debtMonths === 0 ? '–' : String(line.debtMonths)) },
      { title: say('since'), right: true, value: (line) => (line.since === null ? '–' : dayWords(line.since)) },
      { title: say('balance'), right: true, value: (line) => moneyWords(line.balance) },
    ],
    content.lines,
    [say('total'), '', '', '', moneyWords(content.balance)],
  );
  const isDebt = Money.parse(content.balance).cmp(Money.zero);
  const sentence = say(isDebt > 0 ? 'debt' : isDebt < 0 ? 'ahead' : 'none', {
    day: dayWords(content.asOf),
    sum: moneyWords(content.balance.replace('-', '')),
  });
  const { lastPayment } = content;
  const last = lastPayment ? say('last', { day: dayWords(lastPayment.paidOn), sum: moneyWords(lastPayment.amount) }) : say('no-payment');
  return `<h1>${htmlText(say('title', { number: content.number }))}</h1>
<dl>${pair('account', accountWords(content.account))}${pair('holder', content.holder)}${pair('address', content.address)}${pair('purpose', content.purpose)}</dl>
<p><b>${htmlText(sentence)}</b></p><p>${htmlText(last)}</p><h2>${htmlText(say('by-service'))}</h2>${table}
<div class="sign"><span>${htmlText(say('issued', { day: dayWords(content.issuedOn), by: content.issuedBy }))}</span><span>${htmlText(say('signature'))}</span></div>
<p class="code">${htmlText(say('code', { code: content.code.replaceAll(/(.{4})(?=.)/g, '$1 ') }))}<br>${htmlText(say('hash', { hash }))}</p>`;
}
