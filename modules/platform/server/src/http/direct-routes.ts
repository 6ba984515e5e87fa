import type { Actor } from '@komplat/plugin-api';
import type { FastifyInstance } from 'fastify';
import type { AuthGuard } from './auth.guard.ts';
import { statusOf } from './endpoint.ts';
import { type ActingRequest, type InputOf, inputOf } from './input.ts';
import type { Route } from './openapi.ts';
import type { ProblemFilter } from './problem.filter.ts';

export interface DirectRoute extends Route {
  readonly instance: object;
}
export interface DirectOptions {
  readonly guard: AuthGuard;
  readonly problems: ProblemFilter;
}
type Handler = (input: InputOf, actor: Actor | undefined) => Promise<string>;

/** Routes of endpoints that are `direct`: the one guard, the schemas and problem+json, without the framework's chain. */
export function addDirectRoutes(fastify: FastifyInstance, routes: readonly DirectRoute[], { guard, problems }: DirectOptions): void {
  for (const { instance, handler, path, spec } of routes) {
    if (spec.idempotent || spec.response === 'file') throw new Error(`route ${spec.method} ${path} cannot be direct`);
    const call = boundHandler(instance, handler);
    const status = statusOf(spec);
    fastify.route({
      method: spec.method,
      url: path,
      handler: async (request: ActingRequest, reply) => {
        await guard.admit(spec, request);
        const answer = await call(inputOf(spec, request), request.actor);
        return reply.status(status).header('content-type', 'application/json; charset=utf-8').send(answer);
      },
      errorHandler: (error, request, reply) => problems.answer(error, request, reply),
    });
  }
}

function boundHandler(instance: object, name: string): Handler {
  const method: unknown = Reflect.get(instance, name);
  if (typeof method !== 'function') throw new Error(`${name} is no method`);
  return (input, actor) => Reflect.apply(method, instance, [input, actor]);
}
