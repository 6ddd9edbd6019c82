import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const carts = '/cart/acme/carts';
const mine = '/session-context/acme/me/context';
const onMain = { siteCode: 'main', currency: 'EUR' };

describe('A shopper makes a cart', () => {
  let shop: Shop;
  let shopper: Visitor;
  let cartId: string;
  beforeAll(async () => {
    shop = await openShop();
    shopper = await shop.visitor();
  });
  afterAll(() => shop.close());

  it('and is told its id, location and version [W-47, C-06]', async () => {
    const { body, headers } = await shopper.post(carts, { ...onMain, type: 'shopping' }).expect(201);
    cartId = body.cartId;
    expect(body).toEqual({ cartId, yrn: `urn:yaas:saasag:cart:cart:acme;${cartId}` });
    expect(headers).toMatchObject({ location: `${carts}/${cartId}`, version: '1' });
    await shopper.get(String(headers['location'])).expect(200);
  });

  it('and has a context from then on, which names the cart [E-12, E-13, E-36]', async () => {
    const { body } = await shopper.get(mine).expect(200);
    expect(body).toMatchObject({ cartId, sessionId: shopper.sessionId, metadata: { version: 1 } });
  });

  it('and reads it as it was made', async () => {
    const { body } = await shopper.get(`${carts}/${cartId}?expandCalculation=false`).expect(200);
    expect(body).toEqual({
      id: cartId,
      yrn: `urn:yaas:saasag:cart:cart:acme;${cartId}`,
      sessionId: shopper.sessionId,
      siteCode: 'main',
      currency: 'EUR',
      type: 'shopping',
      status: 'OPEN',
      items: [],
      totalUnitsCount: 0,
      addresses: [],
      mixins: {},
      metadata: {
        createdAt: shop.clock.now().toISOString(),
        modifiedAt: shop.clock.now().toISOString(),
        version: 1,
        mixins: {},
      },
    });
  });

  it('but no second one of the same site and type, and is told which one exists [W-50]', async () => {
    const { body } = await shopper.post(carts, { ...onMain, type: 'shopping' }).expect(409);
    expect(body).toEqual({ code: 409, status: 'Conflict', message: expect.any(String), cartId });
  });

  it('and others of another type, site or legal entity, while the context keeps the first [E-40, W-50]', async () => {
    await shopper.post(carts, onMain).expect(201);
    await shopper.post(carts, { ...onMain, type: 'wishlist' }).expect(201);
    await shopper.post(carts, { ...onMain, type: 'shopping', legalEntityId: 'le' }).expect(201);
    await shopper.post(carts, { siteCode: 'us', currency: 'USD', type: 'shopping' }).expect(201);
    const { body } = await shopper.get(mine).expect(200);
    expect(body).toMatchObject({ cartId, metadata: { version: 1 } });
  });

  it('and finds each of them by its criteria [W-51, C-06]', async () => {
    const { body } = await shopper.get(`${carts}?siteCode=main&type=shopping`).expect(200);
    expect(body.id).toBe(cartId);
    const { body: untyped } = await shopper.get(`${carts}?siteCode=main`).expect(200);
    expect(untyped.id).not.toBe(cartId);
    expect(untyped).not.toHaveProperty('type');
    const { body: legal } = await shopper
      .get(`${carts}?siteCode=main&type=shopping&legalEntityId=le`)
      .expect(200);
    expect(legal.legalEntityId).toBe('le');
  });

  it('but finds none by criteria that no cart meets, and must name the site [W-45, W-51]', async () => {
    const { body } = await shopper.get(`${carts}?siteCode=main&type=other`).expect(404);
    const message = 'No open cart of the type other matches these criteria at the site main';
    expect(body).toMatchObject({ code: 404, status: 'Not Found', message });
    const guest = await shop.visitor();
    await guest.post(carts, { ...onMain, type: 'shopping' }).expect(201);
    const { body: untyped } = await guest.get(`${carts}?siteCode=main`).expect(404);
    expect(untyped.message).toBe(
      'No open cart without a type matches these criteria at the site main; one that has a type is found by `type`',
    );
    const { body: wrong } = await shopper.get(carts).expect(400);
    expect(wrong.message).toContain('siteCode');
    await shopper.get(`${carts}?siteCode[$ne]=x`).expect(400);
    await shopper.get(`${carts}?siteCode=main&siteCode=us`).expect(400);
    await shopper.get(`${carts}?siteCode=main&create=maybe`).expect(400);
  });

  it('at the default site if the body names none, ignoring unknown fields [C-02]', async () => {
    const other = await shop.visitor();
    const { body } = await other
      .post(`${carts}?unknown=1`, {
        currency: 'EUR',
        customerId: 'somebody',
        items: [{}],
        owner: {},
        id: 'x',
      })
      .expect(201);
    const { body: cart } = await other.get(`${carts}/${body.cartId}`).expect(200);
    expect(cart).toMatchObject({ siteCode: 'main', items: [] });
    expect(cart).not.toHaveProperty('customerId');
  });

  it('and is told which field is wrong, and nothing is made [W-45, W-59]', async () => {
    const other = await shop.visitor();
    const wrong: [string, unknown][] = [
      ['currency', undefined],
      ['currency', 'eur'],
      ['currency', 'XXY'],
      ['currency', { $ne: null }],
      ['siteCode', 'nowhere'],
      ['siteCode', { $gt: '' }],
      ['type', { $ne: 'x' }],
      ['type', 'x'.repeat(65)],
      ['type', 'nul\0'],
      ['legalEntityId', 'x'.repeat(201)],
      ['channel', 'storefront'],
      ['channel.name', undefined],
      ['addresses', {}],
      ['mixins', 'text'],
      ['mixins', []],
      ['metadata.mixins', 1],
      ['sessionValidated', 'yes'],
    ];
    for (const [field, value] of wrong) {
      const [name = '', member] = field.split('.');
      const sent = member === undefined ? value : { [member]: value ?? { $ne: 1 } };
      const { body } = await other.post(carts, { ...onMain, [name]: sent }).expect(400);
      expect(body).toMatchObject({ code: 400, status: 'Bad Request' });
      expect(body.message).toContain(field);
    }
    await other.get(mine).expect(404);
    await other.get(`${carts}?siteCode=main`).expect(404);
  });
});

