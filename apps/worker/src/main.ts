import 'reflect-metadata';
import { readCatalogue } from '@komplat/all/messages';
import { plugins } from '@komplat/all/server';
import { PlatformEnv, readEnv } from '@komplat/server';
import { readTemporalConfig } from '@komplat/temporal/server';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { z } from 'zod';
import { startWorker } from './worker-app.ts';

const env = readEnv(PlatformEnv.extend({ WORKER_HEALTH_PORT: z.coerce.number().int() }), process.env);
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
  onFatal: (error) => {
    process.stderr.write(`a worker has died: ${error instanceof Error ? (error.stack ?? error.message) : 'unknown'}\n`);
    process.exit(1);
  },
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void app.close().then(() => process.exit(0)));
}
