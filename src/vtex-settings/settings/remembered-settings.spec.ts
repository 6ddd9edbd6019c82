import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TestClock } from '../../../test/support/test-clock.js';
import { EmbeddedStorage } from '../../storage/embedded/embedded-storage.js';
import { RememberedVtexSettings } from './remembered-settings.js';
import { noSettings, withImpersonate } from './vtex-settings.rules.js';

describe('What is remembered of the settings for the apps', () => {
  let folder: string;
  let storage: EmbeddedStorage;
  let clock: TestClock;
  let remembered: RememberedVtexSettings;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'remembered-settings-'));
    storage = await EmbeddedStorage.open(folder);
    clock = new TestClock();
    remembered = new RememberedVtexSettings(storage.vtexSettings, clock);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await storage.close();
    await rm(folder, { recursive: true });
  });

  const install = (isInstalled: boolean) =>
    storage.vtexSettings.change('acme', (current) =>
      withImpersonate(current ?? noSettings('acme'), isInstalled),
    );
  const isInstalled = async (): Promise<boolean> => (await remembered.of('acme')).impersonateInstalled;

  it('counts for less than five seconds after another instance has changed it', async () => {
    await install(true);
    expect(await isInstalled()).toBe(true);
    await install(false);
    clock.advanceSeconds(4.999);
    expect(await isInstalled()).toBe(true);
    clock.advanceSeconds(0.001);
    expect(await isInstalled()).toBe(false);
  });

  it('is read once for many sessions, and again when it is forgotten', async () => {
    await install(true);
    const find = vi.spyOn(storage.vtexSettings, 'find');
    await Promise.all([isInstalled(), isInstalled()]);
    await isInstalled();
    expect(find).toHaveBeenCalledTimes(1);
    await install(false);
    remembered.forget('acme');
    expect(await isInstalled()).toBe(false);
  });

  it('is nothing for a tenant without settings, which is about to get its first ones', async () => {
    expect(await isInstalled()).toBe(false);
    expect(await remembered.of('acme')).toBe(await remembered.of('acme'));
    await install(true);
    expect(await isInstalled()).toBe(true);
  });
});
