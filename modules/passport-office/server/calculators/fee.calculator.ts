import { Dec, DomainError, Money } from '@komplat/kernel';
import type { Calculator, CalculatorDef } from '@komplat/plugin-api';
import { Database } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { FeeInput, FeeOutput } from '../../contract/fee.schema.ts';
import { administrativeFee } from '../../domain/fee.ts';

interface RateRow {
  readonly percent: string;
  readonly base: string | null;
  readonly act: string;
  readonly mark: string;
}
interface Base {
  readonly id: string;
  readonly amount: Money;
  readonly source: string;
  readonly mark: string;
}

/** `calc passport-office.fee`: what a registration of residence costs on a day. */
@Injectable()
export class FeeCalculator implements Calculator {
  constructor(@Inject(Database) private readonly database: Database) {}

  async run(input: unknown): ReturnType<Calculator['run']> {
    const { date, late, parameters } = FeeInput.parse(input);
    const kind = late ? 'late' : 'in-time';
    const [rate] = await this.database.query<RateRow>(
      `select percent::text, (base_kop / 100.0)::numeric(14,2)::text as base, act, mark from passport_office.fee_rate
       where kind = $1 and valid @> $2::date`,
      [kind, date],
    );
    if (!rate) throw new DomainError('passport-office.fee.no-rule', { date, path: 'date' });
    const base = await this.base(rate, date.slice(0, 4), parameters?.subsistenceMinimum ?? {});
    const { value, trace } = administrativeFee(base.amount, { percent: new Dec(rate.percent), act: rate.act });
    return {
      result: { base: base.amount.toString(), fee: value.toString() },
      trace,
      parameters: [
        { id: base.id, version: base.source, mark: base.mark },
        { id: `passport-office.fee-rate.${kind}`, version: rate.act, mark: rate.mark },
      ],
    };
  }

  /** The sum that the rate names, or the subsistence minimum of the year. */
  private async base(rate: RateRow, year: string, own: Readonly<Record<string, string>>): Promise<Base> {
    if (rate.base !== null) return { id: 'passport-office.fee-base', amount: Money.parse(rate.base), source: rate.act, mark: rate.mark };
    const id = 'legal.subsistence-minimum';
    const given = own[year];
    if (given !== undefined) return { id, amount: Money.parse(given), source: `parameters.subsistenceMinimum ${year}`, mark: 'override' };
    const [row] = await this.database.query<{ able_bodied_kop: bigint; source: string; mark: string }>(
      'select able_bodied_kop, source, mark from legal.pub_subsistence_minimum_v1 where year = $1',
      [Number(year)],
    );
    if (!row) throw new DomainError('passport-office.fee.no-minimum', { year, path: 'date' });
    return { id, amount: Money.ofKop(row.able_bodied_kop), source: `${row.source}, ${year}`, mark: row.mark };
  }
}

export const feeCalculator: CalculatorDef = {
  id: 'passport-office.fee',
  title: 'passport-office.calc.fee',
  input: FeeInput,
  output: FeeOutput,
  example: { date: '2026-11-23', late: false },
  provider: FeeCalculator,
};
