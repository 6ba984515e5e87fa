import { DEBT_API, type DebtApi } from '@komplat/debt/contract';
import { conflict, DomainError, Money, notFound } from '@komplat/kernel';
import { type Actor, Approvals, audit, Database, publish, type Tx, uuid7 } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type { ClaimAcceptance, ClaimExclusion, ClaimOrder, ClaimPreview, NewClaimRun } from '../../contract/claim.schema.ts';
import { claimRunOrdered } from '../../contract/claim-events.ts';
import { LEGAL_PERMISSIONS as P } from '../../contract/permissions.ts';
import { seenProviders } from '../cases/case-scope.ts';
import { PACKS, type Packs } from '../services/ports.ts';
import { ClaimChecker } from './claim-checker.ts';
import { slicingOf } from './claim-planner.ts';
import { ClaimRules, missingIndices } from './claim-rules.ts';
import { type ClaimReader, type ClaimRunRow, kopText, runOf, writeClaimProgress } from './claim-run.ts';
import { seenRun } from './claim-scope.ts';
import { LIVE, RECHECKED } from './change-sql.ts';
import { PREVIEW, PREVIEW_NOTHING } from './plan-sql.ts';
import { itemParams, ITEMS } from './view-sql.ts';

export const APPROVE_CLAIMS = 'legal.approve-claims';
interface Chosen {
  readonly accounts: readonly number[];
  readonly providers: readonly number[] | null;
}
interface PreviewRow {
  readonly provider: string;
  readonly providerName: string;
  readonly orders: number;
  readonly claims: number;
  readonly principal: bigint;
  readonly months: number;
  readonly left_kop: bigint;
  readonly expiring: bigint;
}