describe('A shop asks for a cart to show on a page', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  it('and gets a new one with create=true if there is none, and the context with it [E-38, W-51]', async () => {
    const shopper = await shop.visitor();
    const { body } = await shopper.get(`${carts}?siteCode=main&type=shopping&create=true`).expect(200);
    expect(body).toMatchObject({ siteCode: 'main', type: 'shopping', currency: 'EUR', items: [] });
    const { body: context } = await shopper.get(mine).expect(200);
    expect(context).toMatchObject({ cartId: body.id, metadata: { version: 1 } });
    const { body: again } = await shopper.get(`${carts}?siteCode=main&type=shopping&create=true`).expect(200);
    expect(again).toEqual(body);
  });

  it('and gets it in the currency that the shopper sees, if the site sells in it [W-07, W-51]', async () => {
    const shopper = await shop.visitor({ currency: 'GBP' });
    const { body } = await shopper.get(`${carts}?siteCode=main&create=true`).expect(200);
    expect(body.currency).toBe('GBP');
    const { body: context } = await shopper.get(mine).expect(200);
    expect(context.currency).toBe('GBP');
    await shopper.patch(mine, { currency: 'USD', metadata: { version: 1 } }).expect(204);
    const { body: next } = await shopper.get(`${carts}?siteCode=main&type=next&create=true`).expect(200);
    expect(next.currency).toBe('USD');
  });

  it('and gets none for a site that does not exist', async () => {
    const shopper = await shop.visitor();
    const { body } = await shopper.get(`${carts}?siteCode=nowhere&create=true`).expect(400);
    expect(body.message).toContain('siteCode');
    await shopper.get(mine).expect(404);
  });

  it('and makes one cart and one context, however many requests come at once [E-40, W-50]', async () => {
    const shopper = await shop.visitor();
    const ask = () => shopper.get(`${carts}?siteCode=main&create=true`).expect(200);
    const answers = await Promise.all(Array.from({ length: 20 }, ask));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const { body } = await shopper.get(mine).expect(200);
    expect(body).toMatchObject({ cartId: answers[0]?.body.id, metadata: { version: 1 } });
  });

  it('and one of 200 parallel first carts gets 201, the others 409 [E-40, W-50]', async () => {
    const shopper = await shop.visitor();
    const answers = await Promise.all(Array.from({ length: 200 }, () => shopper.post(carts, onMain)));
    const made = answers.filter(({ status }) => status === 201);
    expect(made).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(199);
    const { body } = await shopper.get(mine).expect(200);
    expect(body).toMatchObject({ cartId: made[0]?.body.cartId, metadata: { version: 1 } });
    const owner = { kind: 'session', sessionId: shopper.sessionId } as const;
    expect(await shop.storage.carts.listOpen('acme', owner, 10)).toHaveLength(1);
  });
});
