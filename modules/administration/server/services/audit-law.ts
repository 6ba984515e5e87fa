import { sqlLaw } from '@komplat/server';

/**
 * L10: who asked for an approval and who decided it stands in the audit, and the login of the product can neither change
 * nor remove what stands there. Approvals belong to no account, so a part of the accounts does not narrow it.
 */
export const AuditLaw = sqlLaw(`
  with act as (
    select a.action || '.requested' as action, a.subject, a.requested_by as actor, 1 as times from platform.approval a
    where $1::date is null or a.requested_at >= $1 and a.requested_at < $1::date + interval '1 month'
    union all
    select a.action || '.' || a.state, a.subject, a.decided_by, 1 from platform.approval a
    where a.state in ('approved', 'rejected')
      and ($1::date is null or a.decided_at >= $1 and a.decided_at < $1::date + interval '1 month')
    union all
    select e.action, e.subject, e.actor, -1 from platform.audit_entry e
    where exists (select from platform.approval a where a.subject = e.subject
        and e.action in (a.action || '.requested', a.action || '.approved', a.action || '.rejected'))
      and ($1::date is null or e.at >= $1 and e.at < $1::date + interval '1 month')
  ), approval as (
    select count(*) as checked, count(*) filter (where times > 0) as violations
    from (select sum(times) as times from act group by action, subject, actor) q
  ), login as (
    select count(*) as checked, count(*) filter (where has_table_privilege(r.name, 'platform.audit_entry', p.name)) as violations
    from unnest(array['komplat_app', 'komplat_close', 'komplat_report']) r(name), unnest(array['update', 'delete', 'truncate']) p(name)
    where exists (select from pg_roles k where k.rolname = r.name)
  )
  select (a.checked + l.checked)::bigint as checked, (a.violations + l.violations)::bigint as violations
  from approval a, login l where $2::int <= $3::int`);
