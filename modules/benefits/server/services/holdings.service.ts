import { conflict, DomainError, isAccountNumber, Money, notFound } from '@komplat/kernel';
import { type Actor, audit, Database, publish, readList, scopeValues, seesEverything, type Tx, uuid7 } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { entitlementChanged } from '../../contract/events.ts';
import type {
  AccountBenefits, AccountBenefitsQuery, ChoiceSet, HoldingAdd, HoldingDone, HoldingEnd, HoldingItem, HoldingList, HoldingQuery,
} from '../../contract/holding.schema.ts';
import { ACCOUNT_AWARDS, ACCOUNT_ENTITLEMENTS, ACCOUNT_HOLDINGS, ACCOUNT_RESIDENTS, HOLDINGS } from './holding-sql.ts';
import { checkHolding } from './holding-rules.ts';

interface ListRow {
  readonly holding_id: string;
  readonly version: number;
  readonly number: string;
  readonly address: string;
  readonly full_name: string | null;
  readonly category: string;
  readonly category_name: string | null;
  readonly percent: string | null;
  readonly document: string;
  readonly first_day: string;
  readonly last_day: string | null;
  readonly covered: number;
}
interface HoldingRow {
  readonly account_id: number;
  readonly number: string;
  readonly version: number;
  readonly category: string;
  readonly from: string;
  readonly to: string | null;
}
export interface AccountRow {
  readonly id: number;
  readonly number: string;
  readonly premisesId: number;
  readonly closedOn: string | null;
}
type HoldingView = AccountBenefits['holdings'][number];
type AwardView = AccountBenefits['awards'][number];

/** Changes of one account wait for each other. */
const LOCK = 7_311_420;
const money = (kop: bigint | null): string | null => (kop === null ? null : Money.ofKop(kop).toString());

/** Rights of people: who holds which benefit at which dwelling, with both times. */
@Injectable()
export class Holdings {
  constructor(@Inject(Database) private readonly database: Database) {}

  async list({ q, category, state, ...ask }: HoldingQuery, actor: Actor): Promise<HoldingList> {
    const params = [q || null, category ?? null, state ?? null, ...visibleTo(actor)];
    const { rows, next, totals } = await readList<ListRow>(this.database, HOLDINGS, params, ask);
    return { items: rows.map(toItem), next, ...(totals ? { totals } : {}) };
  }

  async view(number: string, { asOf, knownAt }: AccountBenefitsQuery, actor: Actor): Promise<AccountBenefits> {
    const account = await this.account(this.database, number, actor);
    const [day] = await this.database.query<{ day: string }>('select coalesce($1::date, platform.today()) as day', [asOf ?? null]);
    const on = day?.day ?? '';
    const known = knownAt ? `${knownAt}T23:59:59Z` : new Date().toISOString();
    const [holdings, entitlements, awards, residents] = await Promise.all([
      this.database.query<HoldingView & { incomeKop: bigint | null }>(ACCOUNT_HOLDINGS, [account.id, on, known]),
      this.database.query<AccountBenefits['entitlements'][number]>(ACCOUNT_ENTITLEMENTS, [account.id, on]),
      this.database.query<AwardView & { amountKop: bigint }>(ACCOUNT_AWARDS, [account.id, known]),
      this.database.query<AccountBenefits['residents'][number]>(ACCOUNT_RESIDENTS, [account.id]),
    ]);
    return {
      asOf: on,
      holdings: holdings.map(({ incomeKop, ...row }) => ({ ...row, incomePerPerson: money(incomeKop) })),
      entitlements,
      awards: awards.map(({ amountKop, ...row }) => ({ ...row, amount: Money.ofKop(amountKop).toString() })),
      residents,
    };
  }

  async add(number: string, body: HoldingAdd, actor: Actor): Promise<HoldingDone> {
    const id = uuid7();
    await this.database.transaction(async (tx) => {
      const account = await this.locked(tx, number, actor);
      const { income } = await checkHolding(tx, account, body);
      await tx.query(
        `insert into benefits.holding (holding_id, account_id, person_id, category, document, document_date, income_per_person_kop,
           income_proved, valid, reason, recorded_by)
         values ($1, $2, $3, $4, $5, $6, $7, case when $7::bigint is null then null else daterange($8::date, $9::date, '[]') end,
           daterange($8::date, $10::date, '[]'), $11, $12)`,
        [
          id, account.id, body.personId, body.category, body.document, body.documentDate, income?.kop ?? null, body.from,
          body.incomeTo ?? body.to, body.to, body.reason, actor.login,
        ],
      );
      const family = body.covered.filter(({ personId }) => personId !== body.personId);
      for (const { personId, relation } of [{ personId: body.personId, relation: 'holder' }, ...family]) {
        await tx.query(
          `insert into benefits.covered_person (holding_id, person_id, relation, valid, reason, recorded_by)
           values ($1, $2, $3, daterange($4::date, $5::date, '[]'), $6, $7)`,
          [id, personId, relation, body.from, body.to, body.reason, actor.login],
        );
      }
      const after = { category: body.category, document: body.document, from: body.from, to: body.to, covered: family.length + 1 };
      await this.changed(tx, account, { actor, action: 'benefits.holding.add', after, reason: body.reason });
    });
    return { id, version: 1 };
  }

