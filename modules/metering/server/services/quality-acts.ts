import { conflict, DomainError } from '@komplat/kernel';
import { differenceOf, moneyPreviewOf, type Refs } from '@komplat/registry/contract';
import { type Actor, Approvals, audit, Database, type ListDef, readList, type Tx, uuid7 } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { METERING_PERMISSIONS } from '../../contract/permissions.ts';
import type {
  PresenceDone,
  QualityActItem,
  QualityActLook,
  QualityActMake,
  QualityActs,
  QualityActsQuery,
} from '../../contract/presence.schema.ts';
import { seenHouse, type SeenHouse } from './houses.ts';
import { APPROVE_QUALITY_ACT } from './presence-approvals.ts';
import { seenParams } from './seen.ts';

const LIST: ListDef = {
  sql: `
    select q.id, q.act_number as "actNumber", q.act_date as "actDate", v.code as service, v.name as "serviceName", q.scope, q.riser, h.house_code as house, h.address, q.kind,
      q.first_day as "from", q.last_day as "to", trim_scale(q.percent)::text as percent, q.mark, q.reason, q.state, q.made_by as "madeBy",
      q.decided_by as "decidedBy", q.first_day, q.act_number, (select count(distinct a.account_id)::int from registry.pub_account_v1 a
        join tariffs.pub_supply_v1 s on s.account_id = a.account_id and s.service_id = q.service_id and s.valid && daterange(q.first_day, q.last_day, '[]')
        where a.house_id = q.house_id and (q.premises_ids is null or a.premises_id = any (q.premises_ids))) as accounts
    from metering.quality_act q join tariffs.pub_service_v1 v on v.id = q.service_id
    join lateral (select d.house_code, d.district, d.type_short || ' ' || d.street || ', ' || d.house as address from registry.pub_address_v1 d
      where d.house_id = q.house_id limit 1) h on true
    where ($1::text is null or q.state = $1)
      and ($2::date is null or daterange(q.first_day, q.last_day, '[]') && daterange($2, ($2 + interval '1 month')::date))
      and ($3::text is null or q.act_number ilike $3 || '%' or h.address ilike '%' || $3 || '%')
      and ($4::text[] is null or h.district::text = any($4) or h.house_code = any($5::text[]))`,
  id: { column: 'id', type: 'uuid' },
  sorts: {
    from: { column: 'first_day', type: 'date' },
    act: { column: 'act_number', type: 'text' },
    address: { column: 'address', type: 'text' },
    service: { column: 'service', type: 'text' },
    state: { column: 'state', type: 'text' },
    accounts: { column: 'accounts', type: 'int4' },
  },
  first: '-from',
};
const CONCERNED = `
  select count(distinct a.account_id)::int as accounts, coalesce(jsonb_agg(distinct jsonb_build_object('id', a.account_id, 'number', a.number,
      'flat', coalesce(d.flat, ''))), '[]') as list, coalesce(array_agg(distinct a.premises_id), '{}') as premises,
    coalesce((select array_agg(distinct to_char(l.period, 'YYYY-MM')) from platform.period_lane l where l.provider_id = any (array_agg(s.provider_id))
      and l.state <> 'open' and daterange(l.period, (l.period + interval '1 month')::date) && daterange($3::date, $4::date, '[]')), '{}') as closed
  from registry.pub_account_v1 a join tariffs.pub_supply_v1 s on s.account_id = a.account_id and s.service_id = $2
    and s.valid && daterange($3::date, $4::date, '[]')
  join registry.pub_address_v1 d on d.premises_id = a.premises_id
  where a.house_id = $1 and ($5::text[] is null or a.number = any($5)) and ($6::text[] is null or d.flat = any($6))`;

interface Concerned {
  readonly accounts: number;
  readonly list: readonly { readonly id: number; readonly number: string; readonly flat: string }[];
  readonly premises: readonly number[];
  readonly closed: readonly string[];
}

interface ServiceRule {
  readonly id: number;
  readonly name: string;
  readonly percent: string;
  readonly mark: string;
  readonly today: string;
}
interface Written {
  readonly id: string;
  readonly actor: Actor;
  readonly state: 'waiting' | 'approved';
}

