import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Device } from '../../support/people/device.js';
import { type SessionAppServer, sessionAppServer } from '../../support/programs/session-app.js';
import { openShop, type Shop } from '../../support/shop.js';

const APP = '/admin/acme/session-apps/storefront-permissions';

const ORGANIZATION = { id: 'acme-org', name: 'Acme, Inc.', costCenters: ['north', 'south'] };

const decoded = (token: string) => JSON.parse(Buffer.from(token, 'base64').toString());

describe('A store for companies', () => {
  let shop: Shop;
  let app: SessionAppServer;
  beforeAll(async () => {
    shop = await openShop({ env: { SESSION_APPS_PRIVATE_ADDRESSES: 'allow' } });
    app = await sessionAppServer(() => ({
      'storefront-permissions': {
        organization: { value: ORGANIZATION },
        costcenter: { value: 'north' },
        priceTables: { value: ['gold', 'north'] },
      },
      public: { facets: { value: 'productClusterIds=140;productClusterIds=141' } },
    }));
    const input = { public: ['unit'] };
    const output = {
      'storefront-permissions': ['organization', 'costcenter', 'priceTables'],
      public: ['facets'],
    };
    await (await shop.service()).put(APP, { url: app.url, input, output }).expect(200);
  });
  afterAll(async () => {
    app.close();
    await shop.close();
  });

  it('reads from the session what its app wrote: texts, lists and objects [W-78, M-18]', async () => {
    const device = new Device(shop.url);
    await device.change({ unit: 'north' });
    const { body } = await device.read('*').expect(200);
    expect(body.namespaces['storefront-permissions']).toEqual({
      organization: { value: ORGANIZATION },
      costcenter: { value: 'north' },
      priceTables: { value: ['gold', 'north'] },
    });
    const { body: again } = await device.change({ other: '1' });
    expect(again).toHaveProperty('segmentToken');
    const { body: kept } = await device.read('storefront-permissions.organization').expect(200);
    expect(kept.namespaces['storefront-permissions'].organization.value).toEqual(ORGANIZATION);
  });

  it('finds the filter of its catalog in the segment, so that pages are cached for it [W-72, S-20]', async () => {
    const device = new Device(shop.url);
    const { body: before } = await device.change({ other: '1' });
    expect(decoded(before.segmentToken)).not.toHaveProperty('facets');
    const { body } = await device.change({ unit: 'north' });
    expect(decoded(body.segmentToken)).toMatchObject({
      facets: 'productClusterIds=140;productClusterIds=141',
      channel: 'main',
    });
    const { body: segment } = await device.segment().expect(200);
    expect(segment).toEqual(decoded(body.segmentToken));
  });

  it('finds there the language of its back office [W-72]', async () => {
    const device = new Device(shop.url);
    const { body } = await device.change({ admin_cultureInfo: 'de-DE' });
    expect(decoded(body.segmentToken)).toMatchObject({ admin_cultureInfo: 'de-DE', cultureInfo: 'en-DE' });
  });

  it('sends what FastStore sends for companies, and reads it back as it was [F-54]', async () => {
    const sent = {
      facets: { value: 'zip-code=10557' },
      unitId: { value: 'unit-1' },
      contract: { value: { id: 'c-1', lines: [1, 2] } },
    };
    const device = new Device(shop.url);
    await device.send('patch', '/api/sessions', { public: sent });
    const { body } = await device.read('public').expect(200);
    expect(body.namespaces.public).toMatchObject(sent);
  });
});
