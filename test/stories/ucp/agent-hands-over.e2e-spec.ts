import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Device } from '../../support/people/device.js';
import { HandoverLinks } from '../../support/data/handover-links.js';
import type { CustomerUser, Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';
import { lines, PROFILE, ShoppingAgent } from '../../ucp/agent.js';

const MINE = '/session-context/acme/me/context';
const LOGIN = '/customerlogin/auth/anonymous/login?tenant=acme&client_id=acme-storefront';
const NOT_FOUND = { messages: [{ code: 'not_found' }] };

describe('A shopper takes over what an agent began', () => {
  let shop: Shop;
  let links: HandoverLinks;
  let agent: ShoppingAgent;
  let cartId: string;
  let token: string;
  let unused: string;
  let shopper: Visitor;
  let anna: CustomerUser;
  beforeAll(async () => {
    shop = await openShop();
    links = new HandoverLinks(shop);
    agent = new ShoppingAgent(await shop.service('acme-agent'));
  });
  afterAll(() => shop.close());

  const tokenOf = (body: { continue_url: string }): string => {
    const [, found = ''] = /#handover=([\w.-]+)$/.exec(body.continue_url) ?? [];
    return found;
  };

  const sessionsOf = async (id: string) => {
    const support = await shop.service('acme-support');
    const { body } = await support.get(`/admin/acme/sessions?cartId=${id}`).expect(200);
    return body.items;
  };

  it('gets a link in each answer, which works once and for ten minutes', async () => {
    const { body } = await agent
      .create({ ...lines(['umbrella', 2]), context: { address_country: 'FR' } })
      .expect(201);
    cartId = body.id;
    expect(body.continue_url).toMatch(/^http:\/\/onesession\.test\/handover\/acme#handover=eyJ/);
    unused = tokenOf(body);
    token = tokenOf((await agent.get(cartId).expect(200)).body);
  });

  it('goes on in the same session, with the cart and the context', async () => {
    shopper = await links.desktopOf(token);
    const context = (await shopper.get(MINE).expect(200)).body;
    expect(context).toMatchObject({ cartId, targetLocation: 'FR', currency: 'EUR' });
    const { body } = await shopper.get(`/cart/acme/carts/${cartId}`).expect(200);
    expect(body.items).toMatchObject([{ quantity: 2 }]);
  });

  it('leaves the agent outside: the session is theirs from here on [P-78]', async () => {
    for (const sent of [agent.get(cartId), agent.update(cartId, lines()), agent.cancel(cartId)])
      expect((await sent.expect(200)).body).toMatchObject(NOT_FOUND);
  });

  it('has used up this link and all others that the agent got [P-78]', async () => {
    await links.expectDead(token);
    await links.expectDead(unused);
    anna = await shopper.logIn('anna@acme.test', 'demo-Anna-2026');
    expect((await anna.get(MINE).expect(200)).body).toMatchObject({ cartId });
    expect((await agent.get(cartId).expect(200)).body).toMatchObject(NOT_FOUND);
  });

  it('and employees see who did what, in which order [P-79]', async () => {
    const support = await shop.service('acme-support');
    const { body } = await support.get(`/admin/acme/sessions/${anna.sessionId}/history`).expect(200);
    const steps = body.items.map(({ by }: { by: { kind: string; id?: string; agent?: string } }) => by);
    expect(steps[0]).toMatchObject({ kind: 'login' });
    expect(steps.findIndex(({ kind }: { kind: string }) => kind === 'handover')).toBe(1);
    expect(body.items).toContainEqual(
      expect.objectContaining({
        by: { kind: 'agent', id: 'acme-agent', agent: PROFILE },
        changes: [{ field: 'cart.umbrella', to: 2 }],
      }),
    );
  });

  it('by cookie as well, and the agent is outside then, too', async () => {
    const { body } = await agent.create(lines(['raincoat', 1])).expect(201);
    const [before] = await sessionsOf(body.id);
    const browser = new Device(shop.url);
    await browser.send('post', '/handover/acme/open', { token: tokenOf(body) }).expect(200);
    expect((await agent.get(body.id).expect(200)).body).toMatchObject(NOT_FOUND);
    const [after] = await sessionsOf(body.id);
    expect(after).toMatchObject({ sessionId: before.sessionId });
    const { body: tokens } = await browser.send('get', LOGIN).expect(200);
    expect(tokens.sessionId).toBe(before.sessionId);
  });

  it('or not at all: a link that was not used ends with the cart that is canceled', async () => {
    const { body } = await agent.create(lines(['umbrella', 1])).expect(201);
    const canceled = await agent.cancel(body.id).expect(200);
    expect(canceled.body).not.toHaveProperty('continue_url');
    await links.expectDead(tokenOf(body));
  });
});
