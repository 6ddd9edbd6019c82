import { Agent } from 'node:http';
import { type IOContext, MetricsAccumulator, type MiddlewareContext, Segment, Session } from '@vtex/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ShopService } from './support/shop-service.js';
import { logIn } from './support/shopper.js';
import { connectTo } from './support/tls-front.js';
import { printVersion } from './support/versions.js';

/** What an app of VTEX IO knows of the request that it serves. */
const CONTEXT = {
  account: 'acme',
  workspace: 'master',
  product: '',
  authToken: 'token-of-the-platform',
  host: 'shop.acme.test',
  operationId: 'operation',
  requestId: 'request',
  userAgent: 'acme.app@0.0.1',
  region: 'aws-us-east-1',
  production: true,
  platform: 'vtex',
  route: { id: '', params: {} },
  tracer: { isTraceSampled: false },
} as unknown as IOContext;

describe('An app of VTEX IO', () => {
  let service: ShopService;
  let agent: Agent;

  beforeAll(async () => {
    printVersion('@vtex/api');
    // The platform's runtime has one.
    Object.assign(globalThis, { metrics: new MetricsAccumulator() });
    service = await ShopService.start();
    // Every connection leads to the service; host, path and headers are the client's own.
    agent = new Agent();
    agent.createConnection = connectTo(service.url);
  });
  afterAll(async () => {
    agent?.destroy();
    await service?.stop();
  });

  const middlewares = [
    (context: MiddlewareContext, next: () => Promise<void>): Promise<void> => {
      Object.assign(context.config, { httpAgent: agent });
      return next();
    },
  ];
  const sessions = (context = {}): Session =>
    new Session({ ...CONTEXT, ...context }, { middlewares, timeout: 10_000 });
  const segments = (context = {}): Segment =>
    new Segment({ ...CONTEXT, ...context }, { middlewares, timeout: 10_000 });

  /** As the browser of a shopper has it. */
  async function begun(query = '', headers: Record<string, string> = {}) {
    const answer = await fetch(`${service.url}/api/sessions?an=acme${query}`, { method: 'POST', headers });
    expect(answer.status).toBe(201);
    return (await answer.json()) as { sessionToken: string; segmentToken: string };
  }

  it('reads a shopper’s session by its token, from the account that it is installed in [F-56]', async () => {
    const { sessionToken } = await begun('&utm_source=mail');
    const { sessionData } = await sessions().getSession(sessionToken, ['store.channel', 'public.utm_source']);
    expect(sessionData).toMatchObject({
      id: expect.any(String),
      namespaces: { store: { channel: { value: 'main' } }, public: { utm_source: { value: 'mail' } } },
    });
  });

  it('reads everything, a namespace, or what there is of a list', async () => {
    const { sessionToken } = await begun('&utm_source=mail');
    for (const items of [
      ['*'],
      ['store.*', 'public.*'],
      ['store', 'public'],
      ['store.channel', 'nothing.at.all', 'public'],
    ]) {
      const { sessionData } = await sessions().getSession(sessionToken, items);
      expect(sessionData.namespaces.store.channel, items.join()).toEqual({ value: 'main' });
    }
  });

  it('changes a value, and gets what it asks for with the same answer [F-50]', async () => {
    const { sessionToken } = await begun();
    const items = ['public.greeting', 'store.channel'];
    const changed = await sessions().updateSession('greeting', 'hello', items, sessionToken);
    expect(changed).toMatchObject({
      namespaces: { public: { greeting: { value: 'hello' } }, store: { channel: { value: 'main' } } },
    });
  });

  it('keeps an object as a value [F-54]', async () => {
    const { sessionToken } = await begun();
    const pickup = { id: 'berlin-1', address: { city: 'Berlin' } };
    await sessions().updateSession('pickup', pickup, ['public.pickup'], sessionToken);
    const { sessionData } = await sessions().getSession(sessionToken, ['public.pickup']);
    expect(sessionData.namespaces.public.pickup.value).toEqual(pickup);
  });

  it('sees who has logged in, and nobody after the logout [F-53]', async () => {
    const login = await logIn(service.url, 'anna@acme.test', 'demo-Anna-2026');
    const { sessionToken } = await begun('', { cookie: `VtexIdclientAutCookie_acme=${login.accessToken}` });
    const items = ['profile.email', 'profile.isAuthenticated'];
    const before = await sessions().getSession(sessionToken, items);
    expect(before.sessionData.namespaces.profile.email.value).toBe('anna@acme.test');
    await login.logOut();
    const after = await sessions().getSession(before.sessionToken, items);
    expect(after.sessionData.namespaces.profile?.email).toBeUndefined();
  });

  it('is refused without a session that is alive', async () => {
    await expect(sessions().getSession('nonsense', ['*'])).rejects.toMatchObject({
      response: { status: 401 },
    });
  });

  it('is told the account’s default segment where there is no session yet [F-57]', async () => {
    expect(await segments().getSegment()).toMatchObject({
      channel: 'main',
      currencyCode: 'EUR',
      cultureInfo: 'en-DE',
    });
    const { segmentData, segmentToken } = await segments().getOrCreateSegment({ utm_source: 'mail' });
    expect(segmentData).toMatchObject({ channel: 'main', utm_source: 'mail' });
    // A page view without a session sets no cookie.
    expect(segmentToken).toBeNull();
  });

  it.each(['mail', 'who? what? ???', 'a>b~c', 'größe/ü'])(
    'reads what a segment token says, whatever is in it: %s',
    async (source) => {
      const { segmentToken } = await begun(`&utm_source=${encodeURIComponent(source)}`);
      expect(await segments({ segmentToken }).getSegment()).toMatchObject({
        utm_source: source,
        channel: 'main',
      });
      expect(await segments().getSegmentByToken(segmentToken)).toMatchObject({ utm_source: source });
    },
  );

  it('reads tokens with keys that are not known here, and with fewer than there are [F-63]', async () => {
    const token = Buffer.from(JSON.stringify({ channel: 'us', admin_cultureInfo: 'x', unknown: 1 })).toString(
      'base64',
    );
    expect(await segments().getSegmentByToken(token)).toMatchObject({ channel: 'us' });
  });
});
