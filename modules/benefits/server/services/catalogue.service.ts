import { Dec, DomainError } from '@komplat/kernel';
import { type Actor, Approvals, Database, type Tx } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { checkPercent } from '../../contract/benefit-amount.ts';
import type { CategoryAsked, CategoryChange, CategoryList, CategoryQuery, CategoryTouched, CategoryView } from '../../contract/catalogue.schema.ts';
import { BENEFITS_PERMISSIONS as P } from '../../contract/permissions.ts';

export const CATEGORY_CHANGE = 'benefits.category-change';
const SAMPLE = 20;

interface VersionRow {
  readonly id: number;
  readonly from: string;
  readonly to: string | null;
  readonly percent: string;
}

/** `c` = a version of a category in force as the list shows it. */
const VERSION = `c.code, c.edarp_code as "edarpCode", c.name, c.percent::text, c.norm_rule as "normRule", c.income_rule as "incomeRule",
  c.coverage, c.services, c.law, c.article, c.decision, c.mark, c.note, lower(c.valid)::text as "from", (upper(c.valid) - 1)::text as "to"`;

/** The catalogue of benefits: read as of a day, changed only by two people. */
@Injectable()
export class Catalogue {
  constructor(@Inject(Database) private readonly database: Database) {}

  async list({ asOf, code }: CategoryQuery): Promise<CategoryList> {
    const [day] = await this.database.query<{ day: string }>('select coalesce($1::date, platform.today()) as day', [asOf ?? null]);
    const items = await this.database.query<CategoryView>(
      `select ${VERSION}, count(h.holding_id)::int as holders
       from benefits.category c
       left join benefits.holding h on h.category = c.code and upper_inf(h.known) and h.valid @> $1::date
       where upper_inf(c.known) and case when $2::text is null then c.valid @> $1::date else c.code = $2 end
       group by c.id order by c.code, lower(c.valid)`,
      [day?.day, code ?? null],
    );
    return { asOf: day?.day ?? '', items };
  }

  async touched(change: CategoryChange): Promise<CategoryTouched> {
    const replaces = await this.check(this.database, change);
    const range = [change.code, change.from, change.to];
    const [counted] = await this.database.query<{ holders: number; accounts: number }>(
      `select count(*)::int as holders, count(distinct account_id)::int as accounts from benefits.holding
       where upper_inf(known) and category = $1 and valid && daterange($2::date, $3::date, '[]')`,
      range,
    );
    const sample = await this.database.query<{ number: string; address: string }>(
      `select a.number, d.address from (
         select distinct account_id from benefits.holding
         where upper_inf(known) and category = $1 and valid && daterange($2::date, $3::date, '[]') order by 1 limit ${SAMPLE}) h
       join registry.pub_account_v1 a on a.account_id = h.account_id
       join registry.pub_address_v1 d on d.premises_id = a.premises_id order by a.number`,
      range,
    );
    const { from, to, percent } = replaces ?? {};
    return {
      holders: counted?.holders ?? 0,
      accounts: counted?.accounts ?? 0,
      replaces: from !== undefined && percent !== undefined ? { from, to: to ?? null, percent } : null,
      sample,
    };
  }

  /** Asks for the second person; nothing changes before. */
  async propose(change: CategoryChange, actor: Actor): Promise<CategoryAsked> {
    const { reason, ...payload } = change;
    const approvalId = await this.database.transaction(async (tx) => {
      await this.check(tx, change);
      return Approvals.request(tx, {
        module: 'benefits',
        action: CATEGORY_CHANGE,
        subject: `benefit-category/${change.code}`,
        permission: P.catalogueApprove.id,
        payload: { ...payload, reason },
        messageKey: 'benefits.category.approval',
        messageParams: { code: change.code, name: change.name, percent: change.percent, from: change.from },
        reason,
        actor,
      });
    });
    return { approvalId };
  }

  /**
   * The version that the change ends, when it begins inside the last one. Refused: a percent outside 0 to 100, days in the wrong order, a
   * service that does not exist, and days that another version has.
   */
  async check(tx: Pick<Tx, 'query'>, change: CategoryChange): Promise<VersionRow | undefined> {
    checkPercent(new Dec(change.percent));
    if (change.to !== null && change.to < change.from) throw new DomainError('benefits.category.days', { from: change.from, to: change.to });
    await this.checkServices(tx, change);
    const versions = await tx.query<VersionRow>(
      `select id, lower(valid)::text as "from", (upper(valid) - 1)::text as "to", percent::text from benefits.category
       where upper_inf(known) and code = $1 and valid && daterange($2::date, $3::date, '[]') order by lower(valid)`,
      [change.code, change.from, change.to],
    );
    const [first, second] = versions;
    if (!first) return undefined;
    const clash = second ?? (first.from >= change.from || change.to !== null || first.to !== null ? first : undefined);
    if (clash) throw new DomainError('benefits.category.overlap', { code: change.code, from: clash.from, to: clash.to ?? '…' }, 409);
    return first;
  }

  private async checkServices(tx: Pick<Tx, 'query'>, { services }: CategoryChange): Promise<void> {
    if (services === null) return;
    const [unknown] = await tx.query<{ code: string }>(
      'select c as code from unnest($1::text[]) c where not exists (select from tariffs.pub_service_v1 s where s.code = c) limit 1',
      [services],
    );
    if (unknown) throw new DomainError('benefits.service.unknown', { service: unknown.code });
  }
}
