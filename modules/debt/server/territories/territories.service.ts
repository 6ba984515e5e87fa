import { DomainError } from '@komplat/kernel';
import { type Actor, Approvals, Database, readList, type Tx } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { ChangeAsked } from '../../contract/analysis-dunning.schema.ts';
import type {
  MoratoriaQuery, MoratoriumItem, MoratoriumList, PlaceList, PlaceOrder, WindowsOrder,
} from '../../contract/territory.schema.ts';
import { DEBT_PERMISSIONS } from '../../contract/permissions.ts';
import { Debtors } from '../analysis/debtors.service.ts';
import { checkPlace, checkWindows, type TerritoryChange } from './change-territories.ts';

export const CHANGE_TERRITORIES = 'debt.change-territories';

/** $1 today, $2 kind or null, $3 only those that stand, $4 words or null. */
const WINDOWS = `select m.id, m.id::text as key, m.territory, t.name, m.kind, lower(m.period) as first,
    to_char(lower(m.period), 'YYYY-MM-DD') as "from", to_char(upper(m.period) - 1, 'YYYY-MM-DD') as "to", m.period @> $1::date as standing, m.ground, m.act, m.mark
  from debt.moratorium m left join debt.territory t on t.code = m.territory
  where ($2::text is null or m.kind = $2) and (not $3::boolean or m.period @> $1::date)
    and ($4::text is null or m.territory like $4 || '%' or t.name ilike '%' || $4 || '%')`;
/** $1 today. */
const PLACES = `select p.id, x.house_code as house, p.district::int as district, p.territory, t.name, to_char(lower(p.valid), 'YYYY-MM-DD') as "from", p.decision,
    (select count(*) from debt.moratorium m where starts_with(p.territory, debt.territory_prefix(m.territory)) and m.period @> $1::date)::int as standing
  from debt.place p join debt.territory t on t.code = p.territory
  left join lateral (select a.house_code from registry.pub_address_v1 a where a.house_id = p.house_id limit 1) x on true
  where upper_inf(p.valid) or upper(p.valid) > $1::date order by p.house_id nulls first, p.district nulls first`;

/** Windows of moratoria by territory (КАТОТТГ), and where the houses lie. Changes wait for a second person. */
@Injectable()
export class Territories {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Debtors) private readonly debtors: Debtors,
  ) {}

  async windows({ kind, standing, q, ...ask }: MoratoriaQuery): Promise<MoratoriumList> {
    const def = {
      sql: WINDOWS,
      id: { column: 'id', type: 'int4' },
      sorts: { from: { column: 'first', type: 'date' } },
      first: '-from',
    } as const;
    const params = [await this.debtors.today(), kind ?? null, standing === 'yes', q || null];
    const { rows, ...rest } = await readList<Omit<MoratoriumItem, 'id'> & { key: string }>(this.database, def, params, ask);
    return {
      items: rows.map(({ key, territory, name, kind: own, from, to, standing: stands, ground, act, mark }) => ({
        id: key, territory, name, kind: own, from, to, standing: stands, ground, act, mark,
      })),
      ...rest,
    };
  }

  async places(): Promise<PlaceList> {
    return { items: await this.database.query<PlaceList['items'][number]>(PLACES, [await this.debtors.today()]) };
  }

  /** Refuses `debt.moratorium.twice`, `debt.moratorium.overlap`. */
  askWindows({ reason, ...order }: WindowsOrder, actor: Actor): Promise<ChangeAsked> {
    return this.database.transaction(async (tx) => {
      await checkWindows(tx, order);
      return ask(tx, { change: 'windows', ...order }, {
        subject: `moratorium/${order.act}`,
        messageKey: 'debt.approval.windows.text',
        messageParams: { count: order.rows.length, first: order.rows[0]?.name ?? '', kinds: order.kinds.join(', '), ground: order.ground, act: order.act },
        reason,
        actor,
      });
    });
  }

  /** Refuses `debt.place.no-house`, `debt.place.later`. */
  askPlace({ reason, ...order }: PlaceOrder, actor: Actor): Promise<ChangeAsked> {
    return this.database.transaction(async (tx) => {
      const houseId = await houseOf(tx, order.house);
      const { house, district = null, ...rest } = order;
      await checkPlace(tx, { houseId, district, from: order.from });
      return ask(tx, { change: 'place', houseId, district, ...rest, decision: reason }, {
        subject: `place/${house ?? district ?? 'city'}`,
        messageKey: 'debt.approval.place.text',
        messageParams: { place: house ?? String(district ?? ''), territory: order.territory, name: order.name, from: order.from },
        reason,
        actor,
      });
    });
  }
}

interface Asking {
  readonly subject: string;
  readonly messageKey: string;
  readonly messageParams: Readonly<Record<string, unknown>>;
  readonly reason: string;
  readonly actor: Actor;
}
const ask = async (tx: Tx, payload: TerritoryChange, asking: Asking): Promise<ChangeAsked> => ({
  approvalId: await Approvals.request(tx, {
    module: 'debt', action: CHANGE_TERRITORIES, permission: DEBT_PERMISSIONS.lawTables.id, payload, ...asking,
  }),
});

async function houseOf(tx: Tx, code: string | undefined): Promise<number | null> {
  if (code === undefined) return null;
  const [row] = await tx.query<{ id: number }>('select house_id as id from registry.pub_address_v1 where house_code = $1 limit 1', [code]);
  if (!row) throw new DomainError('debt.place.no-house', { house: code, path: 'body.house' });
  return row.id;
}
