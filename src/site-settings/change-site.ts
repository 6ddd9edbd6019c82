import { setImmediate } from 'node:timers/promises';
import { SiteNotFound } from './site.errors.js';
import type { SiteRepository } from './site.repository.js';
import type { Site } from './site.types.js';

/**
 * One change of one site. When another writer was faster, `decide` is asked again with what that one wrote;
 * each turn that is lost is a write of somebody else's, so it ends. Reading, deciding and writing each go through all
 * that the site carries, so others get their turn in between.
 * @throws SiteNotFound, and whatever `decide` throws
 */
export async function changeSite(
  sites: SiteRepository,
  tenant: string,
  code: string,
  decide: (current: Site) => Site,
): Promise<void> {
  for (;;) {
    const current = await sites.find(tenant, code);
    if (!current) throw new SiteNotFound(code);
    await setImmediate();
    const next = { ...decide(current), version: current.version + 1 };
    await setImmediate();
    if (await sites.replace(next, current.version)) return;
  }
}
