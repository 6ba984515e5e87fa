import { DomainError } from '@komplat/kernel';
import type { DataCheck, DataCheckDef, ModulePlugin } from '@komplat/plugin-api';
import { Database, LOGGER, type Logger, PLUGINS, type Tx, uuid7 } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';

export interface CheckAsk {
  /** All accounts when absent. */
  readonly accounts?: readonly number[];
  readonly startedBy: string;
  /** One line a finished check: for the person who waits. */
  readonly note?: (line: string) => void;
}
export interface CheckReport {
  readonly runId: string;
  readonly checks: number;
  readonly accounts: number;
  readonly hits: number;
  readonly fresh: number;
  readonly gone: number;
  readonly open: number;
  readonly failed: readonly string[];
  readonly seconds: number;
}
interface Counts {
  readonly hits: number;
  readonly fresh: number;
  readonly gone: number;
  readonly open: number;
}
const AT_ONCE = 2;
const PIECE = 1_000;

/** Runs the rules of all modules over the base, or over some accounts, and keeps what is found as findings. */
@Injectable()
export class CheckRunner {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PLUGINS) private readonly plugins: readonly ModulePlugin[],
    @Inject(ModuleRef) private readonly refs: ModuleRef,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  definitions(): readonly DataCheckDef[] {
    return this.plugins.flatMap((plugin) => plugin.dataChecks ?? []);
  }

  async run(ask: CheckAsk): Promise<CheckReport> {
    const started = performance.now();
    const definitions = this.definitions();
    const runId = uuid7();
    const [day] = await this.database.query<{ today: string | null }>('select platform.today() as today');
    if (!day?.today) throw new DomainError('administration.no-operating-day', {}, 409);
    const accounts = await this.begin(runId, definitions.length, ask);
    const failed: string[] = [];
    const waiting = definitions.values();
    const work = Array.from({ length: ask.accounts ? 1 : AT_ONCE }, async () => {
      for (const definition of waiting) if (!(await this.one(runId, definition, ask))) failed.push(definition.id);
    });
    await Promise.all(work);
    const counts = await this.keep(runId, definitions.filter(({ id }) => !failed.includes(id)), failed, ask);
    const seconds = Math.round(performance.now() - started) / 1000;
    return { runId, checks: definitions.length, accounts, failed: failed.toSorted(), seconds, ...counts };
  }

  private async begin(runId: string, checks: number, { accounts, startedBy }: CheckAsk): Promise<number> {
    const [row] = await this.database.query<{ accounts: number }>(
      `insert into registry.check_run (id, scope, accounts, checks, started_by)
       select $1, case when $2::int[] is null then 'all' else 'accounts' end,
         (select count(*) from registry.account where $2::int[] is null or id = any($2)), $3, $4 returning accounts`,
      [runId, accounts ?? null, checks, startedBy],
    );
    return row?.accounts ?? 0;
  }

  /** One rule. A rule that fails hides nothing: its findings stay as they are, and the run names it. */
  private async one(runId: string, { id, provider }: DataCheckDef, ask: CheckAsk): Promise<boolean> {
    const started = performance.now();
    try {
      const check = this.refs.get<DataCheck>(provider, { strict: false });
      const found = await this.database.transaction(async (tx) => {
        if (!ask.accounts) await tx.query(`${SETTINGS}, ${BY_HASH}`);
        return check.sql === undefined ? this.walk(tx, runId, id, check, ask) : count(await tx.query(INSERT(check.sql), [ask.accounts ?? null, runId, id]));
      });
      ask.note?.(`${id} ${found} ${((performance.now() - started) / 1000).toFixed(2)} s`);
      return true;
    } catch (error) {
      this.log.error({ err: error, check: id }, 'data check failed');
      ask.note?.(`${id} failed`);
      return false;
    }
  }

  /** For rules that are no statement: hits come one by one and are written in pieces. */
  private async walk(tx: Tx, runId: string, id: string, check: DataCheck, { accounts }: CheckAsk): Promise<number> {
    const subjects = accounts && (await tx.query<{ subject: string }>(SUBJECTS, [accounts])).map(({ subject }) => subject);
    let [piece, found]: [{ subject: string; params: object }[], number] = [[], 0];
    const flush = async (): Promise<void> => {
      await tx.query(WALKED, [runId, id, JSON.stringify(piece)]);
      found += piece.length;
      piece = [];
    };
    for await (const { subject, params } of check.find?.(subjects) ?? []) {
      piece.push({ subject, params: params ?? {} });
      if (piece.length >= PIECE) await flush();
    }
    if (piece.length > 0) await flush();
    return found;
  }

  /** New findings are opened, seen ones are seen again, those that are gone are closed; the trend of the day is counted. */
  private async keep(runId: string, ran: readonly DataCheckDef[], failed: readonly string[], { accounts }: CheckAsk): Promise<Counts> {
    return this.database.transaction(async (tx) => {
      await tx.query(SETTINGS);
      const columns = [ran.map(({ id }) => id), ran.map(({ severity }) => severity), ran.map(({ ownerPermission }) => ownerPermission)];
      const [seen] = await tx.query<{ hits: number; fresh: number }>(UPSERT, [runId, ...columns]);
      const [closed] = await tx.query<{ gone: number }>(RESOLVE, [runId, columns[0], accounts ?? null]);
      await tx.query('delete from registry.check_hit where run_id = $1', [runId]);
      if (!accounts) await tx.query(TREND, [runId, columns[0]]);
      const counts = { hits: seen?.hits ?? 0, fresh: seen?.fresh ?? 0, gone: closed?.gone ?? 0 };
      await tx.query('update registry.check_run set hits = $2, fresh = $3, gone = $4, failed = $5, finished_at = clock_timestamp() where id = $1', [
        runId, counts.hits, counts.fresh, counts.gone, failed,
      ]);
      const [open] = await tx.query<{ open: number }>(`select count(*)::int as open from registry.finding where state <> 'resolved'`);
      return { ...counts, open: open?.open ?? 0 };
    });
  }
}

