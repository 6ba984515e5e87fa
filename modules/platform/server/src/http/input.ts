import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { DomainError } from '@komplat/kernel';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Actor } from '../actor.ts';
import { ENDPOINT, type EndpointSpec } from './endpoint.ts';

export type ActingRequest = FastifyRequest & { actor?: Actor };

export const specOf = (context: ExecutionContext): EndpointSpec => Reflect.getMetadata(ENDPOINT, context.getHandler());

/** Parsed `{ params, query, body }` of the request, as the endpoint's schemas say. */
export const Input = createParamDecorator((_data: unknown, context: ExecutionContext) => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  return inputOf(specOf(context), request);
});

/** What the endpoint's schemas make of a request, or `RequestInvalid`. */
export const inputOf = (spec: EndpointSpec, request: FastifyRequest): InputOf => ({
  params: parse('params', spec.params, request.params),
  query: parse('query', spec.query, request.query),
  body: parse('body', spec.body, request.body),
});
export interface InputOf<P = unknown, Q = unknown, B = unknown> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
}

function parse(part: string, schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.slice(0, 20).map((issue) => ({ path: [part, ...issue.path].join('.'), message: issue.message }));
  throw new RequestInvalid(issues);
}

/** 400: what is wrong stands at its place in the request. */
export class RequestInvalid extends DomainError {
  constructor(readonly issues: readonly { readonly path: string; readonly message: string }[]) {
    super('platform.request.invalid', { path: issues[0]?.path ?? '', message: issues[0]?.message ?? '' }, 400);
  }
}

export const CurrentActor = createParamDecorator((_data: unknown, context: ExecutionContext) => {
  const { actor } = context.switchToHttp().getRequest<ActingRequest>();
  if (!actor) throw new DomainError('platform.sign-in-needed', {}, 401);
  return actor;
});
