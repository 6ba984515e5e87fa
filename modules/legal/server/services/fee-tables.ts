import { DomainError } from '@komplat/kernel';
import { Database } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { TreasuryAccount } from '../../contract/calc.schema.ts';

export interface RateRow {
  readonly share: string | null;
  readonly percent: string | null;
  readonly minimum: string | null;
  readonly maximum: string | null;
  readonly act: string;
  readonly mark: string;
}
export interface FactorRow {
  readonly factor: string;
  readonly act: string;
  readonly mark: string;
}

/** The dated tables of the court fee: subsistence minimum, rates, factors, accounts of the Treasury. */
@Injectable()
export class FeeTables {
  constructor(@Inject(Database) private readonly database: Database) {}

  async minimum(year: number): Promise<{ hryvnias: string; mark: string; source: string } | undefined> {
    const [row] = await this.database.query<{ hryvnias: string; mark: string; source: string }>(
      `select (able_bodied_kop / 100.0)::numeric(14,2)::text as hryvnias, mark, source
       from legal.subsistence_minimum where year = $1`,
      [year],
    );
    return row;
  }

  /** The rate in force; before 2015-09-01 the base was another one, so there is none: `legal.fee.no-rate`. */
  async rate(kind: string, side: string, date: string): Promise<RateRow> {
    const [row] = await this.database.query<RateRow>(
      `select share::text, percent::text, minimum::text, maximum::text, act, mark from legal.fee_rate
       where kind = $1 and side = $2 and valid @> $3::date`,
      [kind, side, date],
    );
    if (!row) throw new DomainError('legal.fee.no-rate', { date, path: 'date' });
    return row;
  }

  async factor(kind: 'appeal' | 'electronic', date: string): Promise<FactorRow> {
    const [row] = await this.database.query<FactorRow>(
      `select factor::text, act, mark from legal.fee_factor where kind = $1 and valid @> $2::date`,
      [kind, date],
    );
    if (!row) throw new DomainError('legal.fee.no-rate', { date, path: 'date' });
    return row;
  }

  /** The account of the Treasury that takes the fee of a court on a day: `legal.court.unknown`. */
  async account(code: string, date: string): Promise<TreasuryAccount> {
    const [row] = await this.database.query<TreasuryAccount>(
      `select name as court, fee_recipient as recipient, fee_recipient_edrpou as edrpou, fee_bank as bank, fee_mfo as mfo,
         fee_iban as iban, budget_code as "budgetCode", fee_purpose as purpose
       from legal.court where code = $1 and valid @> $2::date`,
      [code, date],
    );
    if (!row) throw new DomainError('legal.court.unknown', { court: code, date, path: 'court' });
    return row;
  }
}
