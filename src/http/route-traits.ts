import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import type { TakenBody } from './media-type.rules.js';

/** What the HTTP layer must know of a route. It is told by the route that matched, never by the URL as it was sent. */
export interface RouteTraits {
  /** `json` when left out. */
  readonly takes?: TakenBody;
  /** The credential is a cookie, so not every page may call it. `at-will`: with a cookie it is, without one it is not. */
  readonly cookies?: 'always' | 'at-will';
  /** It answers something for a browser to show. */
  readonly isPage?: boolean;
}

/** Once for each handler: the last one counts. */
export const Traits = (traits: RouteTraits): MethodDecorator => RouteConfig({ traits });

const NONE: RouteTraits = Object.freeze({});

export const traitsIn = (config: object | undefined): RouteTraits =>
  config && 'traits' in config && typeof config.traits === 'object' && config.traits !== null
    ? config.traits
    : NONE;

export const traitsOf = (request: FastifyRequest): RouteTraits => traitsIn(request.routeOptions.config);
