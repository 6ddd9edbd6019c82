import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Device } from '../../support/people/device.js';
import { openShop, type Shop } from '../../support/shop.js';

const NONE = {
  campaigns: null,
  channel: null,
  priceTables: null,
  regionId: null,
  utm_campaign: null,
  utm_source: null,
  utmi_campaign: null,
  currencyCode: null,
  currencySymbol: null,
  countryCode: null,
  cultureInfo: null,
  channelPrivacy: null,
};
const DEFAULT = {
  ...NONE,
  channel: 'main',
  currencyCode: 'EUR',
  currencySymbol: '€',
  countryCode: 'DEU',
  cultureInfo: 'en-DE',
  channelPrivacy: 'public',
};
const tokenOf = (segment: unknown): string => Buffer.from(JSON.stringify(segment)).toString('base64');

describe('The segment of a visitor without cookies', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  it('is that of a session that has just begun, because the first page is rendered before there is one [F-57, W-73]', async () => {
    const { body } = await new Device(shop.url).segment().expect(200);
    expect(body).toEqual(DEFAULT);
    const device = new Device(shop.url);
    await device.begin().expect(201);
    expect((await device.segment().expect(200)).body).toEqual(body);
    const { body: other } = await new Device(shop.url, 'globex').segment().expect(200);
    expect(other).toEqual({
      ...DEFAULT,
      currencyCode: 'GBP',
      currencySymbol: '£',
      countryCode: 'GBR',
      cultureInfo: 'en-GB',
    });
  });

  it('begins no session and sets no cookie, and says that it depends on the cookies [F-57, S-23, P-66]', async () => {
    const { headers } = await new Device(shop.url).segment().expect(200);
    expect(headers['set-cookie']).toBeUndefined();
    expect(headers.vary).toContain('Cookie');
    expect(headers['cache-control']).toBe('private, no-store');
  });

  it('is overridden by the query where a query may do so [F-57, W-74, P-65]', async () => {
    const query = '?cultureInfo=de-DE&utm_source=x&utm_campaign=y&priceTables=gold&campaigns=vip&channel=b2b';
    const { body } = await new Device(shop.url).segment(query).expect(200);
    expect(body).toEqual({ ...DEFAULT, cultureInfo: 'de-DE', utm_source: 'x', utm_campaign: 'y' });
  });

  it('is the same if the cookies come with a foreign page [F-57]', async () => {
    const device = new Device(shop.url);
    device.cookies.set('_ga', 'GA1.2.3');
    expect((await device.segment().expect(200)).body).toEqual(DEFAULT);
  });

  it('does not exist if the session has ended or never existed; and a read still needs a session [F-57, W-69]', async () => {
    const device = new Device(shop.url);
    await device.read().expect(401);
    device.cookies.set('vtex_session', 'nonsense');
    await device.segment().expect(401);
  });
});

describe('A segment token from elsewhere', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  const read = (token: string) => shop.http.get(`/api/segments/${encodeURIComponent(token)}`);

  it.each<[string, object, object]>([
    ['fewer keys', { channel: '1' }, { ...NONE, channel: '1' }],
    [
      'keys of the older example only',
      { campaigns: 'vip', priceTables: 'gold', regionId: 'U1cj' },
      { ...NONE, campaigns: 'vip', priceTables: 'gold', regionId: 'U1cj' },
    ],
    ['keys that nobody knows', { ...DEFAULT, shopperHash: 'a=b', productClusterIds: { deep: [1] } }, DEFAULT],
    ['the facets of a B2B store', { ...DEFAULT, facets: 'a=b' }, { ...DEFAULT, facets: 'a=b' }],
    ['facets that are no text', { ...DEFAULT, facets: { a: 'b' } }, DEFAULT],
    ['keys in another order', Object.fromEntries(Object.entries(DEFAULT).toReversed()), DEFAULT],
    ['a known key that is null', { channel: null }, NONE],
  ])(
    'with %s is read as far as possible, by its address and as a cookie [F-63, S-18]',
    async (_what, segment, shown) => {
      const token = tokenOf(segment);
      expect((await read(token).expect(200)).body).toEqual(shown);
      const device = new Device(shop.url);
      device.cookies.set('vtex_segment', token);
      expect((await device.segment().expect(200)).body).toEqual(shown);
    },
  );

  it('is read with any alphabet and padding of base64 [F-63]', async () => {
    const token = tokenOf({ utm_source: 'ÿþ?>', channel: '1' });
    const forms = [token, token.replace(/=+$/, ''), Buffer.from(token, 'base64').toString('base64url')];
    for (const form of forms) {
      expect((await read(form).expect(200)).body).toEqual({ ...NONE, utm_source: 'ÿþ?>', channel: '1' });
    }
  });

  it.each<[string, string]>([
    ['no key', tokenOf({})],
    ['no key that is known', tokenOf({ facets: 'x' })],
    ['a known key that is no text', tokenOf({ channel: { deep: 1 } })],
    ['a list in it', tokenOf(['channel'])],
    ['no JSON in it', Buffer.from('channel').toString('base64')],
    ['signs that are no base64', '{"channel":"1"}'],
    ['nothing', '%20'],
  ])('with %s is refused, and no cache keeps that [F-63, X-44]', async (_what, token) => {
    const { body, headers } = await read(token).expect(400);
    expect(headers['cache-control']).toBe('no-store');
    expect(body.details).toMatchObject([{ field: 'segmentToken' }]);
  });
});

