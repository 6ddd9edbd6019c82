import { IdempotencyRepository } from '../../idempotency/idempotency.repository.js';
import { isFree } from '../../idempotency/idempotency.rules.js';
import type { KeptKey } from '../../idempotency/idempotency.types.js';
import type { MongoLink } from './link/mongo-link.js';
import { idOf, type Row, Rows } from './rows/rows.js';

type KeyRow = Row & KeptKey;

const rowOf = (key: KeptKey): KeyRow => ({ _id: idOf(key.tenant, key.id), ...key });

const keyOf = ({ _id, ...key }: KeyRow): KeptKey => key;

export class MongoIdempotencyRepository extends IdempotencyRepository {
  private readonly rows: Rows<KeyRow>;

  constructor(link: MongoLink) {
    super();
    this.rows = new Rows<KeyRow>(link, 'idempotency_keys');
  }

  override async take(key: KeptKey, now: Date): Promise<KeptKey | undefined> {
    const row = rowOf(key);
    for (;;) {
      if (await this.rows.insert(row)) return undefined;
      const known = await this.rows.find(row._id);
      if (!known) continue;
      if (!isFree(known, now)) return keyOf(known);
      if (await this.rows.replace({ _id: row._id, claim: known.claim }, row)) return undefined;
    }
  }

  override async keep(key: KeptKey): Promise<void> {
    const row = rowOf(key);
    await this.rows.replace({ _id: row._id, claim: key.claim }, row);
  }

  override async giveBack(key: KeptKey): Promise<void> {
    await this.rows.remove({ _id: idOf(key.tenant, key.id), claim: key.claim });
  }
}
