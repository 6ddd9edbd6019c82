import { setImmediate } from 'node:timers/promises';
import { SiteNotFound } from './site.errors.js';
import type { SiteRepository } from './site.repository.js';
import type { Site } from './site.types.js';

/**
 * Changes one site. If another writer was faster, `decide` runs again on what that writer stored. The loop ends,
 * because every retry means that somebody else's write succeeded. Reading, deciding and writing each process all data
 * of the site, so other requests get a turn in between.
 * @throws SiteNotFound
 * @throws whatever `decide` throws
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
