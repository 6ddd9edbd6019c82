import type { FastifyInstance } from 'fastify';
import { TookTooLong } from '../shared/domain-error.js';

/**
 * Answers 503 to each request that is not answered in time. What it has begun goes on. (Fastify's own `handlerTimeout`
 * is cleared as soon as a body was read: 5.12.)
 */
export function limitRequests(fastify: FastifyInstance, milliseconds: number): void {
  fastify.addHook('onRequest', (_request, reply, done) => {
    const timer = setTimeout(() => {
      if (!reply.sent) void reply.send(new TookTooLong());
    }, milliseconds);
    reply.raw.once('close', () => clearTimeout(timer));
    done();
  });
}
