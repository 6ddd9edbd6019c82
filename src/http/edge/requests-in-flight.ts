import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.schema.js';
import { Overloaded, TookTooLong } from '../../shared/domain-error.js';
import { routeOf } from '../route-traits.js';
import type { Connections } from './connections.js';

type Limits = Pick<Config, 'MAX_REQUESTS_IN_FLIGHT' | 'REQUEST_TIMEOUT_SECONDS' | 'SEND_TIMEOUT_SECONDS'>;

/** Probes and scrapes are answered at all times. */
const ALWAYS = new Set(['/health/live', '/health/ready', '/metrics']);

const SWEEP_MS = 250;

/**
 * Counts requests that have arrived as a whole, until their answers are sent. A request whose body is still on its way
 * does not count, so that slow clients hold up nobody. Above the limit, the answer is 503 at once: after an
 * outage of the store, for example, work for clients that have given up is not begun. One sweep over all finds what is
 * not answered or not read in time, so that requests need no timers. (Fastify's `handlerTimeout` is cleared as soon as
 * a body was read: 5.12.)
 */
export class RequestsInFlight {
  private readonly log = new Logger('Requests');
  /**
   * The deadline of each request. Requests are in the order in which they began, which is also the order of their
   * deadlines.
   */
  private readonly working = new Map<FastifyReply, number>();
  private readonly sending = new Map<FastifyReply, number>();
  /**
   * Live answers, which have no time limit. The code that writes them limits their number, and how slow a reader may
   * be.
   */
  private readonly live = new Set<FastifyReply>();
  private refusing = false;

  private readonly most: number;
  private readonly workingMs: number;
  private readonly sendingMs: number;

  constructor(
    limits: Limits,
    private readonly connections: Connections,
  ) {
    this.most = limits.MAX_REQUESTS_IN_FLIGHT;
    this.workingMs = limits.REQUEST_TIMEOUT_SECONDS * 1000;
    this.sendingMs = limits.SEND_TIMEOUT_SECONDS * 1000;
  }

  watch(fastify: FastifyInstance): void {
    fastify.addHook('preValidation', (request, reply, done) => done(this.begin(request, reply)));
    fastify.addHook('onSend', (_request, reply, _payload, done) => {
      this.answer(reply);
      done();
    });
    const timer = setInterval(() => this.sweep(performance.now()), SWEEP_MS).unref();
    fastify.addHook('onClose', async () => clearInterval(timer));
  }

  private begin(request: FastifyRequest, reply: FastifyReply): Error | undefined {
    if (this.working.size >= this.most && !ALWAYS.has(routeOf(request).template ?? '')) {
      if (!this.refusing) this.log.warn(`${this.most} requests are under way: more are refused with 503`);
      this.refusing = true;
      return new Overloaded();
    }
    this.working.set(reply, performance.now() + this.workingMs);
    this.connections.isWorked(request.raw.socket);
    reply.raw.once('close', () => this.end(reply));
    return undefined;
  }

  private answer(reply: FastifyReply): void {
    if (!this.working.delete(reply)) return;
    if (this.working.size < this.most / 2) this.refusing = false;
    if (isLive(reply)) {
      this.live.add(reply);
      return;
    }
    this.sending.set(reply, performance.now() + this.sendingMs);
    this.connections.isAnswered(reply.request.raw.socket);
  }

  private end(reply: FastifyReply): void {
    if (this.working.delete(reply) || this.live.delete(reply))
      this.connections.isAnswered(reply.request.raw.socket);
    this.sending.delete(reply);
  }

  private sweep(now: number): void {
    for (const [reply, end] of this.working) {
      if (end > now) break;
      this.answer(reply);
      if (!reply.sent) void reply.send(new TookTooLong());
    }
    for (const [reply, end] of this.sending) {
      if (end > now) break;
      this.sending.delete(reply);
      reply.raw.socket?.destroy();
    }
  }
}

const isLive = ({ statusCode, request }: FastifyReply): boolean =>
  statusCode < 400 && routeOf(request).traits.isLive === true;