/** Acts of quality and non-delivery for a house, a riser, a flat: everyone concerned is charged less (law.md 1.6). */
@Injectable()
export class QualityActService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ModuleRef) private readonly refs: Refs,
  ) {}

  async list({ state, period, q, ...ask }: QualityActsQuery, actor: Actor): Promise<QualityActs> {
    const [districts = null, houses = null] = seenParams(actor);
    const params = [state ?? null, period === undefined ? null : `${period}-01`, q ?? null, districts, houses];
    const { rows, ...rest } = await readList<QualityActItem>(this.database, LIST, params, ask);
    return { items: [...rows], ...rest };
  }

  /** Whom it concerns, and the money of the months it touches as if it were agreed to already; rolled back. */
  async look(body: QualityActMake, actor: Actor): Promise<QualityActLook> {
    const house = await this.mustFit(body, actor);
    return this.database.dryRun(async (tx) => {
      const { service, found } = await this.write(tx, body, house, { id: uuid7(), actor, state: 'approved' });
      const ask = { accountIds: found.list.map(({ id }) => id), from: body.from, until: (body.to < service.today ? body.to : service.today).slice(0, 7) };
      const billing = moneyPreviewOf(this.refs);
      const effects = billing ? await billing.preview(tx, ask) : [];
      return {
        percent: service.percent,
        mark: service.mark,
        accounts: found.list.map(({ number, flat }) => ({ number, flat })),
        closedMonths: [...found.closed].toSorted(),
        money: { available: billing !== undefined, effects: [...effects], difference: differenceOf(effects) },
      };
    });
  }

  private async mustFit(body: QualityActMake, actor: Actor): Promise<SeenHouse> {
    const house = await seenHouse(this.database, body.house, actor);
    if (body.to < body.from) throw new DomainError('metering.absence.reversed', { from: body.from, to: body.to });
    if (body.scope !== 'house' && !body.accounts?.length && !body.flats?.length) throw new DomainError('metering.act.no-accounts');
    if (body.scope === 'riser' && !body.riser) throw new DomainError('metering.act.no-riser');
    return house;
  }

  private async write(tx: Tx, body: QualityActMake, house: SeenHouse, as: Written): Promise<{ service: ServiceRule; found: Concerned }> {
    const service = await this.service(tx, body);
    const found = await this.concerned(tx, house, service, body);
    await tx.query(
      `insert into metering.quality_act (id, act_number, act_date, service_id, scope, house_id, riser, premises_ids, kind, first_day, last_day, percent,
         mark, reason, made_by, state)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
      [
        as.id,
        body.actNumber,
        body.actDate,
        service.id,
        body.scope,
        house.id,
        body.scope === 'riser' ? body.riser : null,
        body.scope === 'house' ? null : found.premises,
        body.kind,
        body.from,
        body.to,
        service.percent,
        service.mark,
        body.reason,
        as.actor.login,
        as.state,
      ],
    );
    return { service, found };
  }

  async make(body: QualityActMake, actor: Actor): Promise<PresenceDone> {
    const house = await this.mustFit(body, actor);
    return this.database.transaction(async (tx) => {
      const id = uuid7();
      const { service, found } = await this.write(tx, body, house, { id, actor, state: 'waiting' });
      const approvalId = await Approvals.request(tx, {
        module: 'metering',
        action: APPROVE_QUALITY_ACT,
        subject: `quality-act/${id}`,
        permission: METERING_PERMISSIONS.approve.id,
        payload: { id },
        messageKey: 'metering.approval.quality-act-of',
        messageParams: {
          act: body.actNumber,
          address: house.address,
          service: service.name,
          from: body.from,
          to: body.to,
          accounts: found.accounts,
        },
        reason: body.reason,
        actor,
      });
      await tx.query('update metering.quality_act set approval_id = $2 where id = $1', [id, approvalId]);
      await audit(tx, {
        actor,
        action: 'metering.quality-act.make',
        subject: `house/${house.code}`,
        after: { id, act: body.actNumber },
        reason: body.reason,
      });
      return { id, approvalId, accounts: found.accounts, closedMonths: [...found.closed].toSorted() };
    });
  }

  private async service(tx: Tx, body: QualityActMake): Promise<ServiceRule> {
    const [row] = await tx.query<{ id: number; name: string; percent: string | null; mark: string | null; today: string }>(
      `select v.id, v.name, platform.today() as today, r.value::text as percent, r.mark from tariffs.pub_service_v1 v left join metering.rule r
         on r.code = 'heat-break-percent' and r.service_code = v.code and r.valid @> $2::date where v.code = $1`,
      [body.service, body.from],
    );
    if (!row) throw new DomainError('metering.house.no-service', { service: body.service });
    if (body.actDate > row.today)
      throw new DomainError('metering.day.in-future', { day: body.actDate, today: row.today });
    const percent = body.percent ?? (body.kind === 'non-delivery' ? '100' : row.percent);
    if (percent === null) throw new DomainError('metering.act.no-percent', { service: row.name });
    if (/^0+(\.0+)?$/.test(percent) || Number.parseInt(percent, 10) > 100 || /^100\.0*[1-9]/.test(percent))
      throw new DomainError('metering.act.percent', { percent });
    const isOwn = body.percent !== undefined;
    const mark = body.kind === 'non-delivery' && !isOwn ? 'confirmed' : ((isOwn ? null : row.mark) ?? 'needs a lawyer');
    return { id: row.id, name: row.name, percent, mark, today: row.today };
  }

  private async concerned(tx: Tx, house: SeenHouse, { id: serviceId, name: service }: ServiceRule, body: QualityActMake): Promise<Concerned> {
    const accounts = body.scope === 'house' ? null : (body.accounts ?? null);
    const [found] = await tx.query<Concerned>(CONCERNED, [
      house.id,
      serviceId,
      body.from,
      body.to,
      accounts,
      body.scope === 'house' ? null : (body.flats ?? null),
    ]);
    if (!found || found.accounts === 0) throw new DomainError('metering.act.nobody', { service });
    if (accounts !== null && found.accounts < new Set(accounts).size)
      throw new DomainError('metering.act.foreign-account', { house: house.code });
    const missing = body.scope === 'house' ? [] : (body.flats ?? []).filter((flat) => !found.list.some((one) => one.flat === flat));
    if (missing.length > 0) throw new DomainError('metering.act.no-flat', { house: house.address, flats: missing.join(', '), service });
    const [same] = await tx.query<{ number: string }>(
      `select act_number as number from metering.quality_act where house_id = $1 and service_id = $2 and state in ('waiting', 'approved') and act_number = $3`,
      [house.id, serviceId, body.actNumber],
    );
    if (same) throw conflict('metering.act.same-number', { act: body.actNumber });
    return found;
  }
}
