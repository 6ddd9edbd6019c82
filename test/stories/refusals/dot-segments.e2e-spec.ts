import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const TEXT = { en: 'x' };
const PRICE = { itemId: { itemType: 'PRODUCT', id: 'umbrella' }, tierValues: [{ priceValue: 1 }] };

/** What is created under an id that its sender chooses, and that is a part of paths afterwards. */
const CREATED: readonly (readonly [path: string, body: (id: string) => object])[] = [
  [
    '/site/acme/sites',
    (code) => ({
      code,
      name: 'x',
      active: true,
      default: false,
      defaultLanguage: 'en',
      languages: ['en'],
      currency: 'EUR',
      homeBase: { address: { country: 'DE', zipCode: '10557' } },
      shipToCountries: ['DE'],
    }),
  ],
  ['/site/acme/sites/main/mixins', (name) => ({ [name]: { a: 1 } })],
  ['/price/acme/prices', (id) => ({ id, ...PRICE, currency: 'EUR', location: { countryCode: 'DE' } })],
  [
    '/price/acme/priceModels',
    (id) => ({
      id,
      name: TEXT,
      includesTax: true,
      tierDefinition: { tierType: 'BASIC', tiers: [{ minQuantity: { quantity: 0, unitCode: 'pc' } }] },
      measurementUnit: { quantity: 1, unitCode: 'pc' },
    }),
  ],
  ['/price/acme/price-lists', (id) => ({ id, name: TEXT, siteCode: 'main', currency: 'EUR' })],
  ['/customer/acme/customers', (id) => ({ id, contactEmail: `list.${id.length}@acme.test` })],
  ['/customer-management/acme/legal-entities', (id) => ({ id, name: 'x', type: 'COMPANY' })],
  [
    '/customer-management/acme/locations',
    (id) => ({
      id,
      name: 'x',
      type: 'OFFICE',
      contactDetails: { addressLine1: 'a', city: 'b', countryCode: 'DE', postcode: '1' },
    }),
  ],
];

describe('An id that its sender chooses', () => {
  let shop: Shop;
  let staff: ServiceUser;
  beforeAll(async () => {
    shop = await openShop();
    staff = await shop.service();
  });
  afterAll(() => shop.close());

  it.each(CREATED)(
    'is no `.` or `..`, which clients resolve: a change of it would be one of what is around it: %s [X-29]',
    async (path, body) => {
      for (const id of ['.', '..']) {
        const { status, body: told } = await staff.post(path, body(id));
        expect({ id, status }, JSON.stringify(told)).toEqual({ id, status: 400 });
        expect(JSON.stringify(told)).toMatch(/"(?:id|code|mixins\.\.{1,2})"/);
      }
      await staff.post(path, body('all-right')).expect(201);
    },
  );

  it('of a site’s mixin can’t be such in a whole site or a patch either [X-29]', async () => {
    const { body: site } = await staff.get('/site/acme/sites/us').expect(200);
    const patch = { mixins: { '..': {} }, metadata: { version: site.metadata.version } };
    const { body } = await staff.patch('/site/acme/sites/us', patch).expect(400);
    expect(body.details).toEqual([{ field: 'mixins...', message: expect.stringContaining('..') }]);
  });
});
