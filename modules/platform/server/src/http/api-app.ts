import { type DynamicModule, Module, RequestMethod } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService, MetadataScanner, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import helmet from '@fastify/helmet';
import type { Composition } from '@komplat/plugin-api';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { PlatformEnv } from '../config.ts';
import { Database } from '../db/database.ts';
import { uuid7 } from '../ids.ts';
import type { Logger } from '../logging.ts';
import { type Catalogue, Messages } from '../messages.ts';
import { LOGGER, PlatformModule } from '../platform.module.ts';
import { withRequestId } from '../request-context.ts';
import { AnswerInterceptor } from './answer.ts';
import { AuthGuard, TOKEN_RULES } from './auth.guard.ts';
import { addDirectRoutes, type DirectRoute } from './direct-routes.ts';
import { ENDPOINT, type EndpointSpec } from './endpoint.ts';
import { IdempotencyInterceptor } from './idempotency.ts';
import { openApi, type Route } from './openapi.ts';
import { addPageParts, PARTS_ROUTE } from './page-parts.ts';
import { ProblemFilter } from './problem.filter.ts';
import { addServiceRoutes } from './service-routes.ts';
import type { TokenRules } from './token-verifier.ts';

export interface ApiOptions {
  readonly env: PlatformEnv;
  readonly composition: Composition;
  readonly catalogue: Catalogue;
  readonly tokenRules: TokenRules;
}
const BODY_LIMIT = 1_048_576;
const PREFIX = 'api/v1';
const REQUEST_ID = /^[\w.-]{8,64}$/;

/** The whole API of a set of plugins, ready to listen or to `inject` into. */
export async function createApi({ env, composition, catalogue, tokenRules }: ApiOptions): Promise<NestFastifyApplication> {
  const root = rootModule({ env, composition, catalogue, tokenRules });
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    requestTimeout: 60_000,
    forceCloseConnections: true,
    genReqId: (request: IncomingMessage) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : uuid7();
    },
  });
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, { logger: ['error', 'warn', 'fatal'], abortOnError: false });
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  fastify.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload)); // files come as streams
  await fastify.register(helmet, { contentSecurityPolicy: { directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } } });
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    withRequestId(request.id, done);
  });
  app.setGlobalPrefix(PREFIX, { exclude: [{ path: 'channels/{*path}', method: RequestMethod.ALL }] });
  app.useGlobalInterceptors(new IdempotencyInterceptor(app.get(Database)), new AnswerInterceptor());
  const [guard, problems] = [app.get(AuthGuard), new ProblemFilter(app.get(Messages), app.get<Logger>(LOGGER))];
  app.useGlobalGuards(guard);
  app.useGlobalFilters(problems);
  const routes = findRoutes(app);
  addServiceRoutes(fastify, { database: app.get(Database), document: () => openApi([...routes, PARTS_ROUTE]), keys: tokenRules });
  addDirectRoutes(fastify, routes.filter(({ spec }) => spec.direct), { guard, problems });
  addPageParts(fastify, { routes, parts: composition.order.flatMap(({ pageParts }) => pageParts ?? []) }, { guard, problems });
  app.enableShutdownHooks();
  await app.init();
  await fastify.ready();
  return app;
}

function rootModule({ env, composition, catalogue, tokenRules }: ApiOptions): DynamicModule {
  @Module({})
  class ApiRoot {}
  const parts = composition.order.flatMap(({ nest }) => [nest.core, nest.http].filter((part) => part !== undefined));
  return {
    module: ApiRoot,
    imports: [DiscoveryModule, PlatformModule.with({ name: 'api', env, composition, catalogue }), ...parts],
    providers: [AuthGuard, { provide: TOKEN_RULES, useValue: tokenRules }],
  };
}

/** Every route has an endpoint spec, and every permission that it names is defined; otherwise the process stops here. */
export const listRoutes = (app: NestFastifyApplication): Route[] =>
  findRoutes(app).map(({ controller, handler, path, spec }) => ({ controller, handler, path, spec }));

function findRoutes(app: NestFastifyApplication): DirectRoute[] {
  const scanner = new MetadataScanner();
  const routes: DirectRoute[] = [];
  for (const { instance, metatype, name } of app.get(DiscoveryService).getControllers()) {
    const prototype: object = Object.getPrototypeOf(instance);
    const base = String(Reflect.getMetadata('path', metatype ?? prototype.constructor) ?? '');
    for (const handler of scanner.getAllMethodNames(prototype)) {
      const method: object = Reflect.get(prototype, handler);
      const spec: EndpointSpec | undefined = Reflect.getMetadata(ENDPOINT, method);
      if (Reflect.getMetadata('path', method) === undefined && !spec?.direct) continue;
      if (!spec) throw new Error(`route ${name}.${handler} has no @Endpoint, so nobody may call it`);
      const path = `/${PREFIX}/${base}/${spec.path}`.replaceAll(/\/{2,}/g, '/').replace(/\/$/, '');
      routes.push({ controller: String(name), handler, path, spec, instance });
    }
  }
  return routes;
}

/** Every permission of a route is defined by a plugin. */
export function checkRoutePermissions(routes: readonly Route[], { order }: Composition): void {
  const known = new Set(['public', 'signed-in', ...order.flatMap((plugin) => plugin.permissions.map((permission) => permission.id))]);
  for (const { path, spec } of routes) {
    if (!known.has(spec.permission)) throw new Error(`route ${spec.method} ${path} names unknown permission ${spec.permission}`);
  }
}
