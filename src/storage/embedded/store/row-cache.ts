import { LRUCache } from 'lru-cache';
import { decodedSize, ENTRY_BYTES, LARGEST_PART } from '../../decoded-size.js';
import { frozen } from '../../frozen.js';

interface Pending {
  /** How many writes that are not on disk yet have touched the row. */
  writes: number;
  /** What the newest of them wrote, if that is to be cached. */
  written?: { readonly row: object; readonly storedBytes: number } | undefined;
  failed: boolean;
}

/**
 * Caches decoded rows, because a row is read far more often than it is written, and decoding one costs more than
 * finding it. The cache is coherent, because the process that has the folder open is the only writer: a write drops the
 * rows that it touches at once, and they are not cached again until the write is on disk. Rows are frozen, because all
 * readers share them.
 */
export class RowCache {
  private readonly rows: LRUCache<string, object> | undefined;
  private readonly pending = new Map<string, Pending>();
  private touched: Set<string> | undefined;

  /** @param bytes approximate memory for all rows; 0 disables the cache */
  constructor(bytes: number) {
    if (bytes < LARGEST_PART * ENTRY_BYTES) return;
    this.rows = new LRUCache({ maxSize: bytes, maxEntrySize: Math.floor(bytes / LARGEST_PART) });
  }

  get(key: string): unknown {
    return this.rows?.get(key);
  }

  /** @returns the row, frozen from now on */
  keep<Row>(key: string, row: Row, storedBytes: number): Row {
    if (!this.rows || typeof row !== 'object' || row === null || this.pending.has(key)) return row;
    this.rows.set(key, frozen(row), { size: decodedSize(storedBytes) });
    return row;
  }

  /** A row that a step of `during` writes. */
  touch(key: string): void {
    if (!this.rows || !this.touched) return;
    const known = this.pending.get(key);
    const pending = known ?? { writes: 0, failed: false };
    if (!known) this.pending.set(key, pending);
    pending.written = undefined;
    if (this.touched.has(key)) return;
    this.touched.add(key);
    this.rows.delete(key);
    pending.writes += 1;
  }

  /** As `touch`, with what is written: the row is cached once it is on disk. */
  replace(key: string, row: object, storedBytes: number): void {
    this.touch(key);
    const pending = this.pending.get(key);
    if (pending) pending.written = { row, storedBytes };
  }

  /** @param touched gets what `step` touches. Pass it to `settle` once the write is on disk, or has failed */
  during<R>(touched: Set<string>, step: () => R): R {
    this.touched = touched;
    try {
      return step();
    } finally {
      this.touched = undefined;
    }
  }

  /** @param isWritten whether the write is on disk */
  settle(touched: ReadonlySet<string>, isWritten: boolean): void {
    for (const key of touched) {
      const pending = this.pending.get(key);
      if (!pending) continue;
      pending.writes -= 1;
      pending.failed ||= !isWritten;
      if (pending.writes > 0) continue;
      this.pending.delete(key);
      const { written, failed } = pending;
      // Earlier tables of the Map may refer to it for long: src/http/edge/members.ts
      pending.written = undefined;
      if (written && !failed) this.keep(key, written.row, written.storedBytes);
    }
  }
}
