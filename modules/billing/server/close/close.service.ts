import type { CloseExceptions, CloseExceptionsAsked, CloseLaneView, CloseProposed, CloseTrialView, CloseView } from '@komplat/billing/contract/close';
import { BILLING_QUEUE, closeLaneId, MONTH_CLOSE, monthCloseId, trialCloseId } from '@komplat/billing/contract/close-workflows';
import { conflict, DomainError, Money, notFound, Period } from '@komplat/kernel';
import { type Actor, Approvals, audit, Database, may, Progress, publish, scopeValues, seesEverything } from '@komplat/server';
import { ProcessClient, ProcessNotRunning, ProcessRefusal } from '@komplat/temporal/server';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { exceptionPayload, GATE_EXCEPTION, RELEASE_LANE, releasePayload } from './close.approvals.ts';
import { BILLING_PERMISSIONS as P } from '@komplat/billing/contract';
import { closeAsked } from './close.events.ts';
import { laneViews } from './close.queries.ts';
import { Gates, PREVIOUS_MONTH_GATE } from './gates.ts';
import { monthDigest, providersOf } from './month-store.ts';

const CLOSE_LOCK = 7_311_410;
const UPDATES = { pause: 'pause', resume: 'resume', stop: 'stop', 'retry-failed': 'retryFailed' } as const;
export type LaneCommandName = keyof typeof UPDATES;

export interface StartRequest {
  readonly period: string;
  readonly providers?: readonly string[] | undefined;
  readonly dryRun?: boolean | undefined;
}

