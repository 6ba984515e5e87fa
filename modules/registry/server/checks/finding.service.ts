import { type Actor, audit, Database, type ListDef, readList, seesEverything } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import type {
  AcceptFindings, AssignFindings, FindingItem, FindingList, FindingOutcome, FindingQuery, FindingSummary,
} from '../../contract/finding.schema.ts';
import { VISIBLE } from '../services/account-view.sql.ts';
import { visibleParams } from '../services/visibility.ts';
import { CheckRunner } from './check-runner.ts';

interface FindingRow {
  readonly id: bigint;
  readonly check_id: string;
  readonly severity: FindingItem['severity'];
  readonly subject: string;
  readonly number: string | null;
  readonly address: string | null;
  readonly params: Record<string, unknown>;
  readonly state: FindingItem['state'];
  readonly assigned_to: string | null;
  readonly note: string | null;
  readonly first_seen: Date;
  readonly last_seen: Date;
  readonly resolved_at: Date | null;
}

/** Findings in the reader's scope: those of accounts by the account, the rest only for who sees everything. */
const SCOPE = `(case when f.account_id is null then $1::text[] is null and $2::int[] is null and $3::text[] is null and $4::text[] is null
  else exists (select from registry.pub_account_v1 a where a.account_id = f.account_id and ${VISIBLE}) end)`;
/** Nobody is limited: the question need not be asked of every row. */
const ALL = `($1::text[] is null and $2::int[] is null and $3::text[] is null and $4::text[] is null)`;
const RANK = `case f.severity when 'blocks' then 1 when 'warns' then 2 else 3 end`;

/** $5 state, $6 severity, $7 check, $8 assigned, $9 account, $10 words of the address or the subject. */
const FINDINGS: ListDef = {
  sql: `select f.*, ${RANK} as rank, a.number, d.address from registry.finding f
    left join registry.account a on a.id = f.account_id left join registry.pub_address_v1 d on d.premises_id = a.premises_id
    where (${ALL} or ${SCOPE}) and (case when $5::text is null then f.state = 'open' else f.state = $5 end)
      and ($6::text is null or f.severity = $6) and ($7::text is null or f.check_id = $7)
      and ($8::text is null or (case when $8 = 'nobody' then f.assigned_to is null else f.assigned_to = $8 end))
      and ($9::text is null or a.number = replace($9, ' ', ''))
      and ($10::text is null or d.address ilike '%' || $10 || '%' or f.subject ilike '%' || $10 || '%')`,
  id: { column: 'id', type: 'int8' },
  sorts: {
    severity: { column: 'rank', type: 'int4' },
    seen: { column: 'first_seen', type: 'timestamptz' },
    check: { column: 'check_id', type: 'text' },
    account: { column: 'number', type: 'text' },
    assigned: { column: 'assigned_to', type: 'text' },
  },
  first: 'severity',
};
const TREND_DAYS = 60;

