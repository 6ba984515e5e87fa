import { assert, conflict, DomainError, Money } from '@komplat/kernel';
import { type Actor, audit, Database, publish, uuid7 } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { ReceiptOrder } from '../../contract/case.schema.ts';
import { caseChanged } from '../../contract/case-events.ts';
import type { CaseStatus, ClaimPart } from '../../contract/case-words.ts';
import { actsOf, receiptOver } from '../../domain/index.ts';
import { CaseActs } from './case-acts.service.ts';
import { refuseForeign } from './case-scope.ts';
import { addEvent, type CaseRow, caseRow, operatingDay, outstandingOf, partsOf, type CaseTx } from './case-store.ts';
import { CaseTerms } from './case-terms.ts';

const SYSTEM = 'system:legal-case';
/** Days between what an executor writes and the day of the bank. */
const BANK_DAYS = 5;
const WITH_EXECUTOR: readonly CaseStatus[] = ['executor-state', 'executor-private', 'partially-paid', 're-presented'];

interface SeenPayment {
  readonly paymentId: bigint;
  readonly on: string;
  /** All lines of this creditor. */
  readonly whole: bigint;
  /** What the ledger put on the months of the case. */
  readonly covered: bigint;
}
interface Told {
  readonly id: string;
  readonly amount: bigint;
  readonly on: string;
}