const count = ([row]: readonly object[]): number => (row && 'found' in row ? Number(row.found) : 0);

const SETTINGS = `select set_config('statement_timeout', '0', true), set_config('lock_timeout', '0', true), set_config('work_mem', '128MB', true),
  set_config('max_parallel_workers_per_gather', '0', true)`;
/** A rule over the whole base never walks one table row by row for each row of another: a wrong guess of the planner costs hours. */
const BY_HASH = `set_config('enable_nestloop', 'off', true)`;

const INSERT = (sql: string): string => `
  with made as (
    insert into registry.check_hit (run_id, check_id, subject, account_id, params)
    select $2::uuid, $3::text, q.subject, q.account_id, q.params from (${sql}) q returning 1)
  select count(*)::int as found from made`;
const SUBJECTS = `select 'account/' || number as subject from registry.account where id = any($1)`;
const WALKED = `
  insert into registry.check_hit (run_id, check_id, subject, account_id, params)
  select $1, $2, i.subject, a.id, i.params from jsonb_to_recordset($3::jsonb) as i (subject text, params jsonb)
  left join registry.account a on i.subject = 'account/' || a.number`;
const UPSERT = `
  with def as (select * from unnest($2::text[], $3::text[], $4::text[]) as d (check_id, severity, owner)),
  hit as (select distinct on (h.check_id, h.subject) h.*, d.severity, d.owner from registry.check_hit h join def d using (check_id)
    where h.run_id = $1 order by h.check_id, h.subject),
  put as (
    insert into registry.finding as f (check_id, severity, subject, account_id, params, owner_permission)
    select check_id, severity, subject, account_id, params, owner from hit
    on conflict (check_id, subject) where state <> 'resolved'
    do update set last_seen = now(), params = excluded.params, severity = excluded.severity, owner_permission = excluded.owner_permission,
      account_id = excluded.account_id
    returning f.first_seen = now() as fresh)
  select count(*)::int as hits, (count(*) filter (where fresh))::int as fresh from put`;
const RESOLVE = `
  with gone as (
    update registry.finding f set state = 'resolved', resolved_at = now()
    where f.state <> 'resolved' and f.check_id = any($2) and ($3::int[] is null or f.account_id = any($3))
      and not exists (select from registry.check_hit h where h.run_id = $1 and h.check_id = f.check_id and h.subject = f.subject)
    returning 1)
  select count(*)::int as gone from gone`;
const TREND = `
  insert into registry.finding_trend as t (day, check_id, still_open, fresh, gone)
  select platform.today(), c.id, count(f.id) filter (where f.state <> 'resolved'),
    count(f.id) filter (where f.first_seen >= r.started_at), count(f.id) filter (where f.resolved_at >= r.started_at)
  from registry.check_run r cross join unnest($2::text[]) as c (id)
  left join registry.finding f on f.check_id = c.id and (f.state <> 'resolved' or f.resolved_at >= r.started_at)
  where r.id = $1 group by c.id
  on conflict (day, check_id) do update set still_open = excluded.still_open, fresh = t.fresh + excluded.fresh, gone = t.gone + excluded.gone`;
