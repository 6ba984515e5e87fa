import { addDays, Dec, DomainError, Money, Period } from '@komplat/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type {
  ActCalcInput, ActCalcOutput, BankCalcInput, BankCalcOutput, BureauCalcInput, BureauCalcOutput, DeadlineInput,
  DeadlineOutput, InflationInterestInput, InflationInterestOutput, LimitationInput, LimitationOutput, PenaltyInput,
  PenaltyOutput,
} from '../../contract/calc.schema.ts';
import type { LawApi, LawAnswer } from '../../contract/debt.api.ts';
import {
  actCalculation, bankCalculation, bureauCalculation, deadline, IndexTable, type Interruption, limitation, type LimitationStop, type MissingIndex,
  type Payment, penalty, type PenaltyWindow, shown, type UsedParameter,
} from '../../domain/index.ts';
import { calendarUsed, LAWYER, LawTables, type LimitationStartRow } from './law-tables.ts';

const METHOD_MARKS = { A: 'confirmed', 'A-fifo': 'confirmed', B: 'confirmed', C: 'confirmed' } as const;
const OVERRIDE = 'override';

interface Given {
  readonly indices?: Readonly<Record<string, string>> | undefined;
  readonly missingIndex?: MissingIndex | undefined;
  readonly indexVersion?: number | undefined;
}
interface GivenSpan {
  readonly from: string;
  readonly to: string;
  readonly ground?: string | undefined;
}
const method = (name: keyof typeof METHOD_MARKS): UsedParameter => ({
  id: 'debt.method',
  version: name,
  mark: METHOD_MARKS[name],
});
const paid = (payments: readonly { on: string; amount: string }[]): Payment[] =>
  payments.map(({ on, amount }) => ({ on, amount: Money.parse(amount) }));

function spans(given: readonly GivenSpan[], path: string, ground: string): PenaltyWindow[] {
  return given.map((each, index) => {
    if (each.to < each.from) throw new DomainError('debt.days-reversed', { path: `${path}.${index}` });
    return { from: each.from, to: each.to, ground: each.ground ?? ground };
  });
}
const marks = (id: string, rows: readonly { act: string; mark: string }[]): UsedParameter[] =>
  rows.map(({ act, mark }) => ({ id, version: act, mark }));

/** Rules of debt over the dated tables of law: calculators, what-if page and other modules ask here. */
@Injectable()
export class LawService implements LawApi {
  constructor(@Inject(LawTables) private readonly tables: LawTables) {}

  /** The same rules over tables that are read once: for a batch of calculations. */
  kept(): LawApi {
    return new LawService(this.tables.kept());
  }

  async inflationInterest(input: InflationInterestInput): Promise<LawAnswer<InflationInterestOutput>> {
    switch (input.method) {
      case 'A':
      case 'A-fifo':
        return this.act(input);
      case 'C':
        return this.bank(input);
      case 'D':
        throw new DomainError('debt.method.needs-a-lawyer', { method: 'D', path: 'method' });
      case 'B':
      case undefined:
        return this.bureau(input);
    }
  }

  private async indexTable(given: Given | undefined): Promise<IndexTable> {
    return new IndexTable(await this.tables.indices(given?.indexVersion), given?.missingIndex, given?.indices);
  }

  private async act(input: ActCalcInput): Promise<LawAnswer<ActCalcOutput>> {
    const { value, trace, parameters } = actCalculation({
      method: input.method,
      openingDebt: Money.parse(input.openingDebt),
      months: input.months.map((each) => ({
        month: Period.parse(each.month),
        charged: Money.parse(each.charged),
        paid: Money.parse(each.paid),
      })),
      ratePercent: new Dec(input.ratePercent),
      excludeCurrentCharge: input.excludeCurrentCharge ?? false,
      fees: (input.fees ?? []).map(({ name, amount }) => ({ name, amount: Money.parse(amount) })),
      indices: await this.indexTable(input.parameters),
    });
    return {
      result: {
        principal: value.principal.toString(),
        interest: shown(value.interest),
        coefficient: shown(value.coefficient),
        inflation: shown(value.inflation),
        total: shown(value.total),
        days: value.days,
        rows: value.rows.map((row) => ({
          month: row.month.toString(),
          debt: row.debt.toString(),
          interest: shown(row.interest),
          coefficient: shown(row.coefficient),
          loss: shown(row.loss),
        })),
      },
      trace,
      parameters: [method(input.method), ...parameters, ...this.moratoriumNote()],
    };
  }

