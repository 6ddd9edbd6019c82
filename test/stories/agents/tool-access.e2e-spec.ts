import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SHOPPER_TOOLS } from '../../../src/mcp/tools/shopper-tools.js';
import { STAFF_TOOLS } from '../../../src/mcp/tools/staff-tools.js';
import { OBJECTS, SHOPPER, STAFF, type ToolObject, type ToolThings } from '../../support/access/tools.js';
import type { CustomerUser, HttpUser, ServiceUser, Visitor } from '../../support/people/http-user.js';
import { McpAgent } from '../../support/people/mcp-agents.js';
import { openShop, type Shop } from '../../support/shop.js';

const PASSWORD = 'tools-Password-2026';
const MINE = '/session-context/acme/me/context';
const BACKEND = ['acme-backend', 'acme-backend-secret'] as const;

const NAMES = [...new Set([...Object.keys(STAFF), ...Object.keys(SHOPPER)])];
const CELLS = Object.entries(STAFF).flatMap(([tool, { answers }]) =>
  Object.entries(answers).map(([object, status]) => ({ tool, object: object as ToolObject, status })),
);
const WITHOUT = Object.entries(STAFF).flatMap(([tool, { needs }]) =>
  Object.keys(needs).map((scope) => ({ tool, scope })),
);

