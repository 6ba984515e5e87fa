import { Injectable } from '@nestjs/common';
import { Period } from '@komplat/kernel';
import { recompute, reliefOf } from '../../domain/index.ts';
import type { RecomputedLine, SecondCalculation } from '../close/verification.ts';
import { loadChargeFacts, type Reader } from './charge-facts.ts';

/** Recomputes charges from the published facts, one account at a time, in whole fractions. */
@Injectable()
export class SecondCalculationService implements SecondCalculation {
  async recompute(
    db: Reader,
    period: string,
    providerId: number,
    accounts: readonly number[],
  ): Promise<readonly RecomputedLine[]> {
    const month = Period.parse(period);
    const supplies = await loadChargeFacts(db, month, providerId, accounts);
    const results = supplies.map(({ accountId, serviceId, facts }) => ({
      accountId,
      serviceId,
      facts,
      result: recompute(month, facts),
    }));
    // a service of which one part cannot be charged is not charged at all: the account is on the list of exceptions
    const failed = new Set(
      results.filter(({ result }) => 'failed' in result).map(({ accountId, serviceId }) => `${accountId}/${serviceId}`),
    );
    return results.flatMap(({ accountId, serviceId, facts, result }) =>
      'done' in result && !failed.has(`${accountId}/${serviceId}`)
        ? [{ accountId, serviceId, kop: result.done.kop - reliefOf(month, facts, result.done).kop }]
        : [],
    );
  }
}
