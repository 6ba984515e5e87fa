import type { Readable } from 'node:stream';
import { Dec, DomainError, notFound } from '@komplat/kernel';
import { type Actor, audit, Database, FileStore, type Tx } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type {
  PhotoDone,
  ReadingCorrect,
  ReadingDone,
  ReadingEnter,
  ReadingHistory,
} from '../../contract/meter.schema.ts';
import { checked, enterReading, heldMeter, type NewReading, storeReading } from './reading-entry.ts';
import { seenDwelling } from './seen.ts';

const PHOTO_LIMIT = 8 * 1_048_576;
const KIND = 'meter-photo';

interface HistoryRow {
  readonly id: bigint;
  readonly meter_id: number;
  readonly period: string;
  readonly value: string;
  readonly taken_on: string;
  readonly source: string;
  readonly recorded_by: string;
  readonly recorded_at: Date;
  readonly superseded_at: Date | null;
  readonly reason: string | null;
  readonly confirmed: string | null;
  readonly photo: string | null;
  readonly used: string | null;
}
const HISTORY = `
  select r.id, r.meter_id, r.period, r.value, r.taken_on, r.source, r.recorded_by, r.recorded_at, r.superseded_at, r.reason, r.confirmed, r.photo,
    case when r.superseded_at is null then metering.used(coalesce((select b.value from metering.reading b where b.meter_id = r.meter_id
      and b.superseded_at is null and b.period < r.period order by b.period desc limit 1), m.initial_value), r.value, m.digits) end as used
  from metering.meter m cross join lateral (select * from metering.reading own where own.meter_id = m.id
    order by own.period desc, own.id desc limit 400) r
  where m.premises_id = $1 order by r.meter_id, r.period desc, r.id desc`;

/** Readings of a dwelling: taken from any source, checked by dated rules, corrected with their history. */
@Injectable()
export class Readings {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FileStore) private readonly files: FileStore,
  ) {}

  async enter(number: string, body: ReadingEnter, actor: Actor): Promise<ReadingDone> {
    const dwelling = await seenDwelling(this.database, number, actor);
    return this.database.transaction(async (tx) => {
      const given = { ...this.reading(body, actor), meterId: body.meterId, source: body.source };
      await this.photoExists(tx, given.photo);
      const made = await enterReading(tx, { ...given, accountId: dwelling.id, premisesId: dwelling.premisesId });
      await this.audited(
        tx,
        actor,
        'metering.reading.enter',
        body.meterId,
        { after: { month: made.period.slice(0, 7), value: body.value } },
        given,
      );
      return done(made.id, made.period, made.used, false);
    });
  }

  /** The wrong one stays in the history; the month keeps one that counts. */
  async correct(number: string, id: string, body: ReadingCorrect, actor: Actor): Promise<ReadingDone> {
    const dwelling = await seenDwelling(this.database, number, actor);
    return this.database.transaction(async (tx) => {
      const [old] = await tx.query<{
        meter_id: number;
        period: string;
        value: string;
        source: string;
        state: string | null;
      }>(
        `select r.meter_id, r.period, r.value, r.source, (select l.state from tariffs.pub_supply_v1 s join platform.period_lane l
             on l.provider_id = s.provider_id and l.period = r.period
           where s.account_id = $3 and s.service_id = m.service_id and s.valid && daterange(r.period, (r.period + interval '1 month')::date)
           order by lower(s.valid) desc limit 1) as state
         from metering.reading r join metering.meter m on m.id = r.meter_id
         where r.id = $1 and m.premises_id = $2 and r.superseded_at is null`,
        [id, dwelling.premisesId, dwelling.id],
      );
      if (!old) throw notFound('metering.reading.unknown', { id });
      const month = old.period.slice(0, 7);
      const isClosed = old.state !== 'open';
      if (isClosed && !body.afterClose) throw new DomainError('metering.reading.month-closed', { month });
      const given = {
        ...this.reading(body, actor),
        meterId: old.meter_id,
        source: old.source,
        accountId: dwelling.id,
        premisesId: dwelling.premisesId,
      };
      await this.photoExists(tx, given.photo);
      const meter = await heldMeter(tx, old.meter_id, dwelling.premisesId, body.takenOn);
      const used = await checked(tx, meter, given, old.period);
      const made = await storeReading(tx, given, old.period, true);
      const values = { before: { month, value: old.value }, after: { month, value: body.value } };
      await this.audited(tx, actor, 'metering.reading.correct', old.meter_id, values, given);
      return done(made, old.period, used, isClosed);
    });
  }

  /** Of all meters that the dwelling ever had, the newest first, up to 400 of each. */
  async history(number: string, actor: Actor): Promise<ReadingHistory> {
    const dwelling = await seenDwelling(this.database, number, actor);
    const rows = await this.database.query<HistoryRow>(HISTORY, [dwelling.premisesId]);
    return {
      items: rows.map((row) => ({
        id: row.id.toString(),
        meterId: row.meter_id,
        month: row.period.slice(0, 7),
        value: plain(row.value),
        takenOn: row.taken_on,
        source: row.source,
        recordedBy: row.recorded_by,
        recordedAt: row.recorded_at.toISOString(),
        supersededAt: row.superseded_at?.toISOString() ?? null,
        reason: row.reason,
        confirmed: row.confirmed,
        photo: row.photo,
        used: row.used === null ? null : plain(row.used),
      })),
    };
  }

  /** Keeps the picture of a dial; it is tied to an account by the reading that names it. */
  async keepPhoto(content: Readable): Promise<PhotoDone> {
    const stored = await this.files.put(content, KIND, 'image/jpeg', PHOTO_LIMIT);
    return { photo: stored.sha256, size: stored.size };
  }

  /** Only by a reading of this dwelling: a picture cannot be guessed by its hash. */
  async photo(number: string, readingId: string, actor: Actor): Promise<Readable> {
    const dwelling = await seenDwelling(this.database, number, actor);
    const [row] = await this.database.query<{ photo: string }>(
      `select r.photo from metering.reading r join metering.meter m on m.id = r.meter_id
       where r.id = $1 and m.premises_id = $2 and r.photo is not null`,
      [readingId, dwelling.premisesId],
    );
    if (!row) throw notFound('metering.reading.no-photo', { id: readingId });
    return this.files.open(row.photo);
  }

  private reading(
    body: ReadingEnter | ReadingCorrect,
    actor: Actor,
  ): Pick<NewReading, 'value' | 'takenOn' | 'confirm' | 'photo' | 'reason' | 'by'> {
    const { value, takenOn, confirm = [], photo = null, reason = null } = body;
    return { value, takenOn, confirm, photo, reason, by: actor.login };
  }

  private async photoExists(tx: Tx, photo: string | null): Promise<void> {
    if (photo === null) return;
    const found = await tx.query('select from platform.stored_file where sha256 = $1 and kind = $2', [photo, KIND]);
    if (found.length === 0) throw notFound('metering.photo.unknown');
  }

  private async audited(
    tx: Tx,
    actor: Actor,
    action: string,
    meterId: number,
    values: { readonly before?: unknown; readonly after: unknown },
    { reason }: { readonly reason: string | null },
  ): Promise<void> {
    await audit(tx, { actor, action, subject: `meter/${meterId}`, ...values, ...(reason ? { reason } : {}) });
  }
}

const plain = (text: string): string => new Dec(text).toString();
const done = (id: string, period: string, used: string, needsRecalculation: boolean): ReadingDone => ({
  id,
  month: period.slice(0, 7),
  used,
  needsRecalculation,
});
