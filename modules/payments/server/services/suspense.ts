import { assert } from '@komplat/kernel';
import { Database, readList } from '@komplat/server';
import type { Actor } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { Accepted, SuspenseAssign, SuspenseItem, SuspenseList, SuspenseQuery } from '../../contract/intake.schema.ts';
import { kopText } from '../../domain/index.ts';
import { ImportDesk } from './import-desk.ts';
import { ImportPoster } from './import-poster.ts';
import { Intake } from './intake.ts';
import { SUSPENSE } from './list-sql.ts';

export interface SuspenseRow {
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

  async list({ kind, overdue, q, ...ask }: SuspenseQuery): Promise<SuspenseList> {
    const params = [kind ?? null, overdue === 'yes', q ?? null];
    const { rows, ...rest } = await readList<SuspenseRow>(this.database, SUSPENSE, params, ask);
    return { items: rows.map(suspenseOf), ...rest };
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

export function suspenseOf(row: SuspenseRow): SuspenseItem {
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
