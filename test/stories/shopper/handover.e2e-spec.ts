import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SigningKeys } from '../../../src/auth/index.js';
import { Device } from '../../support/people/device.js';
import { HandoverLinks, MAKE, REDEEM } from '../../support/data/handover-links.js';
import type { Visitor } from '../../support/people/http-user.js';
import { recordSecrets } from '../../support/records/run-records.js';
import { openShop, type Shop } from '../../support/shop.js';

const MINE = '/session-context/acme/me/context';
const PAGE = '/handover/acme';
const ANNA = ['anna@acme.test', 'demo-Anna-2026'] as const;
const ISSUER = 'http://onesession.test';
const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36';

describe('A guest goes on at another device', () => {
  let shop: Shop;
  let links: HandoverLinks;
  let phone: Visitor;
  beforeAll(async () => {
    shop = await openShop();
    links = new HandoverLinks(shop);
  });
  afterAll(() => shop.close());

  it('with a link that lasts ten minutes and has its token where no server sees it [P-20, P-78]', async () => {
    phone = await links.shopper();
    const { body, headers } = await phone.post(MAKE).expect(201);
    expect(body.url).toMatch(
      /^http:\/\/onesession\.test\/handover\/acme#handover=eyJ[\w-]+\.[\w-]+\.[\w-]+$/,
    );
    expect(Date.parse(body.expiresAt) - shop.clock.now().getTime()).toBe(600_000);
    expect(headers['cache-control']).toBe('no-store');
  });

  it('in the same session, with its cart, and both devices shop on [P-78]', async () => {
    const desktop = await links.desktopOf(await links.of(phone));
    expect(desktop.sessionId).toBe(phone.sessionId);
    await desktop.post(`${MINE}/attributes`, { key: 'size', value: 'M' }).expect(201);
    expect((await phone.get(MINE).expect(200)).body.context).toEqual({ size: 'M' });
    for (const device of [await phone.refreshed(), await desktop.refreshed()]) {
      expect((await device.get(MINE).expect(200)).body.cartId).toEqual(expect.any(String));
    }
  });

  it('before there is a cart, too [P-78]', async () => {
    const guest = await shop.visitor({ currency: 'USD' });
    const desktop = await links.desktopOf(await links.of(guest));
    await desktop.get(MINE).expect(404);
    await desktop.post('/cart/acme/carts', { siteCode: 'main', currency: 'USD' }).expect(201);
    expect((await guest.get(MINE).expect(200)).body.currency).toBe('USD');
  });

  it('and employees see when that was, and in which browser [P-79]', async () => {
    const guest = await links.shopper();
    await links
      .redeem(await links.of(guest))
      .set('user-agent', CHROME)
      .expect(200);
    const staff = await shop.service('acme-support');
    const { body } = await staff.get(`/admin/acme/sessions/${guest.sessionId}/history`).expect(200);
    expect(body.items[0]).toMatchObject({
      at: shop.clock.now().toISOString(),
      by: { kind: 'handover', id: 'Chrome on Linux' },
      source: 'handover',
      changes: [],
    });
    expect(body.items[1]).toMatchObject({ by: { kind: 'cart' } });
  });

  it('but not with a link that was used, however many use it at once [P-78]', async () => {
    const token = await links.of(phone);
    const answers = await Promise.all(Array.from({ length: 8 }, () => links.redeem(token)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    await links.expectDead(token);
    await shop.http.post(`${PAGE}/open`, { token }).expect(401);
    await shop.http.post(`${PAGE}/preview`, { token }).expect(401);
  });

  it('nor with one that is old [P-78]', async () => {
    const token = await links.of(await links.shopper());
    shop.clock.advanceSeconds(599);
    await shop.http.post(`${PAGE}/preview`, { token }).expect(200);
    shop.clock.advanceSeconds(1);
    await links.expectDead(token);
  });

  it('nor with one of another tenant, nor with any other token [P-78]', async () => {
    const guest = await links.shopper();
    const token = await links.of(guest);
    await links.redeem(token, '/session-context/globex/handover/redeem', 'globex-storefront').expect(401);
    await links.redeem(token, '/session-context/globex/handover/redeem').expect(401);
    await links.redeem(token, REDEEM, 'acme-backend').expect(401);
    const others = [
      guest.accessToken ?? '',
      guest.refreshToken,
      `${token.slice(0, -4)}AAAA`,
      'a-link-that-nobody-made',
      '',
    ];
    for (const other of others) await links.expectDead(other);
    await links.desktopOf(token);
  });

  it('nor does the token of a link open anything by itself [P-78]', async () => {
    const guest = await links.shopper();
    const token = await links.of(guest);
    await shop.as(token).get(MINE).expect(401);
    await shop.as(token).post(MAKE).expect(401);
    const device = new Device(shop.url);
    device.cookies.set('vtex_session', token);
    await device.read().expect(401);
  });

  it('nor with a token that this service signed for something else [P-78]', async () => {
    const guest = await links.shopper();
    await links.expectDead(await signed(guest, 'at+jwt', `${ISSUER}/handover`));
    await links.expectDead(await signed(guest, 'handover+jwt', ISSUER));
    await links.desktopOf(await signed(guest, 'handover+jwt', `${ISSUER}/handover`));
  });

  it('nor once the session has ended [P-78]', async () => {
    const guest = await links.shopper();
    const token = await links.of(guest);
    const staff = await shop.service('acme-support');
    await staff.delete(`/admin/acme/sessions/${guest.sessionId}`, { reason: 'a test' }).expect(204);
    await links.expectDead(token);
  });

  it('and customers log in instead: they make no links, and no link reaches them [P-78]', async () => {
    const guest = await links.shopper();
    const token = await links.of(guest);
    const anna = await guest.logIn(...ANNA);
    await anna.post(MAKE).expect(403);
    await links.redeem(token).expect(409);
    await shop.http.post(`${PAGE}/preview`, { token }).expect(409);
    await shop.http.post(`${PAGE}/open`, { token }).expect(409);
    await anna.get(MINE).expect(200);
  });

  it('and the one who sent the link is shut out when the other logs in [X-02, P-12, P-80]', async () => {
    const sender = await links.shopper();
    const device = new Device(shop.url);
    await device.send('post', '/api/sessions', {}, sender.accessToken).expect(201);
    const victim = await links.desktopOf(await links.of(sender));
    const another = await links.of(sender);
    const anna = await victim.logIn(...ANNA);
    await sender.get(MINE).expect(401);
    await sender.refresh().expect(401);
    await sender.post(MAKE).expect(401);
    await sender.post('/customer/acme/login', { email: ANNA[0], password: ANNA[1] }).expect(401);
    await device.read().expect(401);
    await links.redeem(another).expect(409);
    await anna.get(MINE).expect(200);
  });

  it('and no link brings back a session whose client was switched off [X-22]', async () => {
    const staff = await shop.service();
    const path = '/admin/acme/clients';
    await staff.post(path, { clientId: 'acme-app', kind: 'storefront', name: 'An app' }).expect(201);
    const token = await links.of(await shop.visitor({ client: 'acme-app' }));
    const { metadata } = (await staff.get(`${path}/acme-app`).expect(200)).body;
    await staff.patch(`${path}/acme-app`, { enabled: false, metadata }).expect(200);
    await links.expectDead(token);
  });

  /** Returns a token that this service signed, with this type and audience. */
  async function signed(guest: Visitor, typ: string, aud: string): Promise<string> {
    const { kid, privateKey } = await shop.app.get(SigningKeys).current();
    const [, payload = ''] = (guest.accessToken ?? '').split('.');
    const { epoch } = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const now = Math.floor(shop.clock.now().getTime() / 1000);
    const claims = { tenant: 'acme', sid: guest.sessionId, epoch, iat: now, exp: now + 60, iss: ISSUER, aud };
    const token = await new SignJWT({ ...claims, jti: `${typ} ${aud}` })
      .setProtectedHeader({ alg: 'ES256', typ, kid })
      .sign(privateKey);
    recordSecrets(token);
    return token;
  }
});

describe('Where refresh tokens must not come back', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop({ env: { ANONYMOUS_REFRESH_REUSE: 'end' } })));
  afterAll(() => shop.close());

  it('the other device gets no refresh token, so that the session does not end with the first refresh [P-78]', async () => {
    const links = new HandoverLinks(shop);
    const phone = await links.shopper();
    const { body } = await links.redeem(await links.of(phone)).expect(200);
    expect(body).not.toHaveProperty('refresh_token');
    await phone.refreshed();
    await shop.as(body.access_token).get(MINE).expect(200);
  });
});
