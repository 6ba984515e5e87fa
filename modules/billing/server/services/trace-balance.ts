import { Inject, Injectable } from '@nestjs/common';
import { notFound } from '@komplat/kernel';
import { type Actor, Database } from '@komplat/server';
import type { Trace, TraceSource } from '../../contract/trace.schema.ts';
import { hryvnias, partName } from './trace-steps.ts';
import { seenAccount, seenProviders } from './visibility.ts';

interface PartRow {
  readonly month: string | null;
  readonly kop: bigint;
  readonly accrued: boolean;
}
const PARTS = `
  select i.debt_month as month, i.outstanding_kop as kop, exists (select from billing.accrual c where c.account_id = i.account_id
      and c.period = i.debt_month and c.service_id = i.service_id and c.provider_id = i.provider_id) as accrued
  from billing.open_item i where i.account_id = $1 and i.service_id = $2 and i.provider_id = $3 and i.outstanding_kop > 0
  union all
  select null, -sum(a.amount_kop)::bigint, false from billing.advance a
  where a.account_id = $1 and a.service_id = $2 and a.provider_id = $3 and a.amount_kop > 0 having sum(a.amount_kop) > 0
  order by 1 nulls last`;

const TRANSFERS = `
  select o.effective_on, o.note_key, o.note_params, o.document_kind from billing.ledger_entry e join billing.posting o on o.id = e.posting_id
  where e.account_id = $1 and e.service_id = $2 and e.provider_id = $3 and e.kind = 10 and o.note_key is not null
  group by o.id order by o.id`;
interface TransferRow {
  readonly effective_on: string;
  readonly note_key: string;
  readonly note_params: Record<string, string>;
  readonly document_kind: string;
}
const sourceOf = ({ effective_on, note_key, note_params, document_kind }: TransferRow): TraceSource => ({
  kind: 'entry',
  title: { key: note_key, params: note_params },
  date: effective_on,
  ...(document_kind.startsWith('provider-') ? { href: '/tariffs/providers' } : {}),
});

/** A balance is its unpaid months less the advances; the ledger from its first line gives the same sum; transfers name their documents. */
@Injectable()
export class BalanceTrace {
  constructor(@Inject(Database) private readonly database: Database) {}

  async trace(at: { number: string; service: string; provider: string }, actor: Actor): Promise<Trace> {
    const account = await seenAccount(this.database, at.number, actor);
    const providers = seenProviders(actor);
    const [ids] = await this.database.query<{
      service_id: number;
      provider_id: number;
      service: string;
      provider: string;
    }>(
      `select s.id as service_id, p.id as provider_id, s.name as service, p.short_name as provider
       from tariffs.pub_service_v1 s, tariffs.pub_provider_v1 p where s.code = $1 and p.code = $2 and ($3::text[] is null or p.code = any($3))`,
      [at.service, at.provider, providers],
    );
    if (!ids) throw notFound('billing.trace.unknown', { ref: 'balance' });
    const key = [account.id, ids.service_id, ids.provider_id];
    const parts = await this.database.query<PartRow>(PARTS, key);
    const [ledger] = await this.database.query<{ kop: bigint }>(
      `select coalesce(sum(amount_kop), 0)::bigint as kop from billing.pub_ledger_v1 where account_id = $1 and service_id = $2 and provider_id = $3`,
      key,
    );
    const value = parts.reduce((sum, part) => sum + part.kop, 0n);
    return {
      title: { key: 'billing.trace.title.balance', params: { service: ids.service, provider: ids.provider } },
      value: hryvnias(value),
      pills: [],
      steps: [
        {
          label: { key: 'billing.trace.balance', params: {} },
          formula: parts.map((part) => hryvnias(part.kop)).join(' + '),
          inputs: parts.map((part) => ({
            name: partName(part.month, ids.service, ids.provider),
            value: hryvnias(part.kop),
            unit: 'грн',
            ...(part.accrued && part.month
              ? { ref: `accrual:${part.month.slice(0, 7)}:${at.number}:${at.service}:${at.provider}` }
              : {}),
          })),
          result: hryvnias(value),
          unit: 'грн',
          rounding: 'none',
        },
      ],
      sources: (await this.database.query<TransferRow>(TRANSFERS, key)).map(sourceOf),
      versions: [],
      secondCalculation: { agrees: (ledger?.kop ?? 0n) === value, value: hryvnias(ledger?.kop ?? 0n) },
    };
  }
}