/** What people do with a close: look, start, command, propose. The work itself is in the processes. */
@Injectable()
export class CloseService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ProcessClient) private readonly processes: ProcessClient,
    @Inject(Gates) private readonly gates: Gates,
  ) {}

  async view(period: string, actor: Actor): Promise<z.infer<typeof CloseView>> {
    const scope = seesEverything(actor) ? null : scopeValues(actor, 'provider');
    const lanes = await laneViews(this.database, period, this.gates.definitions(), scope);
    const [run] = await this.database.query<{ workflow_id: string; started_by: string; started_at: Date; state: string }>(
      'select workflow_id, started_by, started_at, state from platform.process_progress where workflow_id = $1',
      [monthCloseId(period)],
    );
    const [trial] = await this.database.query<{ made_by: string; made_at: Date }>(
      'select made_by, made_at from billing.close_trial where period = $1 order by made_at desc limit 1',
      [`${period}-01`],
    );
    const locked = lanes.filter((lane) => lane.state === 'locked').length;
    const running = lanes.some((lane) => lane.phase !== null);
    const startable = lanes.some((lane) => lane.may.includes('start'));
    return {
      period,
      state: lanes.length > 0 && locked === lanes.length ? 'locked' : running || locked > 0 ? 'closing' : 'open',
      run: run
        ? { workflowId: run.workflow_id, startedBy: run.started_by, startedAt: run.started_at.toISOString(), state: run.state }
        : null,
      lanes: lanes.map((lane) => ({ ...lane, may: permitted(lane.may, actor) })),
      totals: totalsOf(lanes, locked),
      digest: scope === null ? await monthDigest(this.database, period) : null,
      trial: trial ? { madeBy: trial.made_by, madeAt: trial.made_at.toISOString() } : null,
      may: may(actor, P.closeRun.id) ? [...(startable ? (['start'] as const) : []), 'trial'] : [],
    };
  }

  /**
   * Starts the month, or more lanes of it. One starts; whoever is second is told who was first. While processes cannot be started
   * an order for lanes is kept and started by the relay; what has nothing to keep is refused.
   */
  async start({ period, providers, dryRun }: StartRequest, login: string): Promise<{ workflowId: string; startedBy: string }> {
    const workflowId = dryRun ? trialCloseId(period) : monthCloseId(period);
    const input = { v: 1, period, startedBy: login, ...(providers ? { providers } : {}), ...(dryRun ? { dryRun } : {}) };
    const unknown = await this.unknownProviders(providers);
    if (unknown.length > 0) throw notFound('billing.provider.unknown', { provider: unknown.join(', ') });
    return this.database.transaction(async (tx) => {
      await tx.query('select pg_advisory_xact_lock($1, $2)', [CLOSE_LOCK, Period.parse(period).index]);
      const asked = dryRun ? 0 : await this.askForLanes(period, providers, login);
      if (!dryRun) await this.refuseEmpty(period);
      const answer = await this.processes
        .start(MONTH_CLOSE, workflowId, BILLING_QUEUE, [input], { startedBy: login })
        .catch((error: unknown) => {
          if (asked === 0 || !isDown(error)) throw error;
          return 'later' as const;
        });
      if (answer === 'later') await publish(tx, closeAsked, workflowId, { v: 1, period, startedBy: login, ...(providers ? { providers: [...providers] } : {}) });
      if (answer === 'running') {
        if (asked === 0) throw await this.alreadyRunning(workflowId, period);
        await this.processes.ring(workflowId);
      }
      await audit(tx, {
        actor: { login },
        action: dryRun ? 'billing.close.trial' : 'billing.close.start',
        subject: `close/${period}`,
        after: { providers: providers ?? 'all' },
      });
      return { workflowId, startedBy: login };
    });
  }

  async command(period: string, provider: string, command: LaneCommandName, reason: string, actor: Actor): Promise<string> {
    const lane = await this.lane(period, provider, actor);
    if (command === 'retry-failed' && lane.proposedBy && lane.state === 'verified') {
      throw conflict('billing.close.proposed', { provider, by: lane.proposedBy });
    }
    const workflowId = closeLaneId(period, provider);
    try {
      await this.processes.update(workflowId, UPDATES[command], { by: actor.login, reason });
      return workflowId;
    } catch (error) {
      if (error instanceof ProcessRefusal) throw conflict(error.code, error.params);
      if (error instanceof ProcessNotRunning) throw conflict('billing.close.lane-not-running', { period, provider });
      throw error;
    }
  }

  /** The accountant's word for every lane that is ready. */
  async proposeReady(period: string, reason: string, actor: Actor): Promise<z.infer<typeof CloseProposed>> {
    const { lanes } = await this.view(period, actor);
    const ready = lanes.filter((lane) => lane.may.includes('propose')).map((lane) => lane.provider.code);
    const { done, refused } = await eachLane(ready, (provider) => this.propose(period, provider, reason, actor));
    return { proposed: done, refused };
  }

  /** The accountant's word; the manager decides in the inbox of approvals. */
  async propose(period: string, provider: string, reason: string, actor: Actor): Promise<string> {
    const lane = await this.lane(period, provider, actor);
    if (!lane.may.includes('propose') || !lane.digest) {
      throw conflict('billing.close.not-proposable', { provider, phase: lane.phase ?? 'open' });
    }
    const payload: z.infer<typeof releasePayload> = { period, providerId: lane.provider.id, provider, digest: lane.digest };
    return this.database.transaction(async (tx) => {
      const approvalId = await Approvals.request(tx, {
        module: 'billing',
        action: RELEASE_LANE,
        subject: `close/${period}/${provider}`,
        permission: P.closeRelease.id,
        payload,
        messageKey: 'billing.close.approval.release',
        messageParams: { period, provider, name: lane.provider.name, charged: lane.charged, planned: lane.planned, failed: lane.failed },
        reason,
        actor,
      });
      await tx.query('update billing.close_lane set proposed_by = $3, proposed_at = now() where period = $1 and provider_id = $2', [
        `${period}-01`,
        lane.provider.id,
        actor.login,
      ]);
      await Progress.event(tx, closeLaneId(period, provider), 'billing.close.event.proposed', {}, { actor: actor.login, reason });
      return approvalId;
    });
  }

  async askException(period: string, provider: string, gate: string, reason: string, actor: Actor): Promise<string> {
    const lane = await this.lane(period, provider, actor);
    const found = lane.gates.find((candidate) => candidate.id === gate);
    if (!found) throw notFound('billing.gate.unknown', { gate });
    if (found.green || found.exception?.state === 'approved') throw conflict('billing.gate.is-green', { gate });
    if (gate === PREVIOUS_MONTH_GATE) throw conflict('billing.gate.no-exception', { gate });
    const payload: z.infer<typeof exceptionPayload> = { period, providerId: lane.provider.id, provider, gate, value: found.value };
    return this.database.transaction((tx) =>
      Approvals.request(tx, {
        module: 'billing',
        action: GATE_EXCEPTION,
        subject: `close/${period}/${provider}/${gate}`,
        permission: P.closeRelease.id,
        payload,
        messageKey: 'billing.close.approval.exception',
        messageParams: { period, provider, name: lane.provider.name, gate, value: found.value, limit: found.limit },
        reason,
        actor,
      }),
    );
  }

  /** The same question for every lane that waits at the gate and for which nobody has asked yet. */
  async askSharedException(
    period: string,
    gate: string,
    reason: string,
    actor: Actor,
  ): Promise<z.infer<typeof CloseExceptionsAsked>> {
    const { lanes } = await this.view(period, actor);
    const held = lanes.filter((lane) => lane.gates.some((one) => one.id === gate && !one.green && !one.exception));
    if (held.length === 0) throw conflict('billing.gate.is-green', { gate });
    const codes = held.map((lane) => lane.provider.code);
    const { done, refused } = await eachLane(codes, (provider) => this.askException(period, provider, gate, reason, actor));
    return { asked: done, refused };
  }

  async exceptions(
    period: string,
    provider: string,
    query: { readonly after?: string | undefined; readonly limit: number; readonly outcome?: string | undefined },
    actor: Actor,
  ): Promise<z.infer<typeof CloseExceptions>> {
    const lane = await this.lane(period, provider, actor);
    const [account = '0', service = '0'] = (query.after ?? '').split('-');
    const rows = await this.database.query<ExceptionRow>(EXCEPTIONS, [
      `${period}-01`,
      lane.provider.id,
      Number(account) || 0,
      Number(service) || 0,
      query.limit + 1,
      query.outcome ?? null,
    ]);
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    return {
      items: page.map((row) => ({
        account: row.number,
        address: row.address,
        service: row.code,
        serviceName: row.name,
        outcome: row.outcome,
        reason: { key: `billing.close.reason.${row.reason_code}`, params: {} },
        attempts: row.attempts,
        resolved: row.resolved,
        signedBy: row.signed_by,
      })),
      next: rows.length > query.limit && last ? `${last.account_id}-${last.service_id}` : null,
    };
  }

  async trial(period: string): Promise<z.infer<typeof CloseTrialView>> {
    const rows = await this.database.query<{ code: string; made_by: string; made_at: Date; result: object }>(
      `select p.code, t.made_by, t.made_at, t.result from billing.close_trial t join tariffs.pub_provider_v1 p on p.id = t.provider_id
       where t.period = $1 order by p.id`,
      [`${period}-01`],
    );
    const lanes = rows.map(({ code, made_by: madeBy, made_at: madeAt, result }) => ({
      failed: 0,
      services: [],
      ...result,
      provider: code,
      madeBy,
      madeAt: madeAt.toISOString(),
    }));
    return { period, lanes };
  }

  async evidence(period: string, provider: string, actor: Actor): Promise<{ provider: string; digest: string | null; evidence: unknown }> {
    const lane = await this.lane(period, provider, actor);
    const [row] = await this.database.query<{ evidence: unknown }>(
      'select evidence from billing.close_lane where period = $1 and provider_id = $2',
      [`${period}-01`, lane.provider.id],
    );
    return { provider, digest: lane.digest, evidence: row?.evidence ?? null };
  }

  private async lane(period: string, provider: string, actor: Actor): Promise<CloseLaneView> {
    const hidden = !seesEverything(actor) && !scopeValues(actor, 'provider').includes(provider);
    const [lane] = hidden ? [] : await laneViews(this.database, period, this.gates.definitions(), [provider]);
    if (!lane) throw notFound('billing.lane.unknown', { period, provider });
    return lane;
  }

  private async unknownProviders(codes: readonly string[] | undefined): Promise<string[]> {
    if (!codes) return [];
    const known = await this.database.query<{ code: string }>('select code from tariffs.pub_provider_v1 where code = any($1)', [codes]);
    const found = new Set(known.map((row) => row.code));
    return codes.filter((code) => !found.has(code));
  }

  /** Lanes that were never asked for, or were stopped; how many this request adds. */
  private async askForLanes(period: string, codes: readonly string[] | undefined, login: string): Promise<number> {
    const first = `${period}-01`;
    let asked = 0;
    for (const { id, code } of await providersOf(this.database, period, codes)) {
      const rows = await this.database.query(
        `insert into billing.close_lane as c (period, provider_id, workflow_id, phase, state, started_by)
         values ($1, $2, $3, 'feed', 'running', $4)
         on conflict (period, provider_id) do update set state = 'running', updated_at = now() where c.state = 'stopped'
         returning c.provider_id`,
        [first, id, closeLaneId(period, code), login],
      );
      asked += rows.length;
    }
    return asked;
  }

  private async refuseEmpty(period: string): Promise<void> {
    const [row] = await this.database.query<{ count: number }>(
      `select count(*)::int as count from billing.close_lane where period = $1 and phase <> 'locked' and state <> 'stopped'`,
      [`${period}-01`],
    );
    if (!row?.count) throw conflict('billing.close.nothing-to-do', { period });
  }

  private async alreadyRunning(workflowId: string, period: string): Promise<DomainError> {
    const run = await this.processes.describe(workflowId);
    return conflict('billing.close.already-running', {
      period,
      startedBy: run?.startedBy ?? '',
      startedAt: run?.startedAt.toISOString() ?? '',
    });
  }
}