/** Money that comes back: told by executors, seen in the ledger, tied to months and parts by the stated order. */
@Injectable()
export class CaseReceipts {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CaseActs) private readonly acts: CaseActs,
    @Inject(CaseTerms) private readonly terms: CaseTerms,
  ) {}

  /** An executor tells of money: it counts when its payment is in the ledger, and a task looks for it until then. */
  async tell(id: string, order: ReceiptOrder, actor: Actor): Promise<void> {
    await this.database.transaction(async (tx) => {
      const row = await caseRow(tx, id, 'for update of c');
      refuseForeign(row, actor);
      await this.told(tx, row, order, actor.login);
    });
    await this.take(id);
  }

  /** The same in the caller's transaction. Refuses `legal.case.receipt-no-executor`, `receipt-twice`, `receipt-early`. */
  async told(tx: CaseTx, row: CaseRow, { on, amount, reference }: ReceiptOrder, by: string): Promise<void> {
    if (!WITH_EXECUTOR.includes(row.status)) throw new DomainError('legal.case.receipt-no-executor', { number: row.number, status: row.status }, 409);
    if (on > (await operatingDay(tx))) throw new DomainError('legal.case.future-day', { day: on, number: row.number, path: 'body.on' });
    if (on < row.openedOn) throw new DomainError('legal.case.receipt-early', { day: on, opened: row.openedOn, path: 'body.on' });
    const [again] = await tx.query('select id from legal.case_receipt where case_id = $1 and reference = $2', [row.id, reference]);
    if (again) throw conflict('legal.case.receipt-twice', { reference, number: row.number });
    const { kop } = Money.parse(amount);
    const [known] = await tx.query(CAME_BEFORE, [row.id, on, kop, reference, BANK_DAYS]);
    if (!known) {
      await tx.query(
        `insert into legal.case_receipt (id, case_id, source, received_on, amount_kop, reference, made_by) values ($1, $2, 'executor', $3, $4, $5, $6)`,
        [uuid7(), row.id, on, kop, reference, by],
      );
      await this.terms.open(tx, row.id, 'find-money', on, { details: { reference } });
      await tx.query(LOOK_AGAIN, [row.id]);
    }
    await addEvent(tx, row.id, { act: 'receipt-told', on, status: row.status, details: { amount, reference }, by });
    await audit(tx, { actor: { login: by }, action: 'legal.case.receipt-told', subject: `case/${row.number}`, after: { amount, reference, on } });
    await publish(tx, caseChanged, `case/${row.id}`, { caseId: row.id, startedBy: by });
  }

  /** Ties every payment that the case did not see; takes back what was rolled back. May run twice. Answers how many were tied. */
  async take(caseId: string): Promise<number> {
    return this.database.transaction(async (tx) => {
      const row = await caseRow(tx, caseId, 'for update of c');
      if (row.closedOn !== null) return 0;
      await this.undoRolledBack(tx, row);
      const payments = await tx.query<SeenPayment>(UNSEEN, [caseId]);
      let tied = 0;
      for (const payment of payments) tied += (await this.tie(tx, row, payment)) ? 1 : 0;
      const seen = payments.map(({ paymentId }) => paymentId);
      await tx.query('insert into legal.case_payment (case_id, payment_id) select $1, p from unnest($2::bigint[]) p', [caseId, seen]);
      if (tied > 0) await this.afterMoney(tx, await caseRow(tx, caseId));
      return tied;
    });
  }

  private async tie(tx: CaseTx, row: CaseRow, payment: SeenPayment): Promise<boolean> {
    const [told] = await tx.query<Told>(
      `select id, amount_kop as amount, to_char(received_on, 'YYYY-MM-DD') as on from legal.case_receipt
       where case_id = $1 and source = 'executor' and payment_id is null and amount_kop = $2 and received_on - $4::int <= $3::date
       order by received_on, id limit 1`,
      [row.id, payment.whole, payment.on, BANK_DAYS],
    );
    if (!told && payment.covered <= 0n) return false;
    const source = told ? 'executor' : 'debtor';
    const amount = told ? told.amount : payment.covered;
    const order = await orderOf(tx, source, payment.on);
    const { shares, overKop } = receiptOver((await partsOf(tx, row.id)).map(asPart), order.parts, amount);
    const id = told?.id ?? uuid7();
    const values = [id, row.id, source, payment.on, amount, overKop, payment.paymentId, order.id, await operatingDay(tx)];
    await tx.query(told ? TIE_TOLD : TIE_NEW, told ? [id, row.id, overKop, payment.paymentId, order.id, await operatingDay(tx)] : [...values, SYSTEM]);
    if (told) await this.found(tx, row.id, payment.on);
    await tx.query(
      `insert into legal.case_receipt_part (receipt_id, no, amount_kop) select $1, n, k from unnest($2::int[], $3::bigint[]) s(n, k)`,
      [id, shares.map(({ no }) => no), shares.map(({ amountKop }) => amountKop)],
    );
    await this.move(tx, row.id, id, 1);
    const details = { amount: Money.ofKop(amount).toString(), source, ...(overKop > 0n ? { over: Money.ofKop(overKop).toString() } : {}) };
    await addEvent(tx, row.id, { act: 'receipt', on: payment.on, status: row.status, details, by: SYSTEM });
    await audit(tx, { actor: { login: SYSTEM }, action: 'legal.case.receipt', subject: `case/${row.number}`, after: { ...details, paymentId: payment.paymentId } });
    return true;
  }

  /** What a receipt covers leaves the parts (1) or comes back to them (-1). */
  private async move(tx: CaseTx, caseId: string, receiptId: string, sign: 1 | -1): Promise<void> {
    await tx.query(
      `update legal.case_part q set recovered_kop = q.recovered_kop + $3 * s.amount_kop, outstanding_kop = q.outstanding_kop - $3 * s.amount_kop
       from legal.case_receipt_part s where q.case_id = $1 and s.receipt_id = $2 and s.no = q.no`,
      [caseId, receiptId, sign],
    );
  }

  /** The oldest search for money ends: its payment came. */
  private async found(tx: CaseTx, caseId: string, on: string): Promise<void> {
    await tx.query(
      `update legal.case_task set done_on = greatest($2::date, opened_on) where id = (
         select id from legal.case_task where case_id = $1 and task = 'find-money' and done_on is null order by opened_on, id limit 1)`,
      [caseId, on],
    );
  }

  private async undoRolledBack(tx: CaseTx, row: CaseRow): Promise<void> {
    const gone = await tx.query<{ id: string; amount: bigint }>(ROLLED_BACK, [row.id]);
    for (const { id, amount } of gone) {
      await this.move(tx, row.id, id, -1);
      await tx.query('update legal.case_receipt set undone_on = platform.today() where id = $1', [id]);
      const details = { amount: Money.ofKop(amount).toString() };
      await addEvent(tx, row.id, { act: 'receipt-undone', on: await operatingDay(tx), status: row.status, details, by: SYSTEM });
    }
  }

  /** With an executor a part came; a debt that is paid in full is closed by a person. */
  private async afterMoney(tx: CaseTx, row: CaseRow): Promise<void> {
    const on = await operatingDay(tx);
    const owes = outstandingOf(await partsOf(tx, row.id)) > 0n;
    if (owes && actsOf(row.status).includes('receive-part')) {
      await this.acts.carryOut(tx, row, { act: 'receive-part', on, papers: [] }, { by: SYSTEM });
    }
    const [waits] = await tx.query(`select id from legal.case_task where case_id = $1 and task = 'paid-review' and done_on is null`, [row.id]);
    if (!owes && !waits) await this.terms.open(tx, row.id, 'paid-review', on);
  }
}

