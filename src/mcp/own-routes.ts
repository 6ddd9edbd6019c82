import type { FastifyInstance } from 'fastify';
import { type Agent, actingFor } from '../shared/acting-agent.js';
import type { Json } from '../shared/json.js';

export interface RouteRequest {
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RouteAnswer {
  readonly status: number;
  /** null for an answer without a body. */
  readonly body: Json;
}

/** Who sent the request that these calls are for. */
export interface CalledFor {
  readonly token: string;
  readonly address: string;
  /** The agent that changes are attributed to. */
  readonly agent: Agent;
}

const NOT_FOUND: RouteAnswer = { status: 404, body: { message: 'Nothing has this id' } };

/**
 * Tells whether a URL parser leaves the path unchanged. An id such as `..` is not escaped and would lead to another
 * route.
 */
const isPlain = (path: string): boolean => URL.parse(path, 'http://localhost')?.pathname === path;

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Calls routes of this service with the caller's own token, without the network. Rights, limits, checks and audit are so
 * exactly those of the routes, and whatever changes is the agent's.
 */
export class OwnRoutes {
  constructor(
    private readonly fastify: Pick<FastifyInstance, 'inject'>,
    private readonly caller: CalledFor,
  ) {}

  /** @param path with each id in it encoded by `encodeURIComponent` */
  async call(method: Method, path: string, request: RouteRequest = {}): Promise<RouteAnswer> {
    if (!isPlain(path)) return NOT_FOUND;
    const { query = {}, body, headers } = request;
    const items = Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] as [string, string]],
    );
    const search = new URLSearchParams(items).toString();
    const { token, address, agent } = this.caller;
    // Async, because the request of `inject` starts only when its result is awaited.
    const answer = await actingFor(agent, async () =>
      this.fastify.inject({
        method,
        url: search === '' ? path : `${path}?${search}`,
        remoteAddress: address,
        headers: {
          host: 'localhost',
          authorization: `Bearer ${token}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { payload: JSON.stringify(body) }),
      }),
    );
    return { status: answer.statusCode, body: answer.body === '' ? null : JSON.parse(answer.body) };
  }
}
