import type { Law } from '@komplat/plugin-api';
import { Database } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';

interface Counted {
  readonly checked: number;
  readonly violations: number;
}
const firstDay = (month: string | undefined): string | null => (month === undefined ? null : `${month}-01`);

/** L11: the money lines of every document sum to zero. */
@Injectable()
export class MoneyLinesLaw implements Law {
  constructor(@Inject(Database) private readonly database: Database) {}

  async check(month?: string): Promise<Counted> {
    const [row] = await this.database.query<Counted>(
      `select count(*)::int as checked, count(*) filter (where total <> 0)::int as violations from (
         select sum(amount_kop) as total from payments.money_line
         where $1::date is null or (day >= $1::date and day < $1::date + interval '1 month')
         group by document_kind, document_id) d`,
      [firstDay(month)],
    );
    return row ?? { checked: 0, violations: 0 };
  }
}

/** L12: what providers are due by the money lines = minus the payment lines of the ledger, document by document. */
@Injectable()
export class DueToProvidersLaw implements Law {
  constructor(@Inject(Database) private readonly database: Database) {}

  async check(month?: string): Promise<Counted> {
    const [row] = await this.database.query<Counted>(
      `with docs as (
         select distinct m.document_id, m.document_kind = 'payment-rollback' as back from payments.money_line m
         where m.document_kind in ('payment', 'suspense-assign', 'payment-rollback')
           and ($1::date is null or (m.day >= $1::date and m.day < $1::date + interval '1 month'))
         union
         select p.id::text, false from payments.payment p
         where p.posting_id is not null and ($1::date is null or (p.received_on >= $1::date and p.received_on < $1::date + interval '1 month'))
       ), money as (
         select m.document_id, m.document_kind = 'payment-rollback' as back, m.provider_id, sum(m.amount_kop) as kop
         from payments.money_line m
         where m.place = 'due-to-provider' and m.document_kind in ('payment', 'suspense-assign', 'payment-rollback')
         group by 1, 2, 3
       ), ledger as (
         select o.document_id, o.document_kind = 'payment-rollback' as back, e.provider_id, -sum(e.amount_kop) as kop
         from billing.pub_posting_v1 o join billing.pub_ledger_v1 e on e.posting_id = o.id and e.kind = 'payment'
         where o.document_kind in ('payment', 'payment-rollback') group by 1, 2, 3
       )
       select count(*)::int as checked, count(*) filter (where coalesce(m.kop, 0) <> coalesce(l.kop, 0))::int as violations
       from money m full join ledger l using (document_id, back, provider_id)
       where $1::date is null or (document_id, back) in (select document_id, back from docs)`,
      [firstDay(month)],
    );
    return row ?? { checked: 0, violations: 0 };
  }
}
