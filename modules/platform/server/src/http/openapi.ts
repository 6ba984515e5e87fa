import { z } from 'zod';
import { type EndpointSpec, statusOf } from './endpoint.ts';

export interface Route {
  readonly controller: string;
  readonly handler: string;
  readonly path: string;
  readonly spec: EndpointSpec;
}
type Json = Readonly<Record<string, unknown>>;

/** OpenAPI 3.1 of all routes in a stable order; schemas come from zod. */
export function openApi(routes: readonly Route[]): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes.toSorted((a, b) => (a.path + a.spec.method < b.path + b.spec.method ? -1 : 1))) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.spec.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Komplat', version: '1', description: 'Back office of communal payments' },
    security: [{ bearer: [] }],
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
    paths,
  };
}

function operation({ controller, handler, path, spec }: Route): Json {
  const [, , , module = 'platform'] = path.split('/');
  return {
    operationId: `${module}.${controller.replace(/Controller$/, '')}.${handler}`,
    tags: [module],
    summary: spec.summary,
    description: `Permission: ${spec.permission}`,
    ...(spec.permission === 'public' ? { security: [] } : {}),
    parameters: [...parameters('path', spec.params), ...parameters('query', spec.query), ...keyHeader(spec)],
    ...(spec.body ? { requestBody: { required: true, content: json(spec.body, 'input') } } : {}),
    responses: { [String(statusOf(spec))]: answer(spec), default: PROBLEM },
  };
}

const json = (schema: z.ZodType, io: 'input' | 'output'): Json => ({ 'application/json': { schema: describe(schema, io) } });
const describe = (schema: z.ZodType, io: 'input' | 'output'): Json => z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' });
const answer = ({ response, summary }: EndpointSpec): Json =>
  typeof response === 'string' ? { description: summary } : { description: summary, content: json(response, 'output') };

const PROBLEM: Json = { description: 'Refusal: application/problem+json with `code` and `params`' };

const keyHeader = ({ idempotent }: EndpointSpec): Json[] =>
  idempotent ? [{ name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string' } }] : [];

function parameters(place: 'path' | 'query', schema: z.ZodType | undefined): Json[] {
  if (!schema) return [];
  const described = describe(schema, 'input');
  const properties = typeof described.properties === 'object' && described.properties !== null ? described.properties : {};
  const required = Array.isArray(described.required) ? described.required : [];
  return Object.entries(properties).map(([name, shape]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: shape,
  }));
}
