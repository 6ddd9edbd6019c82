import type { Interest } from './event.types.js';

/**
 * Who wants the events of which tenant, for all instances. An adapter must pass `test/contracts/interest.contract.ts`.
 */
export abstract class InterestRepository {
  /** Adds an interest, or replaces the one with this id. */
  abstract save(tenant: string, interest: Interest): Promise<void>;

  abstract remove(tenant: string, id: string): Promise<void>;

  /** Returns each tenant with an interest, and until when: the latest, or undefined if one has no end. */
  abstract tenants(): Promise<ReadonlyMap<string, Date | undefined>>;
}
