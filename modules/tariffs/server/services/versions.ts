import { conflict, Dec, DomainError, notFound } from '@komplat/kernel';
import type { ApprovalAction, ApprovalContext } from '@komplat/plugin-api';
import { differenceOf, moneyPreviewOf, type Refs } from '@komplat/registry/contract';
import { type Actor, Approvals, Database, type ListDef, readList, type Tx } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { TARIFFS_PERMISSIONS as P } from '../../contract/permissions.ts';
import {
  type ValuesQuery, type ValueVersion, type ValueVersions, type VersionAsked, VersionChange, type VersionLook,
} from '../../contract/version.schema.ts';
import { endVersion, insertVersion } from './version-books.ts';

export const CHANGE_VERSION = 'tariffs.change-version';
const [SAMPLE, COMPUTED] = [20, 100];
const payloadOf = VersionChange.omit({ reason: true });
type Change = Omit<VersionChange, 'reason'>;

const VERSIONS: ListDef = {
  sql: `
    select d.book || d.id as id, d.book, d.key, s.code as service, s.name as "serviceName", p.short_name as provider, d.name, d.purpose, d.tier,
      d.value, d.unit, lower(d.valid)::text as "from", (upper(d.valid) - 1)::text as "to", d.act, d.mark, d.valid @> platform.today() as current,
      not exists (select from tariffs.dated_value n where n.key = d.key and lower(n.valid) > lower(d.valid)) as last,
      exists (select from platform.approval a where a.action = '${CHANGE_VERSION}' and a.subject = d.key and a.state = 'waiting') as waiting,
      concat_ws(' ', lpad(coalesce(s.pay_order, 0)::text, 3, '0'), p.short_name, d.name, lpad(coalesce(d.tier, 0)::text, 2, '0'), lower(d.valid)) as place
    from tariffs.dated_value d left join tariffs.service s on s.id = d.service_id left join tariffs.provider p on p.id = d.provider_id
    where d.book = $1 and ($2 = 'all' or upper_inf(d.valid) or upper(d.valid) > platform.today() or d.book = 'parameters')
      and ($3::text is null or s.code = $3)
      and ($4::text is null or concat_ws(' ', s.name, p.name, p.short_name, d.name, d.act) ilike '%' || $4 || '%')`,
  id: { column: 'id', type: 'text' },
  sorts: { place: { column: 'place', type: 'text' }, from: { column: '"from"', type: 'text' } },
  first: 'place',
};

interface Known {
  readonly id: number;
  readonly from: string;
  readonly to: string | null;
  readonly value: string;
  readonly service_id: number | null;
  readonly provider_id: number | null;
  readonly name: string;
}
const KNOWN = `
  select id, lower(valid)::text as "from", (upper(valid) - 1)::text as "to", value, service_id, provider_id, name from tariffs.dated_value
  where book = $1 and key = $2 order by lower(valid)`;
/** Open accounts that are charged by a tariff or a norm from the day on: the same columns that the calculation joins by. */
const TOUCHED = `
  from registry.pub_account_v1 a where a.closed_on is null and exists (
    select from tariffs.supply s where s.account_id = a.account_id and upper_inf(s.known) and s.service_id = $1
      and s.valid && daterange($4::date, null)
      and case when $2::smallint is null then s.method = 'norm' and s.equipment = $3 else s.provider_id = $2 and s.variant = $3 end)`;

