import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Device } from '../../support/people/device.js';
import type { CustomerUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

describe('The apps of a session', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  const begun = async (
    values: Record<string, string> = {},
    cookies: Record<string, string> = {},
  ): Promise<Device> => {
    const device = new Device(shop.url);
    for (const [name, value] of Object.entries(cookies)) device.cookies.set(name, value);
    await device.begin(values).expect(201);
    return device;
  };
  const anna = async (): Promise<CustomerUser> =>
    (await shop.visitor()).logIn('anna@acme.test', 'demo-Anna-2026');
  const STORE = 'store.channel,store.countryCode,store.cultureInfo,store.currencyCode,store.currencySymbol';

  describe('store', () => {
    it('gives the default policy of the account, and runs on create [M-07, M-30, M-31]', async () => {
      expect(await (await begun()).values(STORE)).toEqual({
        'store.channel': 'main',
        'store.countryCode': 'DEU',
        'store.cultureInfo': 'en-DE',
        'store.currencyCode': 'EUR',
        'store.currencySymbol': '€',
      });
    });

    it('gives the requested policy with its own values, if it is active for this user [M-32]', async () => {
      const device = await begun({ sc: 'us' });
      expect(await device.values(STORE)).toEqual({
        'store.channel': 'us',
        'store.countryCode': 'USA',
        'store.cultureInfo': 'en-US',
        'store.currencyCode': 'USD',
        'store.currencySymbol': '$',
      });
    });

    it('refuses a guest another group’s policy with 401, and saves nothing [M-33, M-35]', async () => {
      const device = await begun();
      for (const sc of ['b2b', 'nowhere']) {
        const { body } = await device.change({ sc, utm_source: 'lost' }).expect(401);
        expect(body.fault.detail.errorcode).toBe('vtex.TradePolicyNotAllowed');
      }
      const { body } = await device.read('public.sc,public.utm_source,store.channel').expect(200);
      expect(body).toMatchObject({ version: 1, namespaces: { store: { channel: { value: 'main' } } } });
      expect(body.namespaces.public).toBeUndefined();
    });

    it('refuses a customer one with 403, and gives a member of its group the private one [M-32, M-34, W-76]', async () => {
      const ben = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
      const cookie = 'VtexIdclientAutCookie_acme';
      const guest = await begun({}, { [cookie]: ben.accessToken ?? '' });
      const { body } = await guest.change({ sc: 'b2b' }).expect(403);
      expect(body.message).toContain('b2b');
      const member = await begun({}, { [cookie]: (await anna()).accessToken ?? '' });
      await member.change({ sc: 'b2b' }).expect(200);
      expect(await member.values('store.channel,store.channelPrivacy')).toEqual({
        'store.channel': 'b2b',
        'store.channelPrivacy': 'private',
      });
    });

    it('takes the language from locale, and from cultureInfo in preference [M-36, D-17]', async () => {
      const device = await begun({ locale: 'fr-FR' });
      expect(await device.values('store.cultureInfo')).toEqual({ 'store.cultureInfo': 'fr-FR' });
      await device.change({ cultureInfo: 'pt-BR' }).expect(200);
      expect(await device.values('store.cultureInfo')).toEqual({ 'store.cultureInfo': 'pt-BR' });
      await device.change({ cultureInfo: 'no language' }).expect(200);
      expect(await device.values('store.channel')).toEqual({ 'store.channel': 'main' });
    });

    it('keeps to the language of locale while cultureInfo is none [M-36, D-17]', async () => {
      const device = await begun({ locale: 'fr-FR', cultureInfo: 'no language' });
      expect(await device.values('store.cultureInfo')).toEqual({ 'store.cultureInfo': 'fr-FR' });
    });

    it('writes a language as the standard does, so that its spelling makes no second segment [F-28, S-19]', async () => {
      const devices = await Promise.all(
        ['pt-BR', 'pt-br', 'PT_BR'].map((cultureInfo) => begun({ cultureInfo })),
      );
      for (const device of devices) {
        expect(await device.values('store.cultureInfo')).toEqual({ 'store.cultureInfo': 'pt-BR' });
      }
      expect(new Set(devices.map(({ cookies }) => cookies.get('vtex_segment'))).size).toBe(1);
    });
  });

  describe('authentication and profile', () => {
    const PERSON =
      'authentication.storeUserEmail,authentication.adminUserId,profile.email,profile.isAuthenticated,profile.priceTables';

    it('know the customer of the cookie with all data and price tables, and never show the cookie [M-02, M-37, M-38, M-41, M-43, S-09, S-11, S-13, S-27, P-64]', async () => {
      const customer = await anna();
      const device = await begun({}, { VtexIdclientAutCookie_acme: customer.accessToken ?? '' });
      const { body } = await device.read().expect(200);
      expect(body.namespaces.authentication).toEqual({
        storeUserId: { value: expect.any(String) },
        storeUserEmail: { value: 'anna@acme.test' },
      });
      expect(body.namespaces.profile).toMatchObject({
        id: body.namespaces.authentication.storeUserId,
        email: { value: 'anna@acme.test' },
        firstName: { value: 'Anna' },
        lastName: { value: 'Demo' },
        priceTables: { value: 'gold' },
        isAuthenticated: { value: 'true' },
      });
      expect(body.namespaces.cookie).toBeUndefined();
      expect(JSON.stringify(body)).not.toContain(customer.accessToken);
      expect((await device.read('cookie.VtexIdclientAutCookie_acme').expect(200)).body.namespaces).toEqual(
        {},
      );
    });

    it('forget who left with the cookie, and keep nothing of the previous customer [M-40, M-45]', async () => {
      const device = await begun(
        { hello: 'there' },
        { VtexIdclientAutCookie_acme: (await anna()).accessToken ?? '' },
      );
      device.cookies.delete('VtexIdclientAutCookie_acme');
      await device.change({ hello: 'again' }).expect(200);
      expect(await device.values(PERSON)).toEqual({ 'profile.isAuthenticated': 'false' });
      const ben = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
      device.cookies.set('VtexIdclientAutCookie_acme', ben.accessToken ?? '');
      await device.change().expect(200);
      expect(await device.values(`${PERSON},profile.lastName`)).toEqual({
        'authentication.storeUserEmail': 'ben@acme.test',
        'profile.email': 'ben@acme.test',
        'profile.lastName': 'Demo',
        'profile.isAuthenticated': 'true',
      });
    });

    it('withdraw what a cookie said if it is forged or its session has ended [M-39]', async () => {
      const customer = await anna();
      const device = await begun({}, { VtexIdclientAutCookie_acme: customer.accessToken ?? '' });
      await customer.logOut().expect(204);
      await device.change().expect(200);
      expect(await device.values(PERSON)).toEqual({ 'profile.isAuthenticated': 'false' });
      const forged = await begun(
        {},
        { VtexIdclientAutCookie_acme: `${customer.accessToken?.slice(0, -4)}AAAA` },
      );
      expect(await forged.values(PERSON)).toEqual({ 'profile.isAuthenticated': 'false' });
    });

    it('know an admin by the service token in the other cookie, and both at the same time [M-38]', async () => {
      const [customer, staff] = [await anna(), await shop.service()];
      const device = await begun(
        {},
        {
          VtexIdclientAutCookie: staff.accessToken ?? '',
          VtexIdclientAutCookie_acme: customer.accessToken ?? '',
        },
      );
      expect(
        await device.values(
          'authentication.adminUserId,authentication.adminUserEmail,authentication.storeUserEmail',
        ),
      ).toEqual({
        'authentication.adminUserId': 'acme-backend',
        'authentication.adminUserEmail': 'staff@acme.test',
        'authentication.storeUserEmail': 'anna@acme.test',
      });
    });

    it('know a customer by the kind of the token, even in the cookie with the other name [F-62]', async () => {
      const swapped = await begun({}, { VtexIdclientAutCookie: (await anna()).accessToken ?? '' });
      expect(await swapped.values('authentication.storeUserEmail,authentication.adminUserId')).toEqual({
        'authentication.storeUserEmail': 'anna@acme.test',
      });
    });

    it('accept no token of another account, and none in another account’s cookie [M-39, W-77]', async () => {
      const customer = await anna();
      const elsewhere = await begun({}, { VtexIdclientAutCookie_globex: customer.accessToken ?? '' });
      expect(await elsewhere.values(PERSON)).toEqual({ 'profile.isAuthenticated': 'false' });
      const strangers = await shop.service('globex-backend');
      const foreign = await begun({}, { VtexIdclientAutCookie: strangers.accessToken ?? '' });
      expect(await foreign.values('authentication.adminUserId')).toEqual({});
    });

    it('give for an e-mail alone the price tables and nothing else of the person [M-42, P-39]', async () => {
      const device = await begun({ storeUserEmail: 'anna@acme.test' });
      const { body } = await device.read().expect(200);
      expect(body.namespaces.profile).toEqual({
        priceTables: { value: 'gold' },
        isAuthenticated: { value: 'false' },
      });
    });

    it('prefer an authenticated customer, whatever e-mail is given [D-17]', async () => {
      const ben = await (await shop.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
      const cookies = { VtexIdclientAutCookie_acme: ben.accessToken ?? '' };
      const device = await begun({ storeUserEmail: 'anna@acme.test' }, cookies);
      expect(await device.values(PERSON)).toEqual({
        'authentication.storeUserEmail': 'ben@acme.test',
        'profile.email': 'ben@acme.test',
        'profile.isAuthenticated': 'true',
      });
    });
  });

  describe('rates and benefits, and checkout', () => {
    it('list exactly the campaigns that match, and drop those that no longer do [M-08, M-46, M-47, S-14, S-29]', async () => {
      const device = await begun({ utm_campaign: 'black friday' });
      expect(await device.values('rnb.campaigns')).toEqual({ 'rnb.campaigns': 'vip' });
      await device.change({ country: 'BRA', postalCode: '05408000' }).expect(200);
      expect(await device.values('rnb.campaigns')).toEqual({ 'rnb.campaigns': 'vip,west' });
      await device.change({ utm_campaign: 'spring' }).expect(200);
      expect(await device.values('rnb.campaigns')).toEqual({ 'rnb.campaigns': 'west' });
      expect(await (await begun()).values('rnb.campaigns')).toEqual({});
    });

    it('find the region of a country with a postal code or coordinates, and of nothing less [M-10, M-48, M-49, M-50, S-12, S-28]', async () => {
      const regionOf = async (values: Record<string, string>) =>
        (await (await begun(values)).values('checkout.regionId'))['checkout.regionId'];
      expect(await regionOf({ country: 'BRA', postalCode: '05408000' })).toBe('sao-paulo');
      expect(await regionOf({ country: 'USA', postalCode: '10001' })).toBe('usa');
      expect(await regionOf({ country: 'USA', geoCoordinates: '-74.0,40.7' })).toBe('usa');
      for (const [key, value] of Object.entries({
        country: 'USA',
        postalCode: '05408000',
        geoCoordinates: '-74.0,40.7',
      })) {
        expect(await regionOf({ [key]: value })).toBeUndefined();
      }
    });
  });

  describe('the segment', () => {
    it('shows price table, region and campaign of one shopper together [M-08, S-17, S-30, W-73]', async () => {
      const device = await begun(
        { utm_campaign: 'black friday', country: 'USA', postalCode: '10001' },
        { VtexIdclientAutCookie_acme: (await anna()).accessToken ?? '' },
      );
      const { body, headers } = await device.segment().expect(200);
      expect(body).toMatchObject({
        campaigns: 'vip',
        priceTables: 'gold',
        regionId: 'usa',
        utm_campaign: 'black friday',
      });
      expect(Object.keys(body)).toHaveLength(12);
      expect(headers.vary).toContain('Cookie');
    });

    it('is the same for all with the same conditions, and stays while none of them changes [S-19, S-21, S-22]', async () => {
      const [one, other] = [
        await begun({ utm_source: 'x', mine: '1' }),
        await begun({ mine: '2', utm_source: 'x' }),
      ];
      const token = one.cookies.get('vtex_segment');
      expect(other.cookies.get('vtex_segment')).toBe(token);
      await one.change({ mine: '3', name: 'Anna' }).expect(200);
      expect(one.cookies.get('vtex_segment')).toBe(token);
      await one.change({ utm_source: 'y' }).expect(200);
      expect(one.cookies.get('vtex_segment')).not.toBe(token);
    });

    it('is base64 of twelve conditions in order, null for missing ones [W-72]', async () => {
      const device = await begun({ utm_source: 'x' });
      const token = decodeURIComponent(device.cookies.get('vtex_segment') ?? '');
      expect(Buffer.from(token, 'base64').toString()).toBe(
        '{"campaigns":null,"channel":"main","priceTables":null,"regionId":null,"utm_campaign":null,' +
          '"utm_source":"x","utmi_campaign":null,"currencyCode":"EUR","currencySymbol":"€",' +
          '"countryCode":"DEU","cultureInfo":"en-DE","channelPrivacy":"public"}',
      );
    });

    it('differs with each condition that differs [S-20]', async () => {
      const differing: readonly Record<string, string>[] = [
        {},
        { utm_campaign: 'black friday' },
        { utm_campaign: 'spring' },
        { utm_source: 'x' },
        { utmi_campaign: 'x' },
        { country: 'USA', postalCode: '10001' },
        { country: 'BRA', postalCode: '05408000' },
        { storeUserEmail: 'anna@acme.test' },
        { sc: 'us' },
        { cultureInfo: 'de-DE' },
      ];
      const devices = await Promise.all(differing.map((values) => begun(values)));
      const tokens = new Set(devices.map(({ cookies }) => cookies.get('vtex_segment')));
      expect(tokens.size).toBe(differing.length);
    });

    it('can be overridden in one answer, while the session does not change [W-74, P-65]', async () => {
      const device = await begun({ utm_source: 'x' });
      const { body } = await device.segment('?cultureInfo=de-DE&utm_source=y&priceTables=gold').expect(200);
      expect(body).toMatchObject({ cultureInfo: 'de-DE', utm_source: 'y', priceTables: null });
      expect((await device.segment().expect(200)).body).toMatchObject({
        cultureInfo: 'en-DE',
        utm_source: 'x',
      });
    });

    it('is overridden by a language in any spelling, and by nothing that is none [W-74, F-28]', async () => {
      const device = await begun({});
      const cultureOf = async (text: string): Promise<unknown> =>
        (await device.segment(`?cultureInfo=${text}`).expect(200)).body.cultureInfo;
      expect(await cultureOf('pt_br')).toBe('pt-BR');
      expect(await cultureOf('no-language-at-all')).toBe('en-DE');
    });

    it('opens no session; alone it shows its conditions, and nonsense is refused [S-18, S-23, S-24]', async () => {
      const device = await begun({ utm_source: 'x' });
      const cache = new Device(shop.url);
      cache.cookies.set('vtex_segment', device.cookies.get('vtex_segment') ?? '');
      expect((await cache.segment().expect(200)).body).toMatchObject({ utm_source: 'x' });
      await cache.read().expect(401);
      cache.cookies.set('vtex_segment', 'e30');
      await cache.segment().expect(400);
      await cache.send('get', '/api/segments/e30').expect(400);
    });
  });
});
