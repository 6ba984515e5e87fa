import { Inject, Injectable } from '@nestjs/common';
import { zPeriod } from '@komplat/kernel';
import type { Command, CommandContext, CommandDef } from '@komplat/plugin-api';
import { Database } from '@komplat/server';
import { z } from 'zod';
import { BILLING_PERMISSIONS as P } from '../../contract/permissions.ts';
import { compareLines, type LineDifference } from '../close/verification.ts';
import { SecondCalculationService } from '../services/second-calculation.service.ts';

const PAGE = 500;
const MOST_SHOWN = 20;
/** Lanes that the mass accrual of this system charged: months of the old system have no accrual. */
const LANES = `
  select to_char(l.period, 'YYYY-MM') as period, l.provider_id as "providerId", p.code as provider
  from platform.period_lane l join tariffs.pub_provider_v1 p on p.id = l.provider_id
  where ($1::date is null or l.period >= $1) and ($2::date is null or l.period <= $2)
    and exists (select from billing.accrual a where a.period = l.period and a.provider_id = l.provider_id)
  order by l.period, l.provider_id`;
/** Everybody who was charged in the lane, and everybody who could have been. */
const ACCOUNTS = `
  select account_id as id from billing.accrual where period = $1 and provider_id = $2
  union select account_id from tariffs.pub_supply_v1 where provider_id = $2 and valid && daterange($1::date, ($1::date + interval '1 month')::date)
  order by 1`;

interface Lane {
  readonly period: string;
  readonly providerId: number;
  readonly provider: string;
}

export const CompareInput = z.object({
  from: zPeriod.optional().describe('first month; the first charged one when absent'),
  to: zPeriod.optional().describe('last month; the last charged one when absent'),
});

/**
 * `komplat close compare`: every charge in the books against the second calculation, all accounts, month by month. Both stand on the
 * facts as they are known now, so a fact that was corrected afterwards shows until its month is recalculated.
 */
@Injectable()
export class CompareCommand implements Command {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SecondCalculationService) private readonly second: SecondCalculationService,
  ) {}

  async run(input: unknown, { note }: Pick<CommandContext, 'note'>): Promise<CompareOutcome> {
    const { from, to } = CompareInput.parse(input);
    const lanes = await this.database.query<Lane>(LANES, [from ? `${from}-01` : null, to ? `${to}-01` : null]);
    const months = new Map<string, { lines: number; differences: number }>();
    const shown: object[] = [];
    for (const lane of lanes) {
      const { lines, differences } = await this.lane(lane);
      const month = months.get(lane.period) ?? { lines: 0, differences: 0 };
      months.set(lane.period, { lines: month.lines + lines, differences: month.differences + differences.length });
      shown.push(...differences.slice(0, MOST_SHOWN - shown.length).map((line) => shownOf(lane, line)));
      note(`${lane.period} ${lane.provider} ${lines} ${differences.length}`);
    }
    const sum = (pick: (month: { lines: number; differences: number }) => number): number =>
      [...months.values()].reduce((total, month) => total + pick(month), 0);
    return {
      lines: sum(({ lines }) => lines),
      differences: sum(({ differences }) => differences),
      months: [...months].map(([month, counts]) => ({ month, ...counts })),
      shown,
    };
  }

  private async lane(lane: Lane): Promise<{ lines: number; differences: readonly LineDifference[] }> {
    const accounts = (await this.database.query<{ id: number }>(ACCOUNTS, [`${lane.period}-01`, lane.providerId])).map(({ id }) => id);
    let lines = 0;
    const differences: LineDifference[] = [];
    for (let at = 0; at < accounts.length; at += PAGE) {
      const page = await compareLines(this.database, lane, this.second, accounts.slice(at, at + PAGE));
      lines += page.lines;
      differences.push(...page.differences);
    }
    return { lines, differences };
  }
}

export interface CompareOutcome {
  readonly lines: number;
  readonly differences: number;
  readonly months: readonly { readonly month: string; readonly lines: number; readonly differences: number }[];
  /** The first differences, as many as a person reads. */
  readonly shown: readonly object[];
}

const shownOf = ({ period, provider }: Lane, { accountId, serviceId, storedKop, recomputedKop }: LineDifference): object => ({
  month: period, provider, accountId, serviceId, storedKop: storedKop.toString(), recomputedKop: recomputedKop.toString(),
});

export const compareCommand: CommandDef = {
  id: 'billing.compare-command',
  words: 'close compare',
  title: 'billing.command.compare',
  permission: P.closeRead.id,
  input: CompareInput,
  provider: CompareCommand,
};
