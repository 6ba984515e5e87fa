import type { Tx } from '@komplat/server';
import { Injectable } from '@nestjs/common';
import type { RecomputedLine, SecondCalculation } from './verification.ts';

/** Until the plain calculation of the domain is there: the stored amounts recomputed from the frozen inputs of the lines. */
@Injectable()
export class PlainRecompute implements SecondCalculation {
  async recompute(
    tx: Pick<Tx, 'query'>,
    period: string,
    providerId: number,
    accounts: readonly number[],
  ): Promise<readonly RecomputedLine[]> {
    const rows = await tx.query<{ account_id: number; service_id: number; kop: bigint }>(
      `select account_id, service_id, sum(gross_kop - benefit_kop)::bigint as kop from billing.accrual
       where account_id = any($3::int[]) and period = $1 and provider_id = $2 group by account_id, service_id`,
      [`${period}-01`, providerId, accounts],
    );
    return rows.map(({ account_id: accountId, service_id: serviceId, kop }) => ({ accountId, serviceId, kop }));
  }
}
