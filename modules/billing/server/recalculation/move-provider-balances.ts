import type { BalancesMove, BalancesTx, BalancesUndo, MovedState, ProviderBalance, ProviderBalances } from '@komplat/tariffs/contract';
import { Injectable } from '@nestjs/common';

/** A provider of the whole city has a million lines. */
const PATIENCE = 'set local statement_timeout = 300000';

/** Balances of a provider that is succeeded: transfers of one document, posted when the books of its last month are locked. */
@Injectable()
export class MoveProviderBalances implements ProviderBalances {
  of(tx: BalancesTx, providerId: number): Promise<readonly ProviderBalance[]> {
    return tx.query<ProviderBalance>(
      `select v.name as service, count(distinct b.account_id)::int as accounts, coalesce(sum(b.balance_kop) filter (where b.balance_kop > 0), 0)::bigint as "debtKop",
         coalesce(-sum(b.balance_kop) filter (where b.balance_kop < 0), 0)::bigint as "advanceKop"
       from billing.pub_balance_v1 b join tariffs.pub_service_v1 v on v.id = b.service_id where b.provider_id = $1 and b.balance_kop <> 0
       group by v.name, v.pay_order order by v.pay_order`,
      [providerId],
    );
  }

  async move(tx: BalancesTx, { fromProviderId, toProviderId, on, by, documentId, document }: BalancesMove): Promise<MovedState> {
    await tx.query(
      `insert into billing.provider_transfer (document_id, from_provider, to_provider, on_day, document, made_by)
       values ($1, $2, $3, $4, $5, $6) on conflict (document_id) do nothing`,
      [documentId, fromProviderId, toProviderId, on, document, by],
    );
    await tx.query(PATIENCE);
    await tx.query('select billing.move_providers_due($1::smallint)', [fromProviderId]);
    const [row] = await tx.query<{ state: MovedState }>('select state from billing.provider_transfer where document_id = $1', [documentId]);
    return row?.state ?? 'waiting';
  }

  async undo(tx: BalancesTx, { documentId, by, reason }: BalancesUndo): Promise<void> {
    await tx.query(PATIENCE);
    await tx.query('select billing.reverse_provider_move($1, $2, $3)', [documentId, by, reason]);
  }
}