  private async bureau(input: BureauCalcInput): Promise<LawAnswer<BureauCalcOutput>> {
    const own = input.parameters?.moratoria;
    const asked = input.excludeMoratorium ?? (input.territory !== undefined || own !== undefined);
    const rows = asked && !own ? await this.tables.moratoria('inflation-interest', input.territory) : [];
    const { value, trace, parameters } = bureauCalculation({
      amount: Money.parse(input.amount),
      dueOn: input.dueOn,
      asOf: input.asOf,
      payments: paid(input.payments),
      ratePercent: new Dec(input.ratePercent),
      indices: await this.indexTable(input.parameters),
      excluded: asked ? (own ? spans(own, 'parameters.moratoria', OVERRIDE) : rows) : [],
    });
    return {
      result: {
        periods: value.periods.map((row) => ({
          from: row.from,
          to: row.to,
          days: row.days,
          balance: row.balance.toString(),
          interest: row.interest.toString(),
          fullMonths: row.fullMonths.map(String),
          index: shown(row.index),
          inflation: row.inflation.toString(),
        })),
        interest: value.interest.toString(),
        inflation: value.inflation.toString(),
        remaining: value.remaining.toString(),
      },
      trace,
      parameters: [
        method('B'),
        ...parameters,
        ...(own ? [{ id: 'parameters.moratoria', version: `${own.length}`, mark: OVERRIDE }] : marks('debt.moratorium', rows)),
        ...(asked ? [] : this.moratoriumNote()),
      ],
    };
  }

  /** Windows of the moratorium are not taken out by this method: the reader is told (law.md 4.4). */
  private moratoriumNote(): UsedParameter[] {
    return [{ id: 'debt.moratorium', version: 'not taken out', mark: LAWYER }];
  }

  private async bank(input: BankCalcInput): Promise<LawAnswer<BankCalcOutput>> {
    const mode = input.parameters?.workingDays;
    const calendar = await this.tables.calendar(mode ?? 'labour');
    const { value, trace, parameters } = bankCalculation({
      amount: Money.parse(input.amount),
      overdueFrom: input.overdueFrom,
      overdueTo: input.overdueTo,
      ratePercent: new Dec(input.ratePercent),
      indices: await this.indexTable(input.parameters),
      calendar,
    });
    return {
      result: {
        days: value.days,
        interest: value.interest.toFixed(4),
        coefficient: value.coefficient.toFixed(3),
        indexed: value.indexed.toString(),
        months: value.months.map(String),
      },
      trace,
      parameters: [
        method('C'),
        { id: 'debt.method.order', version: 'C', mark: 'proposal' },
        ...parameters,
        ...calendarUsed(calendar, input.overdueFrom, mode !== undefined),
        ...this.moratoriumNote(),
      ],
    };
  }

