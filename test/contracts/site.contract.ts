import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { SiteRepository } from '../../src/site-settings/site.repository.js';
import type { Site } from '../../src/site-settings/site.types.js';

const newTenant = (): string => `t${randomBytes(6).toString('hex')}`;

const aSite = (over: Partial<Site> & Pick<Site, 'tenant'>): Site => ({
  code: 'main',
  name: 'Main',
  active: true,
  default: false,
  defaultLanguage: 'de',
  languages: ['de', 'en'],
  currency: 'EUR',
  availableCurrencies: ['EUR'],
  homeBase: { address: { country: 'DE', zipCode: '70173' } },
  shipToCountries: ['DE'],
  taxDeterminationBasedOn: 'BILLING_ADDRESS',
  mixins: {},
  mixinSchemas: {},
  services: {},
  version: 1,
  ...over,
});

/** Own keys of every kind that JSON can have. */
const ODD: Site['mixins'] = JSON.parse(
  '{"__proto__":{"polluted":true},"constructor":{"prototype":{}},"a.b":{"$set":{"x":1}},"$where":{},' +
    '"with space":{"":null,"é🎉":[1,-2.5,"",false,{"deep":[[]]}]},"1":{"0":"zero"}}',
);

/** What every adapter promises for sites. One `describe` per driver calls this; see contracts.spec.ts. */
export function siteContract(sites: () => SiteRepository): void {
  const defaultsOf = async (tenant: string): Promise<string[]> =>
    (await sites().list(tenant)).filter((site) => site.default).map((site) => site.code);

  describe('of a tenant without sites', () => {
    it('finds no site, no default and an empty list', async () => {
      const tenant = newTenant();
      expect(await sites().find(tenant, 'main')).toBeUndefined();
      expect(await sites().findDefault(tenant)).toBeUndefined();
      expect(await sites().list(tenant)).toEqual([]);
      expect(await sites().remove(tenant, 'main')).toBe(false);
      expect(await sites().replace(aSite({ tenant }), 1)).toBe(false);
      expect(await sites().find(tenant, 'main')).toBeUndefined();
    });
  });

  describe('creating', () => {
    it('returns a site as it was written, with every field', async () => {
      const tenant = newTenant();
      const site = aSite({
        tenant,
        default: true,
        includesTax: false,
        cartCalculationScale: 0,
        onlyForGroups: ['gold'],
        homeBase: {
          address: { country: 'DE', zipCode: '70173', city: 'Stuttgart' },
          location: { latitude: 48.7758, longitude: -9.18 },
          timezone: 'Europe/Berlin',
        },
        mixinSchemas: { fees: 'https://schemas.test/fees' },
        services: { payment: [{ id: 'card', active: false }], assistedBuying: { storefrontUrl: '' } },
      });
      expect(await sites().create(site)).toBe(true);
      expect(await sites().find(tenant, 'main')).toEqual(site);
      expect(await sites().findDefault(tenant)).toEqual(site);
    });

    it('keeps unusual keys of mixins as plain data', async () => {
      const tenant = newTenant();
      await sites().create(aSite({ tenant, mixins: ODD, mixinSchemas: { 'a.b': 'https://schemas.test/$' } }));
      const stored = await sites().find(tenant, 'main');
      expect(JSON.parse(JSON.stringify(stored?.mixins))).toEqual(ODD);
      expect(Object.keys(stored?.mixins ?? {}).sort()).toEqual(Object.keys(ODD).sort());
      expect(stored?.mixinSchemas).toEqual({ 'a.b': 'https://schemas.test/$' });
      expect(Reflect.get({}, 'polluted')).toBeUndefined();
    });

    it('lets one of twenty concurrent creates of a code win, and tells the others', async () => {
      const tenant = newTenant();
      const create = (_: unknown, i: number) => sites().create(aSite({ tenant, name: `Writer ${i}` }));
      const won = await Promise.all(Array.from({ length: 20 }, create));
      expect(won.filter((created) => created)).toHaveLength(1);
      expect((await sites().find(tenant, 'main'))?.name).toBe(`Writer ${won.indexOf(true)}`);
    });

    it('keeps codes that differ in a single character apart', async () => {
      const tenant = newTenant();
      const codes = ['main', 'Main', 'main.', 'main/1', 'main$', 'maín', 'm'];
      for (const code of codes) expect(await sites().create(aSite({ tenant, code }))).toBe(true);
      expect((await sites().list(tenant)).map((site) => site.code).toSorted()).toEqual(codes.toSorted());
      expect((await sites().find(tenant, 'main/1'))?.code).toBe('main/1');
    });

    it('lists by code', async () => {
      const tenant = newTenant();
      for (const code of ['us', 'b2b', 'main']) await sites().create(aSite({ tenant, code }));
      expect((await sites().list(tenant)).map((site) => site.code)).toEqual(['b2b', 'main', 'us']);
    });
  });

  describe('the default', () => {
    it('is the first site of a tenant, whatever the site says [W-56]', async () => {
      const tenant = newTenant();
      await sites().create(aSite({ tenant, code: 'first', default: false }));
      await sites().create(aSite({ tenant, code: 'second', default: false }));
      expect((await sites().findDefault(tenant))?.code).toBe('first');
    });

    it('is exactly one after twenty concurrent first sites [W-56]', async () => {
      const tenant = newTenant();
      const create = (_: unknown, i: number) =>
        sites().create(aSite({ tenant, code: `site${i}`, default: i % 2 === 0 }));
      const created = await Promise.all(Array.from({ length: 20 }, create));
      expect(created.every(Boolean)).toBe(true);
      expect(await defaultsOf(tenant)).toHaveLength(1);
    });

    it('passes to a site that is created or replaced as the default [W-56]', async () => {
      const tenant = newTenant();
      await sites().create(aSite({ tenant, code: 'a' }));
      await sites().create(aSite({ tenant, code: 'b', default: true }));
      expect(await defaultsOf(tenant)).toEqual(['b']);
      const { version = 0 } = (await sites().find(tenant, 'a')) ?? {};
      await sites().replace(aSite({ tenant, code: 'a', default: true, version: version + 1 }), version);
      expect(await defaultsOf(tenant)).toEqual(['a']);
      expect((await sites().findDefault(tenant))?.code).toBe('a');
    });

    it('increases the version of the site that loses it, so that an older copy is not written back', async () => {
      const tenant = newTenant();
      await sites().create(aSite({ tenant, code: 'a', default: true }));
      await sites().create(aSite({ tenant, code: 'b', default: true }));
      expect(await sites().find(tenant, 'a')).toMatchObject({ default: false, version: 2 });
      expect(await sites().replace(aSite({ tenant, code: 'a', default: true, version: 2 }), 1)).toBe(false);
      expect(await defaultsOf(tenant)).toEqual(['b']);
    });

    it('is exactly one after twenty concurrent takeovers [W-56]', async () => {
      const tenant = newTenant();
      const codes = Array.from({ length: 20 }, (_, i) => `site${i}`);
      for (const code of codes) await sites().create(aSite({ tenant, code }));
      const takeOver = async (code: string) => {
        const { version = 0 } = (await sites().find(tenant, code)) ?? {};
        return sites().replace(aSite({ tenant, code, default: true, version: version + 1 }), version);
      };
      await Promise.all(codes.map(takeOver));
      const [left, ...more] = await defaultsOf(tenant);
      expect(more).toEqual([]);
      expect((await sites().findDefault(tenant))?.code).toBe(left);
    });

    it('stays until another site takes it over [W-56]', async () => {
      const tenant = newTenant();
      await sites().create(aSite({ tenant, code: 'a', default: true }));
      await sites().create(aSite({ tenant, code: 'b' }));
      expect(
        await sites().replace(aSite({ tenant, code: 'a', default: false, name: 'New', version: 2 }), 1),
      ).toBe(true);
      expect(await sites().findDefault(tenant)).toMatchObject({ code: 'a', name: 'New', default: true });
    });

    it('is not removed, even while another site takes it over [W-56]', async () => {
      const tenant = newTenant();
      await sites().create(aSite({ tenant, code: 'a', default: true }));
      expect(await sites().remove(tenant, 'a')).toBe(false);
      await sites().create(aSite({ tenant, code: 'b' }));
      await Promise.all([
        sites().replace(aSite({ tenant, code: 'b', default: true, version: 2 }), 1),
        sites().remove(tenant, 'b'),
        sites().remove(tenant, 'a'),
      ]);
      expect(await defaultsOf(tenant)).toHaveLength(1);
    });
  });

  describe('replacing', () => {
    it('writes only over the expected version', async () => {
      const tenant = newTenant();
      await sites().create(aSite({ tenant, includesTax: true, mixins: { fees: { active: true } } }));
      const next = aSite({ tenant, name: 'New', default: true, version: 2 });
      expect(await sites().replace(next, 2)).toBe(false);
      expect((await sites().find(tenant, 'main'))?.name).toBe('Main');
      expect(await sites().replace(next, 1)).toBe(true);
      expect(await sites().find(tenant, 'main')).toEqual(next);
    });

    it('lets one of twenty concurrent replacers of a version win, and tells the others', async () => {
      const tenant = newTenant();
      await sites().create(aSite({ tenant }));
      const replace = (_: unknown, i: number) =>
        sites().replace(aSite({ tenant, name: `Writer ${i}`, default: true, version: 2 }), 1);
      const won = await Promise.all(Array.from({ length: 20 }, replace));
      expect(won.filter((replaced) => replaced)).toHaveLength(1);
      expect((await sites().find(tenant, 'main'))?.name).toBe(`Writer ${won.indexOf(true)}`);
    });
  });

  describe('removing', () => {
    it('removes a site only once, and leaves the others', async () => {
      const tenant = newTenant();
      for (const code of ['a', 'b', 'c']) await sites().create(aSite({ tenant, code }));
      const removed = await Promise.all(Array.from({ length: 5 }, () => sites().remove(tenant, 'b')));
      expect(removed.filter((gone) => gone)).toHaveLength(1);
      expect(await sites().find(tenant, 'b')).toBeUndefined();
      expect((await sites().list(tenant)).map((site) => site.code)).toEqual(['a', 'c']);
      expect(await sites().create(aSite({ tenant, code: 'b' }))).toBe(true);
    });
  });

  describe('of two tenants', () => {
    it('keeps sites with the same code, and the defaults, apart', async () => {
      const [one, other] = [newTenant(), newTenant()];
      await sites().create(aSite({ tenant: one, name: 'One' }));
      await sites().create(aSite({ tenant: other, name: 'Other' }));
      await sites().create(aSite({ tenant: other, code: 'next', default: true }));
      expect(await defaultsOf(one)).toEqual(['main']);
      expect(await sites().remove(other, 'main')).toBe(true);
      expect((await sites().find(one, 'main'))?.name).toBe('One');
      expect(await sites().list(one)).toHaveLength(1);
    });

    it('does not mistake a tenant for one whose name begins alike', async () => {
      const tenant = newTenant();
      await sites().create(aSite({ tenant: `${tenant}x` }));
      expect(await sites().list(tenant)).toEqual([]);
    });
  });
}