/** What people order of a run. The work itself is done by its process. */
@Injectable()
export class ClaimDesk {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DEBT_API) private readonly debt: DebtApi,
    @Inject(ClaimRules) private readonly rules: ClaimRules,
    @Inject(ClaimChecker) private readonly checker: ClaimChecker,
    @Inject(PACKS) private readonly packs: Packs,
  ) {}

  /** Nothing is written. Refuses `legal.claim.account-unknown`, `.provider-unknown`, `.too-many`, `legal.court.unknown`. */
  async preview(order: ClaimOrder, actor: Actor): Promise<ClaimPreview> {
    const day = await this.rules.today();
    const { accounts, providers } = await this.chosen(order, actor, day);
    const { parameters } = order;
    const params = [accounts, ...slicingOf(day, { parameters, provider_ids: providers }), Money.parse(parameters.least).kop];
    const warning = (await this.rules.on(day)).count('limitation-warning-days');
    return this.database.transaction(async (tx) => {
      const [near] = await tx.query<{ day: string }>('select $1::date + $2::int as day', [day, warning]);
      const rows = await tx.query<PreviewRow>(PREVIEW, [...params, near?.day]);
      const [nothing] = await tx.query<{ count: number }>(PREVIEW_NOTHING, params);
      return {
        asOf: day,
        accounts: accounts.length,
        nothing: nothing?.count ?? 0,
        missingIndices: await missingIndices(tx, day),
        rows: rows.map(({ left_kop: left, principal, expiring, ...row }) => ({
          ...row, principal: kopText(principal), left: kopText(left), expiring: kopText(expiring),
        })),
      };
    });
  }

  async create(order: NewClaimRun, actor: Actor): Promise<{ id: string }> {
    const day = await this.rules.today();
    const { accounts, providers } = await this.chosen(order, actor, day);
    if (accounts.length === 0) throw new DomainError('legal.claim.nobody', { path: 'body.selection' });
    const id = uuid7();
    await this.database.transaction(async (tx) => {
      await tx.query(`select pg_advisory_xact_lock(hashtextextended('legal.claim-run', 0))`);
      await tx.query(
        `insert into legal.claim_run (id, ordinal, number, title, parameters, selection, provider_ids, as_of, state, reason, created_by)
         select $1, n.next, 'П-' || to_char($6::date, 'YYYY') || '-' || lpad(n.next::text, 4, '0'), $2, $3, $4, $5, $6, 'planning', $7, $8
         from (select coalesce(max(ordinal), 0) + 1 as next from legal.claim_run) n`,
        [id, order.title, JSON.stringify(order.parameters), JSON.stringify(order.selection), providers, day, order.reason, actor.login],
      );
      await tx.query('insert into legal.claim_run_account (run_id, account_id) select $1, unnest($2::int[])', [id, accounts]);
      const run = await runOf(tx, id);
      await writeClaimProgress(tx, run, { phase: 'plan', state: 'running', message: 'legal.claim.message.planning' });
      await this.noted(tx, run, 'create', actor, order.reason, { accounts: accounts.length });
    });
    return { id };
  }

  /** Items leave the run; their packs are withdrawn. */
  exclude(runId: string, { reason, ...which }: ClaimExclusion, actor: Actor): Promise<number> {
    return this.change(runId, 'exclude', reason, actor, async (tx) => {
      const items = await namedItems(tx, runId, which);
      const rows = await tx.query<{ id: string; pack_id: string | null }>(
        `select id, pack_id from legal.claim_item where run_id = $1 and id = any($2::uuid[]) and outcome in ${LIVE.replace(')', `, 'failed', 'stale')`)} for update`,
        [runId, items],
      );
      for (const { pack_id: pack } of rows) if (pack !== null) await this.packs.withdraw(tx, pack, reason, actor.login);
      await tx.query(
        `update legal.claim_item set outcome = 'excluded', reason_code = 'excluded', reason_params = $2, pack_id = null, approval_id = null,
           changed_by = $3, changed_at = now() where id = any($1::uuid[])`,
        [rows.map(({ id }) => id), JSON.stringify({ reason }), actor.login],
      );
      return rows.length;
    });
  }

  /** Excluded items come back and are prepared anew. */
  restore(runId: string, { reason, ...which }: ClaimExclusion, actor: Actor): Promise<number> {
    return this.change(runId, 'restore', reason, actor, async (tx) => {
      const items = await namedItems(tx, runId, which);
      const rows = await tx.query(
        `update legal.claim_item set outcome = 'stale', reason_code = 'restored', reason_params = null, changed_by = $3, changed_at = now()
         where run_id = $1 and id = any($2::uuid[]) and outcome = 'excluded' and kind <> 'none' returning id`,
        [runId, items, actor.login],
      );
      return rows.length;
    });
  }

  /** Looks at everything that is not filed with the data of today; what changed is prepared anew. */
  recheck(runId: string, reason: string, actor: Actor): Promise<number> {
    return this.change(runId, 'recheck', reason, actor, async (tx, run) => (await this.stale(tx, run, actor)).length);
  }

  private async stale(tx: Tx, run: ClaimRunRow, actor: Actor): Promise<readonly { id: string }[]> {
    const day = await this.rules.today();
    const ready = await tx.query<{ id: string }>(
      `select id from legal.claim_item where run_id = $1 and outcome in ('frozen', 'packed', 'submitted', 'approved', 'signed') for update`,
      [run.id],
    );
    if (ready.length > 0) await this.checker.look(tx, ready.map(({ id }) => id), { run, day, rules: await this.rules.on(day) });
    return tx.query<{ id: string }>(RECHECKED, [run.id, actor.login]);
  }

  /** A lawyer takes a finding upon themselves. Refuses `legal.claim.finding-unknown`, `legal.claim.not-acceptable`. */
  async accept(itemId: string, { code, subject, reason }: ClaimAcceptance, actor: Actor): Promise<void> {
    const [item] = await this.database.query<{ run_id: string }>('select run_id from legal.claim_item where id = $1', [itemId]);
    if (!item) throw notFound('legal.claim.item-unknown', { id: itemId });
    await this.change(item.run_id, 'accept', reason, actor, async (tx) => {
      const [finding] = await tx.query<{ level: string }>(
        'select level from legal.claim_finding where item_id = $1 and code = $2 and subject = $3 for update',
        [itemId, code, subject],
      );
      if (!finding) throw notFound('legal.claim.finding-unknown', { finding: code });
      if (finding.level !== 'lawyer') throw conflict('legal.claim.not-acceptable', { finding: code });
      await tx.query(
        `update legal.claim_finding set accepted_by = $4, accepted_reason = $5, accepted_at = now() where item_id = $1 and code = $2 and subject = $3`,
        [itemId, code, subject, actor.login, reason],
      );
      await tx.query(
        `update legal.claim_item set outcome = 'planned', reason_code = null, reason_params = null, changed_by = $2, changed_at = now()
         where id = $1 and outcome = 'blocked'`,
        [itemId, actor.login],
      );
      return 1;
    });
  }

  /** Everything that is packed goes to a manager. Refuses `legal.claim.nothing-packed`, `legal.claim.changed-meanwhile`. */
  submit(runId: string, reason: string, actor: Actor): Promise<number> {
    return this.change(runId, 'submit', reason, actor, async (tx, run) => {
      const changed = await this.stale(tx, run, actor);
      const packed = await tx.query<{ id: string; sha256: string; kop: bigint }>(
        `select id, snapshot_sha256 as sha256, (principal_kop + inflation_kop + interest_kop + penalty_kop)::bigint as kop
         from legal.claim_item where run_id = $1 and outcome = 'packed' order by ordinal for update`,
        [runId],
      );
      if (packed.length === 0) throw conflict('legal.claim.nothing-packed', { changed: changed.length });
      const approvalId = await Approvals.request(tx, {
        module: 'legal',
        action: APPROVE_CLAIMS,
        subject: `claim-run/${run.number}`,
        permission: P.claimApprove.id,
        payload: { runId, page: `/legal/claims/${runId}`, items: packed.map(({ id, sha256 }) => ({ id, sha256 })) },
        messageKey: 'legal.approval.claims.text',
        messageParams: { run: run.number, count: packed.length, sum: kopText(packed.reduce((sum, { kop }) => sum + kop, 0n)) },
        reason,
        actor,
      });
      await tx.query(
        `update legal.claim_item set outcome = 'submitted', approval_id = $2, changed_by = $3, changed_at = now() where id = any($1::uuid[])`,
        [packed.map(({ id }) => id), approvalId, actor.login],
      );
      return packed.length;
    });
  }

  private async change(
    runId: string, act: string, reason: string, actor: Actor, work: (tx: Tx, run: ClaimRunRow) => Promise<number>,
  ): Promise<number> {
    return this.database.transaction(async (tx) => {
      const run = await seenRun(tx, runId, actor, 'for update');
      if (run.state === 'stopped') throw conflict('legal.claim.run-stopped', { run: run.number });
      const changed = await work(tx, run);
      await tx.query(`update legal.claim_run set version = version + 1, state = case state when 'planning' then state else 'preparing' end where id = $1`, [runId]);
      await this.noted(tx, run, act, actor, reason, { items: changed });
      return changed;
    });
  }

  private async noted(tx: Tx, run: ClaimRunRow, act: string, actor: Actor, reason: string, after: object): Promise<void> {
    await audit(tx, { actor, action: `legal.claim.${act}`, subject: `claim-run/${run.number}`, after, reason });
    await publish(tx, claimRunOrdered, `claim-run/${run.id}`, { runId: run.id, startedBy: actor.login });
  }

  private async chosen({ selection, parameters }: ClaimOrder, actor: Actor, day: string): Promise<Chosen> {
    await this.knownCourt(parameters.court, day);
    const most = (await this.rules.on(day)).count('most-accounts');
    const accounts = selection.accounts
      ? await this.byNumber(selection.accounts, actor)
      : await this.debt.debtorAccounts(selection.filter ?? {}, actor, most + 1);
    if (accounts.length > most) throw new DomainError('legal.claim.too-many', { most, path: 'body.selection' });
    const asked = parameters.providers ?? (selection.filter?.provider ? [selection.filter.provider] : null);
    return { accounts, providers: await this.providers(asked, actor) };
  }

  private async knownCourt(code: string | undefined, day: string): Promise<void> {
    if (code === undefined) return;
    const [court] = await this.database.query('select 1 from legal.court where code = $1 and valid @> $2::date', [code, day]);
    if (!court) throw new DomainError('legal.court.unknown', { court: code, date: day, path: 'body.parameters.court' });
  }

  private async byNumber(numbers: readonly string[], actor: Actor): Promise<readonly number[]> {
    const only = seenProviders(actor);
    const rows = await this.database.query<{ id: number; number: string }>(
      `select a.account_id as id, a.number from registry.pub_account_v1 a where a.number = any($1::text[]) and ($2::text[] is null or exists (
         select from tariffs.pub_supply_v1 s join tariffs.pub_provider_v1 p on p.id = s.provider_id where s.account_id = a.account_id and p.code = any($2)))`,
      [numbers, only],
    );
    const found = new Set(rows.map(({ number }) => number));
    const unknown = numbers.find((number) => !found.has(number));
    if (unknown !== undefined) throw new DomainError('legal.claim.account-unknown', { account: unknown, path: 'body.selection.accounts' });
    return rows.map(({ id }) => id);
  }

  /** Creditors that are asked for and seen; null = all. */
  private async providers(asked: readonly string[] | null, actor: Actor): Promise<readonly number[] | null> {
    const only = seenProviders(actor);
    const foreign = asked?.find((code) => only && !only.includes(code));
    if (foreign !== undefined) throw new DomainError('legal.claim.provider-unknown', { provider: foreign, path: 'body.parameters.providers' });
    const codes = asked ?? only;
    if (!codes) return null;
    const rows = await this.database.query<{ id: number; code: string }>('select id::int as id, code from tariffs.pub_provider_v1 where code = any($1::text[])', [codes]);
    const unknown = codes.find((code) => !rows.some((row) => row.code === code));
    if (unknown !== undefined) throw new DomainError('legal.claim.provider-unknown', { provider: unknown, path: 'body.parameters.providers' });
    return rows.map(({ id }) => id);
  }
}

/** Ids of the items that are named, or of all that the filter of the list shows. */
export async function namedItems(tx: ClaimReader, runId: string, { items, filter = {} }: Omit<ClaimExclusion, 'reason'>): Promise<readonly string[]> {
  if (items) return items;
  const rows = await tx.query<{ id: string }>(`select l.id from (${ITEMS.sql}) l`, itemParams(runId, filter));
  return rows.map(({ id }) => id);
}
