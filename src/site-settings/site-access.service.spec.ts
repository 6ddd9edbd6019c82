import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aSite } from '../../test/support/data/builders.js';
import { InvalidInput } from '../shared/domain-error.js';
import { EmbeddedStorage } from '../storage/embedded/embedded-storage.js';
import { MemberGroups } from './member-groups.js';
import { SiteAccess } from './site-access.service.js';
import type { Site } from './site.types.js';

class Groups extends MemberGroups {
  override async of(_tenant: string, customerId: string | undefined): Promise<readonly string[]> {
    return customerId === 'golden' ? ['gold'] : [];
  }
}

const unknown = (code: string) => `siteCode: no active site has the code ${code}`;
const GROUPS = 'siteCode: the site b2b is only for customers of certain groups';

describe('Sites are taken', () => {
  let folder: string;
  let storage: EmbeddedStorage;
  let access: SiteAccess;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'site-access-'));
    storage = await EmbeddedStorage.open(folder);
    const { sites } = storage;
    await sites.create(aSite('main', { default: true }));
    await sites.create(aSite('us', { currency: 'USD', availableCurrencies: ['USD', 'CAD'] }));
    await sites.create(aSite('b2b', { onlyForGroups: ['gold'] }));
    await sites.create(aSite('closed', { active: false }));
    access = new SiteAccess(sites, new Groups());
  });
  afterAll(async () => {
    await storage.close();
    await rm(folder, { recursive: true });
  });

  /** The code of the site, or why there is none. */
  const told = async (asked: Promise<Site | void>): Promise<string | undefined> => {
    try {
      return (await asked)?.code;
    } catch (error) {
      if (error instanceof InvalidInput) return error.message;
      throw error;
    }
  };

  it('by those who act for others, where they are active', async () => {
    expect(await told(access.active('acme'))).toBe('main');
    for (const code of ['main', 'b2b']) expect(await told(access.active('acme', code))).toBe(code);
    for (const code of ['closed', 'nothing']) {
      expect(await told(access.active('acme', code))).toBe(unknown(code));
    }
  });

  it('by shoppers, where they are open to them [F-03]', async () => {
    const asked = (code: string | undefined, customerId?: string) =>
      told(access.open('acme', code, customerId));
    expect(await asked(undefined)).toBe('main');
    expect(await asked('b2b', 'golden')).toBe('b2b');
    for (const customerId of [undefined, 'plain']) expect(await asked('b2b', customerId)).toBe(GROUPS);
    expect(await asked('closed', 'golden')).toBe(unknown('closed'));
    expect(await asked('nothing')).toBe(unknown('nothing'));
  });

  it('by the query of a login, with a currency that they sell in, and all problems are told at once [D-24, F-03]', async () => {
    const asked = (query: { siteCode?: string; currency?: string }) =>
      told(access.expectAsked('acme', query));
    expect(await asked({})).toBeUndefined();
    expect(await asked({ siteCode: 'us', currency: 'CAD' })).toBeUndefined();
    expect(await asked({ siteCode: 'us' })).toBeUndefined();
    expect(await asked({ currency: 'EUR' })).toBeUndefined();
    expect(await asked({ siteCode: 'main', currency: 'USD' })).toMatch(
      /^currency: USD is not sold at the site main/,
    );
    expect(await asked({ currency: 'USD' })).toMatch(/^currency: USD is not sold at the site main/);
    const both = await asked({ siteCode: 'b2b', currency: 'USD' });
    expect(both).toContain(GROUPS);
    expect(both).toContain('currency: USD is not sold at the site b2b');
  });
});
