import { Dec, DomainError, Money, Period } from '@komplat/kernel';
import type { Calculator, CalculatorDef } from '@komplat/plugin-api';
import { Database } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { ScheduleInput, ScheduleOutput } from '../../contract/schedule.schema.ts';
import { schedule } from '../../domain/schedule.ts';

interface RuleRow {
  readonly value: string;
  readonly act: string;
  readonly mark: string;
  readonly since: string;
}

/** `calc restructuring.schedule`: parts of a restructured debt, and whether the income bears them. */
@Injectable()
export class ScheduleCalculator implements Calculator {
  constructor(@Inject(Database) private readonly database: Database) {}

  async run(input: unknown): ReturnType<Calculator['run']> {
    const { parameters, ...asked } = ScheduleInput.parse(input);
    const firstMonth = Period.parse(asked.firstMonth);
    const cap = await this.rule(`cap.${asked.category}`, firstMonth.firstDay, parameters?.capPercent);
    const term = await this.rule('most-months', firstMonth.firstDay, parameters?.mostMonths?.toString());
    const debt = {
      debt: Money.parse(asked.debt),
      months: asked.months,
      firstMonth,
      incomePerMonth: asked.incomePerMonth === undefined ? undefined : Money.parse(asked.incomePerMonth),
      currentPerMonth: Money.parse(asked.currentPerMonth ?? '0.00'),
    };
    const { value, trace } = schedule(debt, { capPercent: new Dec(cap.value), capAct: cap.act, mostMonths: Number(term.value), termAct: term.act });
    return {
      result: {
        parts: value.parts.map(({ month, amount }) => ({ month: month.toString(), amount: amount.toString() })),
        cap: value.cap?.toString() ?? null,
        burden: value.burden.toString(),
        withinCap: value.withinCap,
      },
      trace,
      parameters: [
        { id: `restructuring.cap.${asked.category}`, version: cap.since, mark: cap.mark },
        { id: 'restructuring.most-months', version: term.since, mark: term.mark },
        { id: 'restructuring.schedule.order', version: '1', mark: 'proposal' },
      ],
    };
  }

  /** The rule of a day, or the one that the input puts in its place. */
  private async rule(name: string, day: string, own: string | undefined): Promise<RuleRow> {
    if (own !== undefined) return { value: own, act: 'parameters', mark: 'override', since: 'parameters' };
    const [row] = await this.database.query<RuleRow>(
      'select value::text, act, mark, lower(valid)::text as since from restructuring.rule where name = $1 and valid @> $2::date',
      [name, day],
    );
    if (!row) throw new DomainError('restructuring.schedule.no-rule', { day, path: 'firstMonth' });
    return row;
  }
}

export const scheduleCalculator: CalculatorDef = {
  id: 'restructuring.schedule',
  title: 'restructuring.calc.schedule',
  input: ScheduleInput,
  output: ScheduleOutput,
  example: { debt: '12345.67', months: 60, firstMonth: '2026-12', category: 'pensioner', incomePerMonth: '5200.00', currentPerMonth: '780.00' },
  provider: ScheduleCalculator,
};
