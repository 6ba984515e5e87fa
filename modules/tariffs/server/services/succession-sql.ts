import { addDays, conflict, DomainError, notFound } from '@komplat/kernel';
import type { Tx } from '@komplat/server';
import type { Succession } from '../../contract/succession.schema.ts';
import { endSupplies, TERMS } from './supply-sql.ts';

interface Provider {
  readonly id: number;
  readonly code: string;
  readonly from: string | null;
  readonly until: string | null;
  readonly successor: string | null;
}
export interface Pair {
  readonly old: Provider;
  readonly next: Provider;
}
type Sql = Pick<Tx, 'query'>;
type Order = Omit<Succession, 'reason'>;
/** What ended with the old provider, and until when it was to go on (null = without an end). */
interface Ended {
  readonly tariffs: readonly { readonly id: number; readonly until: string | null }[];
  readonly activeUntil: string | null;
}

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
const ENDING_TARIFFS = 'select id, upper(valid)::text as until from tariffs.tariff where provider_id = $1 and valid @> $2::date and lower(valid) < $2::date';
const END_TARIFFS = 'update tariffs.tariff set valid = daterange(lower(valid), $2::date) where provider_id = $1 and valid @> $2::date and lower(valid) < $2::date';

/** Refused: not the first day of a month, oneself, a provider that has a successor or does not work then, and a circle. */
export async function checkPair(tx: Sql, { provider, successor, on }: Order): Promise<Pair> {
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

/** Supplies and prices of the one end the day before, those of the other begin. */
export async function replace(
  tx: Sql,
  { old, next }: Pair,
  { on, document }: Order,
  approvalId: string,
): Promise<{ supplies: number; tariffs: number; ended: Ended }> {
  const supplies = await endSupplies(tx, { column: 'provider_id', id: old.id }, addDays(on, -1), { reason: document, by: 'succession' });
  await tx.query(TAKE_SUPPLIES, [old.id, next.id, on, document]);
  const taken = await tx.query(TAKE_TARIFFS, [old.id, next.id, on, approvalId]);
  const tariffs = await tx.query<Ended['tariffs'][number]>(ENDING_TARIFFS, [old.id, on]);
  await tx.query(END_TARIFFS, [old.id, on]);
  await tx.query('update tariffs.provider set successor_id = $2, active = daterange(lower(active), $3::date) where id = $1', [old.id, next.id, on]);
  return { supplies, tariffs: taken.length, ended: { tariffs, activeUntil: old.until } };
}

export interface Standing {
  readonly id: string;
  readonly provider: string;
  readonly providerId: number;
  readonly successorId: number;
  readonly on: string;
  readonly document: string;
  readonly ended: Ended;
  /** When it was carried out: what it closed and opened bears this instant. */
  readonly at: string;
}

/** The supplies that the document gave to the successor. $1 successor, $2 first day, $3 instant of the document. */
const GIVEN = `provider_id = $1 and recorded_by = 'succession' and lower(valid) = $2::date and lower(known) = $3::timestamptz`;

/** The succession of a provider that may be undone: nothing is charged by it, and nobody changed the supplies that it gave. */
export async function standing(tx: Sql, provider: string): Promise<Standing> {
  const [row] = await tx.query<Standing>(
    `select s.id, p.code as provider, s.provider_id::int as "providerId", s.successor_id::int as "successorId", s.on_day::text as "on", s.document, s.ended,
       s.at::text as at
     from tariffs.provider p join tariffs.succession s on s.provider_id = p.id
     where p.code = $1 and not exists (select from tariffs.succession_undo u where u.succession_id = s.id) for no key update of p`,
    [provider],
  );
  if (!row) throw notFound('tariffs.succession.none', { provider });
  const key = [row.successorId, row.on, row.at];
  const [charged] = await tx.query<{ month: string }>(
    `select to_char(min(a.period), 'YYYY-MM') as month from billing.pub_accrual_v1 a join tariffs.supply s on s.id = a.supply_id
     where a.provider_id = $1 and a.period >= $2::date and ${GIVEN.replaceAll('provider_id', 's.provider_id')} having count(*) > 0`,
    key,
  );
  if (charged) throw conflict('tariffs.succession.charged', { provider, month: charged.month });
  const [changed] = await tx.query<{ count: number }>(
    `select count(*)::int as count from tariffs.supply where ${GIVEN} and (not upper_inf(known) or not upper_inf(valid)) having count(*) > 0`,
    key,
  );
  if (changed) throw conflict('tariffs.succession.changed-since', { provider, count: changed.count });
  return row;
}

/** Everything is again as it was before the document; what was known meanwhile is kept with a closed `known`. */
export async function restore(tx: Sql, { id, providerId, successorId, on, ended, at }: Standing): Promise<{ supplies: number; tariffs: number }> {
  await tx.query(`update tariffs.supply set known = tstzrange(lower(known), greatest(lower(known), now())) where ${GIVEN}`, [successorId, on, at]);
  const back = await tx.query(
    `with old as (
       select * from tariffs.supply where provider_id = $1 and upper(known) = $2::timestamptz
     ), meanwhile as (
       insert into tariffs.supply (account_id, service_id, provider_id, ${TERMS}, valid, known, reason, recorded_by)
       select account_id, service_id, provider_id, ${TERMS}, valid, tstzrange(lower(known), greatest(lower(known), now())), reason, recorded_by
       from tariffs.supply where provider_id = $1 and recorded_by = 'succession' and upper(valid) = $3::date and upper_inf(known)
     )
     update tariffs.supply s set valid = o.valid, known = tstzrange(greatest(lower(s.known), now()), null), reason = o.reason, recorded_by = o.recorded_by
     from old o where s.provider_id = $1 and s.recorded_by = 'succession' and upper(s.valid) = $3::date and upper_inf(s.known)
       and o.account_id = s.account_id and o.service_id = s.service_id and lower(o.valid) is not distinct from lower(s.valid) returning s.id`,
    [providerId, at, on],
  );
  await tx.query(
    `insert into tariffs.supply (account_id, service_id, provider_id, ${TERMS}, valid, reason, recorded_by)
     select account_id, service_id, provider_id, ${TERMS}, valid, reason, recorded_by from tariffs.supply
     where provider_id = $1 and upper(known) = $2::timestamptz and lower(valid) >= $3::date`,
    [providerId, at, on],
  );
  const taken = await tx.query("delete from tariffs.tariff where approval_id = $1 and recorded_by = 'succession' returning id", [id]);
  await tx.query(
    `update tariffs.tariff t set valid = daterange(lower(t.valid), e.until) from jsonb_to_recordset($1::jsonb) e (id int, until date) where t.id = e.id`,
    [JSON.stringify(ended.tariffs)],
  );
  await tx.query('update tariffs.provider set successor_id = null, active = daterange(lower(active), $2::date) where id = $1', [providerId, ended.activeUntil]);
  return { supplies: back.length, tariffs: taken.length };
}
