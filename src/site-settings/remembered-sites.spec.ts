import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aSite } from '../../test/support/data/builders.js';
import { TestClock } from '../../test/support/test-clock.js';
import { EmbeddedStorage } from '../storage/embedded/embedded-storage.js';
import { RememberedSites, RememberingSiteRepository } from './remembered-sites.js';
import type { Site } from './site.types.js';

describe('What is remembered of the sites of a tenant', () => {
  let folder: string;
  let storage: EmbeddedStorage;
  let clock: TestClock;
  let remembered: RememberedSites;
  let sites: RememberingSiteRepository;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'remembered-sites-'));
    storage = await EmbeddedStorage.open(folder);
    clock = new TestClock();
    remembered = new RememberedSites(storage.sites, clock);
    sites = new RememberingSiteRepository(storage.sites, remembered);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await storage.close();
    await rm(folder, { recursive: true });
  });

  const codes = async (): Promise<readonly string[]> => {
    const listed = await remembered.list('acme');
    return listed.filter(({ active }) => active).map(({ code }) => code);
  };

  it('counts for less than five seconds after another instance has changed it [F-03]', async () => {
    await storage.sites.create(aSite('main'));
    expect(await codes()).toEqual(['main']);
    await storage.sites.create(aSite('us'));
    clock.advanceSeconds(4.999);
    expect(await codes()).toEqual(['main']);
    clock.advanceSeconds(0.001);
    expect(await codes()).toEqual(['main', 'us']);
  });

  it('follows each change of this instance at once [F-03]', async () => {
    await sites.create(aSite('main'));
    expect(await codes()).toEqual(['main']);
    await sites.create(aSite('us'));
    expect(await codes()).toEqual(['main', 'us']);
    const stored = await sites.find('acme', 'us');
    expect(await sites.replace(aSite('us', { active: false, version: 2 }), stored?.version ?? 0)).toBe(true);
    expect(await codes()).toEqual(['main']);
    expect(await sites.findDefault('acme')).toMatchObject({ code: 'main' });
    await sites.remove('acme', 'us');
    expect(await remembered.list('acme')).toEqual(await sites.list('acme'));
  });

  it('does not include what was read while a change was on its way [F-03]', async () => {
    await sites.create(aSite('main'));
    const before = await storage.sites.list('acme');
    let answer = (_sites: readonly Site[]): void => undefined;
    vi.spyOn(storage.sites, 'list').mockReturnValueOnce(
      new Promise((resolve) => {
        answer = resolve;
      }),
    );
    const early = codes();
    await sites.create(aSite('us'));
    answer(before);
    expect(await early).toEqual(['main']);
    expect(await codes()).toEqual(['main', 'us']);
  });

  it('is forgotten after a write that failed, because it may have reached the store [F-03]', async () => {
    await sites.create(aSite('main'));
    expect(await codes()).toEqual(['main']);
    const create = storage.sites.create.bind(storage.sites);
    vi.spyOn(storage.sites, 'create').mockImplementationOnce(async (site) => {
      await create(site);
      throw new Error('the connection was lost');
    });
    await expect(sites.create(aSite('us'))).rejects.toThrow('lost');
    expect(await codes()).toEqual(['main', 'us']);
  });

  it('is nothing for a tenant without sites, which is about to get its first one [F-03]', async () => {
    expect(await codes()).toEqual([]);
    await storage.sites.create(aSite('main'));
    expect(await codes()).toEqual(['main']);
  });
});
