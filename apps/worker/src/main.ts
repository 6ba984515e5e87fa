import 'reflect-metadata';
import { readCatalogue } from '@komplat/all/messages';
import { plugins } from '@komplat/all/server';
import { PlatformEnv, readEnv } from '@komplat/server';
import { readTemporalConfig } from '@komplat/temporal/server';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { z } from 'zod';
import { startWorker } from './worker-app.ts';

/**
 * WORKER_CACHED_WORKFLOWS: workflows of one queue that stay in memory between two events. One takes half a megabyte; what is not kept
 * is replayed from its history when it is rung. Open workflows without number run in the memory of this many.
 */
const WorkerEnv = PlatformEnv.extend({ WORKER_HEALTH_PORT: z.coerce.number().int(), WORKER_CACHED_WORKFLOWS: z.coerce.number().int().min(2).default(100) });
const env = readEnv(WorkerEnv, process.env);
Runtime.install({
  logger: new DefaultLogger('WARN', ({ level, message }) => process.stderr.write(`${level} ${message}\n`)),
  shutdownSignals: [],
});

const app = await startWorker({
  env,
  temporal: readTemporalConfig(process.env),
  plugins,
  catalogue: readCatalogue(plugins.map(({ id }) => id)),
  healthPort: env.WORKER_HEALTH_PORT,
  cachedWorkflows: env.WORKER_CACHED_WORKFLOWS,
  onFatal: (error) => {
    process.stderr.write(`a worker has died: ${error instanceof Error ? (error.stack ?? error.message) : 'unknown'}\n`);
    process.exit(1);
  },
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void app.close().then(() => process.exit(0)));
}
