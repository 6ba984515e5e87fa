import { addDays, conflict, DomainError, Money, notFound } from '@komplat/kernel';
import type { ApprovalAction, ApprovalContext } from '@komplat/plugin-api';
import { type Actor, Approvals, Database, type ListDef, readList, type Tx } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { TARIFFS_PERMISSIONS as P } from '../../contract/permissions.ts';
import { PROVIDER_BALANCES, type ProviderBalances } from '../../contract/provider-balances.ts';
import { type ProviderItem, type ProviderList, type ProvidersQuery, Succession, type SuccessionLook } from '../../contract/succession.schema.ts';
import type { VersionAsked } from '../../contract/version.schema.ts';
import { endSupplies, TERMS } from './supply-sql.ts';

export const SUCCEED = 'tariffs.succeed-provider';
const subjectOf = (code: string): string => `provider/${code}`;

const PROVIDERS: ListDef = {
  sql: `
    select p.id::int as id, p.code, p.name, p.kind, lower(p.active)::text as "from", (upper(p.active) - 1)::text as "to", n.short_name as successor,
      (select count(*)::int from tariffs.supply s where s.provider_id = p.id and upper_inf(s.known) and s.valid @> platform.today()) as supplies,
      exists (select from platform.approval a where a.action = '${SUCCEED}' and a.subject = 'provider/' || p.code and a.state = 'waiting') as waiting
    from tariffs.provider p left join tariffs.provider n on n.id = p.successor_id
    where $1::text is null or p.name ilike '%' || $1 || '%' or p.short_name ilike '%' || $1 || '%' or p.code = upper($1)`,
  id: { column: 'id', type: 'int4' },
  sorts: { code: { column: 'code', type: 'text' }, name: { column: 'name', type: 'text' } },
  first: 'code',
};

interface Provider {
  readonly id: number;
  readonly code: string;
  readonly from: string | null;
  readonly until: string | null;
  readonly successor: string | null;
}
interface Pair {
  readonly old: Provider;
  readonly next: Provider;
}
type Order = Omit<Succession, 'reason'>;
const payloadOf = Succession.omit({ reason: true });

/** Supplies of the successor where the account has none of its for the service; ended ones of the old provider are the model. */
const TAKE_SUPPLIES = `
  insert into tariffs.supply (account_id, service_id, provider_id, ${TERMS}, valid, reason, recorded_by)
  select account_id, service_id, $2::smallint, ${TERMS}, daterange($3::date, null), $4, 'succession' from tariffs.supply s
  where provider_id = $1 and upper_inf(known) and upper(valid) = $3::date and recorded_by = 'succession'
    and not exists (select from tariffs.supply t where t.account_id = s.account_id and t.service_id = s.service_id and t.provider_id = $2
      and upper_inf(t.known) and t.valid && daterange($3::date, null))`;
/** Prices in force go on with the successor where it has no price of its own; those of the old provider end. */
const TAKE_TARIFFS = `
  insert into tariffs.tariff (id, code, service_id, provider_id, variant, tier, tier_from, tier_to, tier_mode, unit, valid, price, decision_body,
    decision_number, decision_date, mark, recorded_by, approval_id)
  select m.top + row_number() over (order by t.id), 'D' || m.top + row_number() over (order by t.id), service_id, $2, variant, tier, tier_from, tier_to,
    tier_mode, unit, daterange($3::date, upper(valid)), price, decision_body, decision_number, decision_date, mark, 'succession', $4
  from tariffs.tariff t, (select max(id) as top from tariffs.tariff) m
  where provider_id = $1 and valid @> $3::date and not exists (select from tariffs.tariff o where o.provider_id = $2 and o.service_id = t.service_id
    and o.variant = t.variant and o.tier = t.tier and o.valid && daterange($3::date, upper(t.valid)))
  returning id`;
const END_TARIFFS = 'update tariffs.tariff set valid = daterange(lower(valid), $2::date) where provider_id = $1 and valid @> $2::date and lower(valid) < $2::date';

