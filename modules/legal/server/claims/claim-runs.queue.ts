import type { HomeQueue, HomeWaiting } from '@komplat/plugin-api';
import { type Actor, Database, waitingRows } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { seenCreditors } from './claim-scope.ts';

/** Runs of claims that wait for a person: findings to decide, a signature, a filing. */
@Injectable()
export class ClaimRunsQueue implements HomeQueue {
  constructor(@Inject(Database) private readonly database: Database) {}

  async waiting(reader: Actor): Promise<HomeWaiting> {
    return waitingRows(
      this.database,
      `select 'legal.home.claim-run' as title_key, jsonb_build_object('number', r.number, 'title', r.title) as title_params, null as detail,
         '/legal/claims/' || r.id as href, r.created_at as at, count(*) over ()::int as total
       from legal.claim_run r where r.state = 'waiting' and ($1::int[] is null or r.provider_ids::int[] <@ $1) order by r.created_at limit 5`,
      [await seenCreditors(this.database, reader)],
    );
  }
}
