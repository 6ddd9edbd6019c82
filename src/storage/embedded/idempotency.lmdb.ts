import { IdempotencyRepository } from '../../idempotency/idempotency.repository.js';
import { isFree } from '../../idempotency/idempotency.rules.js';
import type { KeptKey } from '../../idempotency/idempotency.types.js';
import type { EmbeddedStore } from './store/embedded-store.js';
import type { EndIndex } from './store/end-index.js';
import type { Table } from './store/table.js';

const keyOf = ({ tenant, id }: KeptKey): string[] => [tenant, id];

export class LmdbIdempotencyRepository extends IdempotencyRepository {
  private readonly keys: Table<KeptKey>;
  private readonly ends: EndIndex;

  constructor(private readonly store: EmbeddedStore) {
    super();
    this.keys = store.table('idempotency-keys');
    this.ends = store.endIndex('idempotency-keys-by-end');
  }

  override take(key: KeptKey, now: Date): Promise<KeptKey | undefined> {
    return this.store.write(() => {
      const known = this.keys.get(keyOf(key));
      if (known && !isFree(known, now)) return known;
      this.put(known, key);
      return undefined;
    });
  }

  override async keep(key: KeptKey): Promise<void> {
    await this.store.write(() => {
      const known = this.keys.get(keyOf(key));
      if (known?.claim === key.claim) this.put(known, key);
    });
  }

  override async giveBack(key: KeptKey): Promise<void> {
    await this.store.write(() => {
      if (this.keys.get(keyOf(key))?.claim === key.claim) this.erase(keyOf(key));
    });
  }

  /** Erases keys that have ended, up to `limit`. @returns how many */
  sweep(now: Date, limit: number): Promise<number> {
    return this.store.eraseEnded(this.ends, now, limit, (key) => this.erase(key));
  }

  private put(before: KeptKey | undefined, next: KeptKey): void {
    this.keys.put(keyOf(next), next);
    this.ends.move(keyOf(next), before?.erasedAt, next.erasedAt);
  }

  private erase(key: string[]): void {
    this.ends.move(key, this.keys.get(key)?.erasedAt, undefined);
    this.keys.remove(key);
  }
}
