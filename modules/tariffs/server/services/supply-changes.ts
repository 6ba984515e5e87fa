import { addDays, conflict, notFound } from '@komplat/kernel';
import type { PreviewTx, SupplyChange, SupplyChanges, SupplyDone, SupplyOrder, SupplyPiece, SupplyTerms } from '@komplat/registry/contract';
import { Injectable } from '@nestjs/common';
import { TERMS } from './supply-sql.ts';

interface Thing {
  readonly serviceId: number;
  readonly service: string;
  readonly providerId: number;
  readonly provider: string;
  readonly activeFrom: string | null;
  readonly activeUntil: string | null;
}
interface Row extends SupplyTerms {
  readonly id: number;
  readonly lo: string | null;
  readonly hi: string | null;
}
type Span = SupplyOrder['span'];
type Next = (old: SupplyTerms | null) => SupplyTerms | null;

const THING = `select v.id::int as "serviceId", v.name as service, p.id::int as "providerId", p.short_name as provider,
  lower(p.active)::text as "activeFrom", upper(p.active)::text as "activeUntil" from tariffs.service v, tariffs.provider p`;
const ROWS = `
  select id, method, variant, equipment, due_day::int as due_day, lower(valid)::text as lo, upper(valid)::text as hi from tariffs.supply
  where account_id = $1 and service_id = $2 and provider_id = $3 and upper_inf(known) and valid && daterange($4::date, $5::date)
  order by lower(valid) for update`;
const CLOSED = 'tstzrange(lower(known), greatest(lower(known), now()))';
const OPEN = 'tstzrange(greatest(lower(known), now()), null)';

/** Supplies of one account: each begins, changes and ends with both times; what was charged by a row still finds it. */
@Injectable()
export class SupplyEditor implements SupplyChanges {
  async change(tx: PreviewTx, order: SupplyOrder): Promise<SupplyDone> {
    const { change, span } = order;
    const thing = await thingOf(tx, order);
    const subject = `${thing.service}, ${thing.provider}`;
    if (change.kind === 'supply-end') {
      const { pieces } = await put(tx, order, thing, () => null);
      if (pieces.length === 0) throw conflict('tariffs.supply.ended', { name: subject, day: addDays(span.from, -1) });
      return { subject, pieces, begun: null };
    }
    mustBeOpen(order, subject);
    mustWork(thing, span);
    if (change.kind === 'supply-add') await mustBeFree(tx, order, thing);
    const { pieces, begun } = await put(tx, order, thing, (old) => (old ? termsOf(change, old) : change.kind === 'supply-add' ? termsOf(change, null) : null));
    if (pieces.length === 0) throw conflict('tariffs.supply.not-then', { name: subject, day: span.from });
    for (const { from, after } of pieces) if (after) await mustBePriced(tx, thing, after, from ?? span.from);
    return { subject, pieces, begun };
  }
}

/** Service and provider that a change is about. */
async function thingOf(tx: PreviewTx, { change, account }: SupplyOrder): Promise<Thing> {
  const [found] =
    change.kind === 'supply-add'
      ? await tx.query<Thing>(`${THING} where v.code = $1 and p.code = $2`, [change.service, change.provider])
      : await tx.query<Thing>(
          `${THING} where (v.id, p.id) = (select s.service_id, s.provider_id from tariffs.supply s where s.id = $1 and s.account_id = $2)`,
          [change.supplyId, account.id],
        );
  if (!found) throw notFound('tariffs.supply.unknown', { number: account.number });
  return found;
}

function termsOf(change: Exclude<SupplyChange, { kind: 'supply-end' }>, old: SupplyTerms | null): SupplyTerms {
  const method = change.method ?? old?.method ?? 'fixed';
  const keeps = change.method === undefined ? (old?.equipment ?? null) : null;
  return {
    method, variant: change.variant ?? old?.variant ?? '', equipment: change.equipment ?? keeps, due_day: change.dueDay ?? old?.due_day ?? 20,
  };
}

function mustBeOpen({ account, span }: SupplyOrder, name: string): void {
  const { number, openedOn, closedOn } = account;
  if (span.from < openedOn) throw conflict('tariffs.supply.before-account', { number, name, day: span.from, opened: openedOn });
  if (closedOn !== null && (span.until === null || span.until > addDays(closedOn, 1))) {
    throw conflict('tariffs.supply.account-closed', { number, name, closed: closedOn });
  }
}

function mustWork({ provider, activeFrom, activeUntil }: Thing, { from, until }: Span): void {
  const early = activeFrom !== null && from < activeFrom;
  const late = activeUntil !== null && (until === null || until > activeUntil);
  if (early || late) throw conflict('tariffs.supply.provider-not-active', { provider, from: activeFrom ?? '…', to: activeUntil === null ? '…' : addDays(activeUntil, -1) });
}

/** One service of an account has one provider at a time: two would charge it twice. */
async function mustBeFree(tx: PreviewTx, { account, span }: SupplyOrder, { serviceId, service }: Thing): Promise<void> {
  const [other] = await tx.query<{ provider: string; from: string | null; to: string | null }>(
    `select p.short_name as provider, lower(s.valid)::text as "from", (upper(s.valid) - 1)::text as "to" from tariffs.supply s
     join tariffs.provider p on p.id = s.provider_id where s.account_id = $1 and s.service_id = $2 and upper_inf(s.known)
       and s.valid && daterange($3::date, $4::date) order by lower(s.valid) limit 1`,
    [account.id, serviceId, span.from, span.until],
  );
  if (other) throw conflict('tariffs.supply.overlaps', { name: service, provider: other.provider, from: other.from ?? '…', to: other.to ?? '…' });
}

