import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { blocksFor } from '../../../scripts/guide/blocks.js';
import type { ServiceUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';
import { Subscriber } from '../../support/events/subscriber.js';
import { lines, PROFILE, ShoppingAgent } from '../../ucp/agent.js';

/** An entry of the history, as docs/ucp.md shows it. */
const [TOLD = ''] = blocksFor('test/stories/ucp/agent-fills-a-cart.e2e-spec.ts', 'docs/ucp.md');

const NOT_FOUND = {
  ucp: { version: '2026-08-25', status: 'error' },
  messages: [{ type: 'error', code: 'not_found', severity: 'unrecoverable' }],
};

describe('A shopping agent fills a cart by the Universal Commerce Protocol', () => {
  let shop: Shop;
  let agent: ShoppingAgent;
  let support: ServiceUser;
  let cartId: string;
  beforeAll(async () => {
    shop = await openShop();
    agent = new ShoppingAgent(await shop.service('acme-agent'));
    support = await shop.service('acme-support');
  });
  afterAll(() => shop.close());

  const inSeconds = (seconds: number): string =>
    new Date(shop.clock.now().getTime() + seconds * 1000).toISOString();

  const sessionOf = async (id: string) => {
    const { body } = await support.get(`/admin/acme/sessions?cartId=${id}`).expect(200);
    return body.items[0];
  };

  it('gets a cart with prices in minor units, where the shopper is', async () => {
    const { body } = await agent
      .create({
        ...lines(['umbrella', 2]),
        context: { address_country: 'US', postal_code: '94105', language: 'en-US', intent: 'it rains' },
      })
      .expect(201);
    cartId = body.id;
    expect(body).toMatchObject({
      ucp: { version: '2026-08-25', status: 'success' },
      line_items: [
        {
          id: '0',
          item: { id: 'umbrella', title: 'umbrella', price: 2490 },
          quantity: 2,
          totals: [
            { type: 'subtotal', amount: 4980 },
            { type: 'total', amount: 4980 },
          ],
        },
      ],
      currency: 'USD',
      context: {
        address_country: 'US',
        postal_code: '94105',
        language: 'en-US',
        currency: 'USD',
        intent: 'it rains',
      },
      expires_at: inSeconds(3600),
    });
    expect(body.messages).toBeUndefined();
  });

  it('has a session behind it, whose values say that the agent named them', async () => {
    const session = await sessionOf(cartId);
    expect(session).toMatchObject({
      kind: 'anonymous',
      siteCode: 'us',
      currency: 'USD',
      targetLocation: 'US',
    });
    const { body } = await support.get(`/admin/acme/sessions/${session.sessionId}`).expect(200);
    expect(JSON.stringify(body)).toContain('"source":"agent"');
  });

  it('has subscribers told that its session began with it [D-40]', async () => {
    const subscriber = await Subscriber.of(shop);
    const { body } = await agent.create(lines(['umbrella', 1])).expect(201);
    const { sessionId } = await sessionOf(body.id);
    const [began, created] = await subscriber.awaited(sessionId, 'session.began', 'context.created');
    expect(began?.data).toEqual({ kind: 'anonymous', clientId: 'acme-agent', dialect: 'ucp' });
    expect(created?.data).toMatchObject({ by: { kind: 'agent', id: 'acme-agent' } });
    await subscriber.leave();
  });

  it('reads it again, and finds the same', async () => {
    const { body } = await agent.get(cartId).expect(200);
    expect(body).toMatchObject({ id: cartId, currency: 'USD', totals: [{ amount: 4980 }, { amount: 4980 }] });
  });

  it('replaces what is in it, with ids that stay', async () => {
    const { body } = await agent.update(cartId, lines(['raincoat', 1], ['umbrella', 3])).expect(200);
    expect(body.line_items).toMatchObject([
      { id: '1', item: { id: 'raincoat', price: 8900 }, quantity: 1 },
      { id: '0', item: { id: 'umbrella' }, quantity: 3 },
    ]);
    expect(body.totals).toContainEqual({ type: 'total', amount: 8900 + 3 * 2490 });
    expect(body.context).toMatchObject({ postal_code: '94105', intent: 'it rains' });
  });

  it('moves it to another country and currency, where everything has another price', async () => {
    const { body } = await agent
      .update(cartId, { ...lines(['umbrella', 1]), context: { address_country: 'DEU', currency: 'eur' } })
      .expect(200);
    expect(body).toMatchObject({ currency: 'EUR', context: { address_country: 'DE', currency: 'EUR' } });
    expect(body.context.postal_code).toBeUndefined();
    expect(body.line_items).toMatchObject([{ item: { id: 'umbrella', price: 1990 } }]);
    expect(await sessionOf(cartId)).toMatchObject({
      siteCode: 'main',
      currency: 'EUR',
      targetLocation: 'DE',
    });
  });

  it('is told what it does not get, and gets the rest', async () => {
    const { body } = await agent
      .update(cartId, {
        ...lines(['umbrella', 1], ['yacht', 1], ['raincoat', 9_007_199_254_740_991]),
        context: { address_country: 'DE', currency: 'JPY' },
      })
      .expect(200);
    expect(body.line_items).toMatchObject([{ item: { id: 'umbrella' } }]);
    expect(body.messages).toMatchObject([
      { type: 'warning', code: 'currency_unsupported', path: '$.context.currency' },
      { type: 'error', code: 'item_unavailable', path: '$.line_items[1].item.id', severity: 'recoverable' },
      { type: 'error', code: 'quantity_out_of_range', path: '$.line_items[2].quantity' },
    ]);
  });

  it('keeps the cart as it is if nothing of what it wants can be sold', async () => {
    const { body } = await agent.update(cartId, lines(['yacht', 1])).expect(200);
    expect(body.line_items).toMatchObject([{ item: { id: 'umbrella' }, quantity: 1 }]);
    expect(body.messages).toMatchObject([{ code: 'item_unavailable' }]);
  });

  it('empties it', async () => {
    const { body } = await agent.update(cartId, lines()).expect(200);
    expect(body).toMatchObject({ line_items: [], totals: [{ amount: 0 }, { amount: 0 }] });
  });

  it('leaves a trace: employees see which agent put what into the cart', async () => {
    const { sessionId } = await sessionOf(cartId);
    const { body } = await support.get(`/admin/acme/sessions/${sessionId}/history`).expect(200);
    const by = { kind: 'agent', id: 'acme-agent', agent: PROFILE };
    expect(body.items[0]).toMatchObject({
      by,
      source: 'agent',
      changes: [{ field: 'cart.umbrella', from: 1 }],
    });
    expect(body.items).toContainEqual(expect.objectContaining(JSON.parse(TOLD)));
    expect(body.items).toContainEqual(
      expect.objectContaining({
        by,
        changes: expect.arrayContaining([{ field: 'currency', from: 'USD', to: 'EUR' }]),
      }),
    );
  });

  it('lasts longer with each change', async () => {
    shop.clock.advanceSeconds(1800);
    const { body } = await agent.update(cartId, lines(['umbrella', 1])).expect(200);
    expect(body.expires_at).toBe(inSeconds(3600));
    shop.clock.advanceSeconds(3000);
    await agent.get(cartId).expect(200);
  });

  it('cancels it, gets it as it was, and finds it no more', async () => {
    const { body } = await agent.cancel(cartId).expect(200);
    expect(body).toMatchObject({ id: cartId, line_items: [{ item: { id: 'umbrella' } }] });
    expect((await agent.get(cartId).expect(200)).body).toMatchObject(NOT_FOUND);
    expect((await agent.update(cartId, lines()).expect(200)).body).toMatchObject(NOT_FOUND);
    expect((await agent.cancel(cartId).expect(200)).body).toMatchObject(NOT_FOUND);
  });

  it('finds it no more once its time is over', async () => {
    const { body } = await agent.create(lines(['umbrella', 1])).expect(201);
    shop.clock.advanceSeconds(3600);
    expect((await agent.get(body.id).expect(200)).body).toMatchObject(NOT_FOUND);
  });

  it('begins nothing if nothing of what it wants can be sold', async () => {
    const before = await support.get('/admin/acme/sessions').expect(200);
    const { body } = await agent.create(lines(['yacht', 1])).expect(200);
    expect(body).toMatchObject({
      ucp: { status: 'error' },
      messages: [{ code: 'item_unavailable', severity: 'unrecoverable' }],
    });
    const after = await support.get('/admin/acme/sessions').expect(200);
    expect(after.body.items).toEqual(before.body.items);
  });
});
