import { Database } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { PageQuery } from '../../contract/import.schema.ts';
import type { SuspenseList } from '../../contract/intake.schema.ts';
import { kopText } from '../../domain/index.ts';

interface SuspenseRow {
  readonly id: bigint;
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
  readonly booked_at: Date;
}

/** Money without an account: on somebody's list, with a deadline. */
@Injectable()
export class Suspense {
  constructor(@Inject(Database) private readonly database: Database) {}

  async list({ after, limit }: PageQuery): Promise<SuspenseList> {
    const rows = await this.database.query<SuspenseRow>(
      `select s.id, s.payment_id, s.amount_kop, s.reason_code, s.payer_text, r.account_text, c.code as channel, p.paid_on, p.received_on,
         s.deadline_on, s.deadline_on < platform.today() as overdue, s.owner, p.import_id, p.import_line, p.booked_at
       from payments.suspense_item s join payments.payment p on p.id = s.payment_id join payments.channel c on c.id = p.channel_id
       left join payments.import_row r on r.import_id = p.import_id and r.line = p.import_line
       where s.state = 'open' and ($1::bigint is null or (s.deadline_on, s.id) >
         (select deadline_on, id from payments.suspense_item where id = $1))
       order by s.deadline_on, s.id limit $2`,
      [/^\d{1,18}$/u.test(after ?? '') ? after : null, limit + 1],
    );
    const items = rows.slice(0, limit).map((row) => ({
      id: row.id.toString(),
      paymentId: row.payment_id.toString(),
      amount: kopText(row.amount_kop),
      reason: { key: `error.${row.reason_code}`, params: { account: row.account_text ?? '', service: '' } },
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
      receivedAt: row.booked_at.toISOString(),
    }));
    return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  }
}
