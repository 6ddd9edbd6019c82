import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RouteTraits } from '../route-traits.js';
import { corsFor, OPEN_CORS, preflightHeaders } from './cors-headers.js';

/** Whose pages may call a route with the cookies of a shopper. */
export interface CookiePages {
  /** Compared exactly. Empty if it can't be told which tenant the request is for. */
  allowedOrigins(request: FastifyRequest, traits: RouteTraits): Promise<readonly string[]>;
}

const VARY = { always: 'Origin', 'at-will': 'Origin, Cookie' } as const;

/**
 * Which page may read an answer, by the traits of the route that matched. Never `*` with credentials, and never
 * `null` (SECURITY 61). Without cookies, a route is open to all, and `answer-headers.ts` says so.
 */
export class Cors {
  constructor(private readonly pages: CookiePages) {}

  /** @param traits of a route that takes cookies */
  async decorate(request: FastifyRequest, reply: FastifyReply, traits: RouteTraits): Promise<void> {
    const { cookies } = traits;
    if (!cookies) return;
    void reply.header('vary', VARY[cookies]);
    void reply.headers(await this.headersFor(request, traits));
  }

  /** What a browser asks before it sends a request. */
  async preflight(request: FastifyRequest, reply: FastifyReply, traits: RouteTraits): Promise<void> {
    const asked = request.headers['access-control-request-headers'];
    const headers = traits.cookies ? await this.headersFor(request, traits) : OPEN_CORS;
    void reply
      .status(204)
      .headers({ ...headers, ...preflightHeaders(asked), vary: 'Origin, Access-Control-Request-Headers' })
      .send();
  }

  private async headersFor(
    request: FastifyRequest,
    traits: RouteTraits,
  ): Promise<Readonly<Record<string, string>>> {
    const { origin, cookie } = request.headers;
    const isOpen = traits.cookies === 'at-will' && cookie === undefined;
    if (origin === undefined) return isOpen ? OPEN_CORS : {};
    const allowed = await this.pages.allowedOrigins(request, traits);
    if (origin !== 'null' && allowed.includes(origin)) return corsFor(origin);
    return isOpen ? OPEN_CORS : {};
  }
}