/** Tariffs, norms and parameters as versions with days and decisions: shown, tried, and changed by two people. */
@Injectable()
export class Versions {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ModuleRef) private readonly refs: Refs,
  ) {}

  async list({ book, show, service, q, ...ask }: ValuesQuery): Promise<ValueVersions> {
    const { rows, ...rest } = await readList<ValueVersion>(this.database, VERSIONS, [book, show, service ?? null, q ?? null], ask);
    return { items: [...rows], ...rest };
  }

  /** Whom it touches and what it does to money: the change is made and rolled back. */
  async look(change: VersionChange, actor: Actor): Promise<VersionLook> {
    return this.database.dryRun(async (tx) => {
      const { like, replaced } = await check(tx, change);
      const range = [like.service_id, like.provider_id, like.name, change.from];
      const counted = change.book !== 'parameters';
      const ids = counted ? await tx.query<{ id: number }>(`select a.account_id as id ${TOUCHED} order by 1`, range) : [];
      const sample = await tx.query<{ number: string; address: string }>(
        `select a.number, d.address from registry.pub_account_v1 a join registry.pub_address_v1 d on d.premises_id = a.premises_id
         where a.account_id = any($1::int[]) order by a.number`,
        [ids.slice(0, SAMPLE).map(({ id }) => id)],
      );
      const { from = '', to = null, value = '' } = replaced ?? {};
      return {
        replaces: replaced ? { from, to, value } : null,
        accounts: counted ? ids.length : null,
        sample,
        money: await this.money(tx, change, ids.slice(0, COMPUTED).map(({ id }) => id), actor),
      };
    });
  }

  /** Asks for the second person; nothing changes before. */
  async propose(change: VersionChange, actor: Actor): Promise<VersionAsked> {
    const { reason, ...payload } = change;
    const approvalId = await this.database.transaction(async (tx) => {
      const { like } = await check(tx, change);
      return Approvals.request(tx, {
        module: 'tariffs',
        action: CHANGE_VERSION,
        subject: change.key,
        permission: P.approve.id,
        payload,
        messageKey: 'tariffs.approval.version-of',
        messageParams: { key: change.key, was: like.value, value: change.value ?? '', from: change.from, decision: change.decisionNumber },
        reason,
        actor,
      });
    });
    return { approvalId };
  }

  private async money(tx: Tx, change: VersionChange, accountIds: number[], actor: Actor): Promise<VersionLook['money']> {
    const preview = moneyPreviewOf(this.refs);
    const [now] = await tx.query<{ month: string; first: string }>(
      `select to_char(d, 'YYYY-MM') as month, d::text as first from (select date_trunc('month', platform.today())::date as d) t`,
    );
    const nothing = { available: false, over: 0, asIf: null, effects: [], difference: '0.00' };
    if (!preview || !now || accountIds.length === 0) return nothing;
    const isLater = change.from.slice(0, 7) > now.month;
    const tried = isLater ? { ...change, from: now.first, to: null } : change;
    const fits = await check(tx, tried).catch(() => undefined);
    if (!fits) return nothing;
    await apply(tx, tried, actor.login, null);
    const effects = await preview.preview(tx, { accountIds, from: tried.from, until: now.month });
    return { available: true, over: accountIds.length, asIf: isLater ? now.month : null, effects: [...effects], difference: differenceOf(effects) };
  }
}

/**
 * The last version, and the one that the change ends. Refused: a thing that does not exist, days in the wrong order, days that another
 * version has, a norm of zero, a decision of the future, and a version that changes nothing.
 */
async function check(tx: Pick<Tx, 'query'>, change: Change): Promise<{ like: Known; replaced: Known | undefined }> {
  const { book, key, from, to, value } = change;
  const versions = await tx.query<Known>(KNOWN, [book, key]);
  const like = versions.at(-1);
  if (!like) throw notFound('tariffs.version.unknown', { key });
  if (to !== null && to < from) throw new DomainError('tariffs.version.days', { from, to });
  checkValue(change, like);
  const clashing = versions.filter((version) => (to === null || version.from <= to) && (version.to === null || version.to >= from));
  const [first, second] = clashing;
  const isEnded = first !== undefined && second === undefined && first.from < from && to === null && first.to === null;
  if (first && !isEnded) throw conflict('tariffs.version.overlap', { key, from: first.from, to: first.to ?? '…' });
  if (first && value !== undefined && new Dec(value).eq(first.value)) throw new DomainError('tariffs.version.same', { value });
  const [day] = await tx.query<{ today: string }>('select platform.today()::text as today');
  if (day && change.decisionDate > day.today) throw new DomainError('tariffs.version.decided-ahead', { day: change.decisionDate });
  return { like, replaced: first };
}

function checkValue({ value, key, to, book }: Change, like: Known): void {
  const daysOnly = book === 'parameters' && like.value === '';
  if (daysOnly && to === null) throw new DomainError('tariffs.version.needs-last-day', { key });
  if (daysOnly !== (value === undefined)) throw new DomainError(daysOnly ? 'tariffs.version.days-only' : 'tariffs.version.needs-value', { key });
  if (book === 'norms' && value !== undefined && new Dec(value).isZero()) throw new DomainError('tariffs.version.norm-zero', { key });
}

/** The old version ends the day before, the new one begins. */
async function apply(tx: Pick<Tx, 'query'>, change: Change, by: string, approvalId: string | null): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtext('tariffs.versions'))`);
  const { like, replaced } = await check(tx, change);
  if (replaced) await endVersion(tx, change.book, replaced.id, change.from);
  await insertVersion(tx, { likeId: like.id, change, by, approvalId });
}

/** What two people agreed on comes into the book. */
@Injectable()
export class ChangeVersion implements ApprovalAction {
  async approved(payload: unknown, { tx, requestedBy, approvalId }: ApprovalContext): Promise<void> {
    await apply(tx, payloadOf.parse(payload), requestedBy, approvalId);
  }
}
