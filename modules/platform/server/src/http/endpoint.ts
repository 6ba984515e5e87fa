import { applyDecorators, Delete, Get, HttpCode, Patch, Post, Put, SetMetadata } from '@nestjs/common';
import type { z } from 'zod';

type Schema = z.ZodType;
export interface EndpointSpec {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** Id of a permission, `signed-in` for everyone with a session, `public` for everyone. */
  readonly permission: string;
  readonly summary: string;
  readonly params?: Schema;
  readonly query?: Schema;
  readonly body?: Schema;
  /** The answer is parsed by it (unknown fields are cut off); `file` = bytes, `raw` = already checked by its producer. */
  readonly response: Schema | 'file' | 'raw';
  readonly status?: number;
  /** Needs the header `Idempotency-Key`: the same key and body get the stored answer. */
  readonly idempotent?: boolean;
  /**
   * Called a thousand times a second: the route stands on the server itself, beside the framework, behind the same guard, schemas,
   * metrics and problem+json. Its method takes `({ params, query, body }, actor)` and returns the answer as JSON text, already in
   * the shape of `response`.
   */
  readonly direct?: boolean;
  /** Kind of request that is counted a minute for each login: a row of `platform.rate_limit`. */
  readonly limited?: string;
}
export const ENDPOINT = 'komplat:endpoint';

const METHODS = { GET: Get, POST: Post, PUT: Put, PATCH: Patch, DELETE: Delete };

/** A route: schema, permission and document in one place. A route without it stops the process at boot. */
export const Endpoint = (spec: EndpointSpec): MethodDecorator =>
  spec.direct
    ? SetMetadata(ENDPOINT, spec)
    : applyDecorators(METHODS[spec.method](spec.path), HttpCode(statusOf(spec)), SetMetadata(ENDPOINT, spec));

/** Status of a good answer, in the document and in fact. */
export const statusOf = ({ status, method }: EndpointSpec): number => status ?? (method === 'POST' ? 201 : 200);
