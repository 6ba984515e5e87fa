import { assert, DomainError, Money } from '@komplat/kernel';
import { REGISTRY_API, type RegistryApi } from '@komplat/registry/contract';
import { audit, Database, Messages, uuid7 } from '@komplat/server';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import type { BillContent } from '../../contract/bill.schema.ts';
import { dayText, moneyText, monthWords, type Say } from '../../domain/index.ts';
import { checkUrl } from '../template/bill-html.ts';
import { BillPrinter } from './bill-printer.ts';
import { type BillRow, BillStore, unpacked } from './bill-store.ts';

const MOST_FAILURES = 3;
const PATIENCE_MS = 20_000;

/** Accounts of a job in their order, with the holder who may get a letter. $1 run, $2 job. */
const ITEMS = `
select i.account_id, p.person_id, coalesce(p.has_email, false) as has_email,
  exists (select from registry.pub_consent_v1 c where c.person_id = p.person_id and c.purpose = 'email' and c.given
    and c.valid @> platform.today()) as agreed
from bills.run_item i join registry.pub_account_v1 a on a.account_id = i.account_id left join registry.pub_person_v1 p on p.person_id = a.holder_id
where i.run_id = $1 and i.job_no = $2 and i.outcome = 'not_started' order by i.ordinal`;
/** All outcomes of a job at once. $1 run, $2 job, $3 accounts, $4 outcomes, $5 reasons, $6 bills. */
const FINISH = `
with job as (
  update bills.run_job set state = 'done', attempts = attempts + 1, error_code = null, finished_at = now()
  where run_id = $1 and job_no = $2 and state <> 'done' returning 1)
update bills.run_item i set outcome = u.outcome, reason_code = u.reason, bill_id = u.bill, finished_at = now()
from unnest($3::int[], $4::text[], $5::text[], $6::bigint[]) as u(account, outcome, reason, bill)
where exists (select from job) and i.run_id = $1 and i.job_no = $2 and i.account_id = u.account and i.outcome = 'not_started' returning 1`;

interface ItemRow {
  readonly account_id: number;
  readonly person_id: string | null;
  readonly has_email: boolean;
  readonly agreed: boolean;
}
interface LetterRow {
  readonly id: string;
  readonly bill_id: bigint;
  readonly state: 'sending' | 'sent' | 'failed';
  readonly run_id: string | null;
}
interface MailJob {
  readonly runId: string;
  readonly jobNo: number;
  readonly month: string;
  readonly by: string;
}
interface Reader {
  readonly person: string;
  readonly address: string;
}
interface Letter {
  readonly bill: BillContent;
  readonly pdf: Buffer;
  readonly address: string;
}
/** What came of one bill or of one account. */
type Outcome =
  | { readonly outcome: 'done'; readonly bill: bigint }
  | { readonly outcome: 'skipped' | 'failed'; readonly reason: MailReason };
type MailReason =
  | 'mail-no-bill' | 'mail-no-consent' | 'mail-no-address' | 'mail-sent-before' | 'mail-given-up' | 'mail-refused' | 'mail-later' | 'mail-unknown';
/** What the server said of one letter: null = it was taken. */
type Refusal = { readonly reason: 'mail-refused' | 'mail-later' | 'mail-unknown'; readonly answer: string } | null;

