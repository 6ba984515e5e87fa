import type { ListDef } from '@komplat/server';

/** $1 state, $2 type, $3 part of the subject. */
export const PROCESSES: ListDef = {
  sql: `select p.*, coalesce(u.full_name, p.started_by) as starter from platform.process_progress p
    left join administration.app_user u on u.login = p.started_by
    where ($1::text is null or p.state = $1) and ($2::text is null or p.type = $2) and ($3::text is null or p.subject ilike '%' || $3 || '%')`,
  id: { column: 'workflow_id', type: 'text' },
  sorts: {
    process: { column: 'type', type: 'text' },
    phase: { column: 'phase_no', type: 'int4' },
    state: { column: 'state', type: 'text' },
    by: { column: 'starter', type: 'text' },
    at: { column: 'started_at', type: 'timestamptz' },
    updated: { column: 'updated_at', type: 'timestamptz' },
  },
  first: '-updated',
};

/** $1 state, $2 part of the reason or the subject. */
export const APPROVALS: ListDef = {
  sql: `select a.*, coalesce(u.full_name, a.requested_by) as requester from platform.approval a
    left join administration.app_user u on u.login = a.requested_by
    where ($1::text is null or a.state = $1) and ($2::text is null or a.reason ilike '%' || $2 || '%' or a.subject ilike '%' || $2 || '%')`,
  id: { column: 'id', type: 'uuid' },
  sorts: {
    what: { column: 'action', type: 'text' },
    by: { column: 'requester', type: 'text' },
    at: { column: 'requested_at', type: 'timestamptz' },
    until: { column: 'expires_at', type: 'timestamptz' },
    state: { column: 'state', type: 'text' },
  },
  first: 'at',
};
