import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from '../config/config.schema.js';
import { isTenantName } from '../shared/tenant.js';
import { routeOf } from './route-traits.js';
import { spanIdsOf } from './request-spans.js';
import { readablePath, reasonIn } from './request-words.rules.js';
import { traceOf } from './trace-context.js';
import { TrustedProxies } from './trusted-proxies.js';

export interface Durations {
  observe(answered: { method: string; route: string; status: number }, seconds: number): void;
}

export interface Watchers {
  readonly pino: Logger;
  readonly metrics: { readonly requests: Durations };
  readonly config: Pick<Config, 'NODE_ENV' | 'TRUSTED_PROXIES'>;
  /** The tenant of a request whose route has none in its path. */
  readonly accountOf: (request: FastifyRequest) => string | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Logs and observes each request once, under the template of its route, since queries and paths may hold tokens. Outside
 * production, a line also has the tenant, the path without its tokens, and the reason of a refusal.
 */
export function watchRequests(fastify: FastifyInstance, { pino, metrics, ...rest }: Watchers): void {
  const logs = pino.isLevelEnabled('debug');
  const more = logs && rest.config.NODE_ENV !== 'production' ? forDevelopers(fastify, rest) : undefined;
  const proxies = new TrustedProxies(rest.config.TRUSTED_PROXIES);
  fastify.addHook('onResponse', (request, reply, done) => {
    const { method, id } = request;
    const { template: route = 'unknown', traits } = routeOf(request);
    const status = reply.statusCode;
    // A live answer lasts as long as its reader likes.
    if (traits.isLive !== true || status >= 400)
      metrics.requests.observe({ method, route, status }, reply.elapsedTime / 1000);
    if (logs) {
      const ms = Math.round(reply.elapsedTime);
      const trace = spanIdsOf(request) ?? traceOf(request.raw, proxies);
      pino.debug({ context: 'http', id, ...trace, method, route, status, ms, ...more?.(request) }, 'request');
    }
    done();
  });
}

function forDevelopers(
  fastify: FastifyInstance,
  { accountOf }: Pick<Watchers, 'accountOf'>,
): (request: FastifyRequest) => Fields {
  const reasons = new WeakMap<FastifyRequest, string | undefined>();
  fastify.addHook('onSend', (request: FastifyRequest, reply: FastifyReply, body: unknown, done) => {
    if (reply.statusCode >= 400) reasons.set(request, reasonIn(body));
    done();
  });
  return (request) => {
    const params = fieldsOf(request.params);
    const tenants = [params['tenant'], fieldsOf(request.query)['tenant'], accountOf(request)];
    const tenant = tenants.find(isTenantName);
    const path = readablePath(request.url, routeOf(request).template, params);
    return { tenant, path, reason: reasons.get(request) };
  };
}

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
