import { type Actor, Database, waitingRows } from '@komplat/server';
import type { HomeQueue, HomeWaiting } from '@komplat/plugin-api';
import { Inject, Injectable } from '@nestjs/common';

/** What others asked for and the reader may decide. */
@Injectable()
export class ApprovalsQueue implements HomeQueue {
  constructor(@Inject(Database) private readonly database: Database) {}

  waiting({ login }: Actor): Promise<HomeWaiting> {
    return waitingRows(
      this.database,
      `select message_key as title_key, message_params as title_params, '/approvals/' || id as href,
         coalesce((select u.full_name from administration.app_user u where u.login = requested_by), requested_by) as detail,
         requested_at as at, count(*) over ()::int as total
       from platform.approval where state = 'waiting' and requested_by <> $1 order by requested_at limit 5`,
      [login],
    );
  }
}

/** Processes that stopped: one's own and those of one's providers. */
@Injectable()
export class ProcessesQueue implements HomeQueue {
  constructor(@Inject(Database) private readonly database: Database) {}

  waiting({ login }: Actor): Promise<HomeWaiting> {
    return waitingRows(
      this.database,
      `select coalesce(message_key, 'administration.home.process') as title_key, message_params as title_params, subject as detail,
         '/processes/' || replace(workflow_id, '/', '%2F') as href, updated_at as at, count(*) over ()::int as total
       from platform.process_progress p where state in ('failed', 'paused') and (started_by = $1 or exists (
         select from administration.user_scope s where s.login = $1 and (s.kind = 'all' or s.kind = 'provider' and s.value = p.provider)))
       order by updated_at limit 5`,
      [login],
    );
  }
}
