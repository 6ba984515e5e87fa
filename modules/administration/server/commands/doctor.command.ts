import { statfs } from 'node:fs/promises';
import { connect } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import type { Command, CommandDef, ModulePlugin } from '@komplat/plugin-api';
import { Database, livingWorkers, PLUGINS } from '@komplat/server';
import { z } from 'zod';
import { ADMINISTRATION_PERMISSIONS } from '../../contract/permissions.ts';

interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
}
const LEAST_FREE_BYTES = 2 * 2 ** 30;
const MOST_SKEW_MS = 2_000;
const CONNECT_MS = 3_000;
const OLDEST_SERVER = 150_000;

/** `doctor`: what a site needs to work, each line with what was measured. */
@Injectable()
export class DoctorCommand implements Command {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PLUGINS) private readonly plugins: readonly ModulePlugin[],
  ) {}

  async run(): Promise<{ readonly healthy: boolean; readonly checks: readonly Finding[] }> {
    const checks = await Promise.all([
      this.server(), this.migrations(), this.clock(), this.outbox(), this.workers(), this.lanes(), disk(), keycloak(), temporal(),
    ]);
    return { healthy: checks.every(({ ok }) => ok), checks };
  }

  private async server(): Promise<Finding> {
    const [row] = await this.database.query<{ number: number; version: string }>(
      `select current_setting('server_version_num')::int as number, current_setting('server_version') as version`,
    );
    return { check: 'postgresql', ok: (row?.number ?? 0) >= OLDEST_SERVER, detail: row?.version ?? 'no answer' };
  }

  private async migrations(): Promise<Finding> {
    const rows = await this.database.query<{ name: string }>('select name from platform.schema_migration');
    const applied = new Set(rows.map(({ name }) => name));
    const missing = this.plugins.flatMap(({ migrations }) => migrations.map(({ name }) => name)).filter((name) => !applied.has(name));
    return { check: 'migrations', ok: missing.length === 0, detail: missing.length === 0 ? `${applied.size} applied` : `missing: ${missing.join(', ')}` };
  }

  private async clock(): Promise<Finding> {
    const [row] = await this.database.query<{ at: Date; day: string | null }>('select clock_timestamp() as at, platform.today() as day');
    const skew = Math.abs(Date.now() - (row?.at.getTime() ?? 0));
    return { check: 'clock', ok: skew <= MOST_SKEW_MS && row?.day !== null, detail: `${skew} ms from the database, operating day ${row?.day ?? 'none'}` };
  }

  private async outbox(): Promise<Finding> {
    const [row] = await this.database.query<{ waiting: number; dead: number }>(
      `select count(*) filter (where done_at is null and dead_at is null)::int as waiting, count(*) filter (where dead_at is not null)::int as dead
       from platform.outbox`,
    );
    return { check: 'outbox', ok: row?.dead === 0, detail: `${row?.waiting ?? 0} waiting, ${row?.dead ?? 0} dead` };
  }

  private async workers(): Promise<Finding> {
    const living = await livingWorkers(this.database);
    return { check: 'workers', ok: living > 0, detail: `${living} alive` };
  }

  private async lanes(): Promise<Finding> {
    const [row] = await this.database.query<{ open: number }>(
      `select count(distinct period)::int as open from platform.period_lane where state = 'open' and period > platform.current_period()`,
    );
    return { check: 'lanes', ok: (row?.open ?? 0) >= 2, detail: `${row?.open ?? 0} months open ahead` };
  }
}

async function disk(): Promise<Finding> {
  const { bavail, bsize } = await statfs(process.env.FILES_DIR ?? '.').catch(() => statfs('.'));
  const free = bavail * bsize;
  return { check: 'disk', ok: free > LEAST_FREE_BYTES, detail: `${Math.round(free / 2 ** 30)} GiB free` };
}

async function keycloak(): Promise<Finding> {
  const { KEYCLOAK_URL = '', KEYCLOAK_REALM = '' } = process.env;
  const answer = await fetch(`${KEYCLOAK_URL}/realms/${KEYCLOAK_REALM}`, { signal: AbortSignal.timeout(CONNECT_MS) }).catch(() => undefined);
  return { check: 'keycloak', ok: answer?.ok ?? false, detail: answer ? `answers ${answer.status}` : 'does not answer' };
}

function temporal(): Promise<Finding> {
  const [host = '127.0.0.1', port = '0'] = (process.env.TEMPORAL_ADDRESS ?? '').split(':');
  return new Promise((resolve) => {
    const answer = (ok: boolean): void => {
      socket.destroy();
      resolve({ check: 'temporal', ok, detail: ok ? 'answers' : 'does not answer' });
    };
    const socket = connect({ host, port: Number(port), timeout: CONNECT_MS });
    socket.once('connect', () => answer(true)).once('error', () => answer(false)).once('timeout', () => answer(false));
  });
}

export const doctor: CommandDef = {
  id: 'administration.doctor',
  words: 'doctor',
  title: 'administration.command.doctor',
  permission: ADMINISTRATION_PERMISSIONS.homeRead.id,
  input: z.strictObject({}),
  provider: DoctorCommand,
};
