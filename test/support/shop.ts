import type { IncomingMessage } from 'node:http';
import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import supertest from 'supertest';
import { createApp } from '../../src/app.setup.js';
import { BootstrapService, readBootstrap } from '../../src/bootstrap/index.js';
import { type Config, readConfig } from '../../src/config/config.schema.js';
import { pairsProblem } from '../../src/http/query.rules.js';
import { createPino, openTracing, PinoLogger, Readiness } from '../../src/observability/index.js';
import type { Tracing } from '../../src/shared/tracing.js';
import type { TenantSettings } from '../../src/tenant/index.js';
import { type OpenedStorage, openStorage } from './store/drivers.js';
import { HttpUser, ServiceUser, Visitor } from './people/http-user.js';
import { logDestination, recordAnswer, recordSecrets } from './records/run-records.js';
import { TestClock } from './test-clock.js';

const TENANT = 'acme';
export const OPERATOR_SECRET = 'a secret of the operator of the tests only';

export interface VisitorOptions {
  readonly tenant?: string;
  readonly client?: string;
  /** Further query parameters of the login: currency, siteCode, targetLocation, language. */
  readonly [query: string]: string | undefined;
}

/** A running service with the demo data, and its users. */
export class Shop {
  readonly http: HttpUser;
  readonly storage = this.opened.storage;

  constructor(
    readonly app: NestFastifyApplication,
    readonly clock: TestClock,
    readonly url: string,
    private readonly opened: OpenedStorage,
    /** The routes that Fastify serves, including those of libraries and its own HEAD routes. */
    readonly routes: readonly { method: string; url: string }[],
    private readonly tracing: Tracing,
  ) {
    this.http = new HttpUser(url);
  }

  /** An anonymous shopper. */
  async visitor({ tenant = TENANT, client, ...asked }: VisitorOptions = {}): Promise<Visitor> {
    const clientId = client ?? `${tenant}-storefront`;
    const query = new URLSearchParams({ tenant, client_id: clientId });
    for (const [name, value] of Object.entries(asked)) if (value !== undefined) query.set(name, value);
    const { body } = await this.http.get(`/customerlogin/auth/anonymous/login?${query}`).expect(200);
    return new Visitor(this.url, tenant, clientId, body);
  }

  /** Gets a service token; without a scope, one with every scope of the client. */
  async service(clientId = 'acme-backend', secret = `${clientId}-secret`, scope = ''): Promise<ServiceUser> {
    recordSecrets(JSON.stringify({ client_secret: secret }));
    const { body } = await this.http
      .post('/oauth/token')
      .type('form')
      .send({ grant_type: 'client_credentials', client_id: clientId, client_secret: secret, scope })
      .expect(200);
    return new ServiceUser(this.url, body.access_token);
  }

  /** Gets a token of the operator's client. */
  operator(): Promise<ServiceUser> {
    return this.service('operator', OPERATOR_SECRET);
  }

  /** Returns the holder of this token. */
  as(accessToken: string): HttpUser {
    return new HttpUser(this.url, accessToken);
  }

  /** Opens the store for an instance with other settings. Close that one first. */
  again(): Promise<OpenedStorage> {
    return this.opened.again();
  }

  /** Starts another instance on the same store, as behind a load balancer. Close it first. */
  async secondInstance(): Promise<Shop> {
    return openShop({ clock: this.clock, opened: await this.again() });
  }

  /** Sends the preflight of a browser for a request to another origin. */
  options(path: string, headers: Record<string, string>): supertest.Test {
    return supertest(this.url).options(path).set(headers);
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.tracing.close();
    await this.opened.drop();
  }
}

export interface ShopOptions {
  /** Settings that differ from those of the tests. */
  readonly env?: NodeJS.ProcessEnv;
  /** The settings of the tenant `acme`. The demo data declares none. */
  readonly settings?: TenantSettings;
  readonly clock?: TestClock;
  /** A store that is already open. */
  readonly opened?: OpenedStorage;
}

export async function openShop({
  env,
  settings,
  clock = new TestClock(),
  opened,
}: ShopOptions = {}): Promise<Shop> {
  const config: Config = readConfig({
    NODE_ENV: 'test',
    PORT: '0',
    ISSUER: 'http://onesession.test',
    KEYS_SECRET: 'a secret of the tests only',
    OPERATOR_SECRET,
    LOG_LEVEL: 'debug',
    RATE_LIMITS: 'off',
    UCP: 'on',
    SWEEP_SECONDS: '3600',
    REQUEST_TIMEOUT_SECONDS: '60',
    // Tests of all routes wait for the end of each answer.
    LIVE_STREAM_SECONDS: '1',
    ...env,
  });
  const tracing = await openTracing(config);
  const pino = createPino(config, { destination: logDestination, tracing });
  Logger.overrideLogger(new PinoLogger(pino));
  const store = opened ?? (await openStorage(tracing));
  const app = await createApp({ config, storage: store.storage, clock, tracing }, pino);
  const fastify = app.getHttpAdapter().getInstance();
  const hidesRoutes = env?.ADMIN_PORT !== undefined || env?.NODE_ENV === 'production';
  fastify.addHook('onResponse', async ({ method, raw, routeOptions: { url } }, { statusCode }) => {
    // An instance that hides routes answers 404 even for described routes.
    if (url === undefined || hidesRoutes) return;
    recordAnswer(method, url, isWellFormed(raw) ? `${statusCode}` : `${statusCode} early`);
  });
  // A bootstrap file does not change what already exists.
  if (settings) await store.storage.tenants.create({ name: TENANT, settings });
  await app.get(BootstrapService).load(await readBootstrap(config));
  const routes: { method: string; url: string }[] = [];
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.push({ method: one, url });
  });
  app.get(Readiness).state = 'serving';
  await app.listen(0, '127.0.0.1');
  return new Shop(app, clock, await app.getUrl(), store, routes, tracing);
}

/** Tells whether the route is looked at. If not, 400 says nothing about it, and not every description names it. */
function isWellFormed({ rawHeaders, url = '' }: IncomingMessage): boolean {
  const hosts = rawHeaders.filter((_, index) => /^host$/i.test(rawHeaders[index - 1] ?? ''));
  const query = url.slice(url.indexOf('?') + 1);
  const hasGoodQuery = query === url || pairsProblem(query, 'query') === undefined;
  return hosts.length === 1 && /^[\w.:[\]-]+$/.test(hosts[0] ?? '') && hasGoodQuery;
}
