import type { FastifyInstance } from 'fastify';
import { type BeforeAnswer, beforeAnswers } from '../http/route-hooks.js';
import { takenKeyOf } from './idempotency.guard.js';
import { IdempotencyService } from './idempotency.service.js';

export interface IdempotentRoute {
  readonly method: string;
  /** `/admin/{tenant}/customers/{customerId}` */
  readonly template: string;
  readonly idempotent: boolean;
}

/**
 * Keeps the answers of routes that take `Idempotency-Key`, before they are sent. To be called before the routes are
 * registered.
 */
export function keepAnswers(
  fastify: FastifyInstance,
  routes: readonly IdempotentRoute[],
  keys: IdempotencyService,
): void {
  const idempotent = new Set(
    routes.filter((route) => route.idempotent).map(({ method, template }) => `${method} ${template}`),
  );
  const keep: BeforeAnswer = async (request, reply, payload) => {
    const taken = takenKeyOf(request);
    if (!taken) return;
    const [mediaType, location] = [reply.getHeader('content-type'), reply.getHeader('location')];
    await keys.settle(taken, {
      status: reply.statusCode,
      body: typeof payload === 'string' ? payload : '',
      ...(mediaType !== undefined && { mediaType: String(mediaType) }),
      ...(location !== undefined && { location: String(location) }),
    });
  };
  beforeAnswers(fastify, (method, template) => (idempotent.has(`${method} ${template}`) ? keep : undefined));
}