/** A supply without a price, or without a norm of its group, could not be charged. */
async function mustBePriced(tx: PreviewTx, { serviceId, service, providerId, provider }: Thing, terms: SupplyTerms, day: string): Promise<void> {
  const [price] = await tx.query('select 1 from tariffs.tariff where service_id = $1 and provider_id = $2 and variant = $3 and valid @> $4::date', [
    serviceId, providerId, terms.variant, day,
  ]);
  if (!price && terms.method !== 'linked') throw conflict('tariffs.supply.no-tariff', { name: service, provider, day });
  if (terms.equipment === null) {
    if (terms.method === 'norm') throw conflict('tariffs.supply.needs-norm', { name: service });
    return;
  }
  const [norm] = await tx.query(
    `select 1 from tariffs.norm where purpose = 'charge' and service_id = $1 and equipment = $2 and valid @> $3::date`,
    [serviceId, terms.equipment, day],
  );
  if (!norm) throw conflict('tariffs.supply.no-norm', { name: service, day });
}

/**
 * Puts new terms over the span of an order (null = no supply there). A row that began before keeps its number up to the span, so that
 * what was charged by it still finds it; what was known of it is kept beside with a closed `known`.
 */
async function put(tx: PreviewTx, order: SupplyOrder, thing: Thing, next: Next): Promise<Omit<SupplyDone, 'subject'>> {
  const { account, span } = order;
  const rows = await tx.query<Row>(ROWS, [account.id, thing.serviceId, thing.providerId, span.from, span.until]);
  if (rows.length === 0) {
    const after = next(null);
    if (!after) return { pieces: [], begun: null };
    return { pieces: [{ ...span, before: null, after, follows: [] }], begun: await begin(tx, order, thing, after) };
  }
  const pieces: SupplyPiece[] = [];
  for (const row of rows) pieces.push(await putOver(tx, order, row, next(row)));
  return { pieces, begun: null };
}

async function begin(tx: PreviewTx, { account, span, reason, by }: SupplyOrder, thing: Thing, terms: SupplyTerms): Promise<number | null> {
  const [made] = await tx.query<{ id: number }>(
    `insert into tariffs.supply (account_id, service_id, provider_id, method, variant, equipment, due_day, valid, reason, recorded_by)
     values ($1, $2, $3, $4, $5, $6, $7, daterange($8::date, $9::date), $10, $11) returning id`,
    [account.id, thing.serviceId, thing.providerId, terms.method, terms.variant, terms.equipment, terms.due_day, span.from, span.until, reason, by],
  );
  return made?.id ?? null;
}

async function putOver(tx: PreviewTx, { span, reason, by }: SupplyOrder, row: Row, after: SupplyTerms | null): Promise<SupplyPiece> {
  const before: SupplyTerms = { method: row.method, variant: row.variant, equipment: row.equipment, due_day: row.due_day };
  const begins = row.lo !== null && row.lo >= span.from;
  const from = begins ? row.lo : span.from;
  const until = span.until === null ? row.hi : row.hi === null || row.hi > span.until ? span.until : row.hi;
  await tx.query(
    `insert into tariffs.supply (account_id, service_id, provider_id, ${TERMS}, valid, known, reason, recorded_by)
     select account_id, service_id, provider_id, ${TERMS}, valid, ${CLOSED}, reason, recorded_by from tariffs.supply where id = $1`,
    [row.id],
  );
  const copy = async (terms: SupplyTerms, lo: string | null, hi: string | null, why: string | null): Promise<number> => {
    const [made] = await tx.query<{ id: number }>(
      `insert into tariffs.supply (account_id, service_id, provider_id, provider_account, contract_number, contract_date, contract_kind, penalty_rate,
         method, variant, equipment, due_day, valid, reason, recorded_by)
       select account_id, service_id, provider_id, provider_account, contract_number, contract_date, contract_kind, penalty_rate, $2, $3, $4, $5,
         daterange($6::date, $7::date), coalesce($8, reason), case when $8::text is null then recorded_by else $9 end from tariffs.supply where id = $1 returning id`,
      [row.id, terms.method, terms.variant, terms.equipment, terms.due_day, lo, hi, why, by],
    );
    return made?.id ?? row.id;
  };
  const cut = (lo: string | null, hi: string | null): Promise<object[]> =>
    tx.query(`update tariffs.supply set valid = daterange($2::date, $3::date), known = ${OPEN} where id = $1`, [row.id, lo, hi]);
  const tail = row.hi === null ? span.until !== null : span.until !== null && row.hi > span.until;
  const follows: { supplyId: number; of: number }[] = [];
  if (!begins) {
    await cut(row.lo, span.from);
    if (after) follows.push({ supplyId: await copy(after, from, until, reason), of: row.id });
  } else if (after) {
    await cut(row.lo, until);
    await tx.query('update tariffs.supply set method = $2, variant = $3, equipment = $4, due_day = $5, reason = $6, recorded_by = $7 where id = $1', [
      row.id, after.method, after.variant, after.equipment, after.due_day, reason, by,
    ]);
  } else {
    await tx.query(`update tariffs.supply set known = ${CLOSED} where id = $1`, [row.id]);
  }
  if (tail) follows.push({ supplyId: await copy(before, span.until, row.hi, null), of: row.id });
  return { from, until, before, after, follows };
}
