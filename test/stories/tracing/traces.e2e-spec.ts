import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Collector } from '../../support/programs/collector.js';
import type { ServiceUser, Visitor } from '../../support/people/http-user.js';
import { ownLog } from '../../support/records/run-records.js';
import { type SessionAppServer, sessionAppServer } from '../../support/programs/session-app.js';
import { openShop, type Shop } from '../../support/shop.js';
import { WebhookTarget } from '../../support/events/webhook-target.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const SERVER = 2;
const CLIENT = 3;
const ERROR = 2;

const onMongo = process.env.TEST_DRIVER === 'mongo';

/** All that a span of this service may say. */
const FACTS = new Set([
  'http.request.method',
  'http.route',
  'http.response.status_code',
  'error.type',
  'server.address',
  'db.system.name',
  'db.operation.name',
  'db.collection.name',
  'onesession.store.port',
  'onesession.transform.round',
  'onesession.transform.calls',
]);

describe('A service that sends its traces to a collector', () => {
  let collector: Collector;
  let shop: Shop;
  let staff: ServiceUser;
  let shopper: Visitor;
  let app: SessionAppServer;
  let target: WebhookTarget;
  const told: NodeJS.Dict<string | string[]>[] = [];
  const secrets: string[] = [];

  beforeAll(async () => {
    collector = await Collector.open();
    app = await sessionAppServer(
      () => ({}),
      (request, response) => {
        told.push(request.headers);
        response.end(JSON.stringify({ mine: { badge: { value: 'gold' } } }));
      },
    );
    target = await WebhookTarget.open();
    shop = await openShop({
      env: {
        ...collector.env,
        OTEL_SERVICE_NAME: 'shop-sessions',
        OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=a%20test,service.instance.id=one',
        OTEL_EXPORTER_OTLP_HEADERS: 'x-collector-key=a%20key%20of%20the%20collector',
        TRUSTED_PROXIES: '127.0.0.1',
        SESSION_APPS_PRIVATE_ADDRESSES: 'allow',
      },
    });
    shopper = await shop.visitor();
    staff = await shop.service();
  });
  afterAll(async () => {
    collector.close();
    app.close();
    target.close();
  });

  it('makes one span of a request, named by its route, and of what the store does for it', async () => {
    await shopper.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
    const { traceId, kind, parentSpanId, attributes, status } =
      await collector.named('POST /cart/:tenant/carts');
    expect({ kind, parentSpanId, attributes, status }).toEqual({
      kind: SERVER,
      parentSpanId: undefined,
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/cart/:tenant/carts',
        'http.response.status_code': 201,
      },
      status: { code: 0 },
    });
    const paths = collector.pathsOf(traceId);
    expect(paths).toContain('POST /cart/:tenant/carts > carts.create');
    expect(paths.filter((path) => path.startsWith('POST '))).toEqual(paths);
  });

  it('shows below each operation of the store what MongoDB was asked for it', async () => {
    const { traceId } = await collector.named('POST /cart/:tenant/carts');
    const paths = collector.pathsOf(traceId);
    const below = paths.filter((path) => path.startsWith('POST /cart/:tenant/carts > carts.create > '));
    expect(below).toEqual(
      onMongo
        ? ['update cart_owners', 'insert carts'].map(
            (name) => `POST /cart/:tenant/carts > carts.create > ${name}`,
          )
        : [],
    );
    const commands = collector.spans.filter(({ attributes }) => attributes['db.system.name'] === 'mongodb');
    expect(commands.length > 0).toBe(onMongo);
    for (const { kind, name, attributes } of commands) {
      expect(kind).toBe(CLIENT);
      const { 'db.operation.name': command, 'db.collection.name': collection } = attributes;
      expect(name).toBe(`${String(command)} ${String(collection)}`);
      expect(attributes).toEqual({
        'db.system.name': 'mongodb',
        'db.operation.name': command,
        'db.collection.name': collection,
      });
    }
  });

  it('names itself as OpenTelemetry’s settings say, and shows the collector its key', async () => {
    const { resource } = await collector.named('POST /cart/:tenant/carts');
    expect(resource).toMatchObject({
      'service.name': 'shop-sessions',
      'service.instance.id': 'one',
      'deployment.environment.name': 'a test',
      'telemetry.sdk.name': 'opentelemetry',
    });
    expect(collector.requests[0]).toMatchObject({
      url: '/v1/traces',
      headers: { 'x-collector-key': 'a key of the collector' },
    });
  });

  it('goes on with the trace of a trusted proxy, and its log lines name the span', async () => {
    await shopper
      .get('/session-context/acme/me/context')
      .set('traceparent', `00-${TRACE}-${SPAN}-01`)
      .set('tracestate', 'vendor=a-secret-of-the-proxy')
      .set('baggage', 'user=anna')
      .expect(200);
    const span = await collector.named(
      'GET /session-context/:tenant/me/context',
      (one) => one.traceId === TRACE,
    );
    expect(span.parentSpanId).toBe(SPAN);
    const line = readFileSync(ownLog(), 'utf8')
      .split('\n')
      .find((one) => one.includes(`"span_id":"${span.spanId}"`));
    expect(JSON.parse(line ?? '{}')).toMatchObject({
      msg: 'request',
      trace_id: TRACE,
      route: '/session-context/:tenant/me/context',
    });
  });

  it('records nothing of a trace that the trusted proxy does not record', async () => {
    const unrecorded = TRACE.replaceAll('4', '5');
    await shopper
      .get('/session-context/acme/me/context')
      .set('traceparent', `00-${unrecorded}-${SPAN}-00`)
      .expect(200);
    await shopper.delete('/session-context/acme/me/context/attributes/none').expect(204);
    await collector.named('DELETE /session-context/:tenant/me/context/attributes/:attributeName');
    expect(collector.spans.filter(({ traceId }) => traceId === unrecorded)).toEqual([]);
  });

  it('continues the trace at a session app, in the round that called it, without baggage', async () => {
    await staff
      .put('/admin/acme/session-apps/badges', {
        url: `${app.url}hooks/a-secret-path`,
        input: { public: ['hat'] },
        output: { mine: ['badge'] },
      })
      .expect(200);
    await shop.http
      .post('/api/sessions?an=acme', { public: { hat: { value: 'red' } } })
      .set('traceparent', `00-${TRACE}-${SPAN}-01`)
      .set('tracestate', 'vendor=a-secret-of-the-proxy')
      .set('baggage', 'user=anna')
      .expect(201);
    const call = await collector.named('call of a session app');
    expect(call.attributes).toEqual({
      'http.request.method': 'POST',
      'server.address': '127.0.0.1',
      'http.response.status_code': 200,
    });
    await collector.named('POST /api/sessions');
    expect(collector.pathsOf(TRACE)).toContain(
      'POST /api/sessions > transform round > call of a session app',
    );
    expect(told.at(-1)).toMatchObject({ traceparent: `00-${TRACE}-${call.spanId}-01` });
    expect(told.at(-1)).not.toHaveProperty('tracestate');
    expect(told.at(-1)).not.toHaveProperty('baggage');
  });

  it('begins a trace of its own for the delivery of a webhook, and continues it at the target', async () => {
    await staff
      .post('/admin/acme/webhooks', { url: `${target.url}?key=a-secret-key`, types: ['*'] })
      .expect(201);
    await shop.visitor();
    const [event] = await target.awaited(1);
    const delivery = await collector.named('webhook delivery');
    expect(delivery).toMatchObject({ kind: CLIENT, attributes: { 'http.response.status_code': 204 } });
    expect(event?.headers['traceparent']).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-01$/);
  });

  it('marks a request that failed, without the text of the error', async () => {
    const { storage } = shop;
    const { find } = storage.sessions;
    storage.sessions.find = () => Promise.reject(new Error('a fault that quotes anna@acme.test'));
    await shopper.get('/session-context/acme/me/context').expect(500);
    storage.sessions.find = find;
    const span = await collector.named(
      'GET /session-context/:tenant/me/context',
      ({ attributes }) => attributes['http.response.status_code'] === 500,
    );
    expect(span.status).toEqual({ code: ERROR });
    expect(span.attributes).toMatchObject({ 'error.type': '500' });
  });

  it('does not trace probes and scrapes', async () => {
    await shop.http.get('/health/live').expect(200);
    await shop.http.get('/metrics').expect(200);
    await shop.http.get('/no/such/path').expect(404);
    await collector.named('GET');
    expect(collector.spans.filter(({ name }) => /health|metrics/.test(name))).toEqual([]);
  });

  it('sends no token, password, e-mail address, id, query or value of a statement [P-20]', async () => {
    const anna = await shopper.logIn('anna@acme.test', 'demo-Anna-2026');
    secrets.push(anna.accessToken ?? '', anna.refreshToken, anna.saasToken, anna.sessionId);
    secrets.push(shopper.accessToken ?? '', shopper.refreshToken, staff.accessToken ?? '');
    secrets.push('anna@acme.test', 'demo-Anna-2026', 'acme-backend-secret', 'client_id');
    secrets.push('a-secret-path', 'a-secret-key', 'a-secret-of-the-proxy', 'acme', 'gold');
    await anna.get('/customer/acme/me').expect(200);
    await anna.refreshed();
    await collector.named('GET /customer/:tenant/refreshauthtoken');
    await shop.http.get('/no/anna@acme.test?token=a-secret-key').expect(404);
    // The last spans are sent by then.
    await shop.close();
    const sent = Buffer.concat(collector.bodies).toString();
    expect(secrets.filter((secret) => sent.includes(secret))).toEqual([]);
    const facts = new Set(collector.spans.flatMap(({ attributes }) => Object.keys(attributes)));
    expect([...facts].filter((fact) => !FACTS.has(fact))).toEqual([]);
  });
});