describe('A tool of agents', () => {
  let shop: Shop;
  let backend: ServiceUser;
  let things: ToolThings;
  let owner: Visitor;
  let instead: Readonly<Record<ToolObject, Partial<ToolThings>>>;
  /** Tokens that are worth nothing, by what they are. */
  let worthless: Readonly<Record<string, string | undefined>>;
  const agents: McpAgent[] = [];

  const agentWith = async (user: Pick<HttpUser, 'accessToken'>): Promise<McpAgent> => {
    const agent = await McpAgent.of(shop.url, user);
    agents.push(agent);
    return agent;
  };
  const cartIn = async (user: Visitor | CustomerUser, sessionValidated: boolean): Promise<ToolThings> => {
    const cart = { siteCode: 'main', currency: 'EUR', sessionValidated };
    const carts = `/cart/${user.tenant}/carts`;
    const { cartId } = (await user.post(carts, cart).expect(201)).body;
    if (user.tenant !== 'acme') return { sessionId: user.sessionId, cartId, lineId: '0' };
    const price = { priceId: 'umbrella-eur', originalAmount: 19.9, effectiveAmount: 19.9, currency: 'EUR' };
    const itemYrn = 'urn:yaas:hybris:product:product:acme;umbrella';
    const item = { itemYrn, quantity: 1, price };
    const { itemId } = (await user.post(`${carts}/${cartId}/items`, item).expect(201)).body;
    return { sessionId: user.sessionId, cartId, lineId: itemId };
  };
  const newCustomer = async (name: string): Promise<CustomerUser> => {
    const visitor = await shop.visitor();
    const person = { email: `${name}@acme.test`, password: PASSWORD };
    await visitor.post('/customer/acme/signup', person).expect(201);
    return visitor.logIn(person.email, person.password);
  };

  beforeAll(async () => {
    shop = await openShop({ env: { MCP: 'on' } });
    const late = { shopper: await shop.visitor(), service: await shop.service() };
    shop.clock.advanceSeconds(14_400);
    backend = await shop.service();
    owner = await shop.visitor();
    things = await cartIn(owner, true);
    const ended = await shop.visitor();
    const endedThings = await cartIn(ended, true);
    await backend.delete(`/admin/acme/sessions/${ended.sessionId}`).expect(204);
    const bound = await cartIn(await shop.visitor(), true);
    const open = await cartIn(await shop.visitor(), false);
    const foreigner = await shop.visitor({ tenant: 'globex' });
    const cart = { siteCode: 'main', currency: 'GBP' };
    const { cartId: foreignCart } = (await foreigner.post('/cart/globex/carts', cart).expect(201)).body;
    instead = {
      'a shopper’s session with its cart': {},
      'a session of another tenant': { sessionId: foreigner.sessionId },
      'a session that ended': { sessionId: endedThings.sessionId },
      'a session that nobody began': { sessionId: 'no-such-thing' },
      'a session that is a step in a path': { sessionId: '.' },
      'a session that is a step upwards in a path': { sessionId: '..' },
      'a cart that is bound to another session': { cartId: bound.cartId, lineId: bound.lineId },
      'a cart of another shopper that is bound to no session': { cartId: open.cartId, lineId: open.lineId },
      'a cart of another tenant': { cartId: foreignCart },
      'a cart that nobody made': { cartId: 'no-such-thing' },
      'a cart that is a step in a path': { cartId: '.' },
      'a cart that is a step upwards in a path': { cartId: '..' },
      'a line that is not there': { lineId: '99' },
      'a line that is a step in a path': { lineId: '.' },
      'a line that is a step upwards in a path': { lineId: '..' },
    };
    worthless = await worthlessTokens(late, ended);
  });
  afterAll(async () => {
    for (const agent of agents) await agent.close();
    await shop.close();
  });

  async function worthlessTokens(late: { shopper: Visitor; service: ServiceUser }, ended: Visitor) {
    const guest = await shop.visitor();
    const link = (await guest.post('/session-context/acme/me/handover').expect(201)).body.url;
    const loggedOut = await newCustomer('logged-out');
    await loggedOut.logOut().expect(204);
    const blocked = await newCustomer('blocked');
    const { id } = (await blocked.get('/customer/acme/me').expect(200)).body;
    await backend.patch(`/customer/acme/customers/${id}`, { active: false }).expect(200);
    const before = await shop.visitor();
    await before.post('/customer/acme/signup', { email: 'before@acme.test', password: PASSWORD }).expect(201);
    await before.logIn('before@acme.test', PASSWORD);
    const customer = await newCustomer('carried');
    const off = { clientId: 'tools-off', kind: 'backend', scopes: ['session.session_read'] };
    const { secret } = (await backend.post('/admin/acme/clients', off).expect(201)).body;
    const switchedOff = await shop.service(off.clientId, secret);
    await backend
      .patch(`/admin/acme/clients/${off.clientId}`, { enabled: false, metadata: { version: 1 } })
      .expect(200);
    const begun = await shop.http.post('/api/sessions?an=acme', {}).expect(201);
    return {
      'no token': undefined,
      'a token of nobody': 'nonsense',
      'a token with another signature': `${backend.accessToken?.slice(0, -8)}AAAAAAAA`,
      'an anonymous token that expired': late.shopper.accessToken,
      'a service token that expired': late.service.accessToken,
      'a token of a session that an employee ended': ended.accessToken,
      'a token from before the login': before.accessToken,
      'a token from before the logout': loggedOut.accessToken,
      'a token of a customer who is blocked': blocked.accessToken,
      'a service token whose client is switched off': switchedOff.accessToken,
      'the operator’s token': (await shop.operator()).accessToken,
      'a refresh token': guest.refreshToken,
      'a saas token': customer.saasToken,
      'a token of a handover link': link.slice(link.indexOf('=') + 1),
      'a session token of the VTEX dialect': begun.body.sessionToken,
    };
  }

  it('is in this table', () => {
    expect(Object.keys(STAFF).toSorted()).toEqual(STAFF_TOOLS.map(({ name }) => name).toSorted());
    expect(Object.keys(SHOPPER).toSorted()).toEqual(SHOPPER_TOOLS.map(({ name }) => name).toSorted());
  });

  it.each(Object.entries(STAFF))('names there what it can name: %s', (_, { args, answers }) => {
    const named = Object.keys(args(things));
    const nameable = OBJECTS.filter((object) => {
      const keys = Object.keys(instead[object]);
      return keys.length === 0 ? named.includes('sessionId') : named.includes(keys[0] ?? '');
    });
    expect(Object.keys(answers).toSorted()).toEqual(nameable.toSorted());
  });

  describe('is closed to', () => {
    it.each([
      'no token',
      'a token of nobody',
      'a token with another signature',
      'an anonymous token that expired',
      'a service token that expired',
      'a token of a session that an employee ended',
      'a token from before the login',
      'a token from before the logout',
      'a token of a customer who is blocked',
      'a service token whose client is switched off',
      'the operator’s token',
      'a refresh token',
      'a saas token',
      'a token of a handover link',
      'a session token of the VTEX dialect',
    ])('%s, like its route [P-17, P-18, P-24, X-22]', async (what) => {
      expect(Object.keys(worthless)).toContain(what);
      const token = worthless[what];
      const agent = await agentWith(backend);
      agent.useToken(token);
      for (const name of NAMES) {
        const args = STAFF[name]?.args(things) ?? SHOPPER[name]?.(things.lineId);
        await expect(agent.call(name, args), name).rejects.toMatchObject({ status: 401 });
      }
      // The operator's token is good, at other routes.
      const refused = what === 'the operator’s token' ? 403 : 401;
      const user = token === undefined ? shop.http : shop.as(token);
      expect((await user.get(`/admin/acme/sessions/${things.sessionId}`)).status).toBe(refused);
      expect((await user.get(MINE)).status).toBe(refused);
    });

    it('all these tokens, of which none is missing here', () => {
      expect(Object.keys(worthless)).toHaveLength(15);
    });
  });

  describe('for tokens of clients', () => {
    const scoped = (scopes: readonly string[]): Promise<ServiceUser> =>
      shop.service(...BACKEND, scopes.join(' '));
    const scopesOf = async (): Promise<readonly string[]> =>
      (await backend.get('/admin/acme/clients/acme-backend').expect(200)).body.scopes;

    it.each(WITHOUT)(
      'is not there without its scope, like its route: $tool, $scope',
      async ({ tool, scope }) => {
        const user = await scoped((await scopesOf()).filter((one) => one !== scope));
        const agent = await agentWith(user);
        expect(await agent.tools()).not.toContain(tool);
        await expect(agent.call(tool, STAFF[tool]?.args(things))).rejects.toThrow(/not found/);
        // Other scopes may open a route too, so the token has none of those but what the tool needs.
        const needs = Object.keys(STAFF[tool]?.needs ?? {});
        const few = await scoped(['site.site_read', ...needs.filter((one) => one !== scope)]);
        expect(await STAFF[tool]?.needs[scope]?.(few, things)).toBe(403);
      },
    );

    it.each(Object.keys(STAFF))('works with its scopes alone: %s', async (tool) => {
      const user = await scoped(Object.keys(STAFF[tool]?.needs ?? {}));
      const agent = await agentWith(user);
      expect(await agent.call(tool, STAFF[tool]?.args(things))).toMatchObject({ isError: false });
    });

    it.each([
      ['acme-readonly', []],
      ['acme-agent', []],
      [
        'acme-support',
        ['context_change', 'session_explain', 'session_history', 'session_read', 'sessions_find'],
      ],
      ['acme-backend', Object.keys(STAFF).toSorted()],
    ])('is there by its scopes, and otherwise not to be called: %s', async (client, names) => {
      const agent = await agentWith(await shop.service(client));
      expect(await agent.tools()).toEqual(names);
      for (const name of NAMES.filter((one) => !names.includes(one)))
        await expect(agent.call(name, STAFF[name]?.args(things)), name).rejects.toThrow();
    });

    it.each(CELLS)('answers as its route does about $object: $tool, $status [P-30, P-31]', async (cell) => {
      const named = { ...things, ...instead[cell.object] };
      const { args, needs } = STAFF[cell.tool] ?? { args: () => ({}), needs: {} };
      const told = await (await agentWith(backend)).call(cell.tool, args(named));
      expect(told.isError ? told.status : 200).toBe(cell.status);
      // A step in a path leads a client elsewhere before it has asked for anything.
      if (!cell.object.includes('a step')) expect(await firstRefusal(needs, named)).toBe(cell.status);
      const { body } = await backend
        .get(`/cart/acme/carts/${things.cartId}`)
        .set('session-id', things.sessionId);
      expect(body.items.map(({ id }: { id: string }) => id)).toContain(things.lineId);
    });

    const firstRefusal = async (
      needs: (typeof STAFF)[string]['needs'],
      named: ToolThings,
    ): Promise<number> => {
      for (const ask of Object.values(needs)) {
        const status = await ask(backend, named);
        if (status >= 300) return status;
      }
      return 200;
    };

    it.each(CELLS.filter(({ object }) => object === 'a shopper’s session with its cart'))(
      'opens nothing of one tenant to the other, like its route: $tool [P-30]',
      async ({ tool }) => {
        const stranger = await shop.service('globex-backend');
        const { args, needs } = STAFF[tool] ?? { args: () => ({}), needs: {} };
        const told = await (await agentWith(stranger)).call(tool, args(things));
        expect(told).toMatchObject({ isError: true, status: 404 });
        for (const ask of Object.values(needs)) expect(await ask(stranger, things)).toBe(403);
      },
    );

    it('finds no session of another tenant [P-30]', async () => {
      const agent = await agentWith(await shop.service('globex-backend'));
      const { result } = await agent.call('sessions_find', { cartId: things.cartId });
      expect(result.items).toEqual([]);
    });
  });

  describe.each(['a guest', 'a customer', 'a guest of another tenant'])('for tokens of %s', (kind) => {
    let shopper: Visitor | CustomerUser;
    let agent: McpAgent;
    beforeAll(async () => {
      if (kind === 'a customer') shopper = await newCustomer('shops');
      else shopper = await shop.visitor(kind === 'a guest' ? {} : { tenant: 'globex' });
      agent = await agentWith(shopper);
    });

    const contextOf = async (user: Visitor | CustomerUser) =>
      (await user.get(`/session-context/${user.tenant}/me/context`).expect(200)).body;

    it('is there if it is for shoppers, and otherwise not to be called', async () => {
      expect(await agent.tools()).toEqual(Object.keys(SHOPPER).toSorted());
      for (const name of Object.keys(STAFF).filter((one) => !(one in SHOPPER)))
        await expect(agent.call(name, STAFF[name]?.args(things)), name).rejects.toThrow(/not found/);
    });

    it('is about their own session, whatever else a call names [P-31]', async () => {
      const before = await contextOf(owner);
      await agent.call('cart_read');
      const own = await contextOf(shopper);
      expect(own.cartId).not.toBe(things.cartId);
      const products = kind === 'a guest of another tenant' ? [] : ['cart_add'];
      for (const name of ['session_read', 'context_change', 'cart_read', ...products]) {
        const args = { ...SHOPPER[name]?.(things.lineId), ...things, customerId: 'anna' };
        const told = await agent.call(name, args);
        expect(told, name).toMatchObject({ isError: false });
        const about = JSON.stringify(told.result);
        expect(about, name).toContain(own.cartId);
        expect(about, name).not.toContain(things.cartId);
      }
      expect(await contextOf(owner)).toEqual(before);
    });

    it.each([
      ['99', 404],
      ['.', 404],
      ['..', 404],
    ])('answers as its route does about a line that is not theirs: %s, %i', async (lineId, status) => {
      const { cartId } = await contextOf(shopper);
      for (const quantity of [0, 2]) {
        const told = await agent.call('cart_change_line', { lineId, quantity });
        expect(told).toMatchObject({ isError: true, status });
      }
      expect((await contextOf(shopper)).cartId).toBe(cartId);
      await shopper.get(`/cart/${shopper.tenant}/carts/${cartId}`).expect(200);
    });
  });

  it('that says that it only reads changes nothing', async () => {
    const visitor = await shop.visitor();
    const agent = await agentWith(visitor);
    for (const { name } of SHOPPER_TOOLS.filter(({ readOnly }) => readOnly)) await agent.call(name);
    await visitor.get(MINE).expect(404);
    const path = `/admin/acme/sessions/${things.sessionId}`;
    const before = (await backend.get(`${path}/history`).expect(200)).body;
    const staff = await agentWith(backend);
    for (const { name } of STAFF_TOOLS.filter(({ readOnly }) => readOnly))
      expect(await staff.call(name, STAFF[name]?.args(things)), name).toMatchObject({ isError: false });
    expect((await backend.get(`${path}/history`).expect(200)).body).toEqual(before);
  });
});
