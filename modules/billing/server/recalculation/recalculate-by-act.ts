import { Period } from '@komplat/kernel';
import { qualityActApproved } from '@komplat/metering/contract';
import type { EventHandler } from '@komplat/plugin-api';
import { Database, systemActor } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { CorrectionService } from './correction.service.ts';

/**
 * An act of quality or non-delivery was agreed to: the closed months of everyone concerned are recalculated by one document, posted at
 * once or, above the limit, sent to a second person. The document bears the act, so an event that comes twice makes one.
 */
@Injectable()
export class RecalculateByAct implements EventHandler {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CorrectionService) private readonly corrections: CorrectionService,
  ) {}

  async handle(event: { readonly payload: unknown }): Promise<void> {
    const { id, act, actDate, service, from, to, accounts } = qualityActApproved.schema.parse(event.payload);
    const actor = systemActor(`quality-act-${id}`);
    const months = await this.database.query<{ month: string }>(
      `select distinct a.period::text as month from billing.accrual a join registry.pub_account_v1 r on r.account_id = a.account_id
       join tariffs.pub_service_v1 v on v.id = a.service_id
       where r.number = any($1) and v.code = $2 and a.period between date_trunc('month', $3::date)::date and $4::date order by 1`,
      [accounts, service, from, to],
    );
    const [first, last] = [months[0], months.at(-1)];
    if (!first || !last) return;
    const [made] = await this.database.query<{ id: string }>('select id from billing.correction where made_by = $1', [actor.login]);
    const draft = made ?? (await this.corrections.draft(
      {
        scope: { kind: 'accounts', accounts },
        services: [service],
        from: Period.ofDay(first.month).toString(),
        to: Period.ofDay(last.month).toString(),
        reason: 'quality',
        decision: `Акт № ${act} від ${actDate.split('-').toReversed().join('.')}`,
      },
      actor,
    ));
    const view = await this.corrections.view(draft.id, actor);
    if (view.state === 'draft' && view.lines > 0) await this.corrections.post(draft.id, actor);
  }
}
