import { type ApprovalAction, type ApprovalContext, type SqlTx } from '@komplat/plugin-api';
import { publish } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { CategoryChange } from '../../contract/catalogue.schema.ts';
import { entitlementChanged } from '../../contract/events.ts';
import { Catalogue } from './catalogue.service.ts';

/** Two people agreed on a version of a category: it is written as it was asked for, and the days of its holders are made anew. */
@Injectable()
export class CategoryChangeAction implements ApprovalAction {
  constructor(@Inject(Catalogue) private readonly catalogue: Catalogue) {}

  async approved(payload: unknown, { tx, requestedBy, decidedBy }: ApprovalContext): Promise<void> {
    const change = CategoryChange.parse(payload);
    const replaced = await this.catalogue.check(tx, change);
    if (replaced) await endVersion(tx, replaced.id, change.from);
    await tx.query(
      `insert into benefits.category (code, edarp_code, name, percent, norm_rule, income_rule, coverage, services, law, article, decision,
         mark, valid, reason, recorded_by, approved_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, daterange($13::date, $14::date, '[]'), $15, $16, $17)`,
      [
        change.code, change.edarpCode, change.name, change.percent, change.normRule, change.incomeRule, change.coverage, change.services,
        change.law, change.article, change.decision, change.mark, change.from, change.to, change.reason, requestedBy, decidedBy,
      ],
    );
    const [touched] = await tx.query<{ accounts: number[] }>(
      `select coalesce(array_agg(distinct account_id), '{}') as accounts from benefits.holding where upper_inf(known) and category = $1`,
      [change.code],
    );
    const accountIds = touched?.accounts ?? [];
    if (accountIds.length === 0) return;
    await tx.query('select benefits.refresh_entitlement($1)', [accountIds]);
    await publish(tx, entitlementChanged, `benefit-category/${change.code}`, { accountIds, cause: 'catalogue' });
  }
}

/** The version is known to end the day before; what was known until now stays readable. */
async function endVersion(tx: SqlTx, id: number, from: string): Promise<void> {
  await tx.query(
    `with old as (
       update benefits.category set known = tstzrange(lower(known), now()) where id = $1 returning *)
     insert into benefits.category (code, edarp_code, name, percent, norm_rule, income_rule, coverage, services, law, article, decision,
       mark, note, valid, reason, recorded_by, approved_by)
     select code, edarp_code, name, percent, norm_rule, income_rule, coverage, services, law, article, decision, mark, note,
       daterange(lower(valid), $2::date), reason, recorded_by, approved_by from old`,
    [id, from],
  );
}
