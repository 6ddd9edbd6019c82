import type { Database, Key } from 'lmdb';

/** The entries have keys alone. */
const EMPTY = Buffer.alloc(0);

/** Entries without a value, ordered by a point in time: what ends when. */
export class EndIndex {
  constructor(private readonly db: Database<Buffer, Key>) {}

  /** Inside `EmbeddedStore.write` only. */
  move(key: string[], from: Date | undefined, to: Date | undefined): void {
    if (from?.getTime() === to?.getTime()) return;
    if (from) this.db.removeSync([from.getTime(), ...key]);
    if (to) this.db.putSync([to.getTime(), ...key], EMPTY);
  }

  /** Keys that ended at `now` or before, earliest first. */
  endedBy(now: Date, limit: number): string[][] {
    const range = this.db.getKeys({ start: [0], end: [now.getTime() + 1], limit });
    return [...range].map((key) => (key as (string | number)[]).slice(1).map(String));
  }
}
