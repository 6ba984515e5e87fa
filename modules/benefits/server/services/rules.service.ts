import { DomainError } from '@komplat/kernel';
import type { ApprovalAction, ApprovalContext, SqlTx } from '@komplat/plugin-api';
import { type Actor, Approvals, audit, Database, publish, type Tx } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { CategoryAsked } from '../../contract/catalogue.schema.ts';
import { entitlementChanged } from '../../contract/events.ts';
import { BENEFITS_PERMISSIONS as P } from '../../contract/permissions.ts';
import { RuleChange, type RuleList, type RuleQuery, type RuleTouched, type RuleView } from '../../contract/rule.schema.ts';

export const RULE_CHANGE = 'benefits.rule-change';
const SAMPLE = 20;
interface VersionRow {
  readonly id: number;
  readonly value: string;
  readonly from: string | null;
  readonly to: string | null;
}
/** Words that a parameter may have; the others are positive numbers. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  'several-holders': ['best-per-person'],
  'benefit-against-subsidy': ['subsidy'],
};
const NUMBER = /^\d{1,9}(\.\d{1,6})?$/;

const LIST = `
  select 'parameter' as kind, code, null as subject, value, valid, act, mark from benefits.parameter where valid @> $1::date
  union all
  select 'norm', code, service_code || ': ' || equipment, coalesce(trim_scale(value)::text, '') || coalesce(' + ' || trim_scale(next_person), '')
    || case when family_addition > 0 then ' + ' || trim_scale(family_addition) else '' end || ' ' || unit, valid, act, mark
  from benefits.social_norm where valid @> $1::date
  union all select 'regime', kind, null, regime, valid, act, mark from benefits.regime where valid @> $1::date`;

/** Parameters and norms of benefits: read as of a day, changed by two people, with the list of whom it touches before. */
@Injectable()
export class Rules {
  constructor(@Inject(Database) private readonly database: Database) {}

  async list({ asOf }: RuleQuery): Promise<RuleList> {
    const [day] = await this.database.query<{ day: string }>('select coalesce($1::date, platform.today()) as day', [asOf ?? null]);
    const items = await this.database.query<RuleView>(
      `select kind, code, subject, value, lower(valid)::text as "from", (upper(valid) - 1)::text as "to", act, mark from (${LIST}) q
       order by kind desc, coalesce(subject, ''), code`,
      [day?.day],
    );
    return { asOf: day?.day ?? '', items };
  }

  async touched(change: RuleChange): Promise<RuleTouched> {
    const replaced = await this.check(this.database, change);
    const accounts = await touchedAccounts(this.database, change);
    const sample = await this.database.query<{ number: string; address: string }>(
      `select a.number, d.address from registry.pub_account_v1 a join registry.pub_address_v1 d on d.premises_id = a.premises_id
       where a.account_id = any($1) order by a.number`,
      [accounts.slice(0, SAMPLE)],
    );
    const replaces = replaced ? { value: replaced.value, from: replaced.from, to: replaced.to } : null;
    return { accounts: accounts.length, replaces, sample };
  }

  async propose(change: RuleChange, actor: Actor): Promise<CategoryAsked> {
    const approvalId = await this.database.transaction(async (tx) => {
      await this.check(tx, change);
      return Approvals.request(tx, {
        module: 'benefits',
        action: RULE_CHANGE,
        subject: `benefit-rule/${subjectOf(change)}`,
        permission: P.catalogueApprove.id,
        payload: change,
        messageKey: 'benefits.rule.approval',
        messageParams: { rule: subjectOf(change), value: change.value, from: change.from },
        reason: change.reason,
        actor,
      });
    });
    return { approvalId };
  }

  /** The version that the change ends. Refused: a value the rule cannot have, days in the wrong order, days that another version has. */
  async check(tx: Pick<Tx, 'query'>, change: RuleChange): Promise<VersionRow | undefined> {
    if (change.to !== null && change.to < change.from) throw new DomainError('benefits.category.days', { from: change.from, to: change.to });
    checkValue(change);
    const versions = await versionsOf(tx, change);
    const [first, second] = versions;
    if (!first) return undefined;
    const inside = first.from !== null && first.from < change.from && first.to === change.to;
    const clash = second ?? (inside ? undefined : first);
    if (clash) {
      throw new DomainError('benefits.rule.overlap', { rule: subjectOf(change), from: clash.from ?? '…', to: clash.to ?? '…' }, 409);
    }
    return first;
  }
}

/** Two people agreed: the version is written as it was asked for. */
@Injectable()
export class RuleChangeAction implements ApprovalAction {
  constructor(@Inject(Rules) private readonly rules: Rules) {}

