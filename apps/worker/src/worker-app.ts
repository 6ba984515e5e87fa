import { checkWorkflows, type Composition, compose, type EventHandler, type ModulePlugin } from '@komplat/plugin-api';
import {
  addServiceRoutes,
  AuditSealer,
  type Catalogue,
  Database,
  LOGGER,
  type Logger,
  OutboxRelay,
  type PlatformEnv,
  PlatformModule,
  WorkerBeat,
} from '@komplat/server';
import type { TemporalConfig } from '@komplat/temporal/server';
import { WorkerHost } from '@komplat/temporal/worker';
import { workflowBundle, WORKFLOW_TYPES } from '@komplat/workflow-bundle';
import { type DynamicModule, type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import fastify, { type FastifyInstance } from 'fastify';
import { AuditSeals } from './audit-seals.ts';
import { Calendar } from './calendar.ts';

/** Activities at once by queue. One constant for all workers: a worker with another number would lift the limit. */
const QUEUE_LIMITS: Readonly<Record<string, number>> = { 'billing-close': 2, 'documents-pdf': 2 };

export interface WorkerAppOptions {
  readonly env: PlatformEnv;
  readonly temporal: TemporalConfig;
  readonly plugins: readonly ModulePlugin[];
  readonly catalogue: Catalogue;
  readonly healthPort: number;
  /** Workflows of one queue that stay in memory; see `WorkerEnv`. */
  readonly cachedWorkflows: number;
  readonly onFatal: (error: unknown) => void;
}
export interface WorkerApp {
  readonly context: INestApplicationContext;
  close(): Promise<void>;
}

/** Everything that runs beside the API: workers of all queues, the outbox relay, the calendar, seals of the audit. */
export async function startWorker(options: WorkerAppOptions): Promise<WorkerApp> {
  const composition = compose(options.plugins);
  checkWorkflows(composition.order, WORKFLOW_TYPES);
  const codePath = await workflowBundle();
  const context = await NestFactory.createApplicationContext(rootModule(options, composition), {
    logger: ['error', 'warn', 'fatal'],
    abortOnError: false,
  });
  const database = context.get(Database);
  const log = context.get<Logger>(LOGGER);
  const host = context.get(WorkerHost);
  await host.start({
    plugins: composition.order,
    config: options.temporal,
    codePath,
    limits: QUEUE_LIMITS,
    cachedWorkflows: options.cachedWorkflows,
    onFatal: options.onFatal,
  });
  const relay = new OutboxRelay(database, handlersOf(context, composition), log);
  relay.start();
  const calendar = new Calendar(database, options.env.KOMPLAT_PROFILE, log);
  calendar.start();
  const seals = new AuditSeals(context.get(AuditSealer), log);
  seals.start();
  const beat = new WorkerBeat(database);
  await beat.start();
  const health = await serveHealth(database, host, options.healthPort);
  log.info({ port: options.healthPort }, 'worker is ready');
  return {
    context,
    close: async () => {
      calendar.stop();
      await seals.stop();
      await beat.stop();
      await relay.stop();
      await health.close();
      await context.close();
    },
  };
}

function rootModule({ env, catalogue }: WorkerAppOptions, composition: Composition): DynamicModule {
  @Module({})
  class WorkerRoot {}
  const parts = composition.order.flatMap(({ nest }) => [nest.core, nest.activities].filter((part) => part !== undefined));
  return {
    module: WorkerRoot,
    imports: [PlatformModule.with({ name: 'worker', env, composition, catalogue }), ...parts],
    providers: [WorkerHost],
  };
}

function handlersOf(context: INestApplicationContext, { order }: Composition): ReadonlyMap<string, readonly EventHandler[]> {
  const handlers = new Map<string, EventHandler[]>();
  for (const { event, handler } of order.flatMap((plugin) => plugin.events?.handles ?? [])) {
    const found: EventHandler = context.get(handler, { strict: false });
    handlers.set(event, [...(handlers.get(event) ?? []), found]);
  }
  return handlers;
}

async function serveHealth(database: Database, host: WorkerHost, port: number): Promise<FastifyInstance> {
  const app = fastify();
  addServiceRoutes(app, { database, checks: { workers: () => host.healthy() } });
  await app.listen({ port, host: '127.0.0.1' });
  return app;
}
