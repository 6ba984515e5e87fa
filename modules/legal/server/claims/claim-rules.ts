import { DomainError } from '@komplat/kernel';
import { Database, Messages } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { ClaimReader } from './claim-run.ts';
import type { Words } from './claim-snapshot.ts';

export interface ClaimRuleRow {
  readonly code: string;
  readonly value: string;
  readonly act: string;
  readonly mark: string;
}
export type ClaimRuleCode =
  | 'interest-percent' | 'pretension' | 'limitation-warning-days' | 'moratorium-excluded' | 'penalty-years' | 'most-accounts' | 'locality' | 'jurisdiction';

/** The dated rules of preparing claims as they stand on a day. */
export class ClaimRuleSet {
  constructor(
    readonly rows: readonly ClaimRuleRow[],
    private readonly day: string,
  ) {}

  /** Refuses `legal.claim.no-rule`. */
  value(code: ClaimRuleCode): string {
    const row = this.rows.find((each) => each.code === code);
    if (!row) throw new DomainError('legal.claim.no-rule', { rule: code, day: this.day });
    return row.value;
  }
  count(code: ClaimRuleCode): number {
    return Number.parseInt(this.value(code), 10);
  }
}

/** Reads the rules; no rule of claims is a constant of the code. */
@Injectable()
export class ClaimRules {
  /** Words of papers, which are Ukrainian. */
  readonly say: Words = {
    text: (key, params) => this.messages.text('uk', key, params),
    or: (key, other) => (this.messages.has(key) ? this.messages.text('uk', key) : other),
  };

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Messages) private readonly messages: Messages,
  ) {}

  async on(day: string): Promise<ClaimRuleSet> {
    const rows = await this.database.query<ClaimRuleRow>(
      'select code, value, act, mark from legal.claim_rule where valid @> $1::date order by code',
      [day],
    );
    return new ClaimRuleSet(rows, day);
  }

  /** The operating day: no rule of law reads the clock of a process. Refuses `legal.claim.no-operating-day`. */
  async today(): Promise<string> {
    const [row] = await this.database.query<{ day: string | null }>(`select to_char(platform.today(), 'YYYY-MM-DD') as day`);
    if (!row?.day) throw new DomainError('legal.claim.no-operating-day', {}, 409);
    return row.day;
  }
}

/** Months of the table of indices, from its first one to the last full month of the day, whose index is not there. */
export async function missingIndices(sql: ClaimReader, day: string): Promise<string[]> {
  const rows = await sql.query<{ month: string }>(
    `select to_char(n, 'YYYY-MM') as month
     from generate_series((select min(month) from debt.pub_inflation_index_v1), date_trunc('month', $1::date) - interval '1 month', '1 month') n
     where not exists (select from debt.pub_inflation_index_v1 x where x.month = n::date) order by 1`,
    [day],
  );
  return rows.map(({ month }) => month);
}
