import type { HomeQueue, HomeWaiting } from '@komplat/plugin-api';
import { Database, waitingRows } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';

/** Registers that were read and wait for a decision. */
@Injectable()
export class ImportsQueue implements HomeQueue {
  constructor(@Inject(Database) private readonly database: Database) {}

  waiting(): Promise<HomeWaiting> {
    return waitingRows(
      this.database,
      `select 'payments.home.import' as title_key, jsonb_build_object('file', file_name) as title_params, state as detail,
         '/payments/imports/' || import_id as href, uploaded_at as at, count(*) over ()::int as total
       from payments.pub_import_v1 where state in ('staged', 'mismatch') order by uploaded_at limit 5`,
      [],
    );
  }
}

/** Money whose owner is not found, the earliest deadline first. */
@Injectable()
export class SuspenseQueue implements HomeQueue {
  constructor(@Inject(Database) private readonly database: Database) {}

  waiting(): Promise<HomeWaiting> {
    return waitingRows(
      this.database,
      `select 'payments.home.suspense-item' as title_key, jsonb_build_object('amount', (amount_kop / 100.0)::numeric(16, 2)::text) as title_params,
         payer_text as detail, '/payments/suspense' as href, null::timestamptz as at, to_char(deadline_on, 'YYYY-MM-DD') as due, count(*) over ()::int as total
       from payments.suspense_item where state = 'open' order by deadline_on, id limit 5`,
      [],
    );
  }
}
