import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { testEnv, waitUntil } from '@komplat/testing';
import { registerNamespace } from '@komplat/testing/temporal';
import { type ClaimWorld, claimWorld } from '../../modules/legal/test/claim-world.ts';
import { KeysDemo } from '../../modules/legal/server/demo/keys.demo.ts';
import { must } from './drill.ts';
import { freePort } from './free-port.ts';
import { Gate } from './gate.ts';
import { ApiProcess, bankToken, KEY } from './intake-site.ts';
import { WorkerProcess } from './worker-process.ts';

/** Rights of the lawyer's hand in the drill: the machine client, since a token of a person is got in a browser only. */
const RIGHTS = ['legal.read', 'legal.claim.prepare', 'legal.claim.file'];
const IDLE = `select state from legal.claim_run where id = $1 and state in ('waiting', 'done') and not exists (
  select from legal.claim_item i where i.run_id = $1 and i.outcome in ('stale', 'planned', 'checked', 'frozen', 'approved'))`;

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // the process is gone
  }
}

/** Where a blow falls: in the middle of the write of a step, or right after its commit. */
export interface Blow {
  readonly at: string;
  readonly inside: boolean;
  /** Milliseconds after the commit. */
  readonly late: number;
}

/** The flats of the tests of claims with packs that are drawn and signed. */
export async function openClaimCity(): Promise<ClaimWorld> {
  process.env.CHROMIUM_BIN ??= testEnv().CHROMIUM_BIN;
  const world = await claimWorld('real');
  await world.api.app.get(KeysDemo, { strict: false }).create({ seed: 1, accounts: 0, months: 0, current: '2026-11', note: () => undefined });
  return world;
}

/** The city with API and worker as processes of their own, each of which can be killed at a step of the run. */
export class ClaimSite {
  /** The longest time from a blow until the process that was killed was ready again. */
  backMs = 0;
  kills = 0;
  private working = false;
  private acts = 0;
  private token = '';

  private constructor(
    private readonly namespace: string,
    readonly world: ClaimWorld,
    private readonly gate: Gate,
    private readonly worker: WorkerProcess,
    private readonly api: ApiProcess,
  ) {}

  static async open(): Promise<ClaimSite> {
    const world = await openClaimCity();
    const { database } = world.api;
    await database.owner.query(`insert into administration.role_permission select 'channel', unnest($1::text[]) on conflict do nothing`, [RIGHTS]);
    await world.api.scope('komplat-bank', 'all');
    const stack = testEnv();
    const namespace = `drill-${database.name.replaceAll('_', '-')}`;
    await registerNamespace(stack.TEMPORAL_ADDRESS ?? '', namespace);
    const worker = new WorkerProcess({
      ...stack,
      DATABASE_URL: database.url,
      DATABASE_CLOSE_URL: database.closeUrl,
      TEMPORAL_NAMESPACE: namespace,
      FILES_DIR: mkdtempSync(join(tmpdir(), 'komplat-drill-')),
      KOMPLAT_MASTER_KEY: KEY,
      LOG_LEVEL: 'error',
    });
    const site = new ClaimSite(namespace, world, await Gate.build(database.owner), worker, new ApiProcess(database, await freePort()));
    try {
      await site.api.start();
      site.token = await bankToken();
    } catch (error) {
      await site.close();
      throw error;
    }
    return site;
  }

  /** An act of the lawyer by HTTP, repeated under its key until it is answered; `blow` kills the API on the way. */
  async order<R extends object>(path: string, body: object, blow?: Blow): Promise<R> {
    const asked = this.answered<R>(path, body);
    asked.catch(() => undefined);
    if (blow) {
      await this.strike(blow, () => Promise.resolve(), () => this.api.kill());
      this.backMs = Math.max(this.backMs, await this.api.start());
    }
    return asked;
  }

  /** What leads to a step of the worker; `blow` kills the worker there, it is started again at once. */
  async lead(begin: () => Promise<unknown>, blow?: Blow): Promise<void> {
    if (!blow) {
      await begin();
      return;
    }
    await this.strike(blow, async () => {
      await begin();
      await this.work();
    }, () => this.worker.kill());
    this.working = false;
    await this.work();
  }

  /** Waits until the process has nothing more to do by itself. */
  async rest(runId: string): Promise<void> {
    await this.work();
    await waitUntil('people are waited for', async () => (await this.world.api.database.owner.query(IDLE, [runId])).length > 0, 180_000);
  }

  /** Waits until an item of the run has come to the outcome. */
  async passes(outcome: string): Promise<void> {
    await waitUntil(`an item passes ${outcome}`, async () => (await this.gate.passed(outcome)) > 0, 60_000);
  }

  /** No browser of a worker that was killed lives on. */
  async noBrowserLeft(): Promise<void> {
    await this.worker.kill();
    await waitUntil('browsers end with their workers', () => this.browsers() === 0, 60_000, 200);
  }

  /** Processes of Chromium that carry the name of this site in their environment. */
  private browsers(): number {
    const own = `TEMPORAL_NAMESPACE=${this.namespace}`;
    return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && textOf(`/proc/${pid}/comm`).startsWith('chrom') && textOf(`/proc/${pid}/environ`).includes(own)).length;
  }

  async close(): Promise<void> {
    await this.worker.kill('SIGTERM');
    await this.api.kill();
    await this.world.api.close();
  }

  private async strike({ at, inside, late }: Blow, begin: () => Promise<unknown>, kill: () => Promise<void>): Promise<void> {
    this.kills += 1;
    if (inside) return this.gate.hold(at, begin, kill);
    const before = await this.gate.passed(at);
    await begin();
    await waitUntil(`a step leaves ${at}`, async () => (await this.gate.passed(at)) > before, 90_000, 5);
    await pause(late);
    await kill();
  }

  private async work(): Promise<void> {
    if (this.working) return;
    const started = Date.now();
    await this.worker.start();
    if (this.kills > 0) this.backMs = Math.max(this.backMs, Date.now() - started);
    this.working = true;
  }

  private async answered<R extends object>(path: string, body: object): Promise<R> {
    this.acts += 1;
    const key = `drill-act-${this.acts}`;
    return waitUntil(`an answer to ${path}`, async () => {
      const answer = await fetch(`${this.api.url}/api/v1/legal/${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(body),
      }).catch(() => undefined);
      if (!answer) return false;
      const text = await answer.text();
      if (answer.ok) return JSON.parse(text);
      must(text.includes('platform.idempotency.running'), `${path}: ${answer.status} ${text}`);
      // a key whose first request died is held for a minute: the minute passes
      await this.world.api.database.owner.query(`update platform.idempotency_key set created_at = created_at - interval '1 minute' where key = $1`, [key]);
      return false;
    }, 120_000);
  }
}
