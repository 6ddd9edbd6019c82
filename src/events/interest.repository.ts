import type { Interest } from './event.types.js';

/** Stores who wants the events of which tenant. An adapter must pass `test/contracts/interest.contract.ts`. */
export abstract class InterestRepository {
  /** Whether other processes may use the same store. */
  abstract readonly isShared: boolean;

  /** Adds an interest, or replaces the one with this id. */
  abstract save(tenant: string, interest: Interest): Promise<void>;

  abstract remove(tenant: string, id: string): Promise<void>;

  /** Returns each tenant with an interest that is not over, and until when: undefined if one of them has no end. */
  abstract tenants(now: Date): Promise<ReadonlyMap<string, Date | undefined>>;

  /**
   * Prepares the records that were written while nobody wanted events, so that their end is told too. Called once all
   * instances make events for the tenant.
   */
  abstract prepare(tenant: string): Promise<void>;
}
