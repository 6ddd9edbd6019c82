import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Histogram } from 'prom-client';

export interface Watchers {
  readonly pino: Logger;
  readonly metrics: { readonly requests: Histogram<'method' | 'route' | 'status'> };
}

/**
 * Logs and observes each request once, under the template of its route. Tokens may be in queries and paths, so neither
 * is ever logged.
 */
export function watchRequests(fastify: FastifyInstance, { pino, metrics }: Watchers): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const { method, id } = request;
    const route = request.routeOptions.url ?? 'unknown';
    const status = reply.statusCode;
    metrics.requests.observe({ method, route, status }, reply.elapsedTime / 1000);
    pino.debug({ context: 'http', id, method, route, status, ms: Math.round(reply.elapsedTime) }, 'request');
    done();
  });
}