/** Providers, and how one takes the place of another: supplies, prices and balances in one document of two people. */
@Injectable()
export class Successions {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ModuleRef) private readonly refs: { get(token: symbol, options: { readonly strict: false }): unknown },
  ) {}

  async providers({ q, ...ask }: ProvidersQuery): Promise<ProviderList> {
    const { rows, ...rest } = await readList<ProviderItem>(this.database, PROVIDERS, [q ?? null], ask);
    return { items: [...rows], ...rest };
  }

  /** What it would do: the document is carried out and rolled back. */
  async look(order: Succession): Promise<SuccessionLook> {
    return this.database.dryRun(async (tx) => {
      const pair = await check(tx, order);
      const balances = (await this.balances()?.of(tx, pair.old.id)) ?? (await plainBalances(tx, pair.old.id));
      const [counted] = await tx.query<{ accounts: number }>(
        `select count(distinct account_id)::int as accounts from tariffs.supply where provider_id = $1 and upper_inf(known) and valid && daterange($2::date, null)`,
        [pair.old.id, order.on],
      );
      const done = await replace(tx, pair, order, null);
      return {
        ...done,
        accounts: counted?.accounts ?? 0,
        balances: balances.map(({ service, accounts, debtKop, advanceKop }) => ({
          service, accounts, debt: Money.ofKop(debtKop).toString(), advance: Money.ofKop(advanceKop).toString(),
        })),
        movesBalances: this.balances() !== undefined,
      };
    });
  }

  /** Asks for the second person; nothing changes before. */
  async propose(order: Succession, actor: Actor): Promise<VersionAsked> {
    const { reason, ...payload } = order;
    const approvalId = await this.database.transaction(async (tx) => {
      const { old } = await check(tx, order);
      await this.mustMove(tx, old);
      return Approvals.request(tx, {
        module: 'tariffs',
        action: SUCCEED,
        subject: subjectOf(order.provider),
        permission: P.approve.id,
        payload,
        messageKey: 'tariffs.approval.succession-of',
        messageParams: { provider: order.provider, successor: order.successor, on: order.on, document: order.document },
        reason,
        actor,
      });
    });
    return { approvalId };
  }

  /** Supplies, prices, balances and the document itself, in the transaction of the decision. */
  async carryOut(order: Order, { tx, approvalId, requestedBy, decidedBy }: ApprovalContext): Promise<void> {
    const pair = await check(tx, order);
    await this.mustMove(tx, pair.old);
    const { supplies, tariffs } = await replace(tx, pair, order, approvalId);
    const move = { fromProviderId: pair.old.id, toProviderId: pair.next.id, on: order.on, by: requestedBy, documentId: approvalId };
    const moved = (await this.balances()?.move(tx, move)) ?? 0n;
    await tx.query(
      `insert into tariffs.succession (id, provider_id, successor_id, on_day, document, supplies, tariffs, moved_kop, asked_by, agreed_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [approvalId, pair.old.id, pair.next.id, order.on, order.document, supplies, tariffs, moved, requestedBy, decidedBy],
    );
  }

  /** While nobody moves balances, a provider with balances stays: no kopeck is left behind. */
  private async mustMove(tx: Pick<Tx, 'query'>, { id, code }: Provider): Promise<void> {
    if (this.balances()) return;
    const left = await plainBalances(tx, id);
    if (left.length > 0) throw conflict('tariffs.succession.balances', { provider: code, services: left.map(({ service }) => service).join(', ') });
  }

  private balances(): ProviderBalances | undefined {
    try {
      const found = this.refs.get(PROVIDER_BALANCES, { strict: false });
      return movesBalances(found) ? found : undefined;
    } catch {
      return undefined; // nobody moves balances here: the answer says so
    }
  }
}

const movesBalances = (found: unknown): found is ProviderBalances => typeof found === 'object' && found !== null && 'move' in found;

/** Carries out what two people agreed on. */
@Injectable()
export class SucceedProvider implements ApprovalAction {
  constructor(@Inject(Successions) private readonly successions: Successions) {}

  async approved(payload: unknown, context: ApprovalContext): Promise<void> {
    await this.successions.carryOut(payloadOf.parse(payload), context);
  }
}

const plainBalances = (tx: Pick<Tx, 'query'>, id: number): ReturnType<ProviderBalances['of']> =>
  tx.query(
    `select v.code as service, count(distinct b.account_id)::int as accounts, coalesce(sum(b.balance_kop) filter (where b.balance_kop > 0), 0)::bigint as "debtKop",
       coalesce(-sum(b.balance_kop) filter (where b.balance_kop < 0), 0)::bigint as "advanceKop"
     from billing.pub_balance_v1 b join tariffs.service v on v.id = b.service_id where b.provider_id = $1 and b.balance_kop <> 0
     group by v.code, v.pay_order order by v.pay_order`,
    [id],
  );

/** Refused: not the first day of a month, oneself, a provider that has a successor or does not work then, and a circle. */
async function check(tx: Pick<Tx, 'query'>, { provider, successor, on }: Order): Promise<Pair> {
  if (!on.endsWith('-01')) throw new DomainError('tariffs.succession.first-day', { on });
  if (provider === successor) throw new DomainError('tariffs.succession.itself', { provider });
  const rows = await tx.query<Provider>(
    `select p.id::int as id, p.code, lower(p.active)::text as "from", upper(p.active)::text as until, n.code as successor
     from tariffs.provider p left join tariffs.provider n on n.id = p.successor_id where p.code in ($1, $2) for no key update of p`,
    [provider, successor],
  );
  const find = (code: string): Provider => {
    const row = rows.find((one) => one.code === code);
    if (!row) throw notFound('tariffs.provider.unknown', { provider: code });
    return row;
  };
  const pair = { old: find(provider), next: find(successor) };
  if (pair.old.successor !== null) throw conflict('tariffs.succession.succeeded', { provider, successor: pair.old.successor });
  const [circle] = await tx.query(
    `with recursive way (id, steps) as (select $1::int, 0 union all select p.successor_id::int, w.steps + 1 from way w join tariffs.provider p on p.id = w.id
       where p.successor_id is not null and w.steps < 100) select from way where id = $2 limit 1`,
    [pair.next.id, pair.old.id],
  );
  if (circle) throw conflict('tariffs.succession.circular', { provider, successor });
  for (const { code, from, until } of [pair.next, { ...pair.old, from: null }]) {
    if ((from !== null && from > on) || (until !== null && until <= addDays(on, -1))) {
      throw conflict('tariffs.succession.not-active', { provider: code, on });
    }
  }
  return pair;
}

async function replace(tx: Pick<Tx, 'query'>, { old, next }: Pair, { on, document }: Order, approvalId: string | null): Promise<{ supplies: number; tariffs: number }> {
  const last = addDays(on, -1);
  const supplies = await endSupplies(tx, { column: 'provider_id', id: old.id }, last, { reason: document, by: 'succession' });
  await tx.query(TAKE_SUPPLIES, [old.id, next.id, on, document]);
  const taken = await tx.query(TAKE_TARIFFS, [old.id, next.id, on, approvalId]);
  await tx.query(END_TARIFFS, [old.id, on]);
  await tx.query('update tariffs.provider set successor_id = $2, active = daterange(lower(active), $3::date) where id = $1', [old.id, next.id, on]);
  return { supplies, tariffs: taken.length };
}
