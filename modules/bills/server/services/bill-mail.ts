import { DomainError, Money } from '@komplat/kernel';
import { REGISTRY_API, type RegistryApi } from '@komplat/registry/contract';
import { type Actor, audit, Database, Messages, uuid7 } from '@komplat/server';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import type { MailOutcome, MailRequest, MailResult } from '../../contract/mail.schema.ts';
import { dayText, moneyText, monthWords, type Say } from '../../domain/index.ts';
import { checkUrl } from '../template/bill-html.ts';
import { BillPrinter } from './bill-printer.ts';
import { BILL_COLUMNS, type BillRow, unpacked } from './bill-store.ts';

const MOST_FAILURES = 3;
const PATIENCE_MS = 20_000;
/** Current bills of $1 whose holder agreed to e-mail and has one; $2 = number of one account or null. Sent ones and given up ones are left out. */
const DUE = `
from bills.bill b join registry.pub_account_v1 a on a.account_id = b.account_id
join registry.pub_person_v1 p on p.person_id = a.holder_id and p.has_email
join registry.pub_consent_v1 c on c.person_id = p.person_id and c.purpose = 'email' and c.given and c.valid @> platform.today()
where b.period = $1 and ($2::text is null or a.number = $2)
  and not exists (select from bills.bill n where n.account_id = b.account_id and n.period = b.period and n.part = b.part and n.version > b.version)
  and not exists (select from bills.mail m where m.bill_id = b.id and m.state <> 'failed')
  and (select count(*) from bills.mail m where m.bill_id = b.id) < ${MOST_FAILURES}`;
type DueRow = BillRow & { readonly account: string; readonly person_id: string };

/** Bills by e-mail: to holders who agreed, each once, with what the server answered to each. */
@Injectable()
export class BillMail implements OnApplicationShutdown {
  private server: { readonly url: string; readonly transport: Transporter } | undefined;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(BillPrinter) private readonly printer: BillPrinter,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(REGISTRY_API) private readonly registry: RegistryApi,
  ) {}

  async send({ month, account, most }: MailRequest, actor: Actor): Promise<MailResult> {
    const transport = this.transport();
    const params = [`${month}-01`, account ?? null];
    const rows = await this.database.query<DueRow>(`select ${BILL_COLUMNS}, a.number as account, p.person_id ${DUE} order by b.id limit ${most}`, params);
    const codes = await this.registry.personCodes([...new Set(rows.map((row) => row.person_id))], { by: actor.login, subject: `bills-mail/${month}` });
    const items: MailOutcome[] = [];
    for (const row of rows) {
      const address = codes.get(row.person_id)?.email;
      const outcome = address ? await this.one(transport, row, address, actor) : null;
      if (outcome) items.push(outcome);
    }
    const [left] = await this.database.query<{ n: number }>(`select count(*)::int as n ${DUE}`, params);
    const of = (state: MailOutcome['state']): number => items.filter((item) => item.state === state).length;
    const result = { items, sent: of('sent'), failed: of('failed'), left: left?.n ?? 0 };
    await this.database.transaction((tx) =>
      audit(tx, { actor, action: 'bills.mail.send', subject: `bills-mail/${month}`, after: { account, sent: result.sent, failed: result.failed, left: result.left } }),
    );
    return result;
  }

  async list(month: string): Promise<MailResult> {
    const items = await this.database.query<MailOutcome>(
      `select a.number as account, b.number as bill, m.address, m.state, m.answer from bills.mail m join bills.bill b on b.id = m.bill_id
       join registry.pub_account_v1 a on a.account_id = b.account_id where b.period = $1 order by m.sent_at desc, m.id limit 500`,
      [`${month}-01`],
    );
    const [counts] = await this.database.query<{ sent: number; failed: number; left: number }>(
      `select (count(*) filter (where m.state = 'sent'))::int as sent, (count(*) filter (where m.state = 'failed'))::int as failed,
         (select count(*)::int ${DUE}) as left from bills.mail m join bills.bill b on b.id = m.bill_id where b.period = $1`,
      [`${month}-01`, null],
    );
    return { items, ...(counts ?? { sent: 0, failed: 0, left: 0 }) };
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.resolve(this.server?.transport.close());
  }

  /** The row stands before the letter leaves: after a stop nobody gets a second one. Null when another call has it. */
  private async one(transport: Transporter, row: DueRow, address: string, { login }: Actor): Promise<MailOutcome | null> {
    const id = uuid7();
    const masked = `${address.slice(0, 1)}…${address.slice(address.lastIndexOf('@'))}`;
    const taken = await this.database.query(
      `insert into bills.mail (id, bill_id, person_id, address, sent_by) values ($1, $2, $3, $4, $5) on conflict do nothing returning id`,
      [id, row.id, row.person_id, masked, login],
    );
    if (taken.length === 0) return null;
    const answer = await this.letter(transport, row, address);
    const state = answer === null ? 'sent' : 'failed';
    await this.database.query('update bills.mail set state = $2, answer = $3, sent_at = now() where id = $1', [id, state, answer]);
    return { account: row.account, bill: row.number, address: masked, state, answer };
  }

  /** Null when the server took the letter, else what it said. */
  private async letter(transport: Transporter, row: DueRow, address: string): Promise<string | null> {
    const bill = unpacked(row);
    const say: Say = (key, params = {}) => this.messages.text('uk', key, params);
    const words = { month: monthWords(bill.month, say), account: bill.account, issuer: bill.issuer.short, phone: bill.issuer.phone };
    const sum = moneyText(Money.parse(bill.pay).kop);
    try {
      await transport.sendMail({
        from: { name: bill.issuer.short, address: process.env['KOMPLAT_MAIL_FROM'] ?? `no-reply@${new URL(bill.issuer.site).hostname}` },
        to: address,
        subject: say('bills.mail.subject', words),
        text: say('bills.mail.text', { ...words, sum, day: dayText(bill.dueOn), url: checkUrl(bill) }),
        attachments: [{ filename: `bill-${bill.number}.pdf`, contentType: 'application/pdf', content: Buffer.from(await this.printer.one(bill)) }],
      });
      return null;
    } catch (error) {
      return error instanceof Error ? error.message.replaceAll(address, '…').slice(0, 300) : 'unknown';
    }
  }

  /** The server of `KOMPLAT_SMTP_URL`; refuses `bills.mail.no-server`. */
  private transport(): Transporter {
    const url = process.env['KOMPLAT_SMTP_URL'];
    if (!url) throw new DomainError('bills.mail.no-server', {}, 503);
    if (this.server?.url !== url) {
      const wait = { connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS };
      this.server = { url, transport: createTransport({ url, ...wait }) };
    }
    return this.server.transport;
  }
}
