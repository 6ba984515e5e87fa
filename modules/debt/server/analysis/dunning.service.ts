import { addDays, conflict, DomainError, Money } from '@komplat/kernel';
import { type Actor, audit, Database, readList, type Tx, uuid7 } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type {
  DunningNotice, DunningNotices, DunningOrder, DunningPreview, DunningRun, DunningRuns, DunningStep, DunningSteps, NoticesQuery, PreviewQuery,
  RunsQuery, StepCode,
} from '../../contract/analysis-dunning.schema.ts';
import { LawTables } from '../services/law-tables.ts';
import { Debtors, kopText } from './debtors.service.ts';
import { latestBefore, STALE_DAYS, type StepRule } from './dunning-rule.ts';
import { COUNTS, NOTICE, NOTICES, PREVIEW, RUNS } from './dunning-sql.ts';
import { seenProviderIds } from './scope.ts';

interface StepRow {
  readonly id: number;
  readonly strategy: string;
  readonly in_force: boolean;
  readonly code: StepCode;
  readonly min_debt_kop: bigint;
  readonly min_months: number;
  readonly wait_days: number;
  readonly repeat_days: number;
  readonly first: string;
  readonly decision: string;
  readonly mark: string;
}
interface Counts {
  readonly planned: number;
  readonly done: number;
  readonly held: number;
  readonly waiting: number;
  readonly repeated: number;
  readonly debt_kop: bigint;
}
type RunRow = Counts & {
  readonly id: string;
  readonly code: StepCode;
  readonly as_of: string;
  readonly provider: string | null;
  readonly reason: string;
  readonly made_by: string;
  readonly made_at: Date;
};
type NoticeRow = Omit<DunningNotice, 'account' | 'holder' | 'debt' | 'oldest'> & {
  readonly number: string;
  readonly full_name: string;
  readonly debt_kop: bigint;
  readonly oldest: string;
};
type ChosenStep = StepRow & { readonly rule: StepRule };
const NOTHING = { planned: 0, done: 0, held: 0, waiting: 0, repeated: 0, debt_kop: 0n };
const LOCK = 'debt.dunning';

/** Rules of the steps of a strategy, in their order; each step waits for the one before it. */
export const rulesOf = (rows: readonly StepRow[]): ChosenStep[] =>
  rows.map((row, at) => ({
    ...row,
    rule: {
      code: row.code,
      after: rows[at - 1]?.code,
      minDebtKop: row.min_debt_kop,
      minMonths: row.min_months,
      waitDays: row.wait_days,
      repeatDays: row.repeat_days,
    },
  }));

