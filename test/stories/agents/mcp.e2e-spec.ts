import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { HttpUser, ServiceUser, Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

interface Told {
  readonly isError: boolean;
  readonly result?: ReturnType<JSON['parse']>;
  readonly status?: number;
  readonly message?: string;
  readonly next?: string;
}

const SHOPPER_TOOLS = ['cart_add', 'cart_change_line', 'cart_read', 'context_change', 'session_read'];

describe('An agent with the official MCP client', () => {
  let shop: Shop;
  const agents: Client[] = [];
  beforeAll(async () => {
    shop = await openShop({ env: { MCP: 'on' } });
  });
  afterEach(async () => {
    for (const agent of agents.splice(0)) await agent.close();
  });
  afterAll(() => shop.close());

  async function agentOf({ accessToken }: HttpUser, versions: 'auto' | 'legacy' = 'auto'): Promise<Client> {
    const agent = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: versions } });
    const headers = { authorization: `Bearer ${accessToken}` };
    await agent.connect(
      new StreamableHTTPClientTransport(new URL(`${shop.url}/mcp`), { requestInit: { headers } }),
    );
    agents.push(agent);
    return agent;
  }

  async function call(agent: Client, name: string, args: Record<string, unknown> = {}): Promise<Told> {
    const { isError = false, structuredContent } = await agent.callTool({ name, arguments: args });
    return { ...(structuredContent as object), isError };
  }

  const namesOf = async (agent: Client): Promise<string[]> =>
    (await agent.listTools()).tools.map(({ name }) => name).toSorted();

  describe.each(['auto', 'legacy'] as const)('that speaks the protocol of its time (%s)', (versions) => {
    it('fills the cart of a shopper, at the shopper’s prices', async () => {
      const visitor = await shop.visitor();
      const agent = await agentOf(visitor, versions);
      expect(await namesOf(agent)).toEqual(SHOPPER_TOOLS);
      expect(await call(agent, 'session_read')).toMatchObject({ result: null, next: expect.any(String) });
      const { result: cart } = await call(agent, 'cart_add', { productId: 'umbrella', quantity: 2 });
      expect(cart).toMatchObject({ currency: 'EUR', totalPrice: { amount: 39.8 } });
      const [line] = cart.items;
      const changed = await call(agent, 'cart_change_line', { lineId: line.id, quantity: 3 });
      expect(changed.result.totalPrice.amount).toBe(59.7);
      await call(agent, 'context_change', { siteCode: 'us', attributes: { gift: true } });
      const read = await call(agent, 'session_read');
      expect(read.result).toMatchObject({ siteCode: 'us', currency: 'USD', context: { gift: true } });
      const { body } = await visitor.get('/session-context/acme/me/context').expect(200);
      expect(body).toEqual(read.result);
      const emptied = await call(agent, 'cart_change_line', { lineId: line.id, quantity: 0 });
      expect(emptied.result.items).toEqual([]);
    });
  });

  it('is told what to do about each refusal', async () => {
    const agent = await agentOf(await shop.visitor());
    expect(await call(agent, 'context_change', { currency: 'EUR' })).toMatchObject({
      isError: true,
      status: 404,
      next: expect.stringContaining('cart_add'),
    });
    await call(agent, 'cart_read');
    expect(await call(agent, 'context_change', { currency: 'XXX' })).toMatchObject({
      isError: true,
      status: 400,
    });
    expect(await call(agent, 'cart_add', { productId: 'nothing', quantity: 1 })).toMatchObject({
      isError: true,
      message: expect.stringContaining('no price'),
    });
    await expect(call(agent, 'cart_add', { productId: 'umbrella', quantity: -1 })).resolves.toMatchObject({
      isError: true,
    });
  });

  describe('of an employee', () => {
    let staff: ServiceUser;
    let visitor: Visitor;
    let cartId: string;
    beforeAll(async () => {
      staff = await shop.service();
      visitor = await shop.visitor();
      const cart = { siteCode: 'main', currency: 'EUR' };
      ({ cartId } = (await visitor.post('/cart/acme/carts', cart).expect(201)).body);
    });

    it('finds a session, explains it, tries and makes a change, and the shopper sees who did it', async () => {
      const agent = await agentOf(staff);
      const { sessionId } = visitor;
      const found = await call(agent, 'sessions_find', { cartId });
      expect(found.result.items).toMatchObject([{ sessionId }]);
      expect((await call(agent, 'session_explain', { sessionId })).isError).toBe(false);
      const tried = await call(agent, 'session_dry_run', {
        sessionId,
        values: { utm_campaign: 'black friday' },
      });
      expect(JSON.stringify(tried.result.changes)).toContain('vip');
      const change = { sessionId, currency: 'USD', reason: 'She asked for dollars' };
      expect((await call(agent, 'context_change', change)).result).toMatchObject({ currency: 'USD' });
      const line = { sessionId, cartId, productId: 'raincoat', quantity: 1 };
      expect((await call(agent, 'cart_add', line)).result).toMatchObject({ totalPrice: { amount: 89 } });
      const history = await call(agent, 'session_history', { sessionId });
      expect(JSON.stringify(history.result)).toContain('She asked for dollars');
      const { body } = await visitor.get('/session-context/acme/me/context').expect(200);
      expect(body.currency).toBe('USD');
    });

    it('gets the tools of its scopes, and no more', async () => {
      expect(await namesOf(await agentOf(await shop.service('acme-readonly')))).toEqual([]);
      const reader = await shop.service('acme-backend', 'acme-backend-secret', 'session.session_read');
      const agent = await agentOf(reader);
      expect(await namesOf(agent)).toEqual([
        'session_explain',
        'session_history',
        'session_read',
        'sessions_find',
      ]);
      await expect(
        call(agent, 'context_change', { sessionId: visitor.sessionId, currency: 'EUR', reason: 'x' }),
      ).rejects.toThrow();
    });

    it('of another tenant can’t do anything with ids of this one', async () => {
      const agent = await agentOf(await shop.service('globex-backend'));
      const { sessionId } = visitor;
      const calls: Readonly<Record<string, Record<string, unknown>>> = {
        session_read: { sessionId },
        session_explain: { sessionId },
        session_history: { sessionId },
        session_dry_run: { sessionId, values: {} },
        context_change: { sessionId, currency: 'EUR', reason: 'x' },
        cart_add: { sessionId, cartId, productId: 'umbrella', quantity: 1 },
        cart_change_line: { sessionId, cartId, lineId: '0', quantity: 1 },
      };
      expect(await namesOf(agent)).toEqual([...Object.keys(calls), 'sessions_find'].toSorted());
      for (const [name, args] of Object.entries(calls))
        expect(await call(agent, name, args), name).toMatchObject({ isError: true, status: 404 });
      expect((await call(agent, 'sessions_find', { cartId })).result.items).toEqual([]);
    });
  });

  describe('with bad intentions', () => {
    const message = (name: string, args: object = {}) => ({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name, arguments: args },
    });
    const send = (user: HttpUser, body: object) =>
      user.post('/mcp', body).set('accept', 'application/json, text/event-stream');

    it.each(['.', '..', '../..', '%2e%2e', '..\\', '..\n'])(
      'can’t reach another route by an id that is %j [X-24]',
      async (id) => {
        const visitor = await shop.visitor();
        const shopper = await agentOf(visitor);
        const { result: cart } = await call(shopper, 'cart_add', { productId: 'umbrella', quantity: 2 });
        const staff = await agentOf(await shop.service());
        const wanted = { sessionId: visitor.sessionId, cartId: cart.id, lineId: '0' };
        const tries: readonly (readonly [Client, string, Record<string, unknown>])[] = [
          [shopper, 'cart_change_line', { lineId: id, quantity: 0 }],
          [shopper, 'cart_change_line', { lineId: id, quantity: 1 }],
          [staff, 'session_read', { sessionId: id }],
          [staff, 'session_explain', { sessionId: id }],
          [staff, 'session_history', { sessionId: id }],
          [staff, 'session_dry_run', { sessionId: id, values: {} }],
          [staff, 'context_change', { sessionId: id, currency: 'USD', reason: 'x' }],
          [staff, 'cart_add', { ...wanted, cartId: id, productId: 'umbrella', quantity: 1 }],
          [staff, 'cart_change_line', { ...wanted, lineId: id, quantity: 0 }],
          [staff, 'cart_change_line', { ...wanted, cartId: id, quantity: 0 }],
        ];
        for (const [agent, name, args] of tries)
          expect(await call(agent, name, args), name).toMatchObject({ isError: true, status: 404 });
        expect((await call(shopper, 'cart_read')).result).toEqual(cart);
      },
    );

    it('gets one answer for each request, so that a few bytes can’t ask for hundreds of megabytes [X-25]', async () => {
      const visitor = await shop.visitor();
      const one = message('cart_read');
      for (const batch of [[one], Array.from({ length: 100 }, () => one)]) {
        const { body } = await send(visitor, batch).expect(400);
        expect(body).toEqual({
          jsonrpc: '2.0',
          id: null,
          error: { code: -32600, message: expect.stringContaining('one message') },
        });
      }
      await send(visitor, one).expect(200);
    });

    it('is refused by status, and told no more than elsewhere [X-26]', async () => {
      const visitor = await shop.visitor();
      const raw = (type: string, body: string) => visitor.post('/mcp').set('content-type', type).send(body);
      const refusals = [
        [await raw('application/json', '{'), 400],
        [await raw('application/json', '[['.repeat(100)), 400],
        [await raw('application/json', '{"a":"\\ud800"}'), 400],
        [await raw('application/json', `{"a":"${'x'.repeat(1_100_000)}"}`), 413],
        [await raw('text/plain', '{}'), 415],
      ] as const;
      for (const [{ status, body }, wanted] of refusals) {
        expect({ status, body }).toMatchObject({ status: wanted, body: { code: wanted } });
        expect(body).not.toHaveProperty('statusCode');
      }
    });

    it('that runs wild is told to wait [X-26]', async () => {
      const limited = await openShop({ env: { MCP: 'on', RATE_LIMITS: 'on' } });
      try {
        const visitor = await limited.visitor();
        const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
        let refused;
        for (let i = 0; i < 301 && refused?.status !== 429; i += 1) {
          refused = await send(visitor, ping);
          expect([200, 429]).toContain(refused.status);
        }
        expect(refused?.status).toBe(429);
        expect(refused?.headers).toMatchObject({ 'retry-after': expect.stringMatching(/^\d+$/) });
        expect(refused?.body).toMatchObject({ code: 429 });
      } finally {
        await limited.close();
      }
    });
  });

  it('without a good token is told where to get one (RFC 9728)', async () => {
    const { headers } = await shop.http.post('/mcp', {}).expect(401);
    const named = /resource_metadata="http:\/\/onesession\.test([^"]+)"/.exec(
      headers['www-authenticate'] ?? '',
    );
    const { body } = await shop.http.get(named?.[1] ?? '').expect(200);
    expect(body).toMatchObject({
      resource: 'http://onesession.test/mcp',
      authorization_servers: ['http://onesession.test'],
    });
    const visitor = await shop.visitor();
    const agent = await agentOf(visitor);
    const staff = await shop.service();
    await staff.delete(`/admin/acme/sessions/${visitor.sessionId}`).expect(204);
    await expect(call(agent, 'session_read')).rejects.toThrow();
  });

  it.each(['auto', 'legacy'] as const)(
    'runs in a browser too, at a page of any origin (%s)',
    async (mode) => {
      const { accessToken } = await shop.visitor();
      const sent = new Set<string>();
      const agent = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
      agents.push(agent);
      await agent.connect(
        new StreamableHTTPClientTransport(new URL(`${shop.url}/mcp`), {
          requestInit: { headers: { authorization: `Bearer ${accessToken}` } },
          fetch: (url, init) => {
            for (const name of new Headers(init?.headers).keys()) sent.add(name);
            return fetch(url, init);
          },
        }),
      );
      await agent.callTool({ name: 'session_read', arguments: {} });
      // Browsers send it without asking.
      sent.delete('accept');
      expect(sent).toContain('mcp-protocol-version');
      const origin = 'https://agent.test';
      const { headers } = await shop
        .options('/mcp', {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': [...sent].toSorted().join(','),
        })
        .expect(204);
      expect(headers['access-control-allow-origin']).toBe('*');
      const allowed = String(headers['access-control-allow-headers']).split(', ');
      expect(allowed).toEqual(expect.arrayContaining([...sent]));
      const refused = await shop.http.post('/mcp', {}).set('origin', origin).expect(401);
      expect(refused.headers['access-control-expose-headers']).toContain('www-authenticate');
    },
  );

  it('is not served unless the operator asks for it', async () => {
    const other = await openShop();
    try {
      const { body } = await other.http.post('/mcp', {}).expect(404);
      expect(body.message).toBe('/mcp is switched off; it is served if the setting MCP is on');
    } finally {
      await other.close();
    }
  });
});
