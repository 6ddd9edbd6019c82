import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { Collector } from '../../support/programs/collector.js';
import { ownLog } from '../../support/records/run-records.js';
import { openShop, type Shop, type ShopOptions } from '../../support/shop.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const MANY = 100;

const logged = (): readonly string[] => readFileSync(ownLog(), 'utf8').split('\n');

describe('Traces of a service', () => {
  let collector: Collector | undefined;
  let shop: Shop | undefined;

  const open = async (env: ShopOptions['env'], behave?: Parameters<typeof Collector.open>[0]) => {
    collector = await Collector.open(behave);
    shop = await openShop({ env: { ...collector.env, ...env } });
    return { collector, shop };
  };
  const close = async (): Promise<void> => {
    await shop?.close();
    shop = undefined;
  };

  afterEach(async () => {
    await close();
    collector?.close();
    collector = undefined;
  });

  it('begin anew for a caller that is no trusted proxy, whatever it sends', async () => {
    const opened = await open({});
    await opened.shop.http
      .get('/.well-known/jwks.json')
      .set('traceparent', `00-${TRACE}-00f067aa0ba902b7-00`)
      .expect(200);
    const span = await opened.collector.named('GET /.well-known/jwks.json');
    expect(span.traceId).not.toBe(TRACE);
    expect(span.parentSpanId).toBeUndefined();
    const line = logged().find((one) => one.includes(span.spanId));
    expect(JSON.parse(line ?? '{}')).toMatchObject({ msg: 'request', trace_id: span.traceId });
  });

  it('are sent as protobuf unless JSON is asked for, to the address of its own if it has one', async () => {
    const opened = await open({ OTEL_EXPORTER_OTLP_PROTOCOL: '', OTEL_SERVICE_NAME: 'sessions-of-acme' });
    await opened.shop.http.get('/.well-known/jwks.json').expect(200);
    await close();
    expect(opened.collector.requests[0]).toMatchObject({
      url: '/v1/traces',
      headers: { 'content-type': 'application/x-protobuf' },
    });
    const sent = Buffer.concat(opened.collector.bodies).toString('latin1');
    expect(sent).toContain('sessions-of-acme');
    expect(sent).toContain('GET /.well-known/jwks.json');

    const { url } = opened.collector;
    shop = await openShop({
      env: { ...opened.collector.env, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${url}/mine` },
    });
    await shop.http.get('/.well-known/jwks.json').expect(200);
    await close();
    expect(opened.collector.requests.at(-1)).toMatchObject({ url: '/mine' });
  });

  it('are those of a share of the requests if the sampler says so, and their logs still have ids', async () => {
    const opened = await open({ OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' });
    const { headers } = await opened.shop.http.get('/.well-known/jwks.json').expect(200);
    await close();
    expect(opened.collector.bodies).toEqual([]);
    const line = logged().find((one) => one.includes(String(headers['x-request-id'])));
    expect(JSON.parse(line ?? '{}')).toMatchObject({ trace_id: expect.stringMatching(/^[\da-f]{32}$/) });
  });

  it.each([
    ['OTEL_SDK_DISABLED', 'true'],
    ['OTEL_TRACES_EXPORTER', 'none'],
  ])('are not made if %s is %s', async (name, value) => {
    const opened = await open({ [name]: value });
    const { headers } = await opened.shop.http.get('/.well-known/jwks.json').expect(200);
    await close();
    expect(opened.collector.bodies).toEqual([]);
    expect(logged().find((one) => one.includes(String(headers['x-request-id'])))).not.toContain('trace_id');
  });

  it.each([
    ['never answers', () => undefined],
    ['hangs up', (request) => void request.socket.destroy()],
    ['answers 500', (_, response) => void response.writeHead(500).end('no')],
    [
      'answers 503 and asks for an hour',
      (_, response) => void response.writeHead(503, { 'retry-after': '3600' }).end(),
    ],
    [
      'answers without end',
      (_, response) => {
        const timer = setInterval(() => response.write('x'), 20);
        response.on('close', () => clearInterval(timer));
      },
    ],
  ] satisfies readonly (readonly [string, Parameters<typeof Collector.open>[0]])[])(
    'harm nobody, and hold up no stop, while their collector %s',
    async (_what, behave) => {
      // Longer than the patience of this test.
      const opened = await open({ OTEL_EXPORTER_OTLP_TIMEOUT: '60000' }, behave);
      const shopper = await opened.shop.visitor();
      await shopper.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
      const reads = Array.from({ length: MANY }, () =>
        shopper.get('/session-context/acme/me/context').expect(200),
      );
      await Promise.all(reads);
      await close();
      expect(opened.collector.bodies.length).toBeGreaterThan(0);
    },
  );

  it('harm nobody while nothing listens at their address, and the log says it once', async () => {
    const gone = await Collector.open();
    gone.close();
    // Shorter than the exporter's first wait before it tries again, and long enough for a busy machine to refuse.
    shop = await openShop({ env: { ...gone.env, OTEL_EXPORTER_OTLP_TIMEOUT: '700' } });
    const before = logged().length;
    const warnings = () =>
      logged()
        .slice(before)
        // An earlier service may lose its last spans only now, as its stop did not wait for them.
        .filter((one) => one.includes('spans could not be sent') && one.includes('ECONNREFUSED'));
    for (let i = 0; warnings().length === 0 && i < MANY; i += 1) {
      await shop.http.get('/.well-known/jwks.json').expect(200);
      await new Promise((done) => setTimeout(done, 20));
    }
    for (let i = 0; i < MANY; i += 1) await shop.http.get('/.well-known/jwks.json').expect(200);
    await close();
    expect(warnings()).toHaveLength(1);
    expect(JSON.parse(warnings()[0] ?? '{}')).toMatchObject({
      context: 'Tracing',
      lost: expect.any(Number),
      reason: expect.stringContaining('ECONNREFUSED'),
    });
  });
});
