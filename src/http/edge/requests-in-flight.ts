import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.schema.js';
import { Overloaded, TookTooLong } from '../../shared/domain-error.js';
import { routeOf } from '../route-traits.js';
import type { Connections } from './connections.js';
import { type Member, Members } from './members.js';

type Limits = Pick<Config, 'MAX_REQUESTS_IN_FLIGHT' | 'REQUEST_TIMEOUT_SECONDS' | 'SEND_TIMEOUT_SECONDS'>;

/** Probes and scrapes are answered at all times. */
const ALWAYS = new Set(['/health/live', '/health/ready', '/metrics']);

const SWEEP_MS = 250;

interface InFlight extends Member {
  readonly reply: FastifyReply;
  /** Live answers have no time limit: the code that writes them limits their number, and how slow a reader may be. */
  stage: 'working' | 'sending' | 'live';
  /** When the stage must be over, by `performance.now()`. */
  deadline: number;
}

const IN_FLIGHT = Symbol('in flight');

declare module 'fastify' {
  interface FastifyReply {
    [IN_FLIGHT]?: InFlight;
  }
}

/**
 * Counts requests that have arrived as a whole, until their answers are sent. A request whose body is still on its way
 * does not count, so that slow clients hold up nobody. Above the limit, the answer is 503 at once: after an
 * outage of the store, for example, work for clients that have given up is not begun. One sweep over all finds what is
 * not answered or not read in time, so that requests need no timers. (Fastify's `handlerTimeout` is cleared as soon as
 * a body was read: 5.12.)
 */
export class RequestsInFlight {
  private readonly log = new Logger('Requests');
  private readonly all = new Members<InFlight>();
  private working = 0;
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
    if (this.working >= this.most && !ALWAYS.has(routeOf(request).template ?? '')) {
      if (!this.refusing) this.log.warn(`${this.most} requests are under way: more are refused with 503`);
      this.refusing = true;
      return new Overloaded();
    }
    const one: InFlight = {
      reply,
      stage: 'working',
      deadline: performance.now() + this.workingMs,
      place: -1,
    };
    this.all.add(one);
    this.working += 1;
    reply[IN_FLIGHT] = one;
    this.connections.isWorked(request.raw.socket);
    reply.raw.once('close', () => this.end(one));
    return undefined;
  }

  private answer(reply: FastifyReply): void {
    const one = reply[IN_FLIGHT];
    if (one?.stage !== 'working') return;
    this.working -= 1;
    if (this.working < this.most / 2) this.refusing = false;
    if (isLive(reply)) {
      one.stage = 'live';
      one.deadline = Infinity;
      return;
    }
    one.stage = 'sending';
    one.deadline = performance.now() + this.sendingMs;
    this.connections.isAnswered(reply.request.raw.socket);
  }

  private end(one: InFlight): void {
    if (!this.all.remove(one) || one.stage === 'sending') return;
    if (one.stage === 'working') this.working -= 1;
    this.connections.isAnswered(one.reply.request.raw.socket);
  }

  private sweep(now: number): void {
    for (const one of this.all.filter(({ deadline }) => deadline <= now)) {
      const { reply, stage } = one;
      if (stage === 'working') {
        this.answer(reply);
        if (!reply.sent) void reply.send(new TookTooLong());
      } else {
        this.all.remove(one);
        reply.raw.socket?.destroy();
      }
    }
  }
}

const isLive = ({ statusCode, request }: FastifyReply): boolean =>
  statusCode < 400 && routeOf(request).traits.isLive === true;
