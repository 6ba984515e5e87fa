import { conflict, Dec, DomainError, notFound, Period } from '@komplat/kernel';
import type { ApprovalAction, ApprovalContext } from '@komplat/plugin-api';
import { type Actor, Approvals, audit, Database, readList, type Tx, uuid7 } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import type {
  Asked,
  DistributionItem,
  DistributionList,
  DistributionMake,
  DistributionsQuery,
  DistributionView,
} from '../../contract/house.schema.ts';
import { METERING_PERMISSIONS } from '../../contract/permissions.ts';
import { distribute, type Distribution } from '../../domain/index.ts';
import { COUNTED, DISTRIBUTIONS, FLATS, ONE, PARTS, PARTS_INSERT } from './house-sql.ts';
import { openForHouse, seenHouse, type SeenHouse } from './houses.ts';
import { seenParams } from './seen.ts';

export const SIGN_DISTRIBUTION = 'metering.sign-distribution';
const signPayload = z.object({ id: z.string(), houseId: z.number(), serviceId: z.number(), period: z.string() });

interface FlatRow {
  readonly premises_id: number;
  readonly area: string;
  readonly persons: number;
  readonly norm: string;
  readonly metered: string | null;
  readonly has_meter: boolean;
}
type Row = Omit<DistributionView, 'madeAt' | 'parts'> & { readonly madeAt: Date };
interface Service {
  readonly id: number;
  readonly scale: number;
}

/** Acts of distribution: made as a draft, signed by a second person, then charged. */
@Injectable()
export class Distributions {
  constructor(@Inject(Database) private readonly database: Database) {}

