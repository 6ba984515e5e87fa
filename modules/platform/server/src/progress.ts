import type { Tx } from './db/database.ts';

export type ProcessState = 'running' | 'paused' | 'waiting' | 'failed' | 'done' | 'stopped';
export interface ProcessProgress {
  readonly workflowId: string;
  readonly runId?: string;
  readonly module: string;
  readonly type: string;
  readonly subject: string;
  readonly phase: string;
  readonly phaseNo: number;
  readonly phases: number;
  readonly state: ProcessState;
  readonly messageKey?: string;
  readonly messageParams?: Readonly<Record<string, unknown>>;
  readonly parentId?: string;
  readonly startedBy: string;
  /** Code of the provider whose data it works on; absent = of the whole Centre. */
  readonly provider?: string;
}

/** Where a long process stands, written by its activities; lists and dashboards read only this. */
export async function writeProgress(tx: Pick<Tx, 'query'>, p: ProcessProgress): Promise<void> {
  const finished = p.state === 'done' || p.state === 'stopped';
  await tx.query(
    `insert into platform.process_progress as old (workflow_id, run_id, module, type, subject, phase, phase_no, phases, state,
       message_key, message_params, parent_id, started_by, provider, finished_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, case when $15::boolean then now() end)
     on conflict (workflow_id) do update set run_id = excluded.run_id, phase = excluded.phase, phase_no = excluded.phase_no,
       phases = excluded.phases, state = excluded.state, message_key = excluded.message_key,
       message_params = excluded.message_params, provider = excluded.provider, updated_at = now(), finished_at = excluded.finished_at,
       pause_reason = case excluded.state when 'paused' then old.pause_reason end,
       paused_by = case excluded.state when 'paused' then old.paused_by end,
       paused_until = case excluded.state when 'paused' then old.paused_until end`,
    [
      p.workflowId, p.runId ?? null, p.module, p.type, p.subject, p.phase, p.phaseNo, p.phases, p.state,
      p.messageKey ?? null, JSON.stringify(p.messageParams ?? {}), p.parentId ?? null, p.startedBy, p.provider ?? null, finished,
    ],
  );
}

/** The same process, now held by a person. */
export async function writePause(tx: Pick<Tx, 'query'>, workflowId: string, by: string, reason: string, until?: string): Promise<void> {
  await tx.query(
    `update platform.process_progress set state = 'paused', pause_reason = $2, paused_by = $3, paused_until = $4, updated_at = now()
     where workflow_id = $1`,
    [workflowId, reason, by, until ?? null],
  );
}

/** One sentence of the timeline, in words of the domain. */
export async function writeProcessEvent(
  tx: Pick<Tx, 'query'>,
  workflowId: string,
  messageKey: string,
  messageParams: Readonly<Record<string, unknown>> = {},
  by?: { readonly actor: string; readonly reason?: string },
): Promise<void> {
  await tx.query(
    'insert into platform.process_event (workflow_id, message_key, message_params, actor, reason) values ($1, $2, $3, $4, $5)',
    [workflowId, messageKey, JSON.stringify(messageParams), by?.actor ?? null, by?.reason ?? null],
  );
}

export const Progress = { write: writeProgress, pause: writePause, event: writeProcessEvent } as const;
