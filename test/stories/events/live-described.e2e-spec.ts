import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EventReader } from '../../support/events/event-reader.js';
import { eventProblems } from '../../support/events/event-schemas.js';
import type { ServiceUser } from '../../support/people/http-user.js';
import { HandoverLinks } from '../../support/data/handover-links.js';
import { openShop, type Shop } from '../../support/shop.js';

const PERSON = { email: 'carla@acme.test', password: 'Correct-Horse-2026' };

describe('What a storefront does in a day', () => {
  let shop: Shop;
  let staff: ServiceUser;
  let reader: EventReader;

  beforeAll(async () => {
    shop = await openShop({ env: { LIVE_STREAM_SECONDS: '3600' } });
    staff = await shop.service();
    reader = await EventReader.open(`${shop.url}/admin/acme/events`, staff.accessToken);
  });
  afterAll(async () => {
    reader.close();
    await shop.close();
  });

  it('is told in events as docs/events.asyncapi.yaml describes them, without personal data', async () => {
    const visitor = await shop.visitor();
    await visitor.post('/customer/acme/signup', PERSON).expect(201);
    const { body } = await visitor
      .post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' })
      .expect(201);
    await visitor
      .post('/session-context/acme/me/context/attributes', { key: 'gift', value: 'a secret wish' })
      .expect(201);
    const links = new HandoverLinks(shop);
    await links.desktopOf(await links.of(visitor));
    const carla = await visitor.logIn(PERSON.email, PERSON.password);
    await carla.patch('/customer/acme/me', { firstName: 'Carla' }).expect(200);
    const { body: me } = await carla.get('/customer/acme/me').expect(200);
    await carla.delete(`/cart/acme/carts/${body.cartId}`).expect(204);
    const refreshed = await (await shop.visitor()).refreshed();
    await staff.delete(`/admin/acme/sessions/${refreshed.sessionId}`).expect(204);
    await staff.delete(`/admin/acme/customers/${me.id}`).expect(200);
    await reader.until('onesession.customer.erased');
    expect(new Set(reader.types)).toEqual(
      new Set([
        'onesession.session.began',
        'onesession.customer.created',
        'onesession.cart.created',
        'onesession.context.created',
        'onesession.context.changed',
        'onesession.session.handed_over',
        'onesession.session.became_customers',
        'onesession.cart.changed',
        'onesession.customer.changed',
        'onesession.cart.closed',
        'onesession.session.ended',
        'onesession.customer.erased',
      ]),
    );
    expect(reader.events.flatMap((event) => eventProblems(event))).toEqual([]);
    expect(JSON.stringify(reader.messages)).not.toMatch(/carla@|Carla|secret wish|eyJ/);
  });
});