  async limitation(input: LimitationInput): Promise<LawAnswer<LimitationOutput>> {
    const own = input.parameters?.stops;
    const start = await this.tables.limitationStart('due', input.dueOn);
    if (!start) throw new DomainError('debt.limitation.no-start', { day: input.dueOn, path: 'dueOn' });
    const term = await this.tables.limitationTerm(input.kind, addDays(input.dueOn, start.days));
    const rows = own ? [] : await this.tables.limitationStops();
    const stops: LimitationStop[] = own ? spans(own, 'parameters.stops', OVERRIDE) : rows;
    const { interruptions, rules } = await this.interruptions(input.interruptions ?? []);
    const { value, trace, parameters } = limitation({
      dueOn: input.dueOn,
      startsAfter: start.days,
      asOf: input.asOf,
      years: term.years,
      stops: stops.map(({ from, to, ground }) => ({ from, to, ground })),
      interruptions,
    });
    return {
      result: { ...value, stops: [...value.stops], interruptions: value.interruptions.map(({ on, ground }) => ({ on, ground })) },
      trace,
      parameters: [
        { id: `debt.limitation.${input.kind}`, version: term.act, mark: term.mark },
        { id: 'debt.limitation.start', version: start.act, mark: start.mark },
        { id: 'debt.limitation.algorithm', version: '1', mark: LAWYER },
        ...(own ? [{ id: 'parameters.stops', version: `${own.length}`, mark: OVERRIDE }] : marks('debt.limitation.stop', rows)),
        ...(value.interruptions.length > 0 ? marks('debt.limitation.interruption', rules) : []),
        ...parameters,
      ],
    };
  }

  /** Interruptions whose event has a rule in force, and these rules, each once. */
  private async interruptions(
    given: NonNullable<LimitationInput['interruptions']>,
  ): Promise<{ interruptions: Interruption[]; rules: LimitationStartRow[] }> {
    const found = await Promise.all(given.map(({ on, event }) => this.tables.limitationStart(event ?? 'acknowledgement', on)));
    const rules = found.filter((rule) => rule !== undefined);
    return {
      interruptions: given.flatMap(({ on, ground }, at) => {
        const rule = found[at];
        return rule ? [{ on, ground, startsAfter: rule.days }] : [];
      }),
      rules: [...new Map(rules.map((rule) => [`${rule.event} ${rule.act}`, rule])).values()],
    };
  }

  async penalty(input: PenaltyInput): Promise<LawAnswer<PenaltyOutput>> {
    const own = input.parameters?.moratoria;
    const mode = input.parameters?.workingDays;
    const rule = await this.tables.penaltyRule(input.asOf);
    const rows = own ? [] : await this.tables.moratoria('penalty', input.territory);
    const calendar = await this.tables.calendar(mode ?? 'labour');
    const moratoria = own ? spans(own, 'parameters.moratoria', OVERRIDE) : rows;
    const blockers = spans(input.blockers ?? [], 'blockers', 'Закон 2189-VIII ст. 26');
    const { value, trace, parameters } = penalty({
      amount: Money.parse(input.amount),
      dueOn: input.dueOn,
      asOf: input.asOf,
      payments: paid(input.payments),
      ratePercentPerDay: new Dec(input.ratePercentPerDay),
      maxRatePercent: new Dec(rule.rate),
      maxSharePercent: new Dec(rule.share),
      windows: [...moratoria, ...blockers].map(({ from, to, ground }) => ({ from, to, ground })),
      calendar,
    });
    const used = rows.filter((row) => value.excluded.some(({ ground }) => ground === row.ground));
    return {
      result: {
        ...value,
        penalty: value.penalty.toString(),
        rateApplied: value.rateApplied.toString(),
        cappedBy: [...value.cappedBy],
        excluded: [...value.excluded],
      },
      trace,
      parameters: [
        { id: 'debt.penalty.rule', version: rule.act, mark: rule.mark },
        ...(own ? [{ id: 'parameters.moratoria', version: `${own.length}`, mark: OVERRIDE }] : marks('debt.moratorium', used)),
        ...calendarUsed(calendar, value.startsOn, mode !== undefined),
        ...parameters,
      ],
    };
  }

  async deadline(input: DeadlineInput): Promise<LawAnswer<DeadlineOutput>> {
    const mode = input.parameters?.workingDays;
    const calendar = await this.tables.calendar(mode ?? 'labour');
    const { value, trace, parameters } = deadline({ ...input, calendar });
    return { result: value, trace, parameters: [...calendarUsed(calendar, value.endsOn, mode !== undefined), ...parameters] };
  }
}
