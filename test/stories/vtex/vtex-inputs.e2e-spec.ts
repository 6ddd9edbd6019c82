import type { Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Device } from '../../support/people/device.js';
import { openShop, type Shop } from '../../support/shop.js';

const HEADER = 'x-session-inputs-ignored';
const SAO_PAULO = '-46.633309999999994,-23.550519999999997';

describe('An input of the built-in apps', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop();
    const area = [
      [-46.8, -23.7],
      [-46.4, -23.7],
      [-46.4, -23.4],
      [-46.8, -23.4],
    ];
    const staff = await shop.service();
    await staff.put('/admin/acme/regions/city', { country: 'BRA', areas: [area] }).expect(200);
  });
  afterAll(() => shop.close());

  const begun = async (values: Record<string, string>): Promise<[Device, Response]> => {
    const device = new Device(shop.url);
    return [device, await device.begin(values).expect(201)];
  };
  const regionOf = async (device: Device) => (await device.values('checkout.regionId'))['checkout.regionId'];

  it.each([
    SAO_PAULO,
    `[${SAO_PAULO}]`,
    '-46.6,-23.55',
    '-46.60000000000000142,-23.54999999999999716',
    ' -46.6 ; -23.55 ',
  ])(
    'may be coordinates with as many digits as JavaScript prints: %s [F-55, M-49]',
    async (geoCoordinates) => {
      const [device, { headers }] = await begun({ country: 'BRA', geoCoordinates });
      expect(await regionOf(device)).toBe('city');
      expect(headers[HEADER]).toBeUndefined();
    },
  );

  it('may be coordinates as a JSON list [F-54, F-55]', async () => {
    const device = new Device(shop.url);
    const values = { country: { value: 'BRA' }, geoCoordinates: { value: SAO_PAULO.split(',').map(Number) } };
    const { headers } = await device.send('post', '/api/sessions', { public: values }).expect(201);
    expect(await regionOf(device)).toBe('city');
    expect(headers[HEADER]).toBeUndefined();
  });

  it.each(['BRA', 'bra', 'BR', ' br '])(
    'may be a country in either of its codes: %j [F-55]',
    async (country) => {
      const [device, { headers }] = await begun({ country, postalCode: '05408-000' });
      expect(await regionOf(device)).toBe('sao-paulo');
      expect(headers[HEADER]).toBeUndefined();
    },
  );

  it.each([
    ['geoCoordinates', 'nowhere'],
    ['geoCoordinates', '-23.55'],
    ['geoCoordinates', '-200,10'],
    ['geoCoordinates', '{"lat":-23.55,"lng":-46.6}'],
    ['geoCoordinates', `${'1'.repeat(40)},2`],
    ['country', 'Brazil'],
    ['country', 'XYZ'],
    ['postalCode', '!!!'],
    ['postalCode', '0540800005408000'],
    ['regionId', 'nowhere'],
    ['cultureInfo', 'no language'],
    ['locale', '1'],
    ['storeUserEmail', 'anna'],
  ])('that is not understood is named by every answer to a change: %s %j [F-55]', async (name, value) => {
    const where: Record<string, string> = name === 'country' ? {} : { country: 'BRA' };
    const [device, { headers }] = await begun({ ...where, utm_source: 'google', [name]: value });
    expect(headers[HEADER]).toBe(`public.${name}`);
    expect((await device.change({ utm_source: 'bing' }).expect(200)).headers[HEADER]).toBe(`public.${name}`);
    expect(await device.values(`public.${name},public.utm_source`)).toEqual({
      [`public.${name}`]: value,
      'public.utm_source': 'bing',
    });
    expect((await device.change({ [name]: null }).expect(200)).headers[HEADER]).toBeUndefined();
  });

  it('that consists of coordinates without a country is named until the country follows [F-55, M-50]', async () => {
    const [device, { headers }] = await begun({ geoCoordinates: SAO_PAULO });
    expect(headers[HEADER]).toBe('public.geoCoordinates');
    expect((await device.change({ country: 'BRA' }).expect(200)).headers[HEADER]).toBeUndefined();
    expect(await regionOf(device)).toBe('city');
  });

  it('is named with all others, even in a dry run [F-55]', async () => {
    const [device, { headers }] = await begun({ country: 'Brazil', geoCoordinates: 'x', regionId: '' });
    expect(headers[HEADER]).toBe('public.country, public.geoCoordinates');
    const { id } = (await device.read().expect(200)).body;
    const change = { public: { country: { value: 'BRA' }, locale: { value: '?' } } };
    const { body } = await (
      await shop.service()
    )
      .post(`/admin/acme/sessions/${id}/dry-run`, change)
      .expect(200);
    expect(body.ignored).toEqual(['public.locale', 'public.geoCoordinates']);
  });

  it('that came through the other dialect is named too [F-55, D-22]', async () => {
    const visitor = await shop.visitor();
    await visitor.post('/cart/acme/carts', { siteCode: 'main', currency: 'EUR' }).expect(201);
    const attribute = { key: 'geoCoordinates', value: { lat: 1 } };
    await visitor.post('/session-context/acme/me/context/attributes', attribute).expect(201);
    const device = new Device(shop.url);
    const { headers } = await device
      .send('post', '/api/sessions', { public: { country: { value: 'BRA' } } }, visitor.accessToken)
      .expect(201);
    expect(headers[HEADER]).toBe('public.geoCoordinates');
  });
});
