import { LRUCache } from 'lru-cache';

/** A decoded row takes about so many times its stored bytes, and so many more for its place here. */
const DECODED = 4;
const ENTRY_BYTES = 300;

/** One row may take this part of it, so that a few large carts do not put out thousands of sessions. */
const LARGEST_PART = 16;

/**
 * Decoded rows, for a row is read far more often than it is written, and decoding one costs more than finding it. Coherent,
 * as the process that has the folder open is its only writer: a write drops what it touches at once, and what it touches
 * is not kept again until it is on the disk. Rows are frozen, since all readers of one share it.
 */
export class RowCache {
  private readonly rows: LRUCache<string, object> | undefined;
  /** How many writes that are not on the disk yet have touched a row. */
  private readonly pending = new Map<string, number>();
  private touched: Set<string> | undefined;

  /** @param bytes how much memory all rows may take, about; 0 keeps none */
  constructor(bytes: number) {
    if (bytes < LARGEST_PART * ENTRY_BYTES) return;
    this.rows = new LRUCache({ maxSize: bytes, maxEntrySize: Math.floor(bytes / LARGEST_PART) });
  }

  get(key: string): unknown {
    return this.rows?.get(key);
  }

  /** @returns the row, which nobody can change any more */
  keep<Row>(key: string, row: Row, storedBytes: number): Row {
    if (!this.rows || typeof row !== 'object' || row === null || this.pending.has(key)) return row;
    this.rows.set(key, frozen(row), { size: storedBytes * DECODED + ENTRY_BYTES });
    return row;
  }

  /** A row that is written within `during`. */
  touch(key: string): void {
    if (!this.rows || !this.touched || this.touched.has(key)) return;
    this.touched.add(key);
    this.rows.delete(key);
    this.pending.set(key, (this.pending.get(key) ?? 0) + 1);
  }

  /** @param touched notes what `step` touches; to be settled once that is on the disk, or came to nothing */
  during<R>(touched: Set<string>, step: () => R): R {
    this.touched = touched;
    try {
      return step();
    } finally {
      this.touched = undefined;
    }
  }

  settle(touched: ReadonlySet<string>): void {
    for (const key of touched) {
      const left = (this.pending.get(key) ?? 1) - 1;
      if (left > 0) this.pending.set(key, left);
      else this.pending.delete(key);
    }
  }
}

function frozen<T extends object>(value: T): T {
  if (value instanceof Map || value instanceof Set) {
    for (const part of value.values()) freezePart(part);
    for (const change of ['set', 'add', 'delete', 'clear']) {
      if (change in value) Object.defineProperty(value, change, { value: refuse });
    }
  } else if (!ArrayBuffer.isView(value)) {
    for (const part of Object.values(value)) freezePart(part);
  }
  return ArrayBuffer.isView(value) ? value : Object.freeze(value);
}

function freezePart(part: unknown): void {
  if (typeof part === 'object' && part !== null) frozen(part);
}

function refuse(): never {
  throw new TypeError('A row of the store can not be changed in place: write another one');
}
