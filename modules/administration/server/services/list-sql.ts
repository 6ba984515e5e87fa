import { type Actor, type ListDef, scopeValues, seesEverything } from '@komplat/server';

/** Whose processes: of the actor's providers, and those that the actor started. $1 providers or null, $2 login. */
export const PROCESS_SCOPE = '($1::text[] is null or p.provider = any($1) or p.started_by = $2)';
export const processScope = (actor: Actor): readonly [readonly string[] | null, string] => [
  seesEverything(actor) ? null : scopeValues(actor, 'provider'),
  actor.login,
];

/** A process with the name of its provider. */
export const PROCESS_ROWS = `select p.*,
  (select v.short_name from tariffs.pub_provider_v1 v where v.code = p.provider) as provider_name from platform.process_progress p`;

/** $1 and $2 as above, $3 state, $4 type, $5 part of the subject. */
export const PROCESSES: ListDef = {
  sql: `select p.*, coalesce(u.full_name, p.started_by) as starter, v.short_name as provider_name from platform.process_progress p
    left join administration.app_user u on u.login = p.started_by
    left join tariffs.pub_provider_v1 v on v.code = p.provider
    where ${PROCESS_SCOPE} and ($3::text is null or p.state = $3) and ($4::text is null or p.type = $4)
      and ($5::text is null or p.subject ilike '%' || $5 || '%')`,
  id: { column: 'workflow_id', type: 'text' },
  sorts: {
    process: { column: 'type', type: 'text' },
    phase: { column: 'phase_no', type: 'int4' },
    state: { column: 'state', type: 'text' },
    by: { column: 'starter', type: 'text' },
    at: { column: 'started_at', type: 'timestamptz' },
    updated: { column: 'updated_at', type: 'timestamptz' },
  },
  first: '-at', // the order of the begin: rows do not jump under the eyes while processes move
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
