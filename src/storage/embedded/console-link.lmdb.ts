import { ConsoleLinkRepository } from '../../console/console-link.repository.js';
import type { ConsoleLink } from '../../console/console-link.types.js';
import type { EmbeddedStore } from './store/embedded-store.js';
import type { EndIndex } from './store/end-index.js';
import type { Table } from './store/table.js';

export class LmdbConsoleLinkRepository extends ConsoleLinkRepository {
  private readonly links: Table<ConsoleLink>;
  private readonly ends: EndIndex;

  constructor(private readonly store: EmbeddedStore) {
    super();
    // By the hash alone, which is all that a sign-in has; a link ends within minutes by itself.
    this.links = store.table('console-links', 'service');
    this.ends = store.endIndex('console-links-by-end', 'service');
  }

  override add(link: ConsoleLink): Promise<void> {
    return this.store.write(() => {
      this.links.put([link.hash], link);
      this.ends.move([link.hash], undefined, link.endsAt);
    });
  }

  override take(hash: string): Promise<ConsoleLink | undefined> {
    return this.store.write(() => this.erase([hash]));
  }

  /** Erases links whose time is over, up to `limit`. @returns how many */
  sweep(now: Date, limit: number): Promise<number> {
    return this.store.eraseEnded(this.ends, now, limit, (key) => this.erase(key));
  }

  private erase(key: string[]): ConsoleLink | undefined {
    const link = this.links.get(key);
    if (!link) return undefined;
    this.ends.move(key, link.endsAt, undefined);
    this.links.remove(key);
    return link;
  }
}
