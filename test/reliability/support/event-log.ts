import { MongoStorage } from '../../../src/storage/mongo/mongo-storage.js';
import { EmbeddedStorage } from '../../../src/storage/embedded/embedded-storage.js';
import type { Storage } from '../../../src/storage/storage.js';
import type { StoredEvent } from '../../../src/events/event.types.js';

export type Place = { readonly uri: string } | { readonly folder: string };

const A_PAGE = 1_000;

/** Opens the store of a service that is not running, or of one on MongoDB. */
export async function withStore<T>(place: Place, use: (storage: Storage) => Promise<T>): Promise<T> {
  const storage = 'uri' in place ? MongoStorage.open(place.uri) : await EmbeddedStorage.open(place.folder);
  try {
    if (storage instanceof MongoStorage) await storage.prepare();
    return await use(storage);
  } finally {
    await storage.close();
  }
}

/** Returns the whole log of a tenant, in its order, as a reader gets it page by page. */
export async function logOf(storage: Storage, tenant: string): Promise<readonly StoredEvent[]> {
  const all: StoredEvent[] = [];
  let position: string | undefined;
  for (;;) {
    const page = await storage.events.after(tenant, position, A_PAGE);
    all.push(...page.map(({ event }) => event));
    const last = page.at(-1);
    if (!last) return all;
    if (position !== undefined && last.position <= position) throw new Error('positions do not grow');
    position = last.position;
  }
}
