import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SigningKeys } from '../../../src/auth/keys/signing-keys.js';
import { Device } from '../../support/people/device.js';
import { type FreshStorage, openStorage } from '../../support/store/drivers.js';
import type { CustomerUser, ServiceUser, Visitor } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const PASSWORD = 'demo-Anna-2026';

describe('A thief who steals the store', () => {
  let shop: Shop;
  let opened: FreshStorage;
  let visitor: Visitor;
  let customer: CustomerUser;
  let staff: ServiceUser;
  let device: Device;

  beforeAll(async () => {
    opened = await openStorage();
    shop = await openShop({ opened });
    visitor = await shop.visitor();
    await visitor.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
    customer = await (await visitor.refreshed()).logIn('anna@acme.test', PASSWORD);
    staff = await shop.service();
    device = new Device(shop.url);
    device.cookies.set('VtexIdclientAutCookie', staff.accessToken ?? '');
    device.cookies.set('VtexIdclientAutCookie_acme', customer.accessToken ?? '');
    await device.begin({ own: 'a value that everybody may see' }).expect(201);
  });
  afterAll(() => shop.close());

  it('finds the content of sessions in it', async () => {
    const content = await opened.content();
    for (const text of ['a value that everybody may see', 'anna@acme.test', visitor.sessionId]) {
      expect(isIn(content, text)).toBe(true);
    }
  });

  it('finds no usable token, cookie, password or secret, nor the part that proves one [M-58, P-02, P-03]', async () => {
    const tokens = {
      'session token': device.cookies.get('vtex_session'),
      'anonymous token': visitor.accessToken,
      'anonymous refresh token': visitor.refreshToken,
      'customer token': customer.accessToken,
      'customer refresh token': customer.refreshToken,
      'saas token': customer.saasToken,
      'service token': staff.accessToken,
    };
    const secrets = Object.entries(tokens).flatMap(([name, token = '']) => [
      [name, token],
      [`the proof in the ${name}`, token.split('.').at(-1) ?? ''],
    ]);
    const more = [
      ['password', PASSWORD],
      ['client secret', 'acme-backend-secret'],
    ];
    const content = await opened.content();
    for (const [name, secret = ''] of [...secrets, ...more]) {
      expect(secret.length, name).toBeGreaterThan(10);
      expect(isIn(content, secret), name).toBe(false);
    }
  });

  it('finds no private key that could sign a token [P-28]', async () => {
    const { privateKey } = await shop.app.get(SigningKeys).current();
    const { d = '' } = privateKey.export({ format: 'jwk' });
    expect(d).toHaveLength(43);
    const content = await opened.content();
    expect(isIn(content, d)).toBe(false);
    expect(content.includes(Buffer.from(d, 'base64url'))).toBe(false);
    expect(isIn(content, 'PRIVATE KEY')).toBe(false);
  });

  it('although one GET with the right token returns everything [M-58]', async () => {
    expect(await device.values('public.own,authentication.storeUserEmail')).toEqual({
      'public.own': 'a value that everybody may see',
      'authentication.storeUserEmail': 'anna@acme.test',
    });
  });
});

/** In one byte per character, or in two. */
const isIn = (content: Buffer, text: string): boolean =>
  content.includes(text, 0, 'utf8') || content.includes(text, 0, 'utf16le');
