import type { Clock } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { type Kind, RecordExists, RecordNotFound } from './client-management.errors.js';
import type { Draft, ManagedRecord } from './client-management.types.js';
import { newRecord, replacedRecord } from './managed-record.rules.js';

type Made<T extends ManagedRecord> = Draft<T> & ManagedRecord;

/** What a keeper needs of `ManagedRecords`. */
interface Records<T extends ManagedRecord> {
  find(tenant: string, id: string): Promise<T | undefined>;
  create(record: Made<T>): Promise<boolean>;
  change(tenant: string, id: string, decide: (current: T | undefined) => Made<T>): Promise<void>;
}

/**
 * Reads, creates and replaces records of one kind. What a record refers to, and what follows from a change, is up to
 * the service of its kind.
 */
export class RecordKeeper<T extends ManagedRecord> {
  constructor(
    private readonly kind: Kind,
    private readonly records: Records<T>,
    private readonly clock: Clock,
  ) {}

  /** @throws RecordNotFound */
  async read(tenant: string, id: string): Promise<T> {
    const found = await this.records.find(tenant, id);
    if (!found) throw new RecordNotFound(this.kind, id);
    return found;
  }

  /** @returns the id @throws RecordExists | InvalidInput | TooLarge */
  async create(tenant: string, draft: Draft<T>, id = newId()): Promise<string> {
    const made = await this.records.create(newRecord({ tenant, id }, draft, this.clock.now()));
    if (!made) throw new RecordExists(this.kind, id);
    return id;
  }

  /**
   * Replaces a record, or creates it.
   * @param version the one that the caller read, if it says so
   * @returns the record that was replaced; undefined if it was created
   * @throws RecordNotFound - a version was named, and there is no such record
   * @throws VersionConflict | InvalidInput | TooLarge
   */
  async put(tenant: string, id: string, draft: Draft<T>, version?: number): Promise<T | undefined> {
    const now = this.clock.now();
    let before: T | undefined;
    await this.records.change(tenant, id, (current) => {
      before = current;
      if (current) return replacedRecord(current, draft, version, now);
      if (version !== undefined) throw new RecordNotFound(this.kind, id);
      return newRecord({ tenant, id }, draft, now);
    });
    return before;
  }
}