const asPart = ({ no, part, period, outstanding }: { no: number; part: ClaimPart; period: string | null; outstanding: bigint }) => ({
  no, part, month: period?.slice(0, 7) ?? null, outstandingKop: outstanding,
});

/** The stated order of parts on a day. */
export async function orderOf(tx: CaseTx, source: string, on: string): Promise<{ id: number; parts: readonly ClaimPart[]; act: string; mark: string }> {
  const [row] = await tx.query<{ id: number; parts: ClaimPart[]; act: string; mark: string }>(
    'select id, parts, act, mark from legal.receipt_order where source = $1 and valid @> $2::date',
    [source, on],
  );
  assert(row, `no order of receipts on ${on}`);
  return row;
}

/** The money was here before the executor told of it: the receipt of the debtor is the executor's. */
const CAME_BEFORE = `update legal.case_receipt set source = 'executor', reference = $4 where id = (
    select id from legal.case_receipt where case_id = $1 and source = 'debtor' and amount_kop = $3 and undone_on is null
      and abs(received_on - $2::date) <= $5::int order by received_on, id limit 1) returning id`;
/** Payments that covered nothing of the case may be what the executor tells of. */
const LOOK_AGAIN = `delete from legal.case_payment s where s.case_id = $1
  and not exists (select from legal.case_receipt r where r.case_id = s.case_id and r.payment_id = s.payment_id)`;
const TIE_TOLD = `update legal.case_receipt set over_kop = $3, payment_id = $4, order_id = $5, tied_on = $6 where id = $1 and case_id = $2`;
const TIE_NEW = `insert into legal.case_receipt (id, case_id, source, received_on, amount_kop, over_kop, payment_id, order_id, tied_on, made_by)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;
const ROLLED_BACK = `select r.id, r.amount_kop as amount from legal.case_receipt r join payments.pub_payment_v1 p on p.payment_id = r.payment_id
  where r.case_id = $1 and r.undone_on is null and p.rolled_back_at is not null`;

/** Condition: payments `p` of the account of case `c` since it was opened that the case did not see. */
export const NOT_SEEN = `p.account_id = c.account_id and p.received_on >= c.opened_on and p.posting_id is not null and p.rolled_back_at is null
  and not exists (select from legal.case_payment r where r.case_id = c.id and r.payment_id = p.payment_id)`;
const UNSEEN = `
  select p.payment_id as "paymentId", to_char(p.received_on, 'YYYY-MM-DD') as on, -sum(e.amount_kop)::bigint as whole,
    coalesce(sum((select sum(a.amount_kop) from billing.pub_allocation_v1 a where a.account_id = e.account_id and a.credit_id = e.id and a.period >= e.period
      and exists (select from legal.case_part q where q.case_id = c.id and q.service_id = a.service_id and q.period = a.debt_month))), 0)::bigint as covered
  from legal.case_file c join payments.pub_payment_v1 p on ${NOT_SEEN}
  join billing.pub_ledger_v1 e on e.posting_id = p.posting_id and e.account_id = p.account_id and e.provider_id = c.provider_id and e.kind = 'payment'
  where c.id = $1 group by p.payment_id, p.received_on order by p.received_on, p.payment_id`;
