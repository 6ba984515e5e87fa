import { DomainError } from '@komplat/kernel';
import type { ApprovalAction, ApprovalContext } from '@komplat/plugin-api';
import { type Tx, uuid7 } from '@komplat/server';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { PlaceOrder, WindowsOrder } from '../../contract/territory.schema.ts';

const { territory: zTerritory, name: zName, from: zFrom } = PlaceOrder.shape;
/** What a second person agrees to. */
const TerritoryChange = z.discriminatedUnion('change', [
  WindowsOrder.omit({ reason: true }).extend({ change: z.literal('windows') }),
  z.object({
    change: z.literal('place'),
    houseId: z.number().int().nullable(),
    district: z.number().int().nullable(),
    territory: zTerritory,
    name: zName,
    from: zFrom,
    decision: z.string(),
  }),
]);
export type TerritoryChange = z.infer<typeof TerritoryChange>;
type Windows = Extract<TerritoryChange, { change: 'windows' }>;
type Place = Extract<TerritoryChange, { change: 'place' }>;
type Reads = Pick<Tx, 'query'>;

const NAMED = `insert into debt.territory (code, name, source) select code, name, $3 from unnest($1::text[], $2::text[]) t(code, name)
  on conflict (code) do update set name = excluded.name, source = excluded.source`;
/** $1 territories, $2 first days, $3 last days, $4 kinds, $5 ground, $6 act. */
const MOVED = `update debt.moratorium m set period = daterange(r.first, r.last, '[]'), act = $6, mark = 'decision'
  from unnest($1::text[], $2::date[], $3::date[]) r(territory, first, last)
  where m.territory = r.territory and lower(m.period) = r.first and m.kind = any($4) and m.ground = $5`;
const ADDED = `insert into debt.moratorium (territory, kind, period, ground, act, mark)
  select r.territory, k.kind, daterange(r.first, r.last, '[]'), $5, $6, 'decision'
  from unnest($1::text[], $2::date[], $3::date[]) r(territory, first, last) cross join unnest($4::text[]) k(kind)
  where not exists (select from debt.moratorium m where m.territory = r.territory and lower(m.period) = r.first and m.kind = k.kind and m.ground = $5)`;

/** A list names a territory once, and its windows do not overlap those of the same kind and ground that began on another day. */
export async function checkWindows(tx: Reads, { rows, kinds, ground }: Pick<Windows, 'rows' | 'kinds' | 'ground'>): Promise<void> {
  const twice = rows.find(({ territory }, at) => rows.findIndex((each) => each.territory === territory) !== at);
  if (twice) throw new DomainError('debt.moratorium.twice', { territory: twice.territory, path: 'body.rows' });
  const [overlap] = await tx.query<{ territory: string; from: string }>(
    `select m.territory, to_char(lower(m.period), 'YYYY-MM-DD') as "from" from debt.moratorium m
     join unnest($1::text[], $2::date[], $3::date[]) r(territory, first, last) on r.territory = m.territory and r.first <> lower(m.period)
       and m.period && daterange(r.first, r.last, '[]')
     where m.kind = any($4) and m.ground = $5 limit 1`,
    [rows.map(({ territory }) => territory), rows.map(({ from }) => from), rows.map(({ to }) => to ?? null), kinds, ground],
  );
  if (overlap) throw new DomainError('debt.moratorium.overlap', { ...overlap, path: 'body.rows' });
}

/** A place moves forward only: the day lies after the first day of what stands. */
export async function checkPlace(tx: Reads, { houseId, district, from }: Pick<Place, 'houseId' | 'district' | 'from'>): Promise<void> {
  const [later] = await tx.query<{ day: string }>(
    `select to_char(lower(valid), 'YYYY-MM-DD') as day from debt.place
     where house_id is not distinct from $1::int and district is not distinct from $2::smallint and lower(valid) >= $3::date limit 1`,
    [houseId, district, from],
  );
  if (later) throw new DomainError('debt.place.later', { day: later.day, path: 'body.from' });
}

/** The second person agreed: windows of the list, or where a house lies. */
@Injectable()
export class ChangeTerritories implements ApprovalAction {
  async approved(payload: unknown, { tx, requestedBy }: ApprovalContext): Promise<void> {
    const change = TerritoryChange.parse(payload);
    if (change.change === 'windows') await windows(tx, change);
    else await place(tx, change, requestedBy);
  }
}

async function windows(tx: Reads, { rows, kinds, ground, act }: Windows): Promise<void> {
  const codes = rows.map(({ territory }) => territory);
  await checkWindows(tx, { rows, kinds, ground });
  await tx.query(NAMED, [codes, rows.map(({ name }) => name), act]);
  const values = [codes, rows.map(({ from }) => from), rows.map(({ to }) => to ?? null), kinds, ground, act];
  await tx.query(MOVED, values);
  await tx.query(ADDED, values);
}

async function place(tx: Reads, { houseId, district, territory, name, from, decision }: Place, by: string): Promise<void> {
  await checkPlace(tx, { houseId, district, from });
  await tx.query(NAMED, [[territory], [name], decision]);
  await tx.query(
    `update debt.place set valid = daterange(lower(valid), $3::date)
     where house_id is not distinct from $1::int and district is not distinct from $2::smallint and valid @> $3::date`,
    [houseId, district, from],
  );
  await tx.query(
    `insert into debt.place (id, house_id, district, territory, valid, decision, recorded_by) values ($1, $2, $3, $4, daterange($5::date, null), $6, $7)`,
    [uuid7(), houseId, district, territory, from, decision, by],
  );
}
