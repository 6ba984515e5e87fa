export const dynamic = 'force-dynamic';

const HOP = new Set(['connection', 'host', 'keep-alive', 'transfer-encoding', 'upgrade', 'content-length', 'expect']);
const ANSWER_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-encoding', 'content-length']);

const without = (headers: Headers, left: ReadonlySet<string>): Headers =>
  new Headers([...headers].filter(([name]) => !left.has(name)));

/** Passes a call on to the API, with the caller's own bearer; bodies are streamed, nothing is kept. */
async function pass(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const target = new URL(`${pathname}${search}`, process.env['API_URL']);
  const init: RequestInit & { duplex: 'half' } = {
    method: request.method,
    headers: without(request.headers, HOP),
    body: request.body,
    redirect: 'manual',
    cache: 'no-store',
    duplex: 'half',
    signal: request.signal,
  };
  try {
    const answer = await fetch(target, init);
    return new Response(answer.body, { status: answer.status, headers: without(answer.headers, ANSWER_HOP) });
  } catch {
    const problem = {
      type: 'about:blank',
      title: 'Bad Gateway',
      status: 502,
      code: 'platform.api-unreachable',
      params: {},
    };
    return Response.json(problem, { status: 502, headers: { 'content-type': 'application/problem+json' } });
  }
}

export { pass as GET, pass as POST, pass as PUT, pass as PATCH, pass as DELETE };