  /** The right ends with `lastDay`: the known row is closed, the shorter one is known from now on. */
  async end(id: string, { version, lastDay, reason }: HoldingEnd, actor: Actor): Promise<HoldingDone> {
    await this.database.transaction(async (tx) => {
      const [found] = await tx.query<HoldingRow>(
        `select h.account_id, a.number, h.version, h.category, lower(h.valid)::text as "from", (upper(h.valid) - 1)::text as "to"
         from benefits.holding h join registry.pub_account_v1 a on a.account_id = h.account_id
         where h.holding_id = $1 and upper_inf(h.known) for update of h`,
        [id],
      );
      if (!found) throw notFound('benefits.holding.unknown', {});
      const account = await this.locked(tx, found.number, actor);
      if (found.version !== version) throw conflict('benefits.holding.changed', { version: found.version });
      if (lastDay < found.from) throw new DomainError('benefits.holding.end-before-start', { from: found.from, day: lastDay });
      if (found.to !== null && lastDay >= found.to) throw new DomainError('benefits.holding.end-later', { to: found.to, day: lastDay });
      await tx.query(
        `with old as (update benefits.holding set known = tstzrange(lower(known), now()) where holding_id = $1 and upper_inf(known) returning *)
         insert into benefits.holding (holding_id, version, account_id, person_id, category, document, document_date, income_per_person_kop,
           income_proved, valid, reason, recorded_by)
         select holding_id, version + 1, account_id, person_id, category, document, document_date, income_per_person_kop, income_proved,
           valid * daterange(null, $2::date, '[]'), $3, $4 from old`,
        [id, lastDay, reason, actor.login],
      );
      const [before, after] = [{ to: found.to }, { to: lastDay }];
      await this.changed(tx, account, { actor, action: 'benefits.holding.end', before, after, reason });
    });
    return { id, version: version + 1 };
  }

  async choose(number: string, body: ChoiceSet, actor: Actor): Promise<void> {
    if (body.to < body.from) throw new DomainError('benefits.category.days', { from: body.from, to: body.to });
    await this.database.transaction(async (tx) => {
      const account = await this.locked(tx, number, actor);
      await tx.query(
        `with old as (
           update benefits.family_choice set known = tstzrange(lower(known), now())
           where account_id = $1 and upper_inf(known) and valid && daterange($2::date, $3::date, '[]') returning *)
         insert into benefits.family_choice (account_id, choice, valid, document, reason, recorded_by)
         select account_id, choice, piece, document, reason, recorded_by
         from old, unnest(datemultirange(valid) - datemultirange(daterange($2::date, $3::date, '[]'))) piece
         union all select $1, $4, daterange($2::date, $3::date, '[]'), $5, $6, $7`,
        [account.id, body.from, body.to, body.choice, body.document, body.reason, actor.login],
      );
      const { choice, from, to } = body;
      await this.changed(tx, account, { actor, action: 'benefits.choice', after: { choice, from, to }, reason: body.reason });
    });
  }

  /** The account that the reader may see; outside the scope it is not there. */
  async account(tx: Pick<Tx, 'query'>, number: string, actor: Actor): Promise<AccountRow> {
    const [row] = await tx.query<AccountRow & { district: number; houseCode: string }>(
      `select a.account_id as id, a.number, a.premises_id as "premisesId", a.closed_on as "closedOn", a.district, d.house_code as "houseCode"
       from registry.pub_account_v1 a join registry.pub_address_v1 d on d.premises_id = a.premises_id where a.number = $1`,
      [number],
    );
    const sees =
      row !== undefined &&
      (seesEverything(actor) ||
        scopeValues(actor, 'district').includes(String(row.district)) ||
        scopeValues(actor, 'house').includes(row.houseCode) ||
        scopeValues(actor, 'account').includes(number));
    if (!row || !sees) throw notFound(isAccountNumber(number) ? 'benefits.account.unknown' : 'benefits.account.check-digit', { number });
    return row;
  }

  private async locked(tx: Tx, number: string, actor: Actor): Promise<AccountRow> {
    const account = await this.account(tx, number, actor);
    await tx.query('select pg_advisory_xact_lock($1, $2)', [LOCK, account.id]);
    return account;
  }

  private async changed(
    tx: Tx,
    account: AccountRow,
    record: { actor: Actor; action: string; before?: object; after: object; reason: string },
  ): Promise<void> {
    await tx.query('select benefits.refresh_entitlement(array[$1::int])', [account.id]);
    await audit(tx, { ...record, subject: `account/${account.number}` });
    await publish(tx, entitlementChanged, `account/${account.id}`, { accountIds: [account.id], cause: 'holding' });
  }
}

/** Districts, houses and accounts of the reader's scope; who has none of them sees nothing. */
function visibleTo(actor: Actor): readonly (readonly (number | string)[] | null)[] {
  if (seesEverything(actor)) return [null, null, null];
  const values = (kind: 'district' | 'house' | 'account'): string[] => scopeValues(actor, kind);
  const limit = (list: string[]): string[] | null => (list.length > 0 ? list : null);
  const [districts, houses, accounts] = [limit(values('district')), limit(values('house')), limit(values('account'))];
  return [districts?.map(Number) ?? null, houses, accounts ?? (districts === null && houses === null ? [] : null)];
}

const toItem = (row: ListRow): HoldingItem => ({
  id: row.holding_id,
  version: row.version,
  account: row.number,
  address: row.address,
  holder: row.full_name,
  category: row.category,
  categoryName: row.category_name ?? row.category,
  percent: row.percent ?? '',
  document: row.document,
  covered: row.covered,
  from: row.first_day,
  to: row.last_day,
});
