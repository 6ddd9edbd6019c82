import { Logger } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { Overloaded } from '../shared/domain-error.js';

/** Who looks after the service is answered at all times. */
const ALWAYS = /^\/(health|metrics)\b/;

/**
 * Answers 503 at once while as many requests as that are under way, so that after an outage of the store, say, what would
 * wait longer than its client does is not begun.
 */
export function boundRequests(fastify: FastifyInstance, most: number): void {
  const log = new Logger('Requests');
  let underWay = 0;
  let refusing = false;
  fastify.addHook('onRequest', (request, reply, done) => {
    if (underWay >= most && !ALWAYS.test(request.url)) {
      if (!refusing) log.warn(`${most} requests are under way: more are refused with 503`);
      refusing = true;
      void reply.send(new Overloaded());
      return;
    }
    underWay++;
    reply.raw.once('close', () => {
      underWay--;
      if (underWay < most / 2) refusing = false;
    });
    done();
  });
}
