import { conflict, DomainError, Money, notFound, Period } from '@komplat/kernel';
import { type Actor, audit, type Cell, copyRows, Database, FileStore, publish, sha256, type Tx, uuid7, withoutTimeLimit } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { AwardCancel, AwardFileView, AwardPost, AwardReturn, AwardUploaded, AwardUploadQuery } from '../../contract/award.schema.ts';
import { awardsPosted, entitlementChanged } from '../../contract/events.ts';
import { type AwardLayout, monthOfName } from '../../domain/index.ts';
import { type AwardLine, layoutOf, readAwardFile } from './award-reader.ts';
import { COUNT_ROWS, KNOWN_SERVICES, POST_ROWS, RULES, STAGE, TAKE_PARTS, TAKE_ROWS } from './award-sql.ts';
import { AwardViews } from './award-views.ts';
import { Holdings } from './holdings.service.ts';

export const AWARD_FILE_LIMIT = 64 * 1_048_576;
interface FileRow {
  readonly id: string;
  readonly state: AwardFileView['state'];
  readonly version: number;
  readonly rejected: number;
  readonly month: string;
  readonly rows: number;
}
interface NewFile {
  readonly layout: AwardLayout;
  readonly hash: string;
  readonly size: number;
  readonly month: Period;
}

/** Files of social protection: taken once, checked whole, posted whole, and their returns. */
@Injectable()
export class Awards {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FileStore) private readonly files: FileStore,
    @Inject(Holdings) private readonly holdings: Holdings,
    @Inject(AwardViews) private readonly views: AwardViews,
  ) {}

  /** Reads and checks a file; the same bytes are one file. A refused file is remembered by its reason and leaves no rows. */
  async upload(bytes: Buffer, query: AwardUploadQuery, actor: Actor): Promise<AwardUploaded> {
    const month = Period.parse(query.month);
    const layout = layoutOf(bytes, query.layout);
    const hash = sha256(bytes);
    const [earlier] = await this.database.query<{ id: string }>(
      `select id from benefits.award_file where layout = $1 and file_hash = $2 and state in ('staged', 'posted')`,
      [layout, hash],
    );
    if (earlier) return { ...(await this.views.file(earlier.id)), repeated: true };
    await this.files.put(bytes, 'award-file', 'application/x-dbf', AWARD_FILE_LIMIT);
    const lines = await readAwardFile(bytes, layout, month);
    const id = uuid7();
    await this.database.transaction(async (tx) => {
      await withoutTimeLimit(tx);
      const refusal = refusalOf(query.name, month, lines);
      await this.enter(tx, { id, query, actor, refusal, file: { layout, hash, size: bytes.length, month } });
      if (!refusal) await this.stage(tx, id, lines);
    });
    return { ...(await this.views.file(id)), repeated: false };
  }

  private async enter(
    tx: Tx,
    { id, query, actor, refusal, file }: { id: string; query: AwardUploadQuery; actor: Actor; refusal: DomainError | undefined; file: NewFile },
  ): Promise<void> {
    const regime = query.regime ?? (await this.regimeOf(tx, file.month));
    await tx.query(
      `insert into benefits.award_file (id, layout, file_name, file_hash, size, month, regime, state, refusal_code, refusal_params, uploaded_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        id, file.layout, query.name, file.hash, file.size, file.month.firstDay, regime, refusal ? 'refused' : 'staged', refusal?.code ?? null,
        refusal ? JSON.stringify(refusal.params) : null, actor.login,
      ],
    );
    const after = { hash: file.hash, layout: file.layout, month: query.month, ...(refusal ? { refused: refusal.code } : {}) };
    await audit(tx, { actor, action: 'benefits.award.upload', subject: `award-file/${id}`, after });
  }

  private async regimeOf(tx: Tx, month: Period): Promise<string> {
    const [row] = await tx.query<{ regime: string }>(
      `select regime from benefits.regime where kind = 'subsidy' and valid @> $1::date`,
      [month.firstDay],
    );
    if (!row) throw new DomainError('benefits.parameter.missing', { parameter: 'regime', year: String(month.year) });
    return row.regime;
  }

  private async stage(tx: Tx, id: string, lines: readonly AwardLine[]): Promise<void> {
    await tx.query(STAGE);
    await copyRows(tx, 'pg_temp.award_in', rowCells(lines));
    await copyRows(tx, 'pg_temp.part_in', partCells(lines));
    await tx.query(KNOWN_SERVICES);
    await tx.query(TAKE_ROWS, [id]);
    await tx.query(TAKE_PARTS, [id]);
    for (const rule of RULES) await tx.query(rule, [id]);
    await tx.query(COUNT_ROWS, [id]);
  }

  /** All rows that are ready, in one transaction, or none: what has changed since the check stops it. */
  async post(id: string, { version, withoutRejected, reason }: AwardPost, actor: Actor): Promise<AwardFileView> {
    await this.database.transaction(async (tx) => {
      await withoutTimeLimit(tx);
      const file = await this.locked(tx, id, version);
      if (file.rejected > 0 && !withoutRejected) throw conflict('benefits.award.has-rejected', { rejected: file.rejected, rows: file.rows });
      if (file.rejected === file.rows) throw conflict('benefits.award.nothing-ready', {});
      for (const rule of RULES) await tx.query(rule, [id]);
      const [counted] = await tx.query<{ rejected: number }>(COUNT_ROWS, [id]);
      if (counted?.rejected !== file.rejected) throw conflict('benefits.award.changed', { rejected: counted?.rejected ?? 0 });
      await tx.query(POST_ROWS, [id, actor.login, reason]);
      await this.decide(tx, id, 'posted', reason, actor);
      const [touched] = await tx.query<{ accounts: number[] }>(
        `select array_agg(distinct account_id) as accounts from benefits.award where file_id = $1`,
        [id],
      );
      const accountIds = touched?.accounts ?? [];
      await tx.query('select benefits.refresh_entitlement($1)', [accountIds]);
      await publish(tx, awardsPosted, `award-file/${id}`, { fileId: id, month: file.month.slice(0, 7), rows: file.rows - file.rejected });
    });
    return this.views.file(id);
  }

  async cancel(id: string, { version, reason }: AwardCancel, actor: Actor): Promise<AwardFileView> {
    await this.database.transaction(async (tx) => {
      await this.locked(tx, id, version);
      await this.decide(tx, id, 'cancelled', reason, actor);
    });
    return this.views.file(id);
  }

  /** Money of a month goes back to social protection: never more than was awarded. */
  async giveBack(number: string, body: AwardReturn, actor: Actor): Promise<void> {
    const [amount, month] = [Money.parse(body.amount), Period.parse(body.month)];
    if (amount.kop <= 0n) throw new DomainError('benefits.return.amount', {});
    await this.database.transaction(async (tx) => {
      const account = await this.holdings.account(tx, number, actor);
      await tx.query('select pg_advisory_xact_lock(hashtext($1))', [`benefits.award/${account.id}`]);
      const [held] = await tx.query<{ service: number; kop: bigint; regime: string | null }>(
        `select s.id as service, coalesce(sum(a.amount_kop), 0)::bigint as kop, max(a.regime) as regime from tariffs.pub_service_v1 s
         left join benefits.pub_award_v1 a on a.service_id = s.id and a.account_id = $1 and a.period = $3
         where s.code = $2 group by s.id`,
        [account.id, body.service, month.firstDay],
      );
      if (!held) throw new DomainError('benefits.service.unknown', { service: body.service });
      if (held.regime === null || held.kop < amount.kop) {
        const params = { service: body.service, month: body.month, awarded: Money.ofKop(held.kop).toString(), asked: amount.toString() };
        throw new DomainError('benefits.return.above-award', params);
      }
      await tx.query(
        `insert into benefits.award (account_id, service_id, months, amount_kop, kind, regime, document, reason, recorded_by)
         values ($1, $2, daterange($3::date, ($3::date + interval '1 month')::date), $4, 'return', $5, $6, $7, $8)`,
        [account.id, held.service, month.firstDay, -amount.kop, held.regime, body.document, body.reason, actor.login],
      );
      await tx.query('select benefits.refresh_entitlement(array[$1::int])', [account.id]);
      const after = { service: body.service, month: body.month, amount: amount.toString(), document: body.document };
      await audit(tx, { actor, action: 'benefits.award.return', subject: `account/${number}`, after, reason: body.reason });
      await publish(tx, entitlementChanged, `account/${account.id}`, { accountIds: [account.id], cause: 'award' });
    });
  }

  private async locked(tx: Tx, id: string, version: number): Promise<FileRow> {
    const [file] = await tx.query<FileRow>(
      `select id, state, version, rejected, rows, month::text as month from benefits.award_file where id = $1 for update`,
      [id],
    );
    if (!file) throw notFound('benefits.award.unknown', {});
    if (file.state !== 'staged') throw conflict('benefits.award.state', { state: file.state });
    if (file.version !== version) throw conflict('benefits.award.version', { version: file.version });
    return file;
  }

  private async decide(tx: Tx, id: string, state: 'posted' | 'cancelled', reason: string, actor: Actor): Promise<void> {
    await tx.query(
      `update benefits.award_file set state = $2, decided_by = $3, decided_at = now(), reason = $4, version = version + 1 where id = $1`,
      [id, state, actor.login, reason],
    );
    await audit(tx, { actor, action: `benefits.award.${state}`, subject: `award-file/${id}`, reason });
  }
}

/** The file as a whole is not of this month, or has nothing to say. */
function refusalOf(name: string, month: Period, lines: readonly AwardLine[]): DomainError | undefined {
  const named = monthOfName(name);
  if (named && !named.equals(month)) {
    return new DomainError('benefits.award.other-month', { month: month.toString(), found: named.toString() });
  }
  if (lines.length === 0) return new DomainError('benefits.award.empty', {});
  const other = lines.map(({ item }) => (!item.ok && item.broken.code === 'benefits.row.other-month' ? item.broken.params['found'] : undefined));
  if (other.every((found) => found !== undefined)) {
    return new DomainError('benefits.award.other-month', { month: month.toString(), found: other[0] ?? '' });
  }
  return undefined;
}

function* rowCells(lines: readonly AwardLine[]): Generator<readonly Cell[]> {
  for (const { line, record, item } of lines) {
    const raw = JSON.stringify(record).replaceAll('\\u0000', ' ');
    yield item.ok
      ? [line, item.row.account, item.row.caseNumber, item.row.holder, item.row.first.firstDay, item.row.months, raw, null, null]
      : [line, item.broken.account, null, null, null, null, raw, item.broken.code, JSON.stringify(item.broken.params)];
  }
}

function* partCells(lines: readonly AwardLine[]): Generator<readonly Cell[]> {
  for (const { line, item } of lines) {
    if (item.ok) for (const { service, kop } of item.row.parts) yield [line, service, kop];
  }
}
