import { DomainError, Period } from '@komplat/kernel';
import type {
  Command,
  CommandContext,
  CommandDef,
  DemoCity,
  DemoData,
  DemoMonth,
  ModulePlugin,
} from '@komplat/plugin-api';
import { Database, PLUGINS, PROFILE } from '@komplat/server';
import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { z } from 'zod';
import { ADMINISTRATION_PERMISSIONS } from '../../contract/permissions.ts';
import { releaseMemory } from './memory.ts';

const [MOST_ACCOUNTS, MOST_MONTHS] = [500_000, 358];

/** Options of `city create`; `--current 2026-11` is the month that is open. */
export const CityCreateInput = z.strictObject({
  accounts: z.coerce.number().int().min(1).max(MOST_ACCOUNTS).default(3_000),
  months: z.coerce.number().int().min(1).max(MOST_MONTHS).default(24),
  seed: z.coerce.number().int().min(0).default(2026),
  current: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .default('2026-11'),
});

type Phase = DemoMonth['phase'];

/** Generates the demonstration city: master data first, then month after month through the code of live work. */
@Injectable()
export class CityCreateCommand implements Command {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PLUGINS) private readonly plugins: readonly ModulePlugin[],
    @Inject(PROFILE) private readonly profile: string,
    @Inject(ModuleRef) private readonly refs: ModuleRef,
  ) {}

  async run(input: unknown, { note }: CommandContext): Promise<CityCreated> {
    const options = CityCreateInput.parse(input);
    if (this.profile !== 'training') throw new DomainError('administration.city.training-only', {});
    const [state] = await this.database.query<{ accounts: boolean; days: boolean }>(
      `select exists (select from registry.pub_account_v1) as accounts, exists (select from platform.operating_day)
        as days`,
    );
    if (state?.accounts || state?.days) throw new DomainError('administration.city.exists', {}, 409);
    const started = performance.now();
    const phases = await createCity(await this.parts(), { ...options, note }, this.database);
    const [counted] = await this.database.query<{ entries: bigint; payments: bigint; providers: number }>(COUNTS);
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    const entries = Number(counted?.entries ?? 0n);
    return {
      ...options,
      providers: counted?.providers ?? 0,
      payments: Number(counted?.payments ?? 0n),
      ledgerRows: entries,
      seconds,
      ledgerRowsPerSecond: Math.round(entries / Math.max(seconds, 0.1)),
      phases,
    };
  }

  /** Made when they are needed: other processes never hold them. */
  private parts(): Promise<DemoData[]> {
    const parts = this.plugins.flatMap((plugin) => plugin.demoData ?? []);
    return Promise.all(parts.map((part) => this.refs.create(part.provider)));
  }
}

export interface CityCreated {
  readonly accounts: number;
  readonly months: number;
  readonly seed: number;
  readonly current: string;
  readonly providers: number;
  readonly payments: number;
  /** Accruals and other lines of the ledger. */
  readonly ledgerRows: number;
  readonly seconds: number;
  readonly ledgerRowsPerSecond: number;
  /** Seconds of every phase, all months together. */
  readonly phases: Readonly<Record<string, number>>;
}

/**
 * Runs the shares of all modules in their order: dependencies first. Readings of a month are taken while the month before
 * is closed, which looks at no reading of a later month; statistics follow beside the next phase. Answers the seconds of
 * every phase.
 */
export async function createCity(
  parts: readonly DemoData[],
  city: DemoCity,
  database: Database,
): Promise<Readonly<Record<string, number>>> {
  const clock = new PhaseClock();
  for (const part of parts) {
    await clock.run('master', async () => part.create?.(city));
    await clock.run('statistics', () => analyze(database, GROWN));
    releaseMemory();
  }
  const work = async (phase: Phase, period: Period): Promise<void> => {
    const month: DemoMonth = { period: period.toString(), current: period.toString() === city.current, phase };
    for (const part of parts) await part.month?.(city, month);
  };
  const statistics = (phase: Phase, period: Period): Promise<void> => analyze(database, touched(phase, period));
  const current = Period.parse(city.current);
  const first = current.plus(-city.months);
  await clock.run('readings', () => work('readings', first));
  await clock.run('statistics', () => statistics('readings', first));
  for (const period of Period.range(first, current)) {
    if (period.month === 1) releaseMemory();
    const [before, next] = [period.previous(), period.next()];
    const charged = period.equals(first) ? undefined : statistics('close', before);
    await clock.run('payments', () => Promise.all([work('payments', period), charged]));
    const read = period.equals(current)
      ? undefined
      : work('readings', next).then(() => statistics('readings', next));
    await clock.run('close', () => Promise.all([work('close', period), statistics('payments', period), read]));
  }
  return clock.seconds();
}

/** Small samples are enough: the large steps have their plans by hash, and a month must only be known to exist. */
async function analyze(database: Database, tables: string): Promise<void> {
  await database.transaction(async (tx) => {
    const found = await tx.query<{ name: string }>(tables);
    if (found.length === 0) return;
    await tx.query(`select set_config('default_statistics_target', '10', true), set_config('statement_timeout', '0', true)`);
    await tx.query(`analyze ${found.map(({ name }) => name).join(', ')}`);
  });
}

/** Tables of the modules that are larger than the planner knows. */
const GROWN = `
  select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and c.relpersistence = 'p' and n.nspname not in ('pg_catalog', 'information_schema')
    and has_table_privilege(c.oid, 'maintain')
    and pg_relation_size(c.oid) / current_setting('block_size')::int > greatest(c.relpages, 0)`;

/** Adds up how long the phases take. */
class PhaseClock {
  readonly #spent = new Map<string, number>();

  async run<R>(phase: string, work: () => Promise<R>): Promise<R> {
    const started = performance.now();
    const result = await work();
    this.#spent.set(phase, (this.#spent.get(phase) ?? 0) + performance.now() - started);
    return result;
  }
  seconds(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#spent].map(([phase, ms]) => [phase, Math.round(ms / 100) / 10]));
  }
}

const touched = (phase: Phase, period: Period): string =>
  `select unnest('{${TOUCHED[phase].map((table) => table.replace('*', String(period.year))).join(',')}}'::text[]) as name`;

/**
 * Tables whose statistics a phase makes wrong: a month that the planner has never seen counts as one row, and joins of
 * many thousands are planned for one.
 */
const TOUCHED = {
  readings: ['metering_part.reading_*'],
  payments: ['billing.open_item', 'billing.advance', 'billing_part.ledger_entry_*', 'payments.payment'],
  close: ['billing_part.accrual_*', 'billing_part.period_balance_*', 'billing.open_item', 'billing.advance'],
} as const;

const COUNTS = `
  select ((select count(*) from billing.pub_accrual_v1) + (select count(*) from billing.pub_ledger_v1 where kind <>
    'accrual'))::bigint
      as entries,
    (select count(*) from payments.pub_payment_v1) as payments,
    (select count(distinct provider_id) from platform.period_lane)::int as providers`;

export const cityCreate: CommandDef = {
  id: 'administration.city-create',
  words: 'city create',
  title: 'administration.command.city-create',
  permission: ADMINISTRATION_PERMISSIONS.processControl.id,
  input: CityCreateInput,
  provider: CityCreateCommand,
};
