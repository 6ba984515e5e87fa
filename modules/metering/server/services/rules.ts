import { conflict, Dec, DomainError } from '@komplat/kernel';
import type { ApprovalAction, ApprovalContext } from '@komplat/plugin-api';
import { type Actor, Approvals, Database, type Tx } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { METERING_PERMISSIONS } from '../../contract/permissions.ts';
import type { RuleAsked, RuleChange, RuleList, RuleView } from '../../contract/rule.schema.ts';

export const CHANGE_RULE = 'metering.change-rule';
const changePayload = z.object({
  id: z.number(),
  code: z.string(),
  service: z.string().nullable(),
  value: z.string(),
  from: z.string(),
  act: z.string(),
});

const LIST = `
  select r.id, r.code, r.service_code as service, v.name as "serviceName", trim_scale(r.value)::text as value, r.unit, lower(r.valid)::text as "from",
    (upper(r.valid) - 1)::text as "to", r.act, r.mark, r.valid @> platform.today() as current
  from metering.rule r left join tariffs.pub_service_v1 v on v.code = r.service_code
  order by r.code, r.service_code nulls first, lower(r.valid) desc`;
/** The rule that the change ends, and whom it touches. */
const ENDS = `
  select r.id, lower(r.valid)::text as since, upper_inf(r.valid) as last, trim_scale(r.value)::text as value
  from metering.rule r where r.code = $1 and r.service_code is not distinct from $2 order by lower(r.valid) desc limit 1 for no key update`;
const TOUCHES = `
  select count(distinct m.id)::int as meters, count(distinct a.account_id)::int as accounts
  from metering.meter m join tariffs.pub_service_v1 v on v.id = m.service_id and ($1::text is null or v.code = $1)
  join registry.pub_account_v1 a on a.premises_id = m.premises_id and a.closed_on is null where m.removed_on is null`;

interface Ended {
  readonly id: number;
  readonly since: string;
  readonly last: boolean;
  readonly value: string;
}

/** Limits, months and percents as dated data: changed from a day on, by two people, with a look at whom it touches. */
@Injectable()
export class Rules {
  constructor(@Inject(Database) private readonly database: Database) {}

  async list(): Promise<RuleList> {
    return { items: await this.database.query<RuleView>(LIST) };
  }

  async change(body: RuleChange, actor: Actor): Promise<RuleAsked> {
    return this.database.transaction(async (tx) => {
      const ended = await this.ended(tx, body);
      const [touched] = await tx.query<{ meters: number; accounts: number }>(TOUCHES, [body.service]);
      const { meters, accounts } = touched ?? { meters: 0, accounts: 0 };
      const { code, service, value, from, act } = body;
      const approvalId = await Approvals.request(tx, {
        module: 'metering',
        action: CHANGE_RULE,
        subject: `rule/${code}/${service ?? 'all'}`,
        permission: METERING_PERMISSIONS.approve.id,
        payload: { id: ended.id, code, service, value, from, act },
        messageKey: 'metering.approval.rule-of',
        messageParams: { code, service: service ?? '', was: ended.value, value, from, meters, accounts },
        reason: body.reason,
        actor,
      });
      return { approvalId, meters, accounts };
    });
  }

  private async ended(tx: Tx, { code, service, value, from }: RuleChange): Promise<Ended> {
    const [ended] = await tx.query<Ended>(ENDS, [code, service]);
    if (!ended) throw new DomainError('metering.rule.unknown', { code, service: service ?? '' });
    if (!ended.last || from <= ended.since)
      throw new DomainError('metering.rule.before-last', { from, since: ended.since });
    if (new Dec(value).eq(ended.value)) throw new DomainError('metering.rule.same', { value });
    if (new Dec(value).isZero()) throw new DomainError('metering.rule.zero', { code });
    return ended;
  }
}

/** The old version ends the day before, the new one begins. */
@Injectable()
export class ChangeRule implements ApprovalAction {
  async approved(payload: unknown, context: ApprovalContext): Promise<void> {
    const { id, value, from, act } = changePayload.parse(payload);
    const ended = await context.tx.query(
      `update metering.rule set valid = daterange(lower(valid), $2::date) where id = $1 and upper_inf(valid) and lower(valid) < $2::date returning id`,
      [id, from],
    );
    if (ended.length === 0) throw conflict('metering.rule.changed', { from });
    await context.tx.query(
      `insert into metering.rule (code, service_code, value, unit, valid, act, mark, recorded_by, approval_id)
       select code, service_code, $2, unit, daterange($3::date, null), $4, mark, $5, $6 from metering.rule where id = $1`,
      [id, value, from, act, context.requestedBy, context.approvalId],
    );
  }
}
