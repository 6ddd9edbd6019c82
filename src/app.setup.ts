import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { serveApiPage } from './api-page.js';
import { AppModule, type Surroundings } from './app.module.js';
import { AuditRecorder, auditRequests } from './audit/index.js';
import { Credentials } from './auth/index.js';
import type { Config } from './config/config.schema.js';
import { serveConsole } from './console/index.js';
import { askedHostname } from './http/own-origin.rules.js';
import { parseBodies } from './http/body/body-parsers.js';
import { Edge, MAX_PARAM_LENGTH } from './http/edge/edge.js';
import { ErrorFilter } from './http/errors/error.filter.js';
import { validationPipe } from './http/input/validation.pipe.js';
import { requestIds } from './http/request-ids.js';
import { watchRequests } from './http/request-log.js';
import { traceRequests } from './http/request-spans.js';
import { TrustedProxies } from './http/trusted-proxies.js';
import { IdempotencyService, keepAnswers } from './idempotency/index.js';
import { serveMcp } from './mcp/index.js';
import { Metrics, PinoLogger, Readiness } from './observability/index.js';
import { RateLimitService } from './rate-limit/index.js';
import { AgentSessionService } from './session/index.js';
import { NO_TRACING } from './shared/tracing.js';
import { serveOpenApi } from './openapi.setup.js';
import { callHandlersDirectly, declaredRoutes } from './routes/index.js';
import { accountsNamed, TenantPages, withWholeToken } from './vtex/index.js';

/**
 * Nest hands its handler of errors over when the application starts, which is too late for routes beside controllers that
 * were declared before: theirs would go to Fastify's own, which answers 500 and repeats messages.
 */
class Adapter extends FastifyAdapter {
  /** `createApp` has set it. */
  override setErrorHandler(): ReturnType<FastifyAdapter['setErrorHandler']> {
    return this.getInstance();
  }
}

function adapterOf(config: Config, edge: Edge): Adapter {
  return new Adapter({
    bodyLimit: config.BODY_LIMIT_BYTES,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH, ignoreTrailingSlash: true },
    rewriteUrl: ({ url = '/' }) => withWholeToken(url),
    serverFactory: edge.serverFactory,
    // The server handles these errors itself.
    clientErrorHandler: () => undefined,
    frameworkErrors: edge.frameworkErrors,
    return503OnClosing: false,
    trustProxy: config.TRUSTED_PROXIES ?? false,
    genReqId: requestIds(new TrustedProxies(config.TRUSTED_PROXIES)),
  });
}

/** Creates everything between a socket and the controllers. Both `main.ts` and the tests call it. */
export async function createApp(surroundings: Surroundings, pino: Logger): Promise<NestFastifyApplication> {
  const { config, tracing = NO_TRACING } = surroundings;
  const edge = new Edge(config, pino);
  const adapter = adapterOf(config, edge);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(surroundings), adapter, {
    logger: new PinoLogger(pino),
    bodyParser: false,
    abortOnError: false,
  });
  const fastify = adapter.getInstance();
  const forAllRoutes = { pipe: validationPipe(), filter: new ErrorFilter(app.get(Metrics).refused) };
  fastify.setErrorHandler(forAllRoutes.filter.answer);
  if (tracing.isOn) traceRequests(fastify, tracing, config.TRUSTED_PROXIES);
  edge.attach(fastify, { pages: app.get(TenantPages), readiness: app.get(Readiness) });
  parseBodies(fastify, config, edge.passesOn);
  watchRequests(fastify, {
    pino,
    metrics: app.get(Metrics),
    config,
    accountOf: ({ headers, query, url }) =>
      url.startsWith('/api/') ? accountsNamed(askedHostname({ headers }), query, config)[0] : undefined,
  });
  app.useGlobalPipes(forAllRoutes.pipe);
  app.useGlobalFilters(forAllRoutes.filter);
  // A route that does not declare who may call it stops the start, instead of answering 403 later.
  const routes = declaredRoutes(app);
  auditRequests(fastify, routes, app.get(AuditRecorder));
  keepAnswers(fastify, routes, app.get(IdempotencyService));
  callHandlersDirectly(app, fastify, forAllRoutes);
  serveOpenApi(app, config);
  await serveMcp(fastify, config, {
    credentials: app.get(Credentials),
    limits: app.get(RateLimitService),
    sessions: app.get(AgentSessionService),
  });
  await serveApiPage(fastify);
  await serveConsole(fastify, config);
  return app;
}