describe('The in-shop campaign of a link', () => {
  let shop: Shop;
  beforeAll(async () => void (shop = await openShop()));
  afterAll(() => shop.close());

  const campaignOf = async (device: Device, query = '') =>
    (await device.segment(query).expect(200)).body.utmi_campaign;
  const begun = async (query: string) => {
    const device = new Device(shop.url);
    await device.begin({}, query).expect(201);
    return device;
  };

  it('is utmi_campaign of the segment, under its short name too, and is still readable under that [F-61, W-65]', async () => {
    const device = await begun('?utmi_cp=banner&utmi_p=home&utmi_pc=top');
    expect(await campaignOf(device)).toBe('banner');
    expect(await device.values('public')).toEqual({
      'public.utmi_cp': 'banner',
      'public.utmi_p': 'home',
      'public.utmi_pc': 'top',
      'public.utmi_campaign': 'banner',
    });
  });

  it('is that of the newest link, whichever name it uses; the long name wins in one request [F-61]', async () => {
    const device = await begun('?utmi_campaign=first');
    await device.change({}, '?utmi_cp=second').expect(200);
    expect(await campaignOf(device)).toBe('second');
    await device.change({ utmi_campaign: 'third' }).expect(200);
    expect(await campaignOf(device)).toBe('third');
    await device.change({ utmi_campaign: 'long' }, '?utmi_cp=short').expect(200);
    expect(await campaignOf(device)).toBe('long');
  });

  it('disappears with its link, and not with another one [F-61]', async () => {
    const device = await begun('?utmi_cp=banner');
    await device.change({ utmi_cp: null }).expect(200);
    expect(await campaignOf(device)).toBeNull();
    await device.change({ utmi_cp: 'short' }).expect(200);
    await device.change({ utmi_campaign: 'long' }).expect(200);
    await device.change({ utmi_cp: null }).expect(200);
    expect(await campaignOf(device)).toBe('long');
  });

  it('can be overridden in one answer under its short name too [F-61, W-74]', async () => {
    const device = await begun('?utmi_cp=banner');
    expect(await campaignOf(device, '?utmi_cp=other')).toBe('other');
    expect(await campaignOf(device, '?utmi_cp=other&utmi_campaign=long')).toBe('long');
    expect(await campaignOf(device)).toBe('banner');
    expect(await campaignOf(new Device(shop.url), '?utmi_cp=other')).toBe('other');
  });

  it('is read from a path as it is, although base64 contains slashes [F-63, F-20]', async () => {
    const segment = { ...DEFAULT, utm_source: '??? who? what?' };
    const token = tokenOf(segment);
    expect(token).toContain('/');
    for (const path of [token, `${token}/`, `${token}?an=acme`, encodeURIComponent(token)]) {
      const { body } = await shop.http.get(`/api/segments/${path}`).expect(200);
      expect(body, path).toEqual(segment);
    }
    await shop.http.get('/api/segments/no/such/token').expect(400);
    await shop.http.post(`/api/segments/${token}`, {}).expect(405);
  });
});