const isDown = (error: unknown): boolean => error instanceof DomainError && error.status === 503;

interface EachLane {
  readonly done: string[];
  readonly refused: z.infer<typeof CloseProposed>['refused'];
}

/** One after another; a refusal of one lane does not hold the others. */
async function eachLane(providers: readonly string[], work: (provider: string) => Promise<unknown>): Promise<EachLane> {
  const answer: EachLane = { done: [], refused: [] };
  for (const provider of providers) {
    try {
      await work(provider);
      answer.done.push(provider);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      answer.refused.push({ provider, problem: { key: error.code, params: error.params } });
    }
  }
  return answer;
}

interface ExceptionRow {
  readonly account_id: number;
  readonly service_id: number;
  readonly number: string;
  readonly address: string | null;
  readonly code: string;
  readonly name: string;
  readonly outcome: 'failed' | 'skipped';
  readonly reason_code: string;
  readonly attempts: number;
  readonly resolved: boolean;
  readonly signed_by: string | null;
}
const EXCEPTIONS = `
  select e.account_id, e.service_id, a.number, d.address, s.code, s.name, e.outcome, e.reason_code, e.attempts,
    e.resolved_at is not null as resolved, e.signed_by
  from billing.close_exception e
  join registry.pub_account_v1 a on a.account_id = e.account_id
  left join registry.pub_address_v1 d on d.premises_id = a.premises_id
  join tariffs.pub_service_v1 s on s.id = e.service_id
  where e.period = $1 and e.provider_id = $2 and (e.account_id, e.service_id) > ($3::int, $4::int)
    and ($6::text is null or e.outcome = $6)
  order by e.account_id, e.service_id limit $5`;

function permitted(commands: CloseLaneView['may'], actor: Actor): CloseLaneView['may'] {
  const needed = (command: CloseLaneView['may'][number]): string => (command === 'propose' ? P.closePropose.id : P.closeRun.id);
  return commands.filter((command) => may(actor, needed(command)));
}

function totalsOf(lanes: readonly CloseLaneView[], locked: number): z.infer<typeof CloseView>['totals'] {
  const count = (pick: (lane: CloseLaneView) => number): number => lanes.reduce((sum, lane) => sum + pick(lane), 0);
  const money = (pick: (lane: CloseLaneView) => string): string =>
    lanes.reduce((sum, lane) => sum.add(Money.parse(pick(lane))), Money.ofKop(0n)).toString();
  return {
    lanes: lanes.length,
    locked,
    planned: count((lane) => lane.planned),
    done: count((lane) => lane.done),
    failed: count((lane) => lane.failed),
    skipped: count((lane) => lane.skipped),
    notStarted: count((lane) => lane.notStarted),
    charged: money((lane) => lane.charged),
    paid: money((lane) => lane.paid),
  };
}
