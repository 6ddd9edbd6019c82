import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServiceUser } from '../../support/people/http-user.js';
import { openShop, type Shop } from '../../support/shop.js';

const SITES = '/site/acme/sites';

/** The minimum that makes a site. */
const least = {
  code: 'at',
  name: 'Austria',
  defaultLanguage: 'de',
  languages: ['de'],
  currency: 'EUR',
  homeBase: { address: { country: 'AT', zipCode: '1010' } },
  shipToCountries: ['AT'],
};

type Body = Record<string, unknown>;

const withAddress = (address: Body): Body => ({
  homeBase: { address: { ...least.homeBase.address, ...address } },
});

describe('A site that is saved', () => {
  let shop: Shop;
  let staff: ServiceUser;
  const fieldsRefused = async (answer: ReturnType<ServiceUser['post']>): Promise<string[]> => {
    const { body } = await answer.expect(400);
    expect(body).toMatchObject({ type: 'bad_request', status: 400 });
    return body.details.map(({ field }: { field: string }) => field);
  };

  beforeAll(async () => {
    shop = await openShop();
    staff = await shop.service();
  });
  afterAll(() => shop.close());

  it('needs only what Emporix requires, and gets defaults for the rest [W-56]', async () => {
    await staff.post(SITES, least).expect(201);
    const { body } = await staff.get(`${SITES}/at`).expect(200);
    expect(body).toEqual({
      ...least,
      active: true,
      default: false,
      availableCurrencies: ['EUR'],
      taxDeterminationBasedOn: 'BILLING_ADDRESS',
      metadata: { mixins: {}, version: 1 },
    });
  });

  it('may have unknown fields, and null for what is left out [C-02]', async () => {
    const odd = {
      ...least,
      code: 'odd',
      brand: 'x',
      tenant: 'globex',
      version: 9,
      onlyForGroups: ['gold'],
      includesTax: null,
      mixins: null,
      availableCurrencies: null,
      metadata: { version: 7, createdAt: 'x' },
      homeBase: { address: { ...least.homeBase.address, planet: 'Earth' }, timezone: null },
    };
    await staff.post(SITES, odd).expect(201);
    const { body } = await staff.get(`${SITES}/odd`).expect(200);
    expect(Object.keys(body).toSorted()).toEqual(
      [
        ...Object.keys(least),
        'active',
        'default',
        'availableCurrencies',
        'taxDeterminationBasedOn',
        'metadata',
      ].toSorted(),
    );
    expect(body.metadata.version).toBe(1);
    expect(body.homeBase).toEqual(least.homeBase);
    await staff.get('/site/globex/sites/odd').expect(403);
  });

  it.each([
    ['code', { code: 'with space' }],
    ['code', { code: 'a#b' }],
    ['code', { code: '' }],
    ['code', { code: 'x'.repeat(65) }],
    ['code', { code: 'a\0' }],
    ['code', { code: 7 }],
    ['name', { name: '' }],
    ['name', { name: null }],
    ['active', { active: 'yes' }],
    ['default', { default: 1 }],
    ['defaultLanguage', { defaultLanguage: 'DE' }],
    ['defaultLanguage', { defaultLanguage: 'xx' }],
    ['languages', { languages: 'de' }],
    ['languages', { languages: ['de', 'english'] }],
    ['languages', { languages: ['en'] }],
    ['currency', { currency: 'eur' }],
    ['currency', { currency: 'XYZ' }],
    ['availableCurrencies', { availableCurrencies: ['EUR', '€'] }],
    ['shipToCountries', { shipToCountries: ['AT', 'UK'] }],
    ['shipToCountries', { shipToCountries: {} }],
    ['taxDeterminationBasedOn', { taxDeterminationBasedOn: 'HOME' }],
    ['cartCalculationScale', { cartCalculationScale: -1 }],
    ['cartCalculationScale', { cartCalculationScale: 0.5 }],
    ['homeBase', { homeBase: null }],
    ['homeBase', { homeBase: [] }],
    ['homeBase', { homeBase: 'Wien' }],
    ['homeBase.address', { homeBase: {} }],
    ['homeBase.address', { homeBase: { address: [] } }],
    ['homeBase.address.country', withAddress({ country: 'Austria' })],
    ['homeBase.address.zipCode', withAddress({ zipCode: undefined })],
    ['homeBase.timezone', { homeBase: { ...least.homeBase, timezone: 'Europe/Xp' } }],
    ['homeBase.location.latitude', { homeBase: { ...least.homeBase, location: { latitude: 91 } } }],
    ['payment', { payment: { id: 'card' } }],
    ['shipping', { shipping: ['dhl'] }],
    ['mixins', { mixins: [] }],
    ['mixins.fees', { mixins: { fees: 3 } }],
    ['metadata', { metadata: [] }],
    ['metadata.version', { metadata: { version: '1' } }],
    ['metadata.mixins.fees', { metadata: { mixins: { fees: {} } } }],
  ])('is refused for its %s, by name: %j [W-45, W-59]', async (field, wrong) => {
    const fields = await fieldsRefused(staff.post(SITES, { ...least, code: 'refused', ...wrong }));
    expect(new Set(fields)).toEqual(new Set([field]));
    await staff.get(`${SITES}/refused`).expect(404);
  });

  it('is refused with everything that is wrong with it at once [W-45]', async () => {
    const { currency: _missing, ...rest } = least;
    const fields = await fieldsRefused(
      staff.post(SITES, { ...rest, code: 'a b', name: 1, ...withAddress({ country: 'x' }) }),
    );
    expect(new Set(fields)).toEqual(new Set(['code', 'name', 'currency', 'homeBase.address.country']));
  });

  it.each([
    ['nothing', undefined],
    ['a list', []],
    ['a list of sites', [least]],
  ])('is refused as %s', async (_, body) => {
    await staff.post(SITES, body).expect(400);
  });

  it.each([
    ['name', { name: null }],
    ['currency', { currency: 'XYZ' }],
    ['languages', { languages: [] }],
    ['homeBase.address.country', { homeBase: { address: { country: null } } }],
    ['homeBase.timezone', { homeBase: { timezone: 'here' } }],
    ['default', { default: 'yes' }],
  ])('is checked the same way when %s is patched: %j [W-45, W-59]', async (field, wrong) => {
    expect(new Set(await fieldsRefused(staff.patch(`${SITES}/at`, wrong)))).toEqual(new Set([field]));
    expect((await staff.get(`${SITES}/at`).expect(200)).body.metadata.version).toBe(1);
  });

  it("can't exceed the limit of mixins by several patches", async () => {
    const text = 'x'.repeat(600_000);
    await staff.patch(`${SITES}/at`, { mixins: { one: { text } } }).expect(200);
    const { body } = await staff.patch(`${SITES}/at`, { mixins: { two: { text } } }).expect(413);
    expect(body).toMatchObject({ type: 'payload_too_large', status: 413 });
    await staff.patch(`${SITES}/at`, { mixins: { one: null } }).expect(200);
  });
});