  async approved(payload: unknown, { tx, decidedBy }: ApprovalContext): Promise<void> {
    const change = RuleChange.parse(payload);
    const replaced = await this.rules.check(tx, change);
    const table = change.kind === 'norm' ? 'benefits.social_norm' : 'benefits.parameter';
    if (replaced) await tx.query(`update ${table} set valid = daterange(lower(valid), $2::date) where id = $1`, [replaced.id, change.from]);
    await insertVersion(tx, change);
    const subject = `benefit-rule/${subjectOf(change)}`;
    await audit(tx, {
      actor: { login: decidedBy }, action: 'benefits.rule.changed', subject, ...(replaced ? { before: replaced } : {}), after: change, reason: change.reason,
    });
    const accountIds = await touchedAccounts(tx, change);
    if (change.kind !== 'norm' || accountIds.length === 0) return;
    await tx.query('select benefits.refresh_entitlement($1)', [accountIds]);
    await publish(tx, entitlementChanged, subject, { accountIds: [...accountIds], cause: 'catalogue' });
  }
}

const subjectOf = (change: RuleChange): string =>
  change.kind === 'norm' ? `${change.service}: ${change.equipment}` : change.code;

function checkValue(change: RuleChange): void {
  const refused = new DomainError('benefits.rule.value', { rule: subjectOf(change), value: change.value.slice(0, 60) });
  if (change.kind === 'norm') {
    if (/^0+(\.0+)?$/.test(change.value)) throw refused;
    return;
  }
  const words = WORDS[change.code];
  const fits =
    words !== undefined
      ? words.includes(change.value)
      : change.code === 'form2-service-code'
        ? /^\{("[A-Z_]+": ?"\d{1,4}"(, ?)?)+\}$/.test(change.value)
        : NUMBER.test(change.value) && !/^0+(\.0+)?$/.test(change.value);
  if (!fits) throw refused;
}

function versionsOf(tx: Pick<Tx, 'query'>, change: RuleChange): Promise<VersionRow[]> {
  const days = `lower(valid)::text as "from", (upper(valid) - 1)::text as "to"`;
  if (change.kind === 'parameter') {
    return tx.query<VersionRow>(
      `select id, value, ${days} from benefits.parameter where code = $1 and valid && daterange($2::date, $3::date, '[]') order by lower(valid)`,
      [change.code, change.from, change.to],
    );
  }
  return tx.query<VersionRow>(
    `select id, coalesce(trim_scale(value)::text, '') as value, ${days} from benefits.social_norm
     where service_code = $1 and equipment = $2 and (purpose = $3 or 'both' in (purpose, $3)) and valid && daterange($4::date, $5::date, '[]')
     order by lower(valid)`,
    [change.service, change.equipment, change.purpose, change.from, change.to],
  );
}

async function insertVersion(tx: SqlTx, change: RuleChange): Promise<void> {
  const days = [change.from, change.to, change.act, change.mark];
  if (change.kind === 'parameter') {
    await tx.query(
      `insert into benefits.parameter (code, value, valid, act, mark) values ($5, $6, daterange($1::date, $2::date, '[]'), $3, $4)`,
      [...days, change.code, change.value],
    );
    return;
  }
  await tx.query(
    `insert into benefits.social_norm (code, purpose, service_code, equipment, unit, value, next_person, family_addition, max_value, valid, act, mark)
     select 'A' || lpad((count(*) + 1)::text, 3, '0'), $5, $6, $7, $8, $9::numeric, $10::numeric, $11::numeric, $12::numeric,
       daterange($1::date, $2::date, '[]'), $3, $4 from benefits.social_norm where code like 'A%'`,
    [
      ...days, change.purpose, change.service, change.equipment, change.unit, change.value, change.nextPerson, change.familyAddition, change.maxValue,
    ],
  );
}

/** Accounts whose entitlements stand on the rule in its days; an income limit is asked for when a right is entered, so it touches tested ones. */
async function touchedAccounts(tx: Pick<Tx, 'query'>, change: RuleChange): Promise<readonly number[]> {
  const rows =
    change.kind === 'norm'
      ? await tx.query<{ id: number }>(
          `select distinct e.account_id as id from benefits.entitlement e
           where e.valid && daterange($3::date, $4::date, '[]') and e.norm_code in (
             select code from benefits.social_norm where service_code = $1 and equipment = $2) order by 1`,
          [change.service, change.equipment, change.from, change.to],
        )
      : change.code === 'income-limit'
        ? await tx.query<{ id: number }>(
            `select distinct account_id as id from benefits.holding where upper_inf(known) and income_per_person_kop is not null
               and valid && daterange($1::date, $2::date, '[]') order by 1`,
            [change.from, change.to],
          )
        : [];
  return rows.map(({ id }) => id);
}