/** Bills by e-mail: to holders who agreed, each bill once, an outcome for each account of the run. */
@Injectable()
export class BillMail implements OnApplicationShutdown {
  private server: { readonly url: string; readonly transport: Transporter } | undefined;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(BillStore) private readonly store: BillStore,
    @Inject(BillPrinter) private readonly printer: BillPrinter,
    @Inject(Messages) private readonly messages: Messages,
    @Inject(REGISTRY_API) private readonly registry: RegistryApi,
  ) {}

  /** Refuses `bills.mail.no-server`. */
  checkServer(): void {
    this.transport();
  }

  /**
   * One job of a run. Safe to repeat: a letter that left is not sent again. A server that does not answer ends the step with
   * `bills.mail.server-down`; what is left of the job waits for the run to go on.
   */
  async work(job: MailJob): Promise<void> {
    const items = await this.database.query<ItemRow>(ITEMS, [job.runId, job.jobNo]);
    const readers = items.filter((item) => item.agreed && item.has_email);
    if (readers.length > 0) await this.reach();
    const bills = await this.store.current(readers.map((item) => item.account_id), job.month);
    const letters = await this.database.query<LetterRow>('select id, bill_id, state, run_id from bills.mail where bill_id = any($1::bigint[])', [
      bills.map(({ id }) => id),
    ]);
    const persons = readers.flatMap((item) => item.person_id ?? []);
    const codes = await this.registry.personCodes([...new Set(persons)], { by: job.by, subject: `bills-run/${job.runId}` });
    const outcomes: Outcome[] = [];
    for (const item of items) {
      const address = item.person_id === null ? undefined : codes.get(item.person_id)?.email;
      const reader = item.agreed && item.person_id !== null && address ? { person: item.person_id, address } : null;
      const own = bills.filter((bill) => bill.account_id === item.account_id);
      outcomes.push(reader ? await this.account(job, reader, own, letters) : { outcome: 'skipped', reason: item.agreed ? 'mail-no-address' : 'mail-no-consent' });
    }
    await this.finish(job, items, outcomes);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.resolve(this.server?.transport.close());
  }

  private async finish({ runId, jobNo, by }: MailJob, items: readonly ItemRow[], outcomes: readonly Outcome[]): Promise<void> {
    await this.database.transaction(async (tx) => {
      const rows = await tx.query(FINISH, [
        runId, jobNo, items.map(({ account_id: account }) => account), outcomes.map(({ outcome }) => outcome),
        outcomes.map((one) => (one.outcome === 'done' ? null : one.reason)), outcomes.map((one) => (one.outcome === 'done' ? one.bill : null)),
      ]);
      if (rows.length === 0 && items.length > 0) return; // another try was quicker
      assert(rows.length === items.length, 'every account of a job has one outcome');
      const of = (wanted: Outcome['outcome']): number => outcomes.filter(({ outcome }) => outcome === wanted).length;
      const after = { job: jobNo, sent: of('done'), failed: of('failed'), skipped: of('skipped') };
      await audit(tx, { actor: { login: by }, action: 'bills.mail.send', subject: `bills-run/${runId}`, after });
    });
  }

  /** Bills of one account: what failed is its outcome, else what was sent, else why nothing was. */
  private async account(job: MailJob, reader: Reader, bills: readonly BillRow[], letters: readonly LetterRow[]): Promise<Outcome> {
    const outcomes: Outcome[] = [];
    for (const bill of bills) {
      outcomes.push(await this.bill(job, reader, bill, letters.filter((letter) => letter.bill_id === bill.id)));
    }
    const first = (wanted: Outcome['outcome']): Outcome | undefined => outcomes.find(({ outcome }) => outcome === wanted);
    return first('failed') ?? first('done') ?? first('skipped') ?? { outcome: 'skipped', reason: 'mail-no-bill' };
  }

  private async bill(job: MailJob, reader: Reader, row: BillRow, letters: readonly LetterRow[]): Promise<Outcome> {
    const sent = letters.find(({ state }) => state === 'sent');
    if (sent) return sent.run_id === job.runId ? { outcome: 'done', bill: row.id } : { outcome: 'skipped', reason: 'mail-sent-before' };
    // a letter of this run whose end nobody saw may have left: only a person sends it again, by a retry
    if (letters.some((letter) => letter.run_id === job.runId)) return { outcome: 'failed', reason: 'mail-unknown' };
    if (letters.length >= MOST_FAILURES) return { outcome: 'skipped', reason: 'mail-given-up' };
    const id = uuid7();
    const bill = unpacked(row);
    const pdf = Buffer.from(await this.printer.one(bill));
    if (!(await this.take(id, job, reader, row))) return { outcome: 'failed', reason: 'mail-unknown' };
    const refusal = await this.letter({ bill, pdf, address: reader.address }, () => this.database.query('delete from bills.mail where id = $1', [id]));
    await this.database.query('update bills.mail set state = $2, answer = $3, sent_at = now() where id = $1', [
      id, refusal === null ? 'sent' : 'failed', refusal?.answer ?? null,
    ]);
    return refusal === null ? { outcome: 'done', bill: row.id } : { outcome: 'failed', reason: refusal.reason };
  }

  /** The row stands before the letter leaves: after a stop nobody gets a second one. False when another try has it. */
  private async take(id: string, { runId, by }: MailJob, { person, address }: Reader, row: BillRow): Promise<boolean> {
    const masked = `${address.slice(0, 1)}…${address.slice(address.lastIndexOf('@'))}`;
    await this.database.query(`update bills.mail set state = 'failed' where bill_id = $1 and state = 'sending' and run_id is distinct from $2`, [row.id, runId]);
    const taken = await this.database.query(
      `insert into bills.mail (id, bill_id, person_id, address, sent_by, run_id) values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning id`,
      [id, row.id, person, masked, by, runId],
    );
    return taken.length > 0;
  }

  /** What the server answered; `notLeft` undoes the row when the server was not reached at all. */
  private async letter({ bill, pdf, address }: Letter, notLeft: () => Promise<unknown>): Promise<Refusal> {
    const say: Say = (key, params = {}) => this.messages.text('uk', key, params);
    const words = { month: monthWords(bill.month, say), account: bill.account, issuer: bill.issuer.short, phone: bill.issuer.phone };
    const sum = moneyText(Money.parse(bill.pay).kop);
    try {
      await this.transport().sendMail({
        from: { name: bill.issuer.short, address: process.env['KOMPLAT_MAIL_FROM'] ?? `no-reply@${new URL(bill.issuer.site).hostname}` },
        to: address,
        subject: say('bills.mail.subject', words),
        text: say('bills.mail.text', { ...words, sum, day: dayText(bill.dueOn), url: checkUrl(bill) }),
        attachments: [{ filename: `bill-${bill.number}.pdf`, contentType: 'application/pdf', content: pdf }],
      });
      return null;
    } catch (error) {
      if (partOf(error, 'syscall') === 'connect') {
        await notLeft();
        throw serverDown();
      }
      const code = Number(partOf(error, 'responseCode'));
      const answer = error instanceof Error ? error.message.replaceAll(address, '…').slice(0, 300) : '';
      return { reason: code >= 500 ? 'mail-refused' : code >= 400 ? 'mail-later' : 'mail-unknown', answer };
    }
  }

  /** Nothing is begun with a server that does not answer. */
  private async reach(): Promise<void> {
    try {
      await this.transport().verify();
    } catch (error) {
      throw error instanceof DomainError ? error : serverDown();
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

const serverDown = (): DomainError => new DomainError('bills.mail.server-down', {}, 503);
/** `responseCode` of SMTP and the `syscall` that failed stand on the errors of the mail library beside the message. */
const partOf = (error: unknown, name: 'responseCode' | 'syscall'): unknown =>
  error instanceof Error && name in error ? Reflect.get(error, name) : undefined;
