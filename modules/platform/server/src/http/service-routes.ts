import type { FastifyInstance } from 'fastify';
import type { Database } from '../db/database.ts';
import { meter, prometheusText } from '../metrics.ts';

export interface ServiceRoutes {
  readonly database: Pick<Database, 'query'>;
  /** Made when it is asked for first: two hundred milliseconds of a start. */
  readonly document?: () => object;
  readonly keys?: unknown;
  /** Further conditions of readiness, by name. */
  readonly checks?: Readonly<Record<string, () => Promise<boolean> | boolean>>;
}

/** `/health/live`, `/health/ready`, `/metrics`, `/api/openapi.json`: without a token and without data. */
export function addServiceRoutes(fastify: FastifyInstance, { database, document, checks = {} }: ServiceRoutes): void {
  const duration = meter.createHistogram('komplat_http_request_seconds', { description: 'Duration of HTTP requests', unit: 's' });
  fastify.addHook('onResponse', (request, reply, done) => {
    duration.record(reply.elapsedTime / 1000, {
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: String(reply.statusCode),
    });
    done();
  });
  fastify.get('/health/live', () => ({ live: true }));
  fastify.get('/health/ready', async (_request, reply) => {
    const results = await Promise.all(Object.entries(readiness(database, checks)).map(async ([name, check]) => [name, await settled(check)] as const));
    const ready = results.every(([, ok]) => ok);
    return reply.status(ready ? 200 : 503).send({ ready, checks: Object.fromEntries(results) });
  });
  fastify.get('/metrics', async (_request, reply) => reply.header('content-type', 'text/plain; version=0.0.4').send(await prometheusText()));
  let made: object | undefined;
  if (document) fastify.get('/api/openapi.json', () => (made ??= document()));
}

const readiness = (database: Pick<Database, 'query'>, checks: NonNullable<ServiceRoutes['checks']>) => ({
  database: async () => (await database.query('select 1 as one')).length === 1,
  ...checks,
});

async function settled(check: () => Promise<boolean> | boolean): Promise<boolean> {
  try {
    return await check();
  } catch {
    return false;
  }
}
