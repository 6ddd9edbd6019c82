import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HandoverLinks, REDEEM } from '../../support/data/handover-links.js';
import { type ServiceUser, Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const MINE = '/session-context/acme/me/context';
const APP = 'acme-storefront';
const WEB = 'acme-web';
const WEB_SHOP = { clientId: WEB, kind: 'storefront', name: 'The web shop' };
const ANNA = ['anna@acme.test', 'demo-Anna-2026'] as const;

/** RFC 6749 sections 6 and 10.4: a refresh token is bound to the client that it was issued to. */
describe.each(['resume', 'end'])('A guest goes on from an app to another client, reuse: %s', (reuse) => {
  let shop: Shop;
  let links: HandoverLinks;
  let staff: ServiceUser;
  let app: Visitor;
  let web: Visitor;
  beforeAll(async () => {
    shop = await openShop({ env: { ANONYMOUS_REFRESH_REUSE: reuse } });
    links = new HandoverLinks(shop);
    staff = await shop.service();
    await staff.post('/admin/acme/clients', WEB_SHOP).expect(201);
  });
  afterAll(() => shop.close());
  beforeEach(async () => {
    app = await links.shopper();
    const { body } = await links.redeem(await links.of(app), REDEEM, WEB).expect(200);
    web = new Visitor(shop.url, 'acme', WEB, body);
  });

  const refresh = (client: string, by: string) =>
    shop.http.get(`/customerlogin/auth/anonymous/refresh?tenant=acme&client_id=${client}&${by}`);
  const byToken = (client: string, { refreshToken }: Visitor) =>
    refresh(client, `refresh_token=${refreshToken}`);
  const byAccess = (client: string, { accessToken }: Visitor) =>
    refresh(client, `anonymous_token=${accessToken}`);
  const clientOf = ({ accessToken = '' }: Visitor) => decodeJwt(accessToken)['client_id'];

  it('and the app still refreshes, in turns with it, with tokens of its own [P-78]', async () => {
    let [first, second] = [app, web];
    for (let turn = 0; turn < 3; turn += 1) {
      shop.clock.advanceSeconds(600);
      first = await first.refreshed();
      const { body } = await byAccess(WEB, second).expect(200);
      second = new Visitor(shop.url, 'acme', WEB, { ...body, refresh_token: second.refreshToken });
      expect([clientOf(first), clientOf(second)]).toEqual([APP, WEB]);
      for (const device of [first, second]) await device.get(MINE).expect(200);
    }
    expect(first.sessionId).toBe(second.sessionId);
  });

  it('and neither refreshes with the tokens of the other [P-10, P-78]', async () => {
    await byToken(WEB, app).expect(401);
    await byAccess(WEB, app).expect(401);
    await byAccess(APP, web).expect(401);
    await byToken(APP, app).expect(200);
    await byAccess(APP, app).expect(200);
    await byAccess(WEB, web).expect(200);
  });

  it('and a login at the app makes it the customer’s there, and ends what the other has [P-12, P-78]', async () => {
    const anna = await app.logIn(...ANNA);
    expect(decodeJwt(anna.accessToken ?? '')['client_id']).toBe(APP);
    await anna.get(MINE).expect(200);
    await anna.refreshed();
    await web.get(MINE).expect(401);
    await byAccess(WEB, web).expect(401);
  });

  it('and each ends with its own client, when that is switched off [X-22]', async () => {
    const path = `/admin/acme/clients/${WEB}`;
    const switched = async (enabled: boolean) => {
      const { metadata } = (await staff.get(path).expect(200)).body;
      await staff.patch(path, { enabled, metadata }).expect(200);
    };
    await switched(false);
    await web.get(MINE).expect(401);
    await byAccess(WEB, web).expect(401);
    await app.get(MINE).expect(200);
    await byToken(APP, app).expect(200);
    await switched(true);
  });
});

describe('Where used refresh tokens resume, a guest at two clients', () => {
  let shop: Shop;
  let links: HandoverLinks;
  beforeAll(async () => {
    shop = await openShop();
    links = new HandoverLinks(shop);
    await (await shop.service()).post('/admin/acme/clients', WEB_SHOP).expect(201);
  });
  afterAll(() => shop.close());

  it('refreshes both by refresh token, however often the session changes hands [P-10, P-78]', async () => {
    let app = await links.shopper();
    const handedOver = async (from: Visitor, client: string): Promise<Visitor> => {
      const { body } = await links.redeem(await links.of(from), REDEEM, client).expect(200);
      return new Visitor(shop.url, 'acme', client, body);
    };
    let web = await handedOver(app, WEB);
    const third = await handedOver(web, APP);
    for (let turn = 0; turn < 3; turn += 1) {
      shop.clock.advanceSeconds(600);
      [app, web] = [await app.refreshed(), await web.refreshed()];
    }
    await third.refreshed();
    const crossed = `tenant=acme&client_id=${APP}&refresh_token=${web.refreshToken}`;
    await shop.http.get(`/customerlogin/auth/anonymous/refresh?${crossed}`).expect(401);
    await web.refreshed();
  });

  it('and tells a backend whose refresh token it asks about', async () => {
    const app = await links.shopper();
    const { body } = await links.redeem(await links.of(app), REDEEM, WEB).expect(200);
    const clientIdOf = async (token: string) => {
      const form = { client_id: 'acme-backend', client_secret: 'acme-backend-secret', token };
      return (await shop.http.post('/oauth/introspect').type('form').send(form).expect(200)).body.client_id;
    };
    expect(await clientIdOf(body.refresh_token)).toBe(WEB);
    expect(await clientIdOf((await app.refreshed()).refreshToken)).toBe(APP);
  });
});
