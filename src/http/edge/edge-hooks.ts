import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Audience } from '../audience.js';
import { isDiscarded } from '../body/body-reader.js';
import { type RouteTraits, routeOf } from '../route-traits.js';
import type { Elsewhere } from '../upstream/elsewhere.js';
import type { AnswerHeaders, HeaderSet } from './answer-headers.js';
import { AnswersOfTurn } from './answers-of-turn.js';
import type { Cors } from './cors.js';
import type { EarlyRefusals } from './early-refusals.js';
import type { RouteTable } from './route-table.js';

export interface EdgeHookParts {
  readonly refusals: EarlyRefusals;
  readonly routes: RouteTable;
  readonly audience: Audience;
  readonly cors: Cors;
  readonly elsewhere: Elsewhere;
  readonly readiness: { readonly draining: boolean };
}

/**
 * One hook runs before each request and one before each response, because every request pays for each additional hook.
 */
export class EdgeHooks {
  private readonly turns = new AnswersOfTurn();

  constructor(
    private readonly parts: EdgeHookParts,
    private readonly headers: AnswerHeaders,
  ) {}

  add(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', (request, reply, done) => this.onRequest(request, reply, done));
    fastify.addHook('onSend', (request, reply, _payload, done) => {
      this.onSend(request, reply);
      this.turns.add(done);
    });
  }

  private onRequest(request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void {
    const { cors } = this.parts;
    if (isPreflight(request)) {
      cors.preflight(request, reply, this.traitsOfTarget(request)).catch(done);
      return;
    }
    const traits = this.traitsFor(request);
    if (traits.cookies === undefined) done(this.refusalOf(request));
    else cors.decorate(request, reply, traits).then(() => done(this.refusalOf(request)), done);
  }

  private refusalOf(request: FastifyRequest): Error | undefined {
    try {
      this.parts.refusals.check(request);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  /** Judged by the route that the actual request will reach. A path without a route is open, as its 404 is. */
  private traitsOfTarget(request: FastifyRequest): RouteTraits {
    const { routes, audience, elsewhere } = this.parts;
    const method = request.headers['access-control-request-method'] ?? '';
    const route = routes.find(method, request.url) ?? routes.methodsAt(request.url)[0]?.route;
    if (!route) return elsewhere.traitsOf(request) ?? {};
    return audience.mayReach(request, route.template) ? route.traits : {};
  }

  private traitsFor(request: FastifyRequest): RouteTraits {
    return (request.is404 && this.parts.elsewhere.traitsOf(request)) || routeOf(request).traits;
  }

  private onSend(request: FastifyRequest, reply: FastifyReply): void {
    void reply.headers(this.headersFor(request));
    void reply.header('x-request-id', request.id);
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    // A draining instance asks kept-alive clients to go elsewhere. Fastify closes the connection after each body that
    // was refused; if the body was read to its end, or is being read, the connection can be used again.
    if (this.parts.readiness.draining) void reply.header('connection', 'close');
    else if (request.raw.complete || isDiscarded(request.raw)) void reply.removeHeader('connection');
  }

  private headersFor(request: FastifyRequest): HeaderSet {
    const { isPage, cookies } = this.traitsFor(request);
    if (isPage) return this.headers.page;
    return cookies !== undefined || isPreflight(request) ? this.headers.cookies : this.headers.open;
  }
}

const isPreflight = ({ method, headers }: FastifyRequest): boolean =>
  method === 'OPTIONS' &&
  headers.origin !== undefined &&
  headers['access-control-request-method'] !== undefined;
