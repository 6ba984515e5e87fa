import { assert, Dec, DomainError, Money } from '@komplat/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { CourtFeeInput } from '../../contract/calc.schema.ts';
import type { LegalApi } from '../../contract/legal.api.ts';
import { courtFee, creditFee, type FeeRate } from '../../domain/index.ts';
import { FeeTables, type RateRow } from './fee-tables.ts';

function rateOf(row: RateRow): FeeRate {
  if (row.share !== null) return { form: 'fixed', share: new Dec(row.share) };
  const { percent, minimum, maximum } = row;
  assert(percent !== null && minimum !== null && maximum !== null, 'a rate in per cent has both limits');
  return { form: 'percent', percent: new Dec(percent), minimum: new Dec(minimum), maximum: new Dec(maximum) };
}

/** Court fee over the dated tables: calculator, what-if page and other modules ask here. */
@Injectable()
export class FeeService implements LegalApi {
  constructor(@Inject(FeeTables) private readonly tables: FeeTables) {}

  async courtFee(input: CourtFeeInput): ReturnType<LegalApi['courtFee']> {
    const kind = input.kind === 'appeal' ? input.appealOf : input.kind;
    if (kind === undefined) throw new DomainError('legal.fee.appeal-of-missing', { path: 'appealOf' });
    const rate = await this.tables.rate(kind, input.side, input.date);
    const base = await this.base(input);
    const appeal = await this.tables.factor('appeal', input.date);
    const electronic = await this.tables.factor('electronic', input.date);
    const { value, trace } = courtFee({
      base: Money.parse(base.hryvnias),
      rate: rateOf(rate),
      price: input.price === undefined ? undefined : Money.parse(input.price),
      appeal: input.kind === 'appeal',
      electronic: input.electronic,
      appealFactor: new Dec(appeal.factor),
      electronicFactor: new Dec(electronic.factor),
    });
    if (input.orderFeePaid !== undefined && input.kind !== 'property-claim' && input.kind !== 'non-property-claim') {
      throw new DomainError('legal.fee.credit-for-claim-only', { path: 'orderFeePaid' });
    }
    const credit = input.orderFeePaid === undefined ? undefined : creditFee(value.fee, Money.parse(input.orderFeePaid));
    const account = input.court === undefined ? undefined : await this.tables.account(input.court, input.date);
    return {
      result: {
        base: value.base.toString(),
        fee: value.fee.toString(),
        minimum: value.minimum.toString(),
        maximum: value.maximum.toString(),
        ...(credit ? { credited: credit.value.credited.toString(), toPay: credit.value.toPay.toString() } : {}),
        ...(account ? { account } : {}),
      },
      trace: [...trace, ...(credit?.trace ?? [])],
      parameters: [
        { id: 'legal.subsistence-minimum', version: base.source, mark: base.mark },
        { id: `legal.fee-rate.${kind}.${input.side}`, version: rate.act, mark: rate.mark },
        { id: 'legal.fee.order', version: '1', mark: 'proposal' },
        ...(input.kind === 'appeal' ? [{ id: 'legal.fee-factor.appeal', version: appeal.act, mark: appeal.mark }] : []),
        ...(input.electronic ? [{ id: 'legal.fee-factor.electronic', version: electronic.act, mark: electronic.mark }] : []),
        ...(credit ? [{ id: 'legal.fee.credit', version: 'ЦПК', mark: 'general knowledge' }] : []),
      ],
    };
  }

  private async base({ date, parameters }: CourtFeeInput): Promise<{ hryvnias: string; mark: string; source: string }> {
    const year = date.slice(0, 4);
    const own = parameters?.subsistenceMinimum?.[year];
    if (own !== undefined) return { hryvnias: own, mark: 'override', source: `parameters.subsistenceMinimum ${year}` };
    const row = await this.tables.minimum(Number(year));
    if (!row) throw new DomainError('legal.fee.no-minimum', { year, path: 'date' });
    return { ...row, source: `${row.source}, ${year}` };
  }
}
