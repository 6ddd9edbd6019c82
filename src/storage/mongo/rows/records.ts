import { newId } from '../../../shared/ids.js';
import type { RecordAccess, Stored } from './coalescing-writer.js';
import type { Row, Rows } from './rows.js';

export interface RecordRow extends Row {
  /**
   * Another one with each write. Random, not counted: a record that was erased and made anew under its id
   * would count to the same numbers again, and a writer that slept through that would overwrite it.
   */
  readonly rev: string;
  /** No record, but what keeps one from being made under this id. */
  readonly fencedUntil?: Date;
}

/** Longer than any writer of ours can sleep and go on. */
const FENCE_MS = 24 * 3_600_000;

/** Translates a record to what is stored of it and back. */
export interface Codec<T, R extends RecordRow> {
  idOf(record: T): string;
  toRow(record: T): Omit<R, keyof RecordRow>;
  fromRow(row: R): T;
}

/** Records as the adapters of the ports see them: whole, and written only over the state that was read. */
export class Records<T extends object, R extends RecordRow> implements RecordAccess<T> {
  /** By the record that was made of it. */
  private readonly reads = new WeakMap<object, Stored<T>>();

  constructor(
    readonly rows: Rows<R>,
    private readonly codec: Codec<T, R>,
  ) {}

  async read(id: string): Promise<Stored<T> | undefined> {
    const row = await this.rows.find(id);
    if (!row || row.fencedUntil) return undefined;
    const stored = { value: this.codec.fromRow(row), rev: row.rev };
    this.reads.set(stored.value, stored);
    return stored;
  }

  /** @returns what `find` gave this very record of; undefined for any other */
  asRead(record: object): Stored<T> | undefined {
    return this.reads.get(record);
  }

  async find(id: string): Promise<T | undefined> {
    return (await this.read(id))?.value;
  }

  insert(record: T): Promise<boolean> {
    return this.rows.insert(this.rowOf(record));
  }

  async write(id: string, from: Stored<T> | undefined, next: T): Promise<boolean> {
    return from ? this.rows.replaceState(id, from.rev, this.rowOf(next)) : this.insert(next);
  }

  /** @returns false when it is no longer as it was read: nothing was erased */
  erase(id: string, { rev }: Stored<T>): Promise<boolean> {
    return this.rows.remove({ _id: id, rev });
  }

  /** From now on no record can be made under this id. @returns false when there is one */
  prevent(id: string): Promise<boolean> {
    // By the server's clock, which is that of its TTL pass, not by the service's.
    const fencedUntil = new Date(Date.now() + FENCE_MS);
    return this.rows.insert({ _id: id, rev: newId(), fencedUntil } as R);
  }

  rowOf(record: T): R {
    return { _id: this.codec.idOf(record), rev: newId(), ...this.codec.toRow(record) } as R;
  }
}
