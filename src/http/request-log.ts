import type { FastifyInstance } from 'fastify';
import type { Histogram } from 'prom-client';
import type { Logger } from 'pino';

export interface Watchers {
  readonly pino: Logger;
  readonly metrics: { readonly requests: Histogram<'method' | 'route' | 'status'> };
  readonly readiness: { readonly draining: boolean };
}

/**
 * One line and one observation a request, under the route's template: the wire puts tokens into queries and
 * paths, so neither is ever logged. A draining instance tells kept-alive clients to go elsewhere.
 */
export function watchRequests(fastify: FastifyInstance, { pino, metrics, readiness }: Watchers): void {
  fastify.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id);
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
    if (readiness.draining) reply.header('connection', 'close');
  });
  fastify.addHook('onResponse', async (request, reply) => {
    const { method, id } = request;
    const route = request.routeOptions.url ?? 'unknown';
    const status = reply.statusCode;
    metrics.requests.observe({ method, route, status }, reply.elapsedTime / 1000);
    pino.debug({ context: 'http', id, method, route, status, ms: Math.round(reply.elapsedTime) }, 'request');
  });
}