/** The list of broken rules: whose it is, who works on it, how it goes. */
@Injectable()
export class FindingService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CheckRunner) private readonly runner: CheckRunner,
  ) {}

  async list(query: FindingQuery, actor: Actor): Promise<FindingList> {
    const { state, severity, check, assigned, account, q, ...ask } = query;
    const who = assigned === 'me' ? actor.login : assigned;
    const params = [...visibleParams(actor), state ?? null, severity ?? null, check ?? null, who ?? null, account ?? null, q ?? null];
    const { rows, ...rest } = await readList<FindingRow>(this.database, FINDINGS, params, ask);
    const titles = this.titles();
    return { items: rows.map((row) => itemOf(row, titles)), ...rest };
  }

  async summary(actor: Actor): Promise<FindingSummary> {
    const params = visibleParams(actor);
    const titles = this.titles();
    const open = await this.database.query<{ check_id: string; severity: FindingItem['severity']; open: number; mine: number; nobody: number }>(
      `select f.check_id, f.severity, count(*)::int as open, (count(*) filter (where f.assigned_to = $5))::int as mine,
         (count(*) filter (where f.assigned_to is null))::int as nobody
       from registry.finding f where f.state = 'open' and (${ALL} or ${SCOPE}) group by 1, 2 order by min(${RANK}), 3 desc, 1`,
      [...params, actor.login],
    );
    // the trend is counted over the whole city: who sees a part of it gets none
    const trend = !seesEverything(actor) ? [] : await this.database.query<FindingSummary['trend'][number]>(
      `select day, sum(still_open)::int as open, sum(fresh)::int as fresh, sum(gone)::int as gone from registry.finding_trend
       where day > platform.today() - ${TREND_DAYS} group by day order by day`,
    );
    const sum = (pick: (row: (typeof open)[number]) => number): number => open.reduce((total, row) => total + pick(row), 0);
    const severities = [...new Set(open.map(({ severity }) => severity))];
    return {
      bySeverity: Object.fromEntries(severities.map((severity) => [severity, sum((row) => (row.severity === severity ? row.open : 0))])),
      byCheck: open.map((row) => ({ check: row.check_id, title: titles.get(row.check_id) ?? row.check_id, severity: row.severity, open: row.open })),
      mine: sum(({ mine }) => mine),
      unassigned: sum(({ nobody }) => nobody),
      trend,
      lastRun: await this.lastRun(),
    };
  }

  async assign({ ids, to }: AssignFindings, actor: Actor): Promise<FindingOutcome> {
    return this.change(ids, actor, { action: 'assign', set: `assigned_to = $6, assigned_by = $7`, values: [to, actor.login], from: ['open', 'accepted'] });
  }

  async accept({ ids, accept, reason }: AcceptFindings, actor: Actor): Promise<FindingOutcome> {
    const [from, to] = accept ? ['open', 'accepted'] : ['accepted', 'open'];
    return this.change(ids, actor, { action: accept ? 'accept' : 'reopen', set: `state = $6, note = $7`, values: [to, reason], from: [from ?? ''], reason });
  }

  /** Every chosen finding is done or skipped, and says which. */
  private async change(
    ids: readonly string[],
    actor: Actor,
    act: { action: string; set: string; values: readonly unknown[]; from: readonly string[]; reason?: string },
  ): Promise<FindingOutcome> {
    const done = await this.database.transaction(async (tx) => {
      const rows = await tx.query<{ id: bigint }>(
        `update registry.finding f set ${act.set} where f.id = any($5::bigint[]) and f.state = any($8::text[]) and (${ALL} or ${SCOPE}) returning f.id`,
        [...visibleParams(actor), ids, ...act.values, act.from],
      );
      const changed = rows.map(({ id }) => id.toString());
      const after = { ids: changed, value: act.values[0] };
      await audit(tx, { actor, action: `registry.finding.${act.action}`, subject: 'findings', after, ...(act.reason ? { reason: act.reason } : {}) });
      return changed;
    });
    const skipped = ids.filter((id) => !done.includes(id));
    const message = skipped.length === 0 ? null : { key: 'registry.findings.skipped', params: { count: skipped.length } };
    return { done, skipped, message };
  }

  private async lastRun(): Promise<FindingSummary['lastRun']> {
    const [run] = await this.database.query<{ at: Date; seconds: string; accounts: number; checks: number; failed: string[] }>(
      `select finished_at as at, extract(epoch from finished_at - started_at)::numeric(10,2) as seconds, accounts, checks, failed
       from registry.check_run where scope = 'all' and finished_at is not null order by started_at desc limit 1`,
    );
    if (!run) return null;
    return { at: run.at.toISOString(), seconds: Number(run.seconds), accounts: run.accounts, checks: run.checks, failed: run.failed };
  }

  private titles(): ReadonlyMap<string, string> {
    return new Map(this.runner.definitions().map(({ id, title }) => [id, title]));
  }
}

const itemOf = (row: FindingRow, titles: ReadonlyMap<string, string>): FindingItem => ({
  id: row.id.toString(),
  check: row.check_id,
  title: titles.get(row.check_id) ?? row.check_id,
  severity: row.severity,
  subject: row.subject,
  account: row.number,
  address: row.address,
  params: row.params,
  state: row.state,
  assignedTo: row.assigned_to,
  note: row.note,
  firstSeen: row.first_seen.toISOString(),
  lastSeen: row.last_seen.toISOString(),
  resolvedAt: row.resolved_at?.toISOString() ?? null,
});
