import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Device } from '../../support/people/device.js';
import type { ServiceUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const REGIONS = '/admin/acme/regions';
const WHERE = { country: 'BRA', postalCode: '05408-000' };

describe('The regions and campaigns of a tenant', () => {
  let shop: Shop;
  let staff: ServiceUser;
  beforeAll(async () => {
    shop = await openShop();
    staff = await shop.service();
  });
  afterAll(() => shop.close());

  const begun = async (values: Record<string, string>): Promise<Device> => {
    const device = new Device(shop.url);
    await device.begin(values).expect(201);
    return device;
  };
  const regionOf = async (device: Device) => (await device.values('checkout.regionId'))['checkout.regionId'];
  const at = (id: string) => `${REGIONS}/${encodeURIComponent(id)}`;

  it.each([
    'U1cjc2VsbGVyMQ==',
    'v2.A/b+c==',
    'Zona Norte, São Paulo',
    '"quoted" & <b>',
    '.$dollar',
    '__proto__',
    'é€漢😀',
    ' ',
    'x'.repeat(100),
    '😀'.repeat(100),
  ])('may have any text as the id of a region: %s [F-61, W-72]', async (id) => {
    const sent = { country: 'PRT', postalCodes: [{ from: '1000', to: '1999' }] };
    expect((await staff.put(at(id), sent).expect(200)).body).toMatchObject({ id, ...sent });
    expect((await staff.get(REGIONS).expect(200)).body).toContainEqual(expect.objectContaining({ id }));
    const device = await begun({ country: 'PRT', postalCode: '1200-001' });
    expect(await regionOf(device)).toBe(id);
    expect((await device.segment().expect(200)).body.regionId).toBe(id);
    const path = `/api/segments/${encodeURIComponent(decodeURIComponent(device.cookies.get('vtex_segment') ?? ''))}`;
    expect((await device.send('get', path).expect(200)).body.regionId).toBe(id);
    const named = await begun({ regionId: id });
    expect(await regionOf(named)).toBe(id);
    await staff.delete(at(id)).expect(204);
    await staff.delete(at(id)).expect(404);
  });

  it.each(['a\u0000b', 'a\nb', 'x'.repeat(101), '😀'.repeat(101)])(
    "can't have a region id with control characters or of more than 100: %j [F-61]",
    async (id) => {
      const { body } = await staff.put(at(id), { country: 'PRT' }).expect(400);
      expect(body.details).toMatchObject([{ field: 'id', message: expect.stringContaining('100') }]);
    },
  );

  describe('for sales channels', () => {
    beforeAll(async () => {
      const postalCodes = [{ from: '05408000', to: '05408999' }];
      await staff.put(at('shop'), { country: 'BRA', postalCodes, salesChannels: ['main'] }).expect(200);
      await staff.put(at('trade'), { country: 'BRA', postalCodes, salesChannels: ['b2b', 'us'] }).expect(200);
    });
    afterAll(async () => {
      for (const id of ['shop', 'trade']) await staff.delete(at(id)).expect(204);
    });

    it('are found by the channel of the session, again whenever it changes [F-61]', async () => {
      const device = await begun(WHERE);
      expect(await regionOf(device)).toBe('shop');
      await device.change({ sc: 'us' }).expect(200);
      expect(await regionOf(device)).toBe('trade');
      expect((await device.segment().expect(200)).body).toMatchObject({ channel: 'us', regionId: 'trade' });
      await device.change({ sc: 'main' }).expect(200);
      expect(await regionOf(device)).toBe('shop');
      expect(await regionOf(await begun({ ...WHERE, sc: 'us' }))).toBe('trade');
    });

    it('are named only in their channel; elsewhere the place decides, and the answer says so [F-61, F-55]', async () => {
      const device = new Device(shop.url);
      const { headers } = await device.begin({ ...WHERE, regionId: 'trade' }).expect(201);
      expect(headers['x-session-inputs-ignored']).toBe('public.regionId');
      expect(await regionOf(device)).toBe('shop');
      const other = await device.change({ sc: 'us', country: 'USA', postalCode: '10001' }).expect(200);
      expect(other.headers['x-session-inputs-ignored']).toBeUndefined();
      expect(await regionOf(device)).toBe('trade');
    });

    it('are read back with their channels, which must be sites [F-61]', async () => {
      const list = (await staff.get(REGIONS).expect(200)).body;
      const found = (id: string) => list.find((one: { id: string }) => one.id === id);
      expect(found('trade').salesChannels).toEqual(['b2b', 'us']);
      expect(found('usa')).not.toHaveProperty('salesChannels');
      for (const salesChannels of [['main', 'nowhere'], [], 'main', [1]]) {
        const { body } = await staff.put(at('bad'), { country: 'BRA', salesChannels }).expect(400);
        expect(body.details[0].field).toBe('salesChannels');
      }
      const sent = { country: 'BRA', salesChannels: null };
      expect((await staff.put(at('shop-of-all'), sent).expect(200)).body).not.toHaveProperty('salesChannels');
      await staff.delete(at('shop-of-all')).expect(204);
    });
  });

  describe('with a campaign for one country', () => {
    const campaigns = (device: Device) => device.values('rnb.campaigns');
    const WEST = { 'rnb.campaigns': 'west' };

    it('do not match the same postal code in another country [F-61, M-47]', async () => {
      expect(await campaigns(await begun(WHERE))).toEqual(WEST);
      expect(await campaigns(await begun({ ...WHERE, country: 'br' }))).toEqual(WEST);
      expect(await campaigns(await begun({ ...WHERE, country: 'USA' }))).toEqual({});
      expect(await campaigns(await begun({ postalCode: WHERE.postalCode }))).toEqual({});
    });

    it('notice if only the country changes [F-61, M-47]', async () => {
      const device = await begun({ ...WHERE, country: 'USA' });
      await device.change({ country: 'BRA' }).expect(200);
      expect(await campaigns(device)).toEqual(WEST);
      await device.change({ country: null }).expect(200);
      expect(await campaigns(device)).toEqual({});
    });

    it('are set up with that country, which must be valid [F-61]', async () => {
      const one = '/admin/acme/campaigns/north';
      const rule = (country: string) => ({
        rules: [{ postalCode: { from: '60000', to: '69999', country } }],
      });
      expect((await staff.put(one, rule('BRA')).expect(200)).body).toMatchObject(rule('BRA'));
      expect(await campaigns(await begun({ country: 'BRA', postalCode: '60175-047' }))).toEqual({
        'rnb.campaigns': 'north',
      });
      for (const wrong of ['Brazil', 'XYZ', 'bra']) {
        const { body } = await staff.put(one, rule(wrong)).expect(400);
        expect(body.details[0].field).toMatch(/^rules.*postalCode.*country$/);
      }
      await staff.delete(one).expect(204);
    });
  });
});
