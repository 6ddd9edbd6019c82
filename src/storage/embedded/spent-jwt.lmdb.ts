import { type SpentJwt, SpentJwtRepository } from '../../oauth/revocation/spent-jwt.repository.js';
import type { EmbeddedStore } from './store/embedded-store.js';
import type { EndIndex } from './store/end-index.js';
import type { Table } from './store/table.js';

const keyOf = ({ tenant, id }: Pick<SpentJwt, 'tenant' | 'id'>): string[] => [tenant, id];

export class LmdbSpentJwtRepository extends SpentJwtRepository {
  private readonly spent: Table<Date>;
  private readonly ends: EndIndex;

  constructor(private readonly store: EmbeddedStore) {
    super();
    this.spent = store.table('spent-jwts');
    this.ends = store.endIndex('spent-jwts-by-end');
  }

  override spend(jwt: SpentJwt): Promise<boolean> {
    return this.store.write(() => {
      if (this.spent.get(keyOf(jwt))) return false;
      this.spent.put(keyOf(jwt), jwt.endsAt);
      this.ends.move(keyOf(jwt), undefined, jwt.endsAt);
      return true;
    });
  }

  override async isSpent(jwt: Pick<SpentJwt, 'tenant' | 'id'>): Promise<boolean> {
    return this.spent.get(keyOf(jwt)) !== undefined;
  }

  /** Erases entries that are over, up to `limit`. @returns how many */
  sweep(now: Date, limit: number): Promise<number> {
    return this.store.eraseEnded(this.ends, now, limit, (key) => {
      this.ends.move(key, this.spent.get(key), undefined);
      this.spent.remove(key);
    });
  }
}
