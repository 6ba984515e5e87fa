import type { HomeQueue, HomeWaiting } from '@komplat/plugin-api';
import { type Actor, Database, waitingRows } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { seenProviders } from './case-scope.ts';

const AHEAD_DAYS = 14;

/** Terms of cases that have passed or end within two weeks. */
@Injectable()
export class CaseTermsQueue implements HomeQueue {
  constructor(@Inject(Database) private readonly database: Database) {}

  waiting(reader: Actor): Promise<HomeWaiting> {
    return waitingRows(
      this.database,
      `select 'legal.case.task.' || k.task as title_key, '{}'::jsonb as title_params, c.number || ' · ' || p.short_name as detail,
         '/legal/cases/' || c.id as href, null::timestamptz as at, to_char(k.due_on, 'YYYY-MM-DD') as due, count(*) over ()::int as total
       from legal.case_task k join legal.case_file c on c.id = k.case_id join tariffs.pub_provider_v1 p on p.id = c.provider_id
       where k.done_on is null and k.due_on <= platform.today() + $1::int and ($2::text[] is null or p.code = any($2))
       order by k.due_on, k.id limit 5`,
      [AHEAD_DAYS, seenProviders(reader)],
    );
  }
}
