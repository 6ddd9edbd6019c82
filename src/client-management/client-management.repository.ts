import type { Listed, Listing } from '../shared/filter/filter.types.js';
import type { ContactAssignment, LegalEntity, Location, ManagedRecord } from './client-management.types.js';

/** Stores records of one kind. An adapter must pass `test/contracts/client-management.contract.ts`. */
export abstract class ManagedRecords<T extends ManagedRecord> {
  abstract find(tenant: string, id: string): Promise<T | undefined>;

  /** Finds those that exist, each once, in no particular order. */
  abstract findAll(tenant: string, ids: readonly string[]): Promise<readonly T[]>;

  abstract list(tenant: string, listing: Listing): Promise<Listed<T>>;

  /** @returns false when the id is taken; nothing was written. Of N concurrent calls, one wins */
  abstract create(record: T): Promise<boolean>;

  /**
   * Reads and writes one record atomically; it may not exist yet. `decide` must be pure, because it runs again when
   * another writer was faster. If it throws, nothing is written and the error is passed on.
   */
  abstract change(tenant: string, id: string, decide: (current: T | undefined) => T): Promise<void>;

  /** @returns false when there was no such record */
  abstract remove(tenant: string, id: string): Promise<boolean>;
}

export abstract class LegalEntityRepository extends ManagedRecords<LegalEntity> {
  /** Tells whether the tenant has any legal entity. */
  abstract hasAny(tenant: string): Promise<boolean>;
}

export abstract class ContactAssignmentRepository extends ManagedRecords<ContactAssignment> {
  /** Returns all assignments of a customer, in no particular order, without reading those of others. */
  abstract ofCustomer(tenant: string, customerId: string): Promise<readonly ContactAssignment[]>;
}

export abstract class LocationRepository extends ManagedRecords<Location> {}
