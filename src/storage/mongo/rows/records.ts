import { newId } from '../../../shared/ids.js';
import type { StoredEvent } from '../../../events/event.types.js';
import type { RecordAccess, Stored } from './coalescing-writer.js';
import type { Row, Rows } from './rows.js';
import { type EventRow, toEventRow } from './event.row.js';

export interface RecordRow extends Row {
  /**
   * Different after each write. Random rather than counted: a record that was erased and created again under its id
   * would reach the same numbers, and a writer that was suspended meanwhile would overwrite it.
   */
  readonly rev: string;
  /** Not a record, but a fence that keeps one from being created under this id. */
  readonly fencedUntil?: Date;
  /** Events that were written with the record and are not in the log yet; see `MongoEventRelay`. */
  readonly outbox?: readonly EventRow[];
  /** No longer a record: only its last events are left. */
  readonly removed?: true;
}

/** Longer than a writer can be suspended and still go on. */
const FENCE_MS = 24 * 3_600_000;

/** Translates a record to what is stored of it and back. */
export interface Codec<T, R extends RecordRow> {
  idOf(record: T): string;
  /** @param isTold whether somebody wants events of the tenant */
  toRow(record: T, isTold: boolean): Omit<R, keyof RecordRow>;
  fromRow(row: R): T;
}

interface RecordOptions {
  /** For records that are read far more often than written. They are frozen, because all readers share them. */
  readonly isRemembered?: boolean;
  /** Called with the id of a record that events were written with. */
  readonly onTold?: (id: string) => void;
}

/** Records as the adapters of the ports see them: whole, and written only over the state that was read. */
export class Records<T extends object, R extends RecordRow> implements RecordAccess<T> {
  /** By the record that was made of it. */
  private readonly reads = new WeakMap<object, Stored<T>>();
  /** Events to write with a record, if somebody wants any. */
  private readonly events = new WeakMap<object, readonly StoredEvent[]>();

  private readonly remembered: { find(id: string): Promise<Stored<T> | undefined> } | undefined;
  private readonly onTold: (id: string) => void;

  constructor(
    readonly rows: Rows<R>,
    private readonly codec: Codec<T, R>,
    { isRemembered = false, onTold = () => undefined }: RecordOptions = {},
  ) {
    this.onTold = onTold;
    if (isRemembered) {
      this.remembered = rows.remembering(
        (row) => this.recordIn(row),
        // Events leave a row without giving it another `rev`.
        ({ hasUnsent }) => !hasUnsent,
      );
    }
  }

  /**
   * Has the write of a record write these events with it. Records that were decided on in between, one after the other,
   * pass theirs on.
   * @param events undefined if nobody wants any
   */
  tell(before: T | undefined, next: T, events: readonly StoredEvent[] | undefined): T {
    const earlier = before && this.events.get(before);
    if (next !== before && (earlier || events))
      this.events.set(next, [...(earlier ?? []), ...(events ?? [])]);
    return next;
  }

  async read(id: string): Promise<Stored<T> | undefined> {
    if (this.remembered) return this.remembered.find(id);
    const row = await this.rows.find(id);
    return row && this.recordIn(row);
  }

  private recordIn(row: R): Stored<T> | undefined {
    if (row.fencedUntil || row.removed) return undefined;
    const stored = this.storedOf(row);
    this.reads.set(stored.value, stored);
    return stored;
  }

  /** @returns the row that `find` made this record from; undefined for any other record */
  asRead(record: object): Stored<T> | undefined {
    return this.reads.get(record);
  }

  async find(id: string): Promise<T | undefined> {
    return (await this.read(id))?.value;
  }

  storedOf(row: R): Stored<T> {
    const hasUnsent = row.outbox !== undefined && row.outbox.length > 0;
    return { value: this.codec.fromRow(row), rev: row.rev, hasUnsent };
  }

  async insert(record: T): Promise<boolean> {
    const events = this.events.get(record) ?? [];
    const row = this.rowOf(record);
    const outbox = events.length > 0 ? { outbox: events.map(toEventRow) } : {};
    if (await this.rows.insert({ ...row, ...outbox })) return this.told(row._id, events);
    // The last events of a record of this id may still be on their way.
    const there = await this.rows.find(row._id, { rev: 1, removed: 1 });
    return there?.removed ? this.replace(row._id, there.rev, row, events) : false;
  }

  async write(id: string, from: Stored<T> | undefined, next: T): Promise<boolean> {
    if (!from) return this.insert(next);
    const events = this.events.get(next) ?? [];
    const row = this.rowOf(next);
    if (events.length === 0 && !from.hasUnsent) return this.rows.replaceState(id, from.rev, row);
    return this.replace(id, from.rev, row, events);
  }

  /**
   * @param events that are written together with the removal
   * @returns false when it is no longer as it was read: nothing was erased
   */
  erase(id: string, { rev, hasUnsent }: Stored<T>, events: readonly StoredEvent[] = []): Promise<boolean> {
    if (events.length === 0 && !hasUnsent) return this.rows.remove({ _id: id, rev });
    return this.replace(id, rev, { _id: id, rev: newId(), removed: true } as R, events);
  }

  private async replace(id: string, rev: string, row: R, events: readonly StoredEvent[]): Promise<boolean> {
    if (!(await this.rows.replaceAndTell(id, rev, row, events.map(toEventRow)))) return false;
    return this.told(id, events);
  }

  private told(id: string, events: readonly StoredEvent[]): true {
    if (events.length > 0) this.onTold(id);
    return true;
  }

  /** From now on no record can be made under this id. @returns false when there is one */
  prevent(id: string): Promise<boolean> {
    // By the server's clock, which is that of its TTL pass, not by the service's.
    const fencedUntil = new Date(Date.now() + FENCE_MS);
    return this.rows.insert({ _id: id, rev: newId(), fencedUntil } as R);
  }

  rowOf(record: T): R {
    return {
      _id: this.codec.idOf(record),
      rev: newId(),
      ...this.codec.toRow(record, this.events.has(record)),
    } as R;
  }
}
