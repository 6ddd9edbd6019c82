import type { DatabaseSync } from 'node:sqlite';
import { IdempotencyRepository } from '../../src/idempotency/idempotency.repository.js';
import type { KeptKey } from '../../src/idempotency/idempotency.types.js';

/** Keys of changes in SQLite. Each method is one statement, so each is atomic. */
export class SqliteIdempotencyRepository extends IdempotencyRepository {
  constructor(private readonly database: DatabaseSync) {
    super();
    database.exec(`CREATE TABLE IF NOT EXISTS idempotency_keys (
      tenant TEXT, id TEXT, claim TEXT, claimed_until INTEGER, answered INTEGER, erased_at INTEGER, key TEXT,
      PRIMARY KEY (tenant, id))`);
  }

  /** The conflict replaces the row only if its key is free, as `isFree` in idempotency.rules.ts says. */
  override async take(key: KeptKey, now: Date): Promise<KeptKey | undefined> {
    const { changes } = this.database
      .prepare(
        `INSERT INTO idempotency_keys VALUES (?, ?, ?, ?, 0, ?, ?) ON CONFLICT DO UPDATE SET
           claim = excluded.claim, claimed_until = excluded.claimed_until, answered = 0,
           erased_at = excluded.erased_at, key = excluded.key
         WHERE erased_at <= ? OR (answered = 0 AND claimed_until <= ?)`,
      )
      .run(...valuesOf(key), now.getTime(), now.getTime());
    if (changes === 1) return undefined;
    const row = this.database
      .prepare('SELECT key FROM idempotency_keys WHERE tenant = ? AND id = ?')
      .get(key.tenant, key.id);
    return row && JSON.parse(String(row['key']), withDates);
  }

  override async keep(key: KeptKey): Promise<void> {
    this.database
      .prepare('UPDATE idempotency_keys SET answered = 1, key = ? WHERE tenant = ? AND id = ? AND claim = ?')
      .run(JSON.stringify(key), key.tenant, key.id, key.claim);
  }

  override async giveBack({ tenant, id, claim }: KeptKey): Promise<void> {
    this.database
      .prepare('DELETE FROM idempotency_keys WHERE tenant = ? AND id = ? AND claim = ?')
      .run(tenant, id, claim);
  }
}

const valuesOf = (key: KeptKey) => [
  key.tenant,
  key.id,
  key.claim,
  key.claimedUntil.getTime(),
  key.erasedAt.getTime(),
  JSON.stringify(key),
];

/** JSON has no dates. */
const withDates = (name: string, value: unknown): unknown =>
  name === 'claimedUntil' || name === 'erasedAt' ? new Date(String(value)) : value;
