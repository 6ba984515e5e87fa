import { DomainError } from '@komplat/kernel';
import type { Database } from '@komplat/server';
import type { CashRule } from '../../domain/cash-rounding.ts';

/** The rule of rounding cash that is in force on a day, and since when; refuses a day without one. The day is today when absent. */
export async function cashRuleOf(database: Pick<Database, 'query'>, date?: string): Promise<CashRule & { readonly since: string }> {
  const [rule] = await database.query<{ step_kop: number; act: string; mark: string; since: string }>(
    `select step_kop, act, mark, coalesce(lower(valid)::text, '') as since from payments.cash_rounding
     where valid @> coalesce($1::date, platform.today())`,
    [date ?? null],
  );
  if (!rule) throw new DomainError('payments.cash-rounding.no-rule', { date: date ?? '' });
  return { stepKop: BigInt(rule.step_kop), act: rule.act, mark: rule.mark, since: rule.since };
}
