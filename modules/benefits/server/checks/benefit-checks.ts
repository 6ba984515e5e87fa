import type { DataCheck, DataCheckDef } from '@komplat/plugin-api';
import { Injectable, type Type } from '@nestjs/common';
import { BENEFITS_PERMISSIONS as P } from '../../contract/permissions.ts';

interface Rule {
  readonly severity: DataCheckDef['severity'];
  readonly sql: string;
}
const TODAY = '(select platform.today())';
const HIT = `'account/' || a.number as subject, a.account_id`;
/** Rights in force today; `$1` = accounts, null = all. */
const HELD = `benefits.holding h join registry.pub_account_v1 a on a.account_id = h.account_id`;
const NOW = `upper_inf(h.known) and h.valid @> ${TODAY} and ($1::int[] is null or h.account_id = any($1))`;
const lives = (person: string): string =>
  `exists (select from registry.pub_residence_v1 r where r.premises_id = a.premises_id and r.person_id = ${person} and r.kind <> 'owner'
    and r.valid @> ${TODAY})`;

const RULES: Readonly<Record<string, Rule>> = {
  'holder-away': {
    severity: 'warns',
    sql: `select ${HIT}, jsonb_build_object('category', min(h.category)) as params from ${HELD} where ${NOW} and not ${lives('h.person_id')} group by a.number, a.account_id`,
  },
  'holder-dead': {
    severity: 'blocks',
    sql: `select ${HIT}, jsonb_build_object('category', min(h.category), 'day', min(q.died_on)) as params from ${HELD}
      join registry.pub_person_v1 q on q.person_id = h.person_id
      where ${NOW} and q.died_on is not null and q.died_on < ${TODAY} group by a.number, a.account_id`,
  },
  'covered-away': {
    severity: 'warns',
    sql: `select ${HIT}, jsonb_build_object('count', count(*)) as params from ${HELD}
      join benefits.covered_person c on c.holding_id = h.holding_id and upper_inf(c.known) and c.valid @> ${TODAY} and c.person_id <> h.person_id
      where ${NOW} and not ${lives('c.person_id')} group by a.number, a.account_id`,
  },
  'income-ended': {
    severity: 'warns',
    sql: `select ${HIT}, jsonb_build_object('category', min(h.category)) as params from ${HELD}
      join benefits.category v on v.code = h.category and upper_inf(v.known) and v.valid @> ${TODAY} and v.income_rule = 'tested'
      where ${NOW} and not coalesce(h.income_proved @> ${TODAY}, false) group by a.number, a.account_id`,
  },
  'category-ended': {
    severity: 'warns',
    sql: `select ${HIT}, jsonb_build_object('category', min(h.category)) as params from ${HELD}
      where ${NOW} and not exists (select from benefits.category v where v.code = h.category and upper_inf(v.known) and v.valid @> ${TODAY})
      group by a.number, a.account_id`,
  },
  'more-covered': {
    severity: 'blocks',
    sql: `select ${HIT}, jsonb_build_object('covered', max(e.covered), 'count', max(e.persons)) as params from (
        select x.account_id, x.service_id, sum(x.covered) as covered, (
          select count(distinct r.person_id) from registry.pub_account_v1 p join registry.pub_residence_v1 r on r.premises_id = p.premises_id
          where p.account_id = x.account_id and r.kind <> 'owner' and r.valid @> ${TODAY}) as persons
        from benefits.entitlement x where x.valid @> ${TODAY} and ($1::int[] is null or x.account_id = any($1)) group by 1, 2) e
      join registry.pub_account_v1 a on a.account_id = e.account_id where e.covered > e.persons group by a.number, a.account_id`,
  },
  'subsidy-closed': {
    severity: 'blocks',
    sql: `select ${HIT}, jsonb_build_object('count', count(*)) as params
      from benefits.award w join registry.pub_account_v1 a on a.account_id = w.account_id
      where w.kind = 'award' and a.closed_on is not null and upper(w.months) - 1 > a.closed_on and ($1::int[] is null or w.account_id = any($1))
        and not exists (select from benefits.award b where b.account_id = w.account_id and b.service_id = w.service_id and b.kind = 'return'
          and b.months && w.months)
      group by a.number, a.account_id`,
  },
};

function sqlCheck(sql: string): Type<DataCheck> {
  @Injectable()
  class SqlCheck implements DataCheck {
    readonly sql = sql;
  }
  return SqlCheck;
}

/** Rules over benefits and subsidies; the title is `benefits.check.<name>`. */
export const benefitChecks: readonly DataCheckDef[] = Object.entries(RULES).map(([name, { severity, sql }]) => ({
  id: `benefits.${name}`,
  title: `benefits.check.${name}`,
  severity,
  ownerPermission: P.holdingEdit.id,
  provider: sqlCheck(sql),
}));
