import { conflict, daysBetween, DomainError } from '@komplat/kernel';
import { type Actor, Approvals, audit, Database, type Tx, uuid7 } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { METERING_PERMISSIONS } from '../../contract/permissions.ts';
import type { AbsenceList, AbsenceMake, AbsenceView, PresenceDone } from '../../contract/presence.schema.ts';
import { APPROVE_ABSENCE } from './presence-approvals.ts';
import { seenDwelling, type SeenDwelling } from './seen.ts';

interface ServiceRow {
  readonly id: number;
  readonly code: string;
  readonly name: string;
}
type Row = Omit<AbsenceView, 'madeAt'> & { readonly madeAt: Date };

/** Services whose charge an absence lowers. $1 account, $2 first day, $3 last day. */
const LOWERED = `
  select distinct v.id, v.code, v.name, v.pay_order from tariffs.pub_supply_v1 s join tariffs.pub_service_v1 v on v.id = s.service_id
  where s.account_id = $1 and s.method in ('norm', 'per-person') and s.valid && daterange($2::date, $3::date, '[]') order by v.pay_order`;
const LIST = `
  select a.id, (select array_agg(v.name order by v.pay_order) from tariffs.pub_service_v1 v where v.id = any (a.service_ids)) as services,
    cardinality(a.person_ids) as persons, a.first_day as "from", a.last_day as "to", a.last_day - a.first_day + 1 as days, a.applied_on as "appliedOn",
    a.document_kind || ' ' || a.document_number || ', ' || to_char(a.document_date, 'DD.MM.YYYY') as document, a.reason, a.state,
    a.made_by as "madeBy", a.made_at as "madeAt", a.decided_by as "decidedBy"
  from metering.absence a where a.account_id = $1 order by a.first_day desc, a.id desc`;
const PERSONS = `
  select distinct r.person_id as id, '№ ' || dense_rank() over (order by r.person_id) as name from registry.pub_residence_v1 r
  where r.premises_id = $1 and r.kind <> 'owner' and r.valid @> platform.today()`;
const CLOSED = `
  select distinct to_char(l.period, 'YYYY-MM') as month from tariffs.pub_supply_v1 s join platform.period_lane l on l.provider_id = s.provider_id
  where s.account_id = $1 and s.service_id = any($2::smallint[]) and l.state <> 'open'
    and daterange(l.period, (l.period + interval '1 month')::date) && daterange($3::date, $4::date, '[]') order by 1`;
const OVERLAP = `
  select first_day::text as "from", last_day::text as "to" from metering.absence
  where account_id = $1 and service_ids && $2::smallint[] and state in ('waiting', 'approved') and daterange(first_day, last_day, '[]') && daterange($3, $4, '[]')
    and (person_ids is null or $5::uuid[] is null or person_ids && $5::uuid[]) limit 1`;

/** Temporary absences: application and document, more than the days of the rule, a second person (law.md 1.5). */
@Injectable()
export class Absences {
  constructor(@Inject(Database) private readonly database: Database) {}

  async list(number: string, actor: Actor): Promise<AbsenceList> {
    const dwelling = await seenDwelling(this.database, number, actor);
    const rows = await this.database.query<Row>(LIST, [dwelling.id]);
    const [day] = await this.database.query<{ today: string; least: number }>(
      `select platform.today() as today, metering.rule_value('absence-days', null, platform.today())::int as least`,
    );
    const services = await this.database.query<ServiceRow>(LOWERED, [dwelling.id, day?.today, day?.today]);
    const persons = await this.database.query<AbsenceList['persons'][number]>(PERSONS, [dwelling.premisesId]);
    return {
      items: rows.map((row) => ({ ...row, madeAt: row.madeAt.toISOString() })),
      services,
      persons,
      minDays: day?.least ?? 0,
    };
  }

