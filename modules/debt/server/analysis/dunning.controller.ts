import { type Actor, CurrentActor, Endpoint, Input, type InputOf } from '@komplat/server';
import { Controller, Inject } from '@nestjs/common';
import { z } from 'zod';
import {
  AccountDebt, AccountParams, ChangeAsked, DunningChange, DunningNotices, DunningOrder, DunningPreview, DunningRun, DunningRuns, DunningSimulation, DunningSteps, HoldEnd,
  HoldParams, NewHold, NoticesQuery, PreviewQuery, RunParams, RunsQuery, SimulationQuery,
} from '../../contract/analysis-dunning.schema.ts';
import { DEBT_PERMISSIONS as P } from '../../contract/permissions.ts';
import { AccountDebts } from './account-debt.service.ts';
import { DunningEditor } from './dunning-change.ts';
import { Dunning } from './dunning.service.ts';
import { Holds } from './holds.service.ts';
import { Simulation } from './simulation.service.ts';

const HoldMade = z.object({ id: z.uuid() }).meta({ id: 'DebtHoldMade' });
type HoldMade = z.infer<typeof HoldMade>;
const HoldEnded = z.object({ done: z.literal(true) }).meta({ id: 'DebtHoldEnded' });
type HoldEnded = z.infer<typeof HoldEnded>;
const permission = P.read.id;

/** Steps of work with debtors, holds, and the debt of one account. */
@Controller('debt')
export class DunningController {
  constructor(
    @Inject(Dunning) private readonly dunning: Dunning,
    @Inject(DunningEditor) private readonly editor: DunningEditor,
    @Inject(Simulation) private readonly simulation: Simulation,
    @Inject(Holds) private readonly holds: Holds,
    @Inject(AccountDebts) private readonly accounts: AccountDebts,
  ) {}

  @Endpoint({ method: 'GET', path: 'dunning/steps', permission, summary: 'Steps of all strategies in force today', response: DunningSteps })
  steps(): Promise<DunningSteps> {
    return this.dunning.steps();
  }

  @Endpoint({
    method: 'POST', path: 'dunning/changes', permission: P.lawTables.id, summary: 'Ask for another rule of a step, another strategy in force, or a new one',
    body: DunningChange, response: ChangeAsked, idempotent: true,
  })
  change(@Input() { body }: InputOf<unknown, unknown, DunningChange>, @CurrentActor() actor: Actor): Promise<ChangeAsked> {
    return this.editor.ask(body, actor);
  }

  @Endpoint({ method: 'GET', path: 'dunning/preview', permission, summary: 'What a step would do today', query: PreviewQuery, response: DunningPreview })
  preview(@Input() { query }: InputOf<unknown, PreviewQuery>, @CurrentActor() actor: Actor): Promise<DunningPreview> {
    return this.dunning.preview(query, actor);
  }

  @Endpoint({
    method: 'POST', path: 'dunning/runs', permission: P.dunningRun.id, summary: 'Take a step over the city, as its preview showed', body: DunningOrder,
    response: DunningRun, idempotent: true,
  })
  run(@Input() { body }: InputOf<unknown, unknown, DunningOrder>, @CurrentActor() actor: Actor): Promise<DunningRun> {
    return this.dunning.run(body, actor);
  }

  @Endpoint({ method: 'GET', path: 'dunning/runs', permission, summary: 'Steps that were taken, newest first', query: RunsQuery, response: DunningRuns })
  runs(@Input() { query }: InputOf<unknown, RunsQuery>, @CurrentActor() actor: Actor): Promise<DunningRuns> {
    return this.dunning.runs(query, actor);
  }

  @Endpoint({
    method: 'GET', path: 'dunning/runs/:id/rows', permission, summary: 'Outcome of every account of a step', params: RunParams, query: NoticesQuery,
    response: DunningNotices,
  })
  notices(@Input() { params, query }: InputOf<RunParams, NoticesQuery>, @CurrentActor() actor: Actor): Promise<DunningNotices> {
    return this.dunning.notices(params.id, query, actor);
  }

  @Endpoint({
    method: 'GET', path: 'dunning/simulation', permission: P.dunningRun.id, summary: 'The last closed year under another strategy; nothing is written',
    query: SimulationQuery, response: DunningSimulation,
  })
  simulate(@Input() { query }: InputOf<unknown, SimulationQuery>, @CurrentActor() actor: Actor): Promise<DunningSimulation> {
    return this.simulation.run(query, actor);
  }

  @Endpoint({
    method: 'POST', path: 'holds', permission: P.holdWrite.id, summary: 'Leave an account alone for a time', body: NewHold, response: HoldMade,
    idempotent: true,
  })
  put(@Input() { body }: InputOf<unknown, unknown, NewHold>, @CurrentActor() actor: Actor): Promise<HoldMade> {
    return this.holds.put(body, actor);
  }

  @Endpoint({
    method: 'POST', path: 'holds/:id/end', permission: P.holdWrite.id, summary: 'End a hold before its time', params: HoldParams, body: HoldEnd,
    response: HoldEnded,
  })
  async end(@Input() { params, body }: InputOf<HoldParams, unknown, HoldEnd>, @CurrentActor() actor: Actor): Promise<HoldEnded> {
    await this.holds.end(params.id, body.reason, actor);
    return { done: true };
  }

  @Endpoint({
    method: 'GET', path: 'accounts/:number', permission, summary: 'Debt of one account: ages, holds, steps taken', params: AccountParams,
    response: AccountDebt,
  })
  account(@Input() { params }: InputOf<AccountParams>, @CurrentActor() actor: Actor): Promise<AccountDebt> {
    return this.accounts.of(params.number, actor);
  }
}
