import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import cors from '@fastify/cors';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import type { Logger } from 'pino';
import { AppModule, type Surroundings } from './app.module.js';
import { corsOptions, helmetOptions } from './http/browser-headers.js';
import { ErrorFilter } from './http/error.filter.js';
import { jsonParser, refuseForms } from './http/body-parsers.js';
import { watchRequests } from './http/request-log.js';
import { validationPipe } from './http/validation.pipe.js';
import { Metrics, PinoLogger, Readiness } from './observability/index.js';
import { serveOpenApi } from './openapi.setup.js';

/** Longest path or query that is read; a path parameter may hold 256 percent-encoded characters. */
const MAX_PARAM_LENGTH = 4096;

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
  await app.register(helmet, helmetOptions);
  await app.register(cors, corsOptions);
  jsonParser(fastify);
  await app.register(formbody);
  refuseForms(fastify);
  watchRequests(fastify, { pino, metrics: app.get(Metrics), readiness: app.get(Readiness) });
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ErrorFilter());
  serveOpenApi(app);
  return app;
}
