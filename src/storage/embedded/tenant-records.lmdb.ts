import { setImmediate } from 'node:timers/promises';
import type { Key } from 'lmdb';
import { TenantRecords } from '../../tenant/tenant-records.repository.js';
import type { EmbeddedStore } from './store/embedded-store.js';
import type { TenantHolder } from './store/tenant-holder.js';

/** Needs no list of tables: the store knows which it opened, and how each names the tenant. */
export class LmdbTenantRecords extends TenantRecords {
  constructor(private readonly store: EmbeddedStore) {
    super();
  }

  override async count(tenant: string): Promise<ReadonlyMap<string, number>> {
    const counts = new Map<string, number>();
    for (const holder of this.store.tenantHolders) {
      let found = 0;
      for await (const keys of partsOf(holder, tenant)) found += keys.length;
      counts.set(holder.name, found);
    }
    return counts;
  }

  override async removeSome(tenant: string, limit: number): Promise<number> {
    let removed = 0;
    for (const holder of this.store.tenantHolders) {
      for await (const keys of partsOf(holder, tenant)) {
        await this.store.write(() => keys.forEach((key) => holder.remove(key)));
        removed += keys.length;
        if (removed >= limit) return removed;
      }
    }
    return removed;
  }
}

/** Parts that hold something of the tenant. */
async function* partsOf(holder: TenantHolder, tenant: string): AsyncGenerator<readonly Key[][]> {
  let after: Key | undefined;
  do {
    const part = holder.read(tenant, after);
    if (part.keys.length > 0) yield part.keys;
    after = part.after;
    await setImmediate();
  } while (after !== undefined);
}
