import { DomainError, Money } from '@komplat/kernel';
import type { ApprovalAction, ApprovalContext } from '@komplat/plugin-api';
import { type Actor, Approvals, Database, type Tx } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { type ChangeAsked, DunningChange } from '../../contract/analysis-dunning.schema.ts';
import { DEBT_PERMISSIONS } from '../../contract/permissions.ts';
import { Debtors, kopText } from './debtors.service.ts';

export const CHANGE_DUNNING = 'debt.change-dunning';

type Reads = Pick<Tx, 'query'>;
type StepChange = Extract<DunningChange, { change: 'step' }>;
interface StandingStep {
  readonly id: number;
  readonly first: string;
  readonly min_debt_kop: bigint;
  readonly min_months: number;
  readonly wait_days: number;
  readonly repeat_days: number;
}

/** Steps of work with debtors are dated data: a change waits for a second person, and what was stays readable. */
@Injectable()
export class DunningEditor {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Debtors) private readonly debtors: Debtors,
  ) {}

  /** Refuses `debt.dunning.change-past`, `.change-same-day`, `.step-unknown`, `.no-strategy`, `.strategy-exists`, `.strategy-in-force`. */
  async ask(change: DunningChange, actor: Actor): Promise<ChangeAsked> {
    const today = await this.debtors.today();
    return this.database.transaction(async (tx) => ({
      approvalId: await Approvals.request(tx, {
        module: 'debt',
        action: CHANGE_DUNNING,
        subject: change.change === 'step' ? `dunning-step/${change.strategy}/${change.step}` : `dunning-${change.change}`,
        permission: DEBT_PERMISSIONS.lawTables.id,
        payload: change,
        messageKey: `debt.approval.dunning.${change.change}`,
        messageParams: { ...change, was: await checked(tx, change, today) },
        reason: change.reason,
        actor,
      }),
    }));
  }
}

/** The second person agreed: the rule is checked again and written. */
@Injectable()
export class ChangeDunning implements ApprovalAction {
  constructor(@Inject(Debtors) private readonly debtors: Debtors) {}

  async approved(payload: unknown, { tx }: ApprovalContext): Promise<void> {
    const change = DunningChange.parse(payload);
    await checked(tx, change, await this.debtors.today());
    if (change.change === 'step') await writeStep(tx, change);
    else if (change.change === 'in-force') await putInForce(tx, change.strategy);
    else await writeStrategy(tx, change);
  }
}

/** What stands instead of the change now, in words. */
async function checked(tx: Reads, change: DunningChange, today: string): Promise<string> {
  const strategies = await tx.query<{ code: string; in_force: boolean }>('select code, in_force from debt.dunning_strategy');
  const named = change.change === 'strategy' ? change.like : change.strategy;
  const { strategy } = change;
  if (!strategies.some(({ code }) => code === named)) throw new DomainError('debt.dunning.no-strategy', { strategy: named, path: 'body.strategy' });
  if (change.change === 'strategy') {
    if (strategies.some(({ code }) => code === strategy)) throw new DomainError('debt.dunning.strategy-exists', { strategy, path: 'body.strategy' });
    return '';
  }
  if (change.change === 'in-force') {
    const before = strategies.find(({ in_force: inForce }) => inForce)?.code ?? '';
    if (before === strategy) throw new DomainError('debt.dunning.strategy-in-force', { strategy, path: 'body.strategy' });
    return before;
  }
  const { step, from } = change;
  if (from < today) throw new DomainError('debt.dunning.change-past', { from, today, path: 'body.from' });
  const row = await standing(tx, change);
  if (!row) throw new DomainError('debt.dunning.step-unknown', { strategy, step, from, path: 'body.step' });
  if (row.first === from) throw new DomainError('debt.dunning.change-same-day', { from, path: 'body.from' });
  return `${kopText(row.min_debt_kop)} / ${row.min_months} / ${row.wait_days} / ${row.repeat_days}`;
}

async function standing(tx: Reads, { strategy, step, from }: StepChange): Promise<StandingStep | undefined> {
  const [row] = await tx.query<StandingStep>(
    `select id, to_char(lower(valid), 'YYYY-MM-DD') as first, min_debt_kop, min_months, wait_days, repeat_days from debt.dunning_step
     where strategy = $1 and code = $2 and valid @> $3::date for update`,
    [strategy, step, from],
  );
  return row;
}

async function writeStep(tx: Reads, change: StepChange): Promise<void> {
  const row = await standing(tx, change);
  const [ended] = await tx.query<{ next: string | null }>(
    `update debt.dunning_step s set valid = daterange(lower(s.valid), $2::date)
     from debt.dunning_step old where s.id = $1 and old.id = s.id returning to_char(upper(old.valid), 'YYYY-MM-DD') as next`,
    [row?.id ?? null, change.from],
  );
  await tx.query(
    `insert into debt.dunning_step (id, strategy, code, ordinal, min_debt_kop, min_months, wait_days, repeat_days, valid, decision, mark)
     select (select max(id) + 1 from debt.dunning_step), strategy, code, ordinal, $2, $3, $4, $5, daterange($6::date, $7::date), $8, 'decision'
     from debt.dunning_step where id = $1`,
    [
      row?.id ?? null, Money.parse(change.minDebt).kop, change.minMonths, change.waitDays, change.repeatDays, change.from, ended?.next ?? null, change.reason,
    ],
  );
}

async function putInForce(tx: Reads, strategy: string): Promise<void> {
  await tx.query('update debt.dunning_strategy set in_force = false where in_force');
  await tx.query('update debt.dunning_strategy set in_force = true where code = $1', [strategy]);
}

async function writeStrategy(tx: Reads, { strategy, like, reason }: Extract<DunningChange, { change: 'strategy' }>): Promise<void> {
  await tx.query('insert into debt.dunning_strategy (code, in_force) values ($1, false)', [strategy]);
  await tx.query(
    `insert into debt.dunning_step (id, strategy, code, ordinal, min_debt_kop, min_months, wait_days, repeat_days, valid, decision, mark)
     select (select max(id) from debt.dunning_step) + row_number() over (order by ordinal, lower(valid)), $1, code, ordinal, min_debt_kop, min_months,
       wait_days, repeat_days, valid, $3, 'decision'
     from debt.dunning_step where strategy = $2`,
    [strategy, like, reason],
  );
}
