import { Inject, Injectable } from '@nestjs/common';
import { DomainError, forbidden, notFound } from '@komplat/kernel';
import { type Actor, audit, Database, livingWorkers, may, readList } from '@komplat/server';
import { ADMINISTRATION_PERMISSIONS as P } from '../../contract/permissions.ts';
import { PROCESS_CONTROL, type ProcessControl } from '../../contract/process-control.ts';
import type { ProcessCommand, ProcessItem, ProcessList, ProcessQuery, ProcessView } from '../../contract/process.schema.ts';
import { PROCESS_ROWS, PROCESS_SCOPE, PROCESSES, processScope } from './list-sql.ts';

export interface ProcessRow {
  readonly workflow_id: string;
  readonly type: string;
  readonly module: string;
  readonly subject: string;
  readonly provider_name: string | null;
  readonly phase: string;
  readonly phase_no: number;
  readonly phases: number;
  readonly state: ProcessItem['state'];
  readonly message_key: string | null;
  readonly message_params: NonNullable<ProcessItem['message']>['params'];
  readonly started_by: string;
  readonly pause_reason: string | null;
  readonly paused_by: string | null;
  readonly paused_until: Date | null;
  readonly started_at: Date;
  readonly updated_at: Date;
  readonly finished_at: Date | null;
}
const ALLOWED: Readonly<Record<ProcessItem['state'], readonly ProcessCommand[]>> = {
  running: ['pause', 'stop'],
  waiting: ['retry', 'pause', 'stop'],
  paused: ['resume', 'stop'],
  failed: ['retry', 'stop'],
  done: [],
  stopped: ['retry'],
};
const MAX_EVENTS = 500;

/** The console of long processes: lists and timelines are queries over what activities wrote. */
@Injectable()
export class ProcessService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PROCESS_CONTROL) private readonly control: ProcessControl,
  ) {}

  async list(query: ProcessQuery, actor: Actor): Promise<ProcessList> {
    const scope = processScope(actor);
    const params = [...scope, query.state ?? null, query.type ?? null, query.q ?? null];
    const { rows, ...rest } = await readList<ProcessRow>(this.database, PROCESSES, params, query);
    const counts = await this.database.query<{ state: string; count: number }>(
      `select p.state, count(*)::int as count from platform.process_progress p where ${PROCESS_SCOPE} group by p.state`,
      scope,
    );
    return {
      items: rows.map((row) => toItem(row, actor)),
      ...rest,
      counts: Object.fromEntries(counts.map(({ state, count }) => [state, count])),
      notice: await this.notice(counts.some(({ state }) => state === 'running' || state === 'waiting')),
    };
  }

  private async notice(expected: boolean): Promise<ProcessList['notice']> {
    if (!expected || (await livingWorkers(this.database)) > 0) return null;
    return { key: 'administration.processes.no-worker', params: {} };
  }

  async view(id: string, actor: Actor): Promise<ProcessView> {
    const scope = processScope(actor);
    const [row] = await this.database.query<ProcessRow>(
      `${PROCESS_ROWS} where ${PROCESS_SCOPE} and p.workflow_id = $3`,
      [...scope, id],
    );
    if (!row) throw notFound('administration.process.unknown', { id });
    const events = await this.database.query<{ at: Date; message_key: string; message_params: never; actor: string | null; reason: string | null }>(
      `select at, message_key, message_params, actor, reason from platform.process_event where workflow_id = $1 order by id desc limit ${MAX_EVENTS}`,
      [id],
    );
    const children = await this.database.query<ProcessRow>(
      `${PROCESS_ROWS} where ${PROCESS_SCOPE} and p.parent_id = $3 order by p.workflow_id limit 500`,
      [...scope, id],
    );
    return {
      ...toItem(row, actor),
      events: events.map((event) => ({
        at: event.at.toISOString(),
        message: { key: event.message_key, params: event.message_params },
        actor: event.actor,
        reason: event.reason,
      })),
      children: children.map((child) => toItem(child, actor)),
    };
  }

  async command(id: string, command: ProcessCommand, reason: string, actor: Actor): Promise<ProcessView> {
    if (!may(actor, P.processControl.id)) throw forbidden('platform.forbidden', { permission: P.processControl.id });
    const item = await this.view(id, actor);
    if (!item.may.includes(command)) throw new DomainError('administration.process.not-now', { command, state: item.state }, 409);
    await this.control.command(id, command, { actor: actor.login, reason });
    await this.database.transaction((tx) => audit(tx, { actor, action: `administration.process.${command}`, subject: `process/${id}`, reason }));
    return this.view(id, actor);
  }
}

function toItem(row: ProcessRow, actor: Actor): ProcessItem {
  return {
    id: row.workflow_id,
    type: row.type,
    module: row.module,
    subject: row.subject,
    providerName: row.provider_name,
    phase: row.phase,
    phaseNo: row.phase_no,
    phases: row.phases,
    state: row.state,
    message: row.message_key ? { key: row.message_key, params: row.message_params } : null,
    startedBy: row.started_by,
    startedAt: row.started_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    pause:
      row.pause_reason && row.paused_by
        ? { reason: row.pause_reason, by: row.paused_by, until: row.paused_until?.toISOString() ?? null }
        : null,
    may: may(actor, P.processControl.id) ? [...ALLOWED[row.state], ...(ofLanes(row) ? (['retry'] as const) : [])] : [],
  };
}

/** A month that closes hands a retry on to the lanes that wait or failed. */
const ofLanes = (row: ProcessRow): boolean => row.state === 'running' && row.phase === 'lanes';
