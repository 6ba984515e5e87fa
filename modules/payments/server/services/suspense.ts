import { assert } from '@komplat/kernel';
import { Database } from '@komplat/server';
import type { Actor } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { PageQuery } from '../../contract/import.schema.ts';
import type { Accepted, SuspenseAssign, SuspenseItem, SuspenseList } from '../../contract/intake.schema.ts';
import { kopText } from '../../domain/index.ts';
import { ImportDesk } from './import-desk.ts';
import { ImportPoster } from './import-poster.ts';
import { Intake } from './intake.ts';

interface SuspenseRow {
  readonly id: string;
  readonly kind: SuspenseItem['kind'];
  readonly payment_id: bigint;
  readonly amount_kop: bigint;
  readonly reason_code: string;
  readonly payer_text: string | null;
  readonly account_text: string | null;
  readonly channel: string;
  readonly paid_on: string;
  readonly received_on: string;
  readonly deadline_on: string;
  readonly overdue: boolean;
  readonly owner: string | null;
  readonly import_id: string | null;
  readonly import_line: number | null;
  readonly since: Date;
}

/** Money on hold, and rows of posted registers that look like a payment already taken: neither posted nor dropped. */
const ITEMS = `
  select s.id::text as id, 'money' as kind, s.payment_id, s.amount_kop, s.reason_code, s.payer_text, r.account_text, c.code as channel,
    p.paid_on, p.received_on, s.deadline_on, s.owner, p.import_id, p.import_line, p.booked_at as since
  from payments.suspense_item s join payments.payment p on p.id = s.payment_id join payments.channel c on c.id = p.channel_id
  left join payments.import_row r on r.import_id = p.import_id and r.line = p.import_line
  where s.state = 'open'
  union all
  select 'row.' || r.import_id || '.' || r.line, 'duplicate', coalesce((r.reason_params->>'paymentId')::bigint, 0), r.amount_kop, r.reason_code,
    r.payer_name, r.account_text, c.code, r.paid_on, f.posted_at::date, payments.suspense_deadline(f.posted_at::date), f.posted_by,
    r.import_id, r.line, f.posted_at
  from payments.import_file f join payments.channel c on c.id = f.channel_id
  join payments.import_row r on r.import_id = f.id and r.outcome = 'duplicate' and r.decision is null and r.posted_at is null
  where f.state = 'posted'`;

const DISTRIBUTION = `
  with line as (
    select e.id, s.code as service, s.pay_order, p.code as provider, -e.amount_kop as kop
    from payments.payment y join billing.pub_ledger_v1 e on e.posting_id = y.posting_id and e.account_id = y.account_id and e.kind = 'payment'
    join tariffs.pub_service_v1 s on s.id = e.service_id join tariffs.pub_provider_v1 p on p.id = e.provider_id where y.id = $1)
  select l.service, l.provider, to_char(a.debt_month, 'YYYY-MM') as month, a.amount_kop as paid, l.kop - sum(coalesce(a.amount_kop, 0)) over (partition by l.id) as advance
  from line l left join billing.pub_allocation_v1 a on a.credit_id = l.id order by a.debt_month, l.pay_order, l.provider`;

interface PartRow {
  readonly service: string;
  readonly provider: string;
  readonly month: string | null;
  readonly paid: bigint | null;
  readonly advance: string;
}

/** What waits for a person: on somebody's list, with a deadline. */
@Injectable()
export class Suspense {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Intake) private readonly intake: Intake,
    @Inject(ImportDesk) private readonly desk: ImportDesk,
    @Inject(ImportPoster) private readonly poster: ImportPoster,
  ) {}

  async list({ after, limit }: PageQuery): Promise<SuspenseList> {
    const [day, id] = /^\d{4}-\d{2}-\d{2}\|[\w.-]{1,80}$/u.test(after ?? '') ? (after ?? '').split('|') : [];
    const rows = await this.database.query<SuspenseRow>(
      `select i.*, i.deadline_on < platform.today() as overdue from (${ITEMS}) i
       where $1::date is null or (i.deadline_on, i.id) > ($1::date, $2::text) order by i.deadline_on, i.id limit $3`,
      [day ?? null, id ?? null, limit + 1],
    );
    const items = rows.slice(0, limit).map(itemOf);
    const last = items.at(-1);
    return { items, next: rows.length > limit && last !== undefined ? `${last.deadline}|${last.id}` : null };
  }

  /** Money on hold is posted to its account; a likeness that is another payment is posted as one. */
  async assign(id: string, { account, reason }: SuspenseAssign, actor: Actor): Promise<Accepted> {
    const [kind, importId, line] = id.split('.');
    if (kind !== 'row' || importId === undefined) return this.intake.assign(id, account, reason, actor);
    await this.desk.decide(importId, Number(line), { decision: 'post', account, reason }, actor);
    for (;;) if (!(await this.poster.postBatch(importId)).left) break;
    return this.acceptedRow(importId, Number(line), account);
  }

  private async acceptedRow(importId: string, line: number, account: string): Promise<Accepted> {
    const [row] = await this.database.query<{ payment_id: bigint; amount_kop: bigint }>(
      'select payment_id, amount_kop from payments.import_row where import_id = $1 and line = $2 and posted_at is not null',
      [importId, line],
    );
    assert(row !== undefined, 'the row that a person took is posted');
    const parts = await this.database.query<PartRow>(DISTRIBUTION, [row.payment_id]);
    return {
      paymentId: row.payment_id.toString(),
      account,
      amount: kopText(row.amount_kop),
      allocations: parts.flatMap(({ month, service, provider, paid }) =>
        month === null || paid === null ? [] : [{ month, service, provider, amount: kopText(paid) }],
      ),
      advances: [...new Map(parts.map((part) => [`${part.service} ${part.provider}`, part])).values()].flatMap(
        ({ service, provider, advance }) =>
          BigInt(advance) > 0n ? [{ service, provider, amount: kopText(BigInt(advance)) }] : [],
      ),
    };
  }
}

function itemOf(row: SuspenseRow): SuspenseItem {
  return {
    id: row.id,
    kind: row.kind,
    paymentId: row.payment_id.toString(),
    amount: kopText(row.amount_kop),
    reason: {
      key: `error.${row.reason_code}`,
      params: { account: row.account_text ?? '', service: '', id: '', line: row.import_line ?? 0 },
    },
    payer: row.payer_text,
    accountText: row.account_text,
    channel: row.channel,
    paidOn: row.paid_on,
    receivedOn: row.received_on,
    deadline: row.deadline_on,
    overdue: row.overdue,
    owner: row.owner,
    importId: row.import_id,
    line: row.import_line,
    receivedAt: row.since.toISOString(),
  };
}
