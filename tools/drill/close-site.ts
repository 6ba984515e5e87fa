import { readCatalogue } from '@komplat/all/messages';
import { plugins } from '@komplat/all/server';
import { compose } from '@komplat/plugin-api';
import { type Actor, APPROVAL_ACTIONS, type ApprovalActions, decideApproval, PlatformModule } from '@komplat/server';
import { ProcessClient, type TemporalConfig } from '@komplat/temporal/server';
import { testDatabase, type TestDatabase, testEnv, testPlatformEnv, waitUntil } from '@komplat/testing';
import { registerNamespace } from '@komplat/testing/temporal';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CloseService } from '../../modules/billing/server/close/close.service.ts';
import { Intake } from '../../modules/payments/server/services/intake.ts';
import { plantSmallCity } from './small-city.ts';
import { WorkerProcess } from './worker-process.ts';

const REASON = 'the drill of the month close';
const PERMISSIONS = ['billing.close.read', 'billing.close.run', 'billing.close.propose', 'billing.close.release', 'billing.close.except'];

export const person = (login: string): Actor => ({
  login,
  fullName: login,
  kind: 'person',
  roles: [],
  permissions: new Set(PERMISSIONS),
  scopes: [{ kind: 'all', value: '*' }],
  requestId: `drill-${login}`,
  authTime: 0,
});
export const ACCOUNTANT = person('kravets');
export const MANAGER = person('melnyk');

export interface SiteOptions {
  readonly accounts: number;
  readonly period: string;
  readonly batchAccounts: number;
  /** Fills the database; the small city when absent. */
  readonly plant?: (database: TestDatabase) => Promise<void>;
  /** Address of a Temporal server of the drill's own; the test server's when absent. */
  readonly temporal?: string;
}

/** A site of its own on the test servers: database, Temporal namespace, worker as a child process that can be killed. */
export class CloseSite {
  readonly service: CloseService;
  readonly intake: Intake;
  private readonly worker: WorkerProcess;

  private constructor(
    readonly options: SiteOptions,
    readonly database: TestDatabase,
    env: Readonly<Record<string, string>>,
    private readonly context: INestApplicationContext,
    readonly processes: ProcessClient,
    readonly temporal: TemporalConfig,
  ) {
    this.worker = new WorkerProcess(env);
    this.service = context.get(CloseService, { strict: false });
    this.intake = context.get(Intake, { strict: false });
  }

  static async open(options: SiteOptions): Promise<CloseSite> {
    const database = await testDatabase(plugins);
    await (options.plant ? options.plant(database) : plantSmallCity(database.owner, options));
    const namespace = `drill-${database.name.replaceAll('_', '-')}`;
    const stack = testEnv();
    const address = options.temporal ?? stack.TEMPORAL_ADDRESS ?? '';
    await registerNamespace(address, namespace);
    const temporal = { address, namespace, codecKeys: stack.TEMPORAL_CODEC_KEYS ?? '' };
    const processes = new ProcessClient(() => temporal);
    const context = await openContext(database, processes);
    const env = {
      ...stack,
      DATABASE_URL: database.url,
      DATABASE_CLOSE_URL: database.closeUrl,
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: namespace,
      BILLING_CLOSE_BATCH_ACCOUNTS: String(options.batchAccounts),
      LOG_LEVEL: 'warn',
    };
    return new CloseSite(options, database, env, context, processes, temporal);
  }

  get namespace(): string {
    return this.temporal.namespace;
  }

  /** Starts the worker and waits until it is ready; answers its process id. */
  startWorker(): Promise<number> {
    return this.worker.start();
  }

  /** Ends the worker without a chance to tidy up, and waits until the process is gone. */
  killWorker(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    return this.worker.kill(signal);
  }

  async start(login = ACCOUNTANT.login): Promise<string> {
    const { workflowId } = await this.service.start({ period: this.options.period }, login);
    return workflowId;
  }

  /** Waits until the lane is where the test wants it. */
  async lane(provider: string, what: string, probe: (lane: LaneNow) => boolean, limitMs = 120_000): Promise<LaneNow> {
    return waitUntil(
      `${provider}: ${what}`,
      async () => {
        const { lanes } = await this.service.view(this.options.period, MANAGER);
        const lane = lanes.find((candidate) => candidate.provider.code === provider);
        return lane && probe(lane) ? lane : false;
      },
      limitMs,
    );
  }

  /** A red gate is asked for by one person and passed by another. */
  async passGate(provider: string, gate: string): Promise<void> {
    await this.approve(await this.service.askException(this.options.period, provider, gate, REASON, ACCOUNTANT));
  }

  async release(provider: string): Promise<void> {
    await this.lane(provider, 'proposable', (lane) => lane.may.includes('propose'));
    await this.approve(await this.service.propose(this.options.period, provider, REASON, ACCOUNTANT));
  }

  async approve(id: string, actor = MANAGER): Promise<void> {
    const actions = this.context.get<ApprovalActions>(APPROVAL_ACTIONS);
    await decideApproval(this.database.db, actions(), { id, approve: true, actor });
  }

  /** Passes what is red, releases what is verified, until every lane is locked; answers the digest of the month. */
  async finish(limitMs = 120_000, everyMs = 50): Promise<string> {
    let left = '';
    const step = async (): Promise<string | false> => {
      const { lanes, digest } = await this.service.view(this.options.period, ACCOUNTANT);
      left = lanes.map((lane) => `${lane.provider.code} ${lane.phase ?? '-'} ${lane.phaseState ?? '-'}`).join(', ');
      for (const lane of lanes) if (lane.may.includes('propose')) await this.release(lane.provider.code);
      await this.passRed();
      return digest ?? false;
    };
    return waitUntil('all lanes are locked', step, limitMs, everyMs).catch((error: unknown) => {
      throw new Error(`${error instanceof Error ? error.message : String(error)}; lanes: ${left}`);
    });
  }

  /** Two persons let every red gate of this moment pass. */
  async passRed(): Promise<void> {
    const { lanes } = await this.service.view(this.options.period, ACCOUNTANT);
    for (const lane of lanes) {
      const red = lane.gates.filter((gate) => !gate.green && !gate.exception);
      for (const gate of red) await this.passGate(lane.provider.code, gate.id);
    }
  }

  /** Batches whose accrual is on its way in this moment. */
  async batchesInWork(): Promise<number> {
    const [row] = await this.database.closeDb.query<{ count: number }>(
      `select count(*)::int as count from pg_stat_activity where datname = current_database() and state = 'active'
         and usename = current_user and query like 'select * from billing.accrue_batch%'`,
    );
    return row?.count ?? 0;
  }

  async close(): Promise<void> {
    await this.killWorker();
    await this.context.close();
    await this.processes.close();
    await this.database.drop();
  }
}

export type LaneNow = Awaited<ReturnType<CloseService['view']>>['lanes'][number];

async function openContext(database: TestDatabase, processes: ProcessClient): Promise<INestApplicationContext> {
  const composition = compose(plugins);
  const catalogue = readCatalogue(plugins.map(({ id }) => id));
  @Module({
    imports: [
      PlatformModule.with({ name: 'drill', env: testPlatformEnv(database), composition, catalogue }),
      ...composition.order.map(({ nest }) => nest.core),
    ],
  })
  class DrillRoot {}
  const context = await NestFactory.createApplicationContext(DrillRoot, { logger: ['error', 'fatal'], abortOnError: false });
  const service = context.get(CloseService, { strict: false });
  Reflect.set(service, 'processes', processes);
  return context;
}
