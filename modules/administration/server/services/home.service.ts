import { Inject, Injectable } from '@nestjs/common';
import { type Actor, Database, may } from '@komplat/server';
import type { Home } from '../../contract/home.schema.ts';

type Queue = Home['queues'][number];
interface Source {
  readonly key: string;
  readonly permission: string;
  readonly href: string;
  readonly urgent: boolean;
  /** Columns: title_key, title_params, detail, href, at; `total` = count of all. $1 = login. */
  readonly sql: string;
}
interface ItemRow {
  readonly title_key: string;
  readonly title_params: Queue['items'][number]['title']['params'];
  readonly detail: string | null;
  readonly href: string;
  readonly at: Date | null;
  readonly total: number;
}

const SOURCES: readonly Source[] = [
  {
    key: 'approvals',
    permission: 'administration.approval.read',
    href: '/approvals',
    urgent: true,
    sql: `select message_key as title_key, message_params as title_params, '/approvals/' || id as href,
        coalesce((select u.full_name from administration.app_user u where u.login = requested_by), requested_by) as detail,
        requested_at as at, count(*) over ()::int as total
      from platform.approval where state = 'waiting' and requested_by <> $1 order by requested_at limit 5`,
  },
  {
    key: 'processes',
    permission: 'administration.process.read',
    href: '/processes?state=failed',
    urgent: true,
    sql: `select coalesce(message_key, 'administration.home.process') as title_key, message_params as title_params, subject as detail,
        '/processes/' || replace(workflow_id, '/', '%2F') as href, updated_at as at, count(*) over ()::int as total
      from platform.process_progress p where state in ('failed', 'paused') and (started_by = $1 or exists (
        select from administration.user_scope s where s.login = $1 and (s.kind = 'all' or s.kind = 'provider' and s.value = p.provider)))
      order by updated_at limit 5`,
  },
  {
    key: 'imports',
    permission: 'payments.import.read',
    href: '/payments/imports',
    urgent: false,
    sql: `select 'administration.home.import' as title_key, jsonb_build_object('file', file_name) as title_params, state as detail,
        '/payments/imports/' || import_id as href, uploaded_at as at, count(*) over ()::int as total
      from payments.pub_import_v1 where state in ('staged', 'mismatch') and $1 <> '' order by uploaded_at limit 5`,
  },
];

/** First page of each role: queues of what the person may do, counted by query. */
@Injectable()
export class HomeService {
  constructor(@Inject(Database) private readonly database: Database) {}

  async home(actor: Actor): Promise<Home> {
    const mine = SOURCES.filter(({ permission }) => may(actor, permission));
    const queues = await Promise.all(mine.map((source) => this.queue(source, actor)));
    return { queues, lanes: may(actor, 'billing.close.read') ? await this.lanes() : [] };
  }

  private async queue({ key, href, urgent, sql }: Source, actor: Actor): Promise<Queue> {
    const rows = await this.database.query<ItemRow>(sql, [actor.login]);
    return {
      key,
      title: { key: `administration.home.${key}`, params: {} },
      count: rows[0]?.total ?? 0,
      href,
      urgent,
      items: rows.map((row) => ({
        title: { key: row.title_key, params: row.title_params },
        detail: row.detail,
        href: row.href,
        at: row.at?.toISOString() ?? null,
      })),
    };
  }

  private lanes(): Promise<Home['lanes']> {
    return this.database.query(
      `select to_char(period, 'YYYY-MM') as period, state, count(*)::int as count from platform.period_lane
       where period between platform.current_period() - interval '1 month' and platform.current_period() group by 1, 2 order by 1 desc, 2`,
    );
  }
}
