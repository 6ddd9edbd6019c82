import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Device } from '../../support/people/device.js';
import { openStorage } from '../../support/store/drivers.js';
import { openShop, type Shop } from '../../support/shop.js';

/** The items that FastStore requests with each of its calls. */
const FASTSTORE_ITEMS =
  'profile.id,profile.email,profile.firstName,shopper.firstName,store.channel,store.countryCode,store.cultureInfo,' +
  'store.currencyCode,store.currencySymbol,authentication.storeUserId,checkout.regionId,public.postalCode';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe('A change that asks for items', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop({ env: { TRUSTED_PROXIES: '127.0.0.1' } });
  });
  afterAll(() => shop.close());

  const query = (items: string): string => `?items=${encodeURIComponent(items)}`;

  it('is answered with them, as in a read, beside the tokens of a new session [F-50, W-63]', async () => {
    const device = new Device(shop.url);
    const link = `${query(FASTSTORE_ITEMS)}&country=USA&postalCode=10001&locale=en-US&sc=`;
    const { body } = await device.send('post', `/api/sessions${link}`, {}).expect(201);
    expect(body).toEqual({
      id: expect.stringMatching(UUID),
      sessionToken: device.cookies.get('vtex_session'),
      segmentToken: device.cookies.get('vtex_segment'),
      namespaces: {
        store: {
          channel: { value: 'main' },
          countryCode: { value: 'DEU' },
          cultureInfo: { value: 'en-US' },
          currencyCode: { value: 'EUR' },
          currencySymbol: { value: '€' },
        },
        checkout: { regionId: { value: 'usa' } },
        public: { postalCode: { value: '10001' } },
      },
    });
    const read = (await device.read(FASTSTORE_ITEMS).expect(200)).body;
    expect(body).toMatchObject({ id: read.id, namespaces: read.namespaces });
    expect((await device.values('public.items'))['public.items']).toBeUndefined();
  });

  it('is answered like that for each way to change a session; without items, only with the tokens [F-50]', async () => {
    const device = new Device(shop.url);
    await device.begin({ a: '1' }).expect(201);
    const { id } = (await device.read().expect(200)).body;
    const body = { public: { a: { value: '2' } } };
    const asked = { id, namespaces: { public: { a: { value: '2' } } } };
    const path = `/api/sessions/${device.cookies.get('vtex_session')}`;
    const answers = [
      await device.send('post', `/api/sessions${query('public.a')}`, body).expect(201),
      await device.send('patch', `/api/sessions${query('public.a')}`, body).expect(200),
      await new Device(shop.url).send('post', `${path}${query('public.a')}`, body).expect(200),
    ];
    for (const answer of answers) expect(answer.body).toMatchObject(asked);
    expect(Object.keys((await device.change({ a: '3' }).expect(200)).body)).toEqual([
      'sessionToken',
      'segmentToken',
    ]);
  });

  it('shows what the change has made of the session, not what it was before [F-50]', async () => {
    const device = new Device(shop.url);
    await device.begin({ utm_campaign: 'spring' }).expect(201);
    const { body } = await device
      .change({ utm_campaign: 'black friday' }, query('rnb.campaigns'))
      .expect(200);
    expect(body.namespaces).toEqual({ rnb: { campaigns: { value: 'vip' } } });
  });

  it.each(['', ' '])(
    'is refused if it names none (%j), and nothing is changed [F-50, W-67]',
    async (items) => {
      const device = new Device(shop.url);
      await device.begin({ a: '1' }).expect(201);
      const { body } = await device.change({ a: '2' }, query(items)).expect(400);
      expect(body.details).toMatchObject([{ field: 'items' }]);
      expect(await device.values('public.a')).toEqual({ 'public.a': '1' });
      const { headers } = await new Device(shop.url).begin({}, query(items)).expect(400);
      expect(headers['set-cookie']).toBeUndefined();
    },
  );

  it('never shows a cookie, or a person’s data where others could listen [F-50, D-21, P-64]', async () => {
    const anna = await (await shop.visitor()).logIn('anna@acme.test', 'demo-Anna-2026');
    const device = new Device(shop.url);
    device.cookies.set('VtexIdclientAutCookie_acme', anna.accessToken ?? '');
    const near = await device.begin({}, query('*')).expect(201);
    expect(near.body.namespaces).toMatchObject({ profile: { email: { value: 'anna@acme.test' } } });
    expect(JSON.stringify(near.body)).not.toContain(anna.accessToken);
    const far = { 'x-forwarded-for': '203.0.113.9' };
    for (const items of [
      '*',
      'profile,authentication,public',
      'profile.*,cookie.*,cookie',
      'profile.email',
    ]) {
      const { body } = await device.change({}, query(items)).set(far).expect(200);
      expect(JSON.stringify(body.namespaces)).not.toContain('anna@acme.test');
      expect(body.namespaces).not.toHaveProperty('cookie');
    }
  });
});

describe('The items of a session', () => {
  let shop: Shop;
  let device: Device;
  beforeAll(async () => {
    shop = await openShop();
    device = new Device(shop.url);
    await device.begin({ a: '1', 'b.c': '2', utm_source: 'x' }).expect(201);
  });
  afterAll(() => shop.close());

  const PUBLIC = ['public.a', 'public.b.c', 'public.utm_source'];

  it.each([
    ['public', PUBLIC],
    ['public.*', PUBLIC],
    ['public.*,store.channel', [...PUBLIC, 'store.channel']],
    [' public , store.channel ', [...PUBLIC, 'store.channel']],
    ['public.a,public', PUBLIC],
    ['public.b.c', ['public.b.c']],
    ['publi', []],
    ['public.', []],
    ['nothing.*', []],
  ])('are named by namespace or by key: %s [F-50, S-02]', async (items, names) => {
    expect(Object.keys(await device.values(items)).toSorted()).toEqual([...names].toSorted());
  });

  it('are all of them for a star, even among others, and those of two `items` together [F-50, W-67]', async () => {
    const all = Object.keys(await device.values('*'));
    expect(Object.keys(await device.values('public.a,*'))).toEqual(all);
    const { body } = await device.send('get', '/api/sessions?items=public.a&items=store.channel').expect(200);
    expect(body.namespaces).toEqual({
      public: { a: { value: '1' } },
      store: { channel: { value: 'main' } },
    });
  });

  it('omit what the tenant hides, even if a change asks for it [F-50, D-21]', async () => {
    const opened = await openStorage();
    await opened.storage.tenants.create({
      name: 'acme',
      settings: { vtex: { hidesPhoneAndDocument: true } },
    });
    const discreet = await openShop({ opened });
    try {
      const ben = await (await discreet.visitor()).logIn('ben@acme.test', 'demo-Ben-2026');
      await ben.patch('/customer/acme/me', { contactPhone: '+49 30 1234567' }).expect(200);
      const bens = new Device(discreet.url);
      bens.cookies.set('VtexIdclientAutCookie_acme', ben.accessToken ?? '');
      const { body } = await bens.begin({}, '?items=profile').expect(201);
      expect(body.namespaces.profile).toMatchObject({ email: { value: 'ben@acme.test' } });
      expect(body.namespaces.profile).not.toHaveProperty('phone');
    } finally {
      await discreet.close();
    }
  });
});
