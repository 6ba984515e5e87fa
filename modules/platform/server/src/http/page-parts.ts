import { type DomainError, notFound } from '@komplat/kernel';
import type { Actor, PagePartDef } from '@komplat/plugin-api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { may } from '../actor.ts';
import type { DirectOptions } from './direct-routes.ts';
import type { EndpointSpec } from './endpoint.ts';
import { type ActingRequest, type InputOf, inputOf } from './input.ts';
import type { Route } from './openapi.ts';

const COMMON = 'common';
/** A part that takes longer is marked and left behind: the page does not wait for it, the part asks for itself. */
const PATIENCE_MS = 1_000;

const Params = z.object({ page: z.string().regex(/^[a-z-]{1,40}$/), subject: z.string().regex(/^[\w.-]{1,64}$/) });
/** `views` are words parted by commas; all other names are handed to the parts that take them. */
const Query = z.object({ views: z.string().regex(/^[a-z-]{1,40}(,[a-z-]{1,40}){0,9}$/).default(COMMON) }).catchall(z.string().max(64));
const Answer = z
  .object({
    parts: z.array(
      z.object({
        id: z.string(),
        /** The read that this part is the answer of. */
        read: z.string(),
        state: z.enum(['ready', 'failed', 'slow']),
        ms: z.number(),
        status: z.number().int().optional(),
        /** What the read answered: its data, or its problem. */
        answer: z.unknown().optional(),
      }),
    ),
  })
  .meta({ id: 'platform.PageParts' });

const SPEC: EndpointSpec = {
  method: 'GET',
  path: 'pages/:page/:subject',
  permission: 'signed-in',
  summary: 'All parts of a page that the reader may see, of every module, read side by side; one that fails or is slow leaves the others alone',
  params: Params,
  query: Query,
  response: Answer,
};
/** The route of the parts of pages, as the API document shows it. */
export const PARTS_ROUTE: Route = { controller: 'PagesController', handler: 'parts', path: '/api/v1/pages/:page/:subject', spec: SPEC };

interface KnownPart extends PagePartDef {
  /** The permission of the route that the part reads. */
  readonly permission: string;
}

/** Adds the route. A part that reads no route stops the process. */
export function addPageParts(
  fastify: FastifyInstance,
  { routes, parts }: { readonly routes: readonly Route[]; readonly parts: readonly PagePartDef[] },
  { guard, problems }: DirectOptions,
): void {
  const known = parts.map((part) => ({ ...part, permission: permissionOf(part, routes) }));
  fastify.route({
    method: 'GET',
    url: PARTS_ROUTE.path,
    handler: async (request: ActingRequest, reply) => {
      await guard.admit(SPEC, request);
      const asked = chosen(known, inputOf(SPEC, request), request.actor);
      const answers = await Promise.all(asked.map(([part, read]) => partOf(fastify, { id: part.id, read }, request)));
      return reply.header('content-type', 'application/json; charset=utf-8').send(`{"parts":[${answers.join(',')}]}`);
    },
    errorHandler: (error, request, reply) => problems.answer(error, request, reply),
  });
}

function permissionOf({ id, read }: PagePartDef, routes: readonly Route[]): string {
  const [path = ''] = read.split('?');
  const wanted = `/api/v1/${path}`.split('/');
  const found = routes.find(({ path: own, spec }) => {
    const segments = own.split('/');
    return spec.method === 'GET' && segments.length === wanted.length && segments.every((word, at) => fits(word, wanted[at]));
  });
  if (!found) throw new Error(`page part ${id} reads ${path}, which is no route`);
  return found.spec.permission;
}

const fits = (own: string, wanted: string | undefined): boolean => (own.startsWith(':') ? wanted === ':subject' : own === wanted);

/** The parts of the asked views that the reader may see, each with its read. */
function chosen(known: readonly KnownPart[], input: InputOf, actor: Actor | undefined): readonly (readonly [KnownPart, string])[] {
  const { page, subject } = Params.parse(input.params);
  const { views, ...query } = Query.parse(input.query);
  const ofPage = known.filter((part) => part.page === page);
  if (ofPage.length === 0) throw unknownPage(page);
  const wanted = new Set(views.split(','));
  return ofPage
    .filter(({ view, permission }) => wanted.has(view) && (permission === SPEC.permission || (actor !== undefined && may(actor, permission))))
    .map((part) => [part, readOf(part, subject, query)]);
}

const unknownPage = (page: string): DomainError => notFound('platform.not-found', { page });

function readOf({ read, takes = [] }: PagePartDef, subject: string, query: Readonly<Record<string, string>>): string {
  const [path = '', fixed] = read.replaceAll(':subject', encodeURIComponent(subject)).split('?');
  const search = new URLSearchParams(fixed);
  for (const name of takes) if (query[name]) search.set(name, query[name]);
  return search.size > 0 ? `${path}?${search.toString()}` : path;
}

interface AskedPart {
  readonly id: string;
  readonly read: string;
}

/** One part as JSON text: its route is called inside of the process, so guard, scope and schemas are those of the route itself. */
async function partOf(fastify: FastifyInstance, part: AskedPart, request: FastifyRequest): Promise<string> {
  const started = performance.now();
  const { authorization = '', 'accept-language': language = '' } = request.headers;
  const headers = { authorization, 'accept-language': language, 'x-request-id': request.id };
  const answered = await inTime(fastify.inject({ method: 'GET', url: `/api/v1/${part.read}`, headers }));
  const head = { ...part, ms: Math.round((performance.now() - started) * 10) / 10 };
  if (!answered) return JSON.stringify({ ...head, state: 'slow' });
  const { statusCode: status, payload } = answered;
  const ending = JSON.stringify({ ...head, state: status < 400 ? 'ready' : 'failed', status });
  return `${ending.slice(0, -1)},"answer":${payload === '' ? 'null' : payload}}`;
}

async function inTime<T>(work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
