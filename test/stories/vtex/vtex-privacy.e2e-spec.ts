import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Device } from '../../support/people/device.js';
import { openStorage } from '../../support/store/drivers.js';
import { openShop, type Shop } from '../../support/shop.js';

/** An address outside, seen through a trusted proxy. */
const FAR = { 'x-forwarded-for': '203.0.113.9' };
const PERSON = {
  contactPhone: '+49 30 1234567',
  company: 'Demo',
  b2b: { companyRegistrationId: 'HRB 4711' },
};

/** Opens a shop behind a trusted proxy, with a customer about whom everything is known. */
async function openPrivateShop(hidesPhoneAndDocument?: boolean): Promise<Shop> {
  const opened = await openStorage();
  const vtex = hidesPhoneAndDocument === undefined ? {} : { hidesPhoneAndDocument };
  await opened.storage.tenants.create({ name: 'acme', settings: { vtex } });
  return openShop({ opened, env: { TRUSTED_PROXIES: '127.0.0.1' } });
}

/** Returns a device on which the customer is logged in by cookie. */
async function deviceOfBen(shop: Shop): Promise<Device> {
  const ben = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
  await ben.patch('/customer/acme/me', PERSON).expect(200);
  const device = new Device(shop.url);
  device.cookies.set('VtexIdclientAutCookie_acme', ben.accessToken ?? '');
  await device.begin({ own: 'x' }).expect(201);
  return device;
}

describe('What a session shows', () => {
  let shop: Shop;
  let device: Device;
  beforeAll(async () => {
    shop = await openPrivateShop();
    device = await deviceOfBen(shop);
  });
  afterAll(() => shop.close());

  const namespacesOf = async (headers: Record<string, string>, items = '*') =>
    (await device.read(items).set(headers).expect(200)).body.namespaces;

  it('is everything except the cookies, to its holder, over TLS or on loopback [D-21, S-09, S-15]', async () => {
    for (const headers of [{}, { ...FAR, 'x-forwarded-proto': 'https' }]) {
      const shown = await namespacesOf(headers);
      expect(shown).toMatchObject({
        authentication: { storeUserEmail: { value: 'ben@acme.test' } },
        profile: {
          phone: { value: PERSON.contactPhone },
          document: { value: PERSON.b2b.companyRegistrationId },
        },
        public: { own: { value: 'x' } },
      });
      expect(shown.cookie).toBeUndefined();
    }
  });

  it('is nothing personal where others could listen, even if requested by name [D-21]', async () => {
    const shown = await namespacesOf(FAR);
    expect(Object.keys(shown).toSorted()).toEqual(['account', 'impersonate', 'public', 'store']);
    expect(await namespacesOf(FAR, 'profile.email,authentication.storeUserId,public.own')).toEqual({
      public: { own: { value: 'x' } },
    });
  });

  it('is nothing at all to a caller without its cookie [D-21, W-69]', async () => {
    await new Device(shop.url).read().expect(401);
  });

  it('omits phone and document if the tenant has set it [D-21]', async () => {
    const discreet = await openPrivateShop(true);
    try {
      const { profile } = (await (await deviceOfBen(discreet)).read('*').expect(200)).body.namespaces;
      expect(profile).toMatchObject({ email: { value: 'ben@acme.test' }, firstName: { value: 'Ben' } });
      expect(profile).not.toHaveProperty('phone');
      expect(profile).not.toHaveProperty('document');
    } finally {
      await discreet.close();
    }
  });

  it('marks what survives a logout, which only the system sets [D-20, S-05]', async () => {
    const marked = async () => {
      const { body } = await device.read().expect(200);
      const spaces = Object.entries<Record<string, { keepAlive?: true; value: string }>>(body.namespaces);
      return spaces.flatMap(([space, keys]) =>
        Object.entries(keys)
          .filter(([, { keepAlive }]) => keepAlive)
          .map(([key, { value }]) => [`${space}.${key}`, value]),
      );
    };
    const before = await marked();
    expect(before).toEqual([['account.id', expect.any(String)]]);
    const mine = { public: { own: { value: 'y', keepAlive: true } } };
    await device.send('patch', '/api/sessions', mine).expect(200);
    device.cookies.delete('VtexIdclientAutCookie_acme');
    await device.change().expect(200);
    expect(await device.values('authentication.storeUserEmail,profile.email')).toEqual({});
    expect(await marked()).toEqual(before);
  });
});
