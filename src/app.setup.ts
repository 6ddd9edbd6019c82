import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import type { Logger } from 'pino';
import { AppModule, type Surroundings } from './app.module.js';
import { corsOptions, helmetOptions } from './http/browser-headers.js';
import { ErrorFilter } from './http/error.filter.js';
import { expectKnownBody, parseBodies } from './http/body/body-parsers.js';
import { refuseOtherMethods } from './http/other-methods.js';
import { watchRequests } from './http/request-log.js';
import { boundRequests } from './http/requests-in-flight.js';
import { limitRequests } from './http/request-timeout.js';
import { validationPipe } from './http/validation.pipe.js';
import type { FastifyRequest } from 'fastify';
import { VtexCors } from './vtex/index.js';
import { Metrics, PinoLogger, Readiness } from './observability/index.js';
import { serveOpenApi } from './openapi.setup.js';
import { declaredRoutes } from './routes/index.js';

/** Longest path or query that is read; a path parameter may hold 256 percent-encoded characters. */
const MAX_PARAM_LENGTH = 4096;

/** A query `q` of 4,000 characters may take twelve bytes for each, percent-encoded; Node reads 16 KiB. */
const MAX_HEADER_BYTES = 128 * 1024;

/** Above a load balancer's usual 60 s, so that it is never the service that closes first. */
const KEEP_ALIVE_MS = 65_000;

/** Everything between a socket and the controllers; `main.ts` and the tests both call it. */
export async function createApp(surroundings: Surroundings, pino: Logger): Promise<NestFastifyApplication> {
  const { config } = surroundings;
  const adapter = new FastifyAdapter({
    bodyLimit: config.BODY_LIMIT_BYTES,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: 30_000,
    http: { maxHeaderSize: MAX_HEADER_BYTES },
    return503OnClosing: false,
    trustProxy: config.TRUSTED_PROXIES ?? false,
    genReqId: () => crypto.randomUUID(),
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(surroundings), adapter, {
    logger: new PinoLogger(pino),
    bodyParser: false,
    abortOnError: false,
  });
  const fastify = adapter.getInstance();
  limitRequests(fastify, config.REQUEST_TIMEOUT_SECONDS * 1000);
  await app.register(helmet, helmetOptions);
  const vtexCors = app.get(VtexCors);
  await app.register(cors, {
    delegator: async (request: FastifyRequest) =>
      vtexCors.appliesTo(request) ? vtexCors.optionsFor(request, corsOptions) : corsOptions,
  });
  boundRequests(fastify, config.MAX_REQUESTS_IN_FLIGHT);
  parseBodies(fastify, {
    one: config.BODY_LIMIT_BYTES,
    waiting: config.MAX_BODY_BYTES_WAITING,
    values: config.BODY_MAX_VALUES,
  });
  refuseOtherMethods(fastify);
  fastify.addHook('onRequest', async (request) => expectKnownBody(request));
  watchRequests(fastify, { pino, metrics: app.get(Metrics), readiness: app.get(Readiness) });
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ErrorFilter());
  // A route that does not say who may call it is no reason for a 403, but for no start.
  declaredRoutes(app);
  serveOpenApi(app);
  return app;
}