/** Steps of work with debtors: dated data, shown over the city before they are taken, then taken at once with an outcome each. */
@Injectable()
export class Dunning {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Debtors) private readonly debtors: Debtors,
    @Inject(LawTables) private readonly tables: LawTables,
  ) {}

  /** Steps of all strategies as they stand on a day, in order. */
  stepRows(on: string): Promise<StepRow[]> {
    return this.database.query<StepRow>(
      `select s.id, s.strategy, y.in_force, s.code, s.min_debt_kop, s.min_months::int as min_months, s.wait_days::int as wait_days,
         s.repeat_days::int as repeat_days, to_char(lower(s.valid), 'YYYY-MM-DD') as first, s.decision, s.mark
       from debt.dunning_step s join debt.dunning_strategy y on y.code = s.strategy where s.valid @> $1::date
       order by y.in_force desc, s.strategy, s.ordinal`,
      [on],
    );
  }

  async steps(): Promise<DunningSteps> {
    const rows = await this.stepRows(await this.debtors.today());
    return {
      items: rows.map((row): DunningStep => ({
        code: row.code,
        strategy: row.strategy,
        inForce: row.in_force,
        minDebt: kopText(row.min_debt_kop),
        minMonths: row.min_months,
        waitDays: row.wait_days,
        repeatDays: row.repeat_days,
        from: row.first,
        decision: row.decision,
        mark: row.mark,
      })),
    };
  }

  /** Nothing is written. Refuses `debt.dunning.no-step`. */
  async preview({ step, provider }: PreviewQuery, actor: Actor): Promise<DunningPreview> {
    const { params, today } = await this.ask(step, provider, actor);
    const rows = await this.mass((tx) => tx.query<Counts & { provider: string; name: string }>(PREVIEW, params));
    const { debt_kop: kop, ...counts } = rows.reduce<Counts>(added, NOTHING);
    return {
      step,
      asOf: today,
      ...counts,
      debt: kopText(kop),
      rows: rows.map(({ provider: code, name, debt_kop: own, planned, done, held, waiting, repeated }) => ({
        provider: code, providerName: name, planned, done, held, waiting, repeated, debt: kopText(own),
      })),
    };
  }

  /** Takes the step over the city. Refuses `debt.dunning.changed` when the preview is no longer true. */
  async run({ step, provider, expected, reason }: DunningOrder, actor: Actor): Promise<DunningRun> {
    const { params, today, chosen, providerId } = await this.ask(step, provider, actor);
    const id = uuid7();
    await this.mass(async (tx) => {
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [LOCK]);
      await tx.query(NOTICE, [...params, id]);
      const [counts = NOTHING] = await tx.query<Counts>(`select ${COUNTS} from debt.dunning_notice where run_id = $1`, [id]);
      const same = counts.planned === expected.planned && counts.done === expected.done && counts.debt_kop === Money.parse(expected.debt).kop;
      if (!same) throw conflict('debt.dunning.changed', { planned: counts.planned, done: counts.done, debt: kopText(counts.debt_kop) });
      await tx.query(
        `insert into debt.dunning_run (id, step_id, code, as_of, provider_id, planned, done, held, waiting, repeated, debt_kop, reason, made_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
        [
          id, chosen.id, step, today, providerId, counts.planned, counts.done, counts.held, counts.waiting, counts.repeated, counts.debt_kop, reason,
          actor.login,
        ],
      );
      await audit(tx, { actor, action: 'debt.dunning.run', subject: `dunning/${id}`, after: { step, planned: counts.planned, done: counts.done }, reason });
    });
    const { items } = await this.runs({ limit: 1, sort: '-at' }, actor, id);
    const [made] = items;
    if (!made) throw new DomainError('debt.dunning.no-run', { id }, 404);
    return made;
  }

  async runs({ step, ...ask }: RunsQuery, actor: Actor, id?: string): Promise<DunningRuns> {
    const own = await seenProviderIds(this.database, undefined, actor);
    const def = {
      sql: id === undefined ? RUNS : `${RUNS} and r.id = $3::uuid`,
      id: { column: 'id', type: 'uuid' },
      sorts: { at: { column: 'made_at', type: 'timestamptz' }, planned: { column: 'planned', type: 'int4' }, done: { column: 'done', type: 'int4' } },
      first: '-at',
    } as const;
    const { rows, ...rest } = await readList<RunRow>(this.database, def, [step ?? null, own, ...(id === undefined ? [] : [id])], ask);
    return {
      items: rows.map(({ id: run, code, as_of: asOf, provider, reason, made_by: madeBy, made_at: madeAt, debt_kop: kop, planned, done, held, waiting, repeated }) => ({
        id: run, step: code, asOf, provider, planned, done, held, waiting, repeated, debt: kopText(kop), reason, madeBy, madeAt: madeAt.toISOString(),
      })),
      ...rest,
    };
  }

  /** Outcome of every account and creditor of a run. */
  async notices(id: string, { outcome, ...ask }: NoticesQuery, actor: Actor): Promise<DunningNotices> {
    const own = await seenProviderIds(this.database, undefined, actor);
    const def = {
      sql: NOTICES,
      id: { column: 'id', type: 'text' },
      sorts: { debt: { column: 'debt_kop', type: 'int8' }, months: { column: 'months', type: 'int4' }, account: { column: 'number', type: 'text' } },
      first: '-debt',
      sums: { debt: 'debt_kop' },
    } as const;
    const { rows, ...rest } = await readList<NoticeRow>(this.database, def, [id, outcome ?? null, own], ask);
    return {
      items: rows.map(({ number, full_name: holder, debt_kop: kop, oldest, ...row }) => ({
        id: row.id, provider: row.provider, outcome: row.outcome, months: row.months, hold: row.hold,
        account: number, holder, debt: kopText(kop), oldest: oldest.slice(0, 7),
      })),
      ...rest,
    };
  }

  private async ask(step: StepCode, provider: string | undefined, actor: Actor): Promise<{ params: unknown[]; today: string; chosen: ChosenStep; providerId: number | null }> {
    const today = await this.debtors.today();
    const chosen = rulesOf((await this.stepRows(today)).filter(({ in_force: inForce }) => inForce)).find(({ code }) => code === step);
    if (!chosen) throw new DomainError('debt.dunning.no-step', { step, day: today });
    const { rule } = chosen;
    const latest = latestBefore(today, rule.waitDays, await this.tables.calendar('labour'));
    const ids = await seenProviderIds(this.database, provider, actor);
    const params = [
      today, ids, rule.minDebtKop, rule.minMonths, step, rule.after ?? null, addDays(today, -rule.repeatDays), latest, addDays(today, -STALE_DAYS),
    ];
    return { params, today, chosen, providerId: ids?.length === 1 ? (ids[0] ?? null) : null };
  }

  /** Work over the city has no time limit of one request. */
  private mass<R>(work: (tx: Tx) => Promise<R>): Promise<R> {
    return this.database.transaction(async (tx) => {
      await tx.query(`select set_config('statement_timeout', '0', true), set_config('work_mem', '256MB', true)`);
      return work(tx);
    });
  }
}

const added = (sum: Counts, row: Counts): Counts => ({
  planned: sum.planned + row.planned,
  done: sum.done + row.done,
  held: sum.held + row.held,
  waiting: sum.waiting + row.waiting,
  repeated: sum.repeated + row.repeated,
  debt_kop: sum.debt_kop + row.debt_kop,
});