  async make(number: string, body: AbsenceMake, actor: Actor): Promise<PresenceDone> {
    const dwelling = await seenDwelling(this.database, number, actor);
    if (body.to < body.from) throw new DomainError('metering.absence.reversed', { from: body.from, to: body.to });
    return this.database.transaction(async (tx) => {
      const allowed = await this.allowed(tx, dwelling, body);
      const services = allowed.map((service) => service.id);
      const id = uuid7();
      await tx.query(
        `insert into metering.absence (id, account_id, premises_id, service_ids, person_ids, first_day, last_day, applied_on, channel, document_kind,
           document_number, document_date, reason, made_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
        [
          id,
          dwelling.id,
          dwelling.premisesId,
          services,
          body.persons ?? null,
          body.from,
          body.to,
          body.appliedOn,
          body.channel,
          body.document.kind,
          body.document.number,
          body.document.date,
          body.reason,
          actor.login,
        ],
      );
      const approvalId = await Approvals.request(tx, {
        module: 'metering',
        action: APPROVE_ABSENCE,
        subject: `absence/${id}`,
        permission: METERING_PERMISSIONS.approve.id,
        payload: { id },
        messageKey: 'metering.approval.absence-of',
        messageParams: { number, from: body.from, to: body.to, services: allowed.map(({ name }) => name).join(', ') },
        reason: body.reason,
        actor,
      });
      await tx.query('update metering.absence set approval_id = $2 where id = $1', [id, approvalId]);
      await audit(tx, {
        actor,
        action: 'metering.absence.make',
        subject: `account/${number}`,
        after: { id, from: body.from, to: body.to },
        reason: body.reason,
      });
      const closed = await tx.query<{ month: string }>(CLOSED, [dwelling.id, services, body.from, body.to]);
      return { id, approvalId, accounts: 1, closedMonths: closed.map(({ month }) => month) };
    });
  }

  /** The services, when the law and the data allow the absence. */
  private async allowed(tx: Tx, dwelling: SeenDwelling, body: AbsenceMake): Promise<ServiceRow[]> {
    const days = daysBetween(body.from, body.to) + 1;
    const [rule] = await tx.query<{ least: number | null; today: string }>(
      `select metering.rule_value('absence-days', null, $1::date)::int as least, platform.today() as today`,
      [body.from],
    );
    if (days <= (rule?.least ?? 0))
      throw new DomainError('metering.absence.too-short', { days, least: rule?.least ?? 0 });
    if (body.appliedOn > (rule?.today ?? ''))
      throw new DomainError('metering.day.in-future', { day: body.appliedOn, today: rule?.today ?? '' });
    const lowered = await tx.query<ServiceRow>(LOWERED, [dwelling.id, body.from, body.to]);
    const known = await tx.query<ServiceRow>('select id, code, name from tariffs.pub_service_v1 where code = any($1)', [body.services]);
    const names = new Map(known.map(({ code, name }) => [code, name]));
    const services = body.services.map((code) => {
      const found = lowered.find((service) => service.code === code);
      if (!found) throw new DomainError('metering.absence.not-lowered', { service: names.get(code) ?? code });
      return found;
    });
    await this.liveThere(tx, dwelling, body);
    const [other] = await tx.query<{ from: string; to: string }>(OVERLAP, [
      dwelling.id,
      services.map(({ id }) => id),
      body.from,
      body.to,
      body.persons ?? null,
    ]);
    if (other) throw conflict('metering.absence.overlaps', { from: other.from, to: other.to });
    return services;
  }

  private async liveThere(tx: Tx, dwelling: SeenDwelling, { persons, from, to }: AbsenceMake): Promise<void> {
    const [row] = await tx.query<{ n: number }>(
      `select count(distinct person_id)::int as n from registry.pub_residence_v1 where premises_id = $1 and kind <> 'owner'
         and valid && daterange($2::date, $3::date, '[]') and ($4::uuid[] is null or person_id = any($4))`,
      [dwelling.premisesId, from, to, persons ?? null],
    );
    if ((row?.n ?? 0) < (persons?.length ?? 1)) throw new DomainError('metering.absence.nobody', { from, to });
  }
}
