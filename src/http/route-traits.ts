import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import type { TakenBody } from './media-type.rules.js';

/**
 * What the HTTP layer must know about a route. It comes from the matched route, never from the URL as it was sent
 * (X-15).
 */
export interface RouteTraits {
  /** Default: `json`. */
  readonly takes?: TakenBody;
  /**
   * The credential is a cookie, so only allowed pages may call the route. `at-will`: the cookie is optional, and the
   * rule applies only to requests with one.
   */
  readonly cookies?: 'always' | 'at-will';
  /** The answer may be something that a browser displays. */
  readonly isPage?: boolean;
  /** A good answer has no end of its own: it lasts until either side closes it. */
  readonly isLive?: boolean;
}

/** Declares the traits of a handler. Use it once per handler: the last one counts. */
export const Traits = (traits: RouteTraits): MethodDecorator => RouteConfig({ traits });

const NONE: RouteTraits = Object.freeze({});

export const traitsIn = (config: object | undefined): RouteTraits =>
  config && 'traits' in config && typeof config.traits === 'object' && config.traits !== null
    ? config.traits
    : NONE;

/** What is known of the route that a request matched. */
export interface MatchedRoute {
  /** `/cart/:tenant/carts`; undefined if no route matched. */
  readonly template: string | undefined;
  readonly traits: RouteTraits;
}

const MATCHED = Symbol('route');

declare module 'fastify' {
  interface FastifyRequest {
    [MATCHED]?: MatchedRoute;
  }
}

/** Asks Fastify once for each request: `routeOptions` makes an object of twelve fields for each question. */
export function routeOf(request: FastifyRequest): MatchedRoute {
  return (request[MATCHED] ??= matched(request));
}

function matched({ routeOptions: { url, config } }: FastifyRequest): MatchedRoute {
  return { template: url, traits: traitsIn(config) };
}
