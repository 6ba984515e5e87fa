import { addDays, DomainError, notFound } from '@komplat/kernel';
import { type Actor, audit, Database, type Tx, uuid7 } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { HoldApi, HoldOrder, StandingHold } from '../../contract/analysis.api.ts';
import type { HoldItem, NewHold } from '../../contract/analysis-dunning.schema.ts';
import { Debtors } from './debtors.service.ts';
import { type DebtReader, onlyProviders, Params, scoped } from './scope.ts';

type HoldTx = Parameters<HoldApi['putHold']>[0];
interface HoldRow extends Omit<HoldItem, 'recordedAt'> {
  readonly recordedAt: Date;
}
const PERSON = 'person';

/** $1 account, $2 today: newest first. */
const OF_ACCOUNT = `select h.id, p.code as provider, h.kind, to_char(lower(h.period), 'YYYY-MM-DD') as "from",
    to_char(upper(h.period) - 1, 'YYYY-MM-DD') as until, h.period @> $2::date as active, h.reason, h.document, h.recorded_by as "recordedBy",
    h.recorded_at as "recordedAt", h.ended_by as "endedBy"
  from debt.hold h left join tariffs.pub_provider_v1 p on p.id = h.provider_id
  where h.account_id = $1 and ($3::text[] is null or p.code is null or p.code = any($3)) order by lower(h.period) desc, h.id desc`;

/** Why an account is left alone for a time. A hold ends by itself; a person may end it earlier, and the row stays. */
@Injectable()
export class Holds implements HoldApi {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Debtors) private readonly debtors: Debtors,
  ) {}

  /** The id of an account in the reader's scope. Refuses 404 `debt.account.unknown`. */
  async account(number: string, reader: DebtReader): Promise<number> {
    const params = new Params();
    const { items, accounts } = scoped(reader, params);
    const at = params.add(number, 'text');
    const supplied = items && `exists (select from tariffs.pub_supply_v1 i where i.account_id = a.account_id and ${items})`;
    const [row] = await this.database.query<{ id: number }>(
      `select a.account_id as id from registry.pub_account_v1 a where a.number = ${at} and ${accounts ?? supplied ?? 'true'}`,
      params.values,
    );
    if (!row) throw notFound('debt.account.unknown', { number });
    return row.id;
  }

  async ofAccount(accountId: number, today: string, reader: DebtReader): Promise<HoldItem[]> {
    const rows = await this.database.query<HoldRow>(OF_ACCOUNT, [accountId, today, onlyProviders(reader)]);
    return rows.map((row) => ({ ...row, recordedAt: row.recordedAt.toISOString() }));
  }

  /** Refuses `debt.hold.ended-before`, `debt.provider.unknown`. */
  async put(hold: NewHold, actor: Actor): Promise<{ id: string }> {
    const accountId = await this.account(hold.account, actor);
    const today = await this.debtors.today();
    if (hold.until < today) throw new DomainError('debt.hold.ended-before', { until: hold.until, path: 'body.until' });
    const providerId = await this.creditor(hold.provider, actor);
    return this.database.transaction(async (tx) => {
      const id = await this.putHold(tx, {
        ...hold, source: PERSON, accountId, providerId, by: actor.login, ...(hold.document ? { document: hold.document } : {}),
      });
      const after = { kind: hold.kind, from: hold.from, until: hold.until, provider: hold.provider ?? null };
      await audit(tx, { actor, action: 'debt.hold.put', subject: `account/${hold.account}`, after, reason: hold.reason });
      return { id };
    });
  }

  /** A hold that a person wrote stands no more; one that begins today keeps this day. Refuses `debt.hold.of-process`, `debt.hold.unknown`. */
  async end(id: string, reason: string, actor: Actor): Promise<void> {
    const today = await this.debtors.today();
    await this.database.transaction(async (tx) => {
      const [row] = await tx.query<{ number: string; source: string; active: boolean }>(
        `select a.number, h.source, h.ended_at is null and (upper_inf(h.period) or upper(h.period) > $2::date) as active
         from debt.hold h join registry.pub_account_v1 a on a.account_id = h.account_id where h.id = $1 for update of h`,
        [id, today],
      );
      if (!row) throw notFound('debt.hold.unknown', { id });
      await this.account(row.number, actor);
      if (row.source !== PERSON) throw new DomainError('debt.hold.of-process', { source: row.source });
      if (!row.active) throw new DomainError('debt.hold.ended', {}, 409);
      await endRows(tx, 'id = $5', { lastDay: addDays(today, -1), reason, by: actor.login }, id);
      await audit(tx, { actor, action: 'debt.hold.end', subject: `account/${row.number}`, reason });
    });
  }

  async putHold(tx: HoldTx, order: HoldOrder): Promise<string> {
    if (order.until !== null && order.until < order.from) throw new DomainError('debt.hold.days-reversed', { path: 'until' });
    const values = [
      uuid7(), order.accountId, order.providerId, order.kind, order.from, order.until, order.reason, order.document ?? null, order.source, order.by,
    ];
    const again = order.source === PERSON ? '' : `on conflict (source, account_id, coalesce(provider_id, 0::smallint), kind)
      where source <> 'person' and ended_at is null do update set period = excluded.period, reason = excluded.reason, document = excluded.document`;
    const [row] = await tx.query<{ id: string }>(
      `insert into debt.hold (id, account_id, provider_id, kind, period, reason, document, source, recorded_by)
       values ($1, $2, $3, $4, daterange($5::date, $6::date, '[]'), $7, $8, $9, $10) ${again} returning id`,
      values,
    );
    return row?.id ?? '';
  }

  async endHolds(tx: HoldTx, end: { source: string; lastDay: string; reason: string; by: string }): Promise<number> {
    return endRows(tx, 'source = $5 and ended_at is null', end, end.source);
  }

  async standingHolds(accountIds: readonly number[], on: string): Promise<readonly StandingHold[]> {
    return this.database.query<StandingHold>(
      `select hold_id as "holdId", account_id as "accountId", provider_id as "providerId", kind from debt.pub_hold_v1
       where account_id = any($1::int[]) and period @> $2::date order by account_id, hold_id`,
      [accountIds, on],
    );
  }

  /** The creditor that a person names; null = all of them. Refuses `debt.provider.unknown`, `debt.hold.own-provider`. */
  async creditor(code: string | undefined, reader: DebtReader): Promise<number | null> {
    const only = onlyProviders(reader);
    if (code === undefined && only) throw new DomainError('debt.hold.own-provider', { path: 'body.provider' });
    if (code === undefined) return null;
    const [row] = await this.database.query<{ id: number }>(
      'select id::int as id from tariffs.pub_provider_v1 where code = $1 and ($2::text[] is null or code = any($2))',
      [code, only],
    );
    if (!row) throw new DomainError('debt.provider.unknown', { code, path: 'body.provider' });
    return row.id;
  }
}

/** A hold keeps its first day; one that ends before it began keeps that day alone. */
async function endRows(tx: HoldTx | Tx, where: string, end: { lastDay: string; reason: string; by: string }, value: string): Promise<number> {
  const rows = await tx.query(
    `update debt.hold set period = daterange(lower(period), greatest(lower(period) + 1, least(upper(period), $1::date + 1))),
       ended_by = $2, ended_reason = $3, ended_at = $4 where ${where} returning id`,
    [end.lastDay, end.by, end.reason, new Date(), value],
  );
  return rows.length;
}
