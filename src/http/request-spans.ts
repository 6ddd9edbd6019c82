import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Span, TraceFields, Tracing } from '../shared/tracing.js';
import { routeOf } from './route-traits.js';
import { parentOf } from './trace-context.js';
import { TrustedProxies } from './trusted-proxies.js';

/** Not traced, because probes and scrapes come every few seconds and nobody looks for them. */
const UNTRACED = /^\/(?:health|metrics)(?:\/|$)/;

const SPAN = Symbol('span');

declare module 'fastify' {
  interface FastifyRequest {
    [SPAN]?: Span;
  }
}

/** The span of this request, if it has one. */
export const spanIdsOf = (request: FastifyRequest): TraceFields | undefined => request[SPAN]?.ids;

/**
 * Puts each request into a span, named by the template of its route. Call this before other hooks are added, and only if
 * tracing is on.
 */
export function traceRequests(
  fastify: FastifyInstance,
  tracing: Tracing,
  trusted: readonly string[] | undefined,
): void {
  const proxies = new TrustedProxies(trusted);
  fastify.addHook('onRequest', (request, reply, done) => {
    const span = beginFor(request, tracing, proxies);
    if (!span) return done();
    request[SPAN] = span;
    // Also after a client that went away, for which Fastify knows no `onResponse`.
    reply.raw.once('close', () => {
      const { statusCode } = reply.raw;
      const isFault = statusCode >= 500;
      span.add({
        'http.response.status_code': statusCode,
        ...(isFault && { 'error.type': String(statusCode) }),
      });
      span.end(isFault ? 'failed' : undefined);
    });
    span.run(done);
  });
}

function beginFor(request: FastifyRequest, tracing: Tracing, proxies: TrustedProxies): Span | undefined {
  const { template } = routeOf(request);
  if (template !== undefined && UNTRACED.test(template)) return undefined;
  const { method } = request;
  const route = template === undefined ? {} : { 'http.route': template };
  return tracing.begin(
    {
      kind: 'server',
      name: template === undefined ? method : `${method} ${template}`,
      facts: { 'http.request.method': method, ...route },
    },
    parentOf(request.raw, proxies),
  );
}
