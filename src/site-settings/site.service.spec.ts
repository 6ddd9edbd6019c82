import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { InvalidInput, VersionConflict } from '../shared/domain-error.js';
import { EmbeddedStorage } from '../storage/embedded/embedded-storage.js';
import { NOTHING_EXPANDED } from './expand.rules.js';
import { SiteMixinService } from './site-mixin.service.js';
import { MixinAlreadyExists, SiteAlreadyExists, SiteNotFound } from './site.errors.js';
import { SiteService } from './site.service.js';
import type { SiteDraft } from './site.types.js';

const draft: SiteDraft = {
  name: 'Site',
  defaultLanguage: 'en',
  languages: ['en'],
  currency: 'EUR',
  homeBase: { address: { country: 'DE', zipCode: '70173' } },
  shipToCountries: ['DE'],
};

describe('Sites of a tenant', () => {
  let folder: string;
  let storage: EmbeddedStorage;
  let sites: SiteService;
  let mixins: SiteMixinService;
  let tenants = 0;
  let tenant: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'onesession-'));
    storage = await EmbeddedStorage.open(folder);
    sites = new SiteService(storage.sites);
    mixins = new SiteMixinService(storage.sites);
  });
  afterAll(async () => {
    await storage.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(() => {
    tenants += 1;
    tenant = `tenant${tenants}`;
  });

  const read = (code: string) => sites.read(tenant, code, true);
  const defaults = async () => {
    const { rows: all } = await sites.list(tenant, { includeInactive: true, counted: false });
    return all.filter((site) => site.default).map((site) => site.code);
  };

  it('are created once, the first one as the default [W-56]', async () => {
    await sites.create(tenant, 'main', draft);
    await expect(sites.create(tenant, 'main', draft)).rejects.toThrow(SiteAlreadyExists);
    await sites.create(tenant, 'us', { ...draft, default: false });
    expect(await defaults()).toEqual(['main']);
  });

  it('have one default after concurrent first creates, takeovers and deletes [W-56]', async () => {
    const codes = Array.from({ length: 10 }, (_, i) => `site${i}`);
    await Promise.all(codes.map((code) => sites.create(tenant, code, draft)));
    expect(await defaults()).toHaveLength(1);
    await Promise.allSettled([
      ...codes.map((code) => sites.patch(tenant, code, { default: true }, {})),
      ...codes.slice(0, 5).map((code) => sites.remove(tenant, code)),
    ]);
    expect(await defaults()).toHaveLength(1);
  });

  it('do not lose one of twenty concurrent patches', async () => {
    await sites.create(tenant, 'main', draft);
    const patch = (_: unknown, i: number) =>
      sites.patch(tenant, 'main', { mixins: { [`m${i}`]: { i } } }, {});
    await Promise.all(Array.from({ length: 20 }, patch));
    const site = await read('main');
    expect(Object.keys(site.mixins)).toHaveLength(20);
    expect(site.version).toBe(21);
  });

  it('take one of twenty concurrent changes of a version [W-46]', async () => {
    await sites.create(tenant, 'main', draft);
    const change = (_: unknown, i: number) =>
      i % 2 === 0
        ? sites.patch(tenant, 'main', { name: `${i}` }, { version: 1 })
        : sites.replace(tenant, 'main', { ...draft, name: `${i}` }, { version: 1 }, NOTHING_EXPANDED);
    const tries = await Promise.allSettled(Array.from({ length: 20 }, change));
    const [won, ...more] = tries.flatMap(({ status }, i) => (status === 'fulfilled' ? [i] : []));
    expect(more).toEqual([]);
    expect(await read('main')).toMatchObject({ name: `${won}`, version: 2 });
    for (const one of tries)
      if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(VersionConflict);
  });

  it('are not changed by a refused change', async () => {
    await sites.create(tenant, 'main', draft);
    const before = await read('main');
    await expect(sites.patch(tenant, 'main', { defaultLanguage: 'fr' }, {})).rejects.toThrow(InvalidInput);
    await expect(sites.patch(tenant, 'main', { default: false }, {})).rejects.toThrow(InvalidInput);
    expect(await read('main')).toEqual(before);
  });

  it('are removed, but not the default one, and not one that is not there [W-56]', async () => {
    await sites.create(tenant, 'main', draft);
    await sites.create(tenant, 'us', draft);
    await expect(sites.remove(tenant, 'main')).rejects.toThrow(InvalidInput);
    await sites.remove(tenant, 'us');
    await expect(sites.remove(tenant, 'us')).rejects.toThrow(SiteNotFound);
    await expect(read('us')).rejects.toThrow(SiteNotFound);
  });

  it('that are not there can not be read or changed, nor have mixins', async () => {
    for (const asked of [
      read('no'),
      sites.patch(tenant, 'no', {}, {}),
      sites.replace(tenant, 'no', draft, {}, NOTHING_EXPANDED),
      mixins.list(tenant, 'no'),
      mixins.read(tenant, 'no', 'fees'),
      mixins.create(tenant, 'no', 'fees', {}),
      mixins.remove(tenant, 'no', 'fees'),
    ]) {
      await expect(asked).rejects.toThrow(SiteNotFound);
    }
  });

  it('are listed in pages of sixteen, in the order that is asked for [W-60]', async () => {
    const codes = Array.from({ length: 20 }, (_, i) => `s${String(i).padStart(2, '0')}`);
    for (const code of codes) await sites.create(tenant, code, draft);
    const query = { includeInactive: false, counted: true };
    const first = await sites.list(tenant, { ...query, sort: 'code:desc' });
    expect(first.total).toBe(20);
    expect(first.rows.map(({ code }) => code)).toEqual(codes.toReversed().slice(0, 16));
    const second = await sites.list(tenant, { ...query, sort: 'code:desc', pageNumber: 2 });
    expect(second.rows.map(({ code }) => code)).toEqual(codes.toReversed().slice(16));
    await expect(sites.list(tenant, { ...query, sort: 'mixins' })).rejects.toThrow(InvalidInput);
  });

  it('take a mixin of a name once, even when several callers add it at the same time', async () => {
    await sites.create(tenant, 'main', draft);
    const add = (_: unknown, i: number) => mixins.create(tenant, 'main', 'fees', { i });
    const tries = await Promise.allSettled(Array.from({ length: 10 }, add));
    const [won, ...more] = tries.flatMap(({ status }, i) => (status === 'fulfilled' ? [i] : []));
    expect(more).toEqual([]);
    expect(await mixins.read(tenant, 'main', 'fees')).toEqual({ i: won });
    await expect(mixins.create(tenant, 'main', 'fees', {})).rejects.toThrow(MixinAlreadyExists);
  });
});
