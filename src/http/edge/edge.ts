import type {
  FastifyError,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  FastifyServerFactory,
} from 'fastify';
import type { Logger } from 'pino';
import type { Config } from '../../config/config.schema.js';
import { Audience } from '../audience.js';
import { errorBody, errorMediaType, failure } from '../errors/error-bodies.js';
import { TrustedProxies } from '../trusted-proxies.js';
import { Elsewhere, type UpstreamAccounts } from '../upstream/elsewhere.js';
import { AdminServer } from './admin-server.js';
import { type AnswerHeaders, answerHeaders } from './answer-headers.js';
import { Connections } from './connections.js';
import { type CookiePages, Cors } from './cors.js';
import { EarlyRefusals } from './early-refusals.js';
import { EdgeHooks } from './edge-hooks.js';
import { RawAnswers } from './raw-answers.js';
import { RequestsInFlight } from './requests-in-flight.js';
import { RouteTable } from './route-table.js';
import { boundedServer } from './servers.js';

/** Longest path parameter that is read; one may hold 256 percent-encoded characters. */
export const MAX_PARAM_LENGTH = 4096;

/** What only the composition root can provide. */
export interface EdgeParts {
  readonly pages: CookiePages & UpstreamAccounts;
  readonly readiness: { readonly draining: boolean };
}

/** Everything between the sockets and Fastify's handlers: servers, limits, refusals, and the headers of all answers. */
export class Edge {
  private readonly headers: AnswerHeaders;
  private readonly proxies: TrustedProxies;
  private readonly audience: Audience;
  private readonly connections: Connections;
  private readonly elsewhere: Elsewhere;
  private readonly answers: RawAnswers;

  constructor(
    private readonly config: Config,
    pino: Logger,
  ) {
    this.headers = answerHeaders(config.ISSUER);
    this.proxies = new TrustedProxies(config.TRUSTED_PROXIES);
    this.audience = new Audience(config, this.proxies);
    this.connections = new Connections(config, this.proxies);
    this.answers = new RawAnswers(this.headers.open, pino);
    this.elsewhere = new Elsewhere(config, this.audience);
  }

  /** Fastify's option of this name. */
  readonly serverFactory: FastifyServerFactory = (handler) =>
    boundedServer(handler, this.config, { connections: this.connections, answers: this.answers });

  /** Implements Fastify's option of this name, for a path that its router can't read. No hook runs for it. */
  readonly frameworkErrors = (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    const isTooLong = error.code === 'FST_ERR_MAX_PARAM_LENGTH';
    const told = isTooLong
      ? failure(414, `A part of the path is longer than ${MAX_PARAM_LENGTH} bytes`)
      : failure(400, 'The path has a percent-escape that is not valid UTF-8');
    void reply
      .status(told.status)
      .headers({ ...this.headers.open, 'cache-control': 'no-store', 'x-request-id': request.id })
      .type(errorMediaType(request.raw.url ?? '/'))
      .send(JSON.stringify(errorBody(request.raw.url ?? '/', told)));
  };

  /** Whether a request goes on to another host, with its body as it is. */
  readonly passesOn = (request: FastifyRequest): boolean => this.elsewhere.takes(request);

  /** Call this before the routes are declared. */
  attach(fastify: FastifyInstance, { pages, readiness }: EdgeParts): void {
    const routes = new RouteTable(fastify, MAX_PARAM_LENGTH);
    const { elsewhere } = this;
    const refusals = new EarlyRefusals(this.config, routes, this.audience, elsewhere);
    new EdgeHooks(
      { refusals, routes, readiness, elsewhere, audience: this.audience, cors: new Cors(pages) },
      this.headers,
    ).add(fastify);
    new RequestsInFlight(this.config, this.connections).watch(fastify);
    elsewhere.attach(fastify, pages);
    if (this.config.ADMIN_PORT === undefined) return;
    // Connections are counted separately, so that operators get in however many come to the public port.
    const connections = new Connections(this.config, this.proxies);
    const handler = this.audience.markAdmin(fastify.routing);
    const server = boundedServer(handler, this.config, { connections, answers: this.answers });
    new AdminServer(server, this.config).runWith(fastify);
  }
}