  async make(code: string, body: DistributionMake, actor: Actor): Promise<DistributionView> {
    const house = await seenHouse(this.database, code, actor);
    const period = Period.parse(body.period);
    const id = uuid7();
    await this.database.transaction(async (tx) => {
      const [service] = await tx.query<Service>(
        'select id, quantity_scale as scale from tariffs.pub_service_v1 where code = $1',
        [body.service],
      );
      if (!service) throw new DomainError('metering.house.no-service', { service: body.service });
      await openForHouse(tx, house.id, service.id, period.firstDay);
      const counted = await this.counted(tx, house, service, period, body.houseVolume);
      const flats = await tx.query<FlatRow>(FLATS, [house.id, service.id, period.firstDay, body.service === 'HEAT']);
      const { value } = distribute({
        kind: body.service === 'HEAT' ? 'heat' : 'water',
        houseVolume: new Dec(counted.volume),
        nonResidential: new Dec(body.nonResidential),
        commonShare: new Dec(body.commonShare),
        commonCoefficient: new Dec(body.commonCoefficient),
        needsBy: body.needsBy,
        flats: flats.map((flat) => ({
          id: String(flat.premises_id),
          area: new Dec(flat.area),
          persons: flat.persons,
          norm: new Dec(flat.norm),
          metered: flat.has_meter ? meteredOf(flat) : undefined,
        })),
      });
      await tx.query(
        `insert into metering.distribution (id, period, house_id, service_id, house_volume, nonresidential_volume, common_share, common_coefficient,
           needs_by, metered_volume, rest_volume, house_needs, shortfall, act_number, reason, house_meter_id, made_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
        [
          id,
          period.firstDay,
          house.id,
          service.id,
          counted.volume,
          body.nonResidential,
          body.commonShare,
          body.commonCoefficient,
          body.needsBy,
          value.metered.toString(),
          value.rest.toString(),
          value.houseNeeds.toString(),
          value.shortfall.toString(),
          body.actNumber,
          body.reason,
          counted.meter,
          actor.login,
        ],
      );
      await this.storeParts(tx, id, flats, value);
      await audit(tx, {
        actor,
        action: 'metering.distribution.make',
        subject: `house/${code}`,
        after: { id, ...body },
        reason: body.reason,
      });
    });
    return this.view(id, actor);
  }

  async list({ period, state, q, ...ask }: DistributionsQuery, actor: Actor): Promise<DistributionList> {
    const [districts = null, houses = null] = seenParams(actor);
    const params = [period === undefined ? null : `${period}-01`, state ?? null, q ?? null, districts, houses];
    const { rows, ...rest } = await readList<Row>(this.database, DISTRIBUTIONS, params, ask);
    return { items: rows.map((row): DistributionItem => ({ ...row, madeAt: row.madeAt.toISOString() })), ...rest };
  }

  async view(id: string, actor: Actor): Promise<DistributionView> {
    const [row] = await this.database.query<Row>(ONE, [id]);
    if (!row) throw notFound('metering.distribution.unknown', { id });
    await seenHouse(this.database, row.house, actor);
    const parts = await this.database.query<DistributionView['parts'][number]>(PARTS, [id]);
    return { ...row, madeAt: row.madeAt.toISOString(), parts };
  }

  async askToSign(id: string, reason: string, actor: Actor): Promise<Asked> {
    const shown = await this.view(id, actor);
    if (shown.state !== 'draft') throw conflict('metering.distribution.not-draft', { act: shown.actNumber });
    return this.database.transaction(async (tx) => {
      const [row] = await tx.query<z.infer<typeof signPayload>>(
        `select id::text, house_id as "houseId", service_id as "serviceId", period::text as period from metering.distribution where id = $1`,
        [id],
      );
      const approvalId = await Approvals.request(tx, {
        module: 'metering',
        action: SIGN_DISTRIBUTION,
        subject: `distribution/${shown.house}/${shown.service}/${shown.month}`,
        permission: METERING_PERMISSIONS.approve.id,
        payload: signPayload.parse(row),
        messageKey: 'metering.approval.distribution-of',
        messageParams: {
          address: shown.address,
          service: shown.serviceName,
          month: shown.month,
          act: shown.actNumber,
          volume: shown.houseVolume,
        },
        reason,
        actor,
      });
      await tx.query('update metering.distribution set approval_id = $2 where id = $1', [id, approvalId]);
      return { approvalId };
    });
  }

  private async counted(
    tx: Tx,
    house: SeenHouse,
    service: Service,
    period: Period,
    stated: string | undefined,
  ): Promise<{ volume: string; meter: number | null }> {
    if (stated !== undefined) return { volume: stated, meter: null };
    const [row] = await tx.query<{ meters: number; readings: number; meter: number | null; volume: string | null }>(
      COUNTED,
      [house.id, service.id, period.firstDay],
    );
    if (!row || row.meters === 0) throw new DomainError('metering.house.no-meter', { code: house.code });
    if (row.readings < row.meters || row.volume === null)
      throw new DomainError('metering.house.no-reading', { code: house.code, month: period.toString() });
    return { volume: new Dec(row.volume).toDecimalPlaces(service.scale).toString(), meter: row.meter };
  }

  private async storeParts(
    tx: Tx,
    id: string,
    flats: readonly FlatRow[],
    { flats: parts }: Distribution,
  ): Promise<void> {
    const by = new Map(parts.map((part) => [part.id, part]));
    const of = (flat: FlatRow) => by.get(String(flat.premises_id));
    await tx.query(PARTS_INSERT, [
      id,
      flats.map((flat) => flat.premises_id),
      flats.map((flat) => flat.area),
      flats.map((flat) => flat.persons),
      flats.map((flat) => (flat.has_meter ? (of(flat)?.volume.toString() ?? null) : null)),
      flats.map((flat) => (flat.has_meter ? null : (of(flat)?.volume.toString() ?? '0'))),
      flats.map((flat) => of(flat)?.part.toString() ?? '0'),
    ]);
  }
}

/** A meter without a reading and without a history stands in the act with the norm of its people. */
const meteredOf = ({ metered, norm, persons }: FlatRow): Dec =>
  metered === null ? new Dec(norm).times(persons) : new Dec(metered);

/** The second person signs: an older act of the same house, service and month is superseded. */
@Injectable()
export class SignDistribution implements ApprovalAction {
  async approved(payload: unknown, context: ApprovalContext): Promise<void> {
    const { id, houseId, serviceId, period } = signPayload.parse(payload);
    await openForHouse(context.tx, houseId, serviceId, period);
    await context.tx.query(
      `update metering.distribution set state = 'superseded' where house_id = $1 and service_id = $2 and period = $3 and state = 'signed'`,
      [houseId, serviceId, period],
    );
    const signed = await context.tx.query(
      `update metering.distribution set state = 'signed', signed_by = $2, signed_at = now() where id = $1 and state = 'draft' returning id`,
      [id, context.decidedBy],
    );
    if (signed.length === 0) throw conflict('metering.distribution.not-draft', { act: id });
  }
}
